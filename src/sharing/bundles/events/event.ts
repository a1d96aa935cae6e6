import * as z from "zod/mini";
import { entry } from "../../../kernel/record.js";
import type { CharterEvents, SpaceEvent, TimelineEvents, TrafficEvents } from "../../../model/events.js";
import { cohortData } from "./cohorts.js";
import { draftData } from "./drafts.js";
import { dutyData } from "./duties.js";
import type { Wrong } from "./exact.js";
import { incidentData, itemData } from "./incidents.js";
import { inviteData } from "./invites.js";
import { rotaData } from "./rotas.js";
import { sliceData } from "./slices.js";
import { spaceData } from "./space.js";
import { timelineData } from "./timeline.js";
import { trafficData } from "./traffic.js";

const charterData = {
  ...spaceData,
  ...inviteData,
  ...cohortData,
  ...sliceData,
  ...dutyData,
  ...rotaData,
  ...draftData,
  ...incidentData,
  ...itemData,
};

/** The payloads of all events, by the kind of stream that they belong into. */
export const PAYLOADS = { charter: charterData, timeline: timelineData, traffic: trafficData } as const;

// Each of these is an error that names the event, where a schema does not fit its type.
true satisfies [Wrong<typeof charterData, CharterEvents>] extends [never]
  ? true
  : Wrong<typeof charterData, CharterEvents>;
true satisfies [Wrong<typeof timelineData, TimelineEvents>] extends [never]
  ? true
  : Wrong<typeof timelineData, TimelineEvents>;
true satisfies [Wrong<typeof trafficData, TrafficEvents>] extends [never]
  ? true
  : Wrong<typeof trafficData, TrafficEvents>;

/** A part of a bundle: the events of one stream, or of one of several of a kind. */
export type PartKind = keyof typeof PAYLOADS;

/** What a store takes for the id of an event: any text but none, without U+0000. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there.
const NAME = /^[^\u0000]+$/;

const built = new Map<string, z.ZodMiniType<SpaceEvent>>();

/** The schema of an event of a type, as it may stand in a part; `undefined` where there is none. Erased payloads are `null`. */
export function eventSchema(part: PartKind, type: string): z.ZodMiniType<SpaceEvent> | undefined {
  const payload = entry<() => z.ZodMiniType>(PAYLOADS[part], type);
  if (!payload) return undefined;
  let schema = built.get(type);
  if (!schema) {
    schema = z.strictObject({
      at: z.int(),
      by: z.string(),
      data: z.nullable(payload()),
      id: z.string().check(z.regex(NAME)),
      reason: z.exactOptional(z.string()),
      type: z.literal(type),
    }) as unknown as z.ZodMiniType<SpaceEvent>;
    built.set(type, schema);
  }
  return schema;
}
