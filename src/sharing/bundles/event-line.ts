import { canonicalJson } from "../../kernel/canonical.js";
import type { SpaceEvent } from "../../model/events.js";
import { sorted } from "./sorted.js";

/** An event as a line of a bundle: canonical JSON (RFC 8785) without its revision, which its place in the part says. */
export function eventLine({ at, by, data, id, reason, type }: SpaceEvent): string {
  const payload = sorted(data);
  return canonicalJson(
    reason === undefined ? { at, by, data: payload, id, type } : { at, by, data: payload, id, reason, type },
  );
}
