import * as z from "zod/mini";
import type { JsonObject } from "../../kernel/json.js";
import { eventSchema, PAYLOADS, type PartKind } from "./events/event.js";
import { headerSchema, partSchema, trailerSchema } from "./shapes.js";
import { sliceHeaderSchema, sliceMessageSchema, sliceTrailerSchema } from "./slice-shapes.js";

/** What the schema calls itself. */
const ID = "urn:chat-spaces:bundle-v1";

/** The JSON Schema (draft 2020-12) of one line of a bundle: what the file `schemas/bundle-v1.schema.json` is made of. */
export function bundleJsonSchema(): JsonObject {
  const named = z.registry<{ id: string }>();
  const line = (id: string, schema: z.ZodMiniType): z.ZodMiniType => {
    named.add(schema, { id });
    return schema;
  };
  const parts = Object.keys(PAYLOADS) as PartKind[];
  const events = parts.flatMap((part) =>
    Object.keys(PAYLOADS[part]).flatMap((type) => {
      const schema = eventSchema(part, type);
      return schema ? [line(type, schema)] : [];
    }),
  );
  const schema = z.toJSONSchema(
    z.union([
      line("header", headerSchema()),
      line("part", partSchema()),
      ...events,
      line("trailer", trailerSchema()),
      line("slice-header", sliceHeaderSchema()),
      line("slice-message", sliceMessageSchema()),
      line("slice-trailer", sliceTrailerSchema()),
    ]),
    { metadata: named, reused: "inline" },
  );
  const { $schema, ...rest } = schema as unknown as { readonly $schema: string } & JsonObject;
  return {
    $schema,
    $id: ID,
    title: "A line of a chat-spaces bundle, version 1",
    description:
      "A bundle is JSON Lines in UTF-8. Of a space: header, then parts with their events, then trailer. Of a slice: slice-header, slice-messages, slice-trailer.",
    ...rest,
  };
}
