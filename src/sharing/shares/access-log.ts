import type { SpaceEvent } from "../../model/events.js";

/** What is told of a slice: who made, shared, read, exported, checked and revoked it. */
export type AccessEvent = SpaceEvent<
  | "slice.created"
  | "slice.shared"
  | "share.revoked"
  | "slice.revoked"
  | "slice.opened"
  | "slice.exported"
  | "slice.verified"
>;

/** What happened to a slice, oldest first, out of the events of a space's charter and traffic. */
export function accessLog(events: readonly SpaceEvent[], slice: string): readonly AccessEvent[] {
  const shares = new Set<string>();
  const log = events.filter((event): event is AccessEvent => {
    if (event.data === null) return false;
    if (event.type === "share.revoked") return shares.has(event.data.share);
    if (!TOLD.has(event.type)) return false;
    const about = event as Exclude<AccessEvent, SpaceEvent<"share.revoked">>;
    if (about.data.slice !== slice) return false;
    if (about.type === "slice.shared") shares.add(about.data.share);
    return true;
  });
  return log.sort((a, b) => a.at - b.at);
}

const TOLD: ReadonlySet<string> = /* @__PURE__ */ new Set<AccessEvent["type"]>([
  "slice.created",
  "slice.shared",
  "slice.revoked",
  "slice.opened",
  "slice.exported",
  "slice.verified",
]);
