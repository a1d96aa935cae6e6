import * as z from "zod/mini";
import { lazily } from "../../kernel/schema.js";
import { policy } from "./events/fields.js";
import type { BundleHeader, BundleLoss, BundlePart, BundleTrailer } from "./format.js";

// The lines of a bundle that are no events.

const hex = (digits: number) => z.string().check(z.regex(/^[0-9a-f]+$/), z.length(digits));

/** The first line. */
export const headerSchema: () => z.ZodMiniType<BundleHeader> = lazily(() =>
  z.strictObject({
    by: z.string(),
    exportedAt: z.int(),
    format: z.literal("chat-spaces/bundle"),
    kind: z.literal("space"),
    name: z.string(),
    policy: policy(),
    space: z.string().check(z.minLength(1)),
    version: z.literal(1),
  }),
);

/** A line that opens a part. */
export const partSchema: () => z.ZodMiniType<BundlePart> = lazily(() =>
  z.union([
    z.strictObject({ part: z.enum(["charter", "traffic"]) }),
    z.strictObject({ channel: z.string().check(z.minLength(1)), part: z.literal("timeline") }),
  ]),
);

const lossSchema = lazily(() =>
  z.strictObject({
    count: z.int().check(z.minimum(1)),
    field: z.enum(["data", "data.body", "data.attachments"]),
    type: z.string() as unknown as z.ZodMiniType<BundleLoss["type"]>,
    why: z.enum(["erased", "not-handed-in", "unnamed"]),
  }),
);

/** The last line. */
export const trailerSchema: () => z.ZodMiniType<BundleTrailer> = lazily(() =>
  z.strictObject({
    counts: z.record(z.string(), z.int().check(z.minimum(1))),
    key: z.nullable(hex(64)),
    losses: z.array(lossSchema()),
    root: hex(64),
    signature: z.nullable(hex(128)),
  }),
);
