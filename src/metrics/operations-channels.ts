import type { Instant } from "../kernel/time.js";
import type { OperationsFact } from "./operations-facts.js";

/** The duty that answered for a channel at an instant; `null` for none. */
export type DutyAt = (channel: string, at: Instant) => string | null;

/** Reads which duty answered for which channel, and when. */
export function dutiesOfChannels(facts: readonly OperationsFact[]): DutyAt {
  const byChannel = new Map<string, { readonly at: Instant; readonly duty: string | null }[]>();
  for (const { type, at, data } of facts) {
    if (type !== "channel.assigned") continue;
    const assigned = byChannel.get(data.channel);
    if (assigned) assigned.push({ at, duty: data.duty });
    else byChannel.set(data.channel, [{ at, duty: data.duty }]);
  }
  return (channel, at) => {
    const assigned = byChannel.get(channel);
    for (let i = (assigned?.length ?? 0) - 1; i >= 0; i--) {
      const one = assigned?.[i];
      if (one && one.at <= at) return one.duty;
    }
    return null;
  };
}
