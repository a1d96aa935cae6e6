import type { Instant } from "../kernel/time.js";
import type { Zone } from "../kernel/zone.js";

/** The furthest that a date can be from 1970, in milliseconds. */
const FURTHEST = 8.64e15;

/** `2026-05-01 18:00`; in an hour that clocks show twice, with the offset that tells which one it is. */
export function localTime(zone: Zone, at: Instant): string {
  const offset = zone.offsetAt(at);
  const local = Math.max(-FURTHEST, Math.min(FURTHEST, at + offset));
  const text = new Date(local)
    .toISOString()
    .replace("T", " ")
    .replace(/:\d\d\.\d+Z$/, "");
  return zone.resolve(local).kind === "repeated" ? `${text} (${offsetText(offset)})` : text;
}

function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const two = (count: number): string => String(count).padStart(2, "0");
  return `UTC${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
