import { canonicalJson } from "../../kernel/canonical.js";
import type { EventType, SpaceEvent } from "../../model/events.js";
import type { Attachment } from "../../model/message.js";
import type { BundleLoss, BundleTrailer, EventCounts } from "./format.js";

/** Counts events, and what is missing of them. */
export type Tally = {
  add(event: SpaceEvent): void;
  counts(): EventCounts;
  losses(): readonly BundleLoss[];
};

/** Starts from nothing. `media` are the names of the files that are packed beside the bundle. */
export function tallyOf(media: ReadonlySet<string> = new Set()): Tally {
  const counts = new Map<EventType, number>();
  const losses = new Map<string, { -readonly [K in keyof BundleLoss]: BundleLoss[K] }>();
  const lose = (field: BundleLoss["field"], type: EventType, why: BundleLoss["why"]): void => {
    const key = `${type} ${field} ${why}`;
    const known = losses.get(key);
    if (known) known.count++;
    else losses.set(key, { count: 1, field, type, why });
  };
  const loseFiles = (type: EventType, attachments: readonly Attachment[] = []): void => {
    for (const { name } of attachments) {
      if (name === null) lose("data.attachments", type, "unnamed");
      else if (!media.has(name)) lose("data.attachments", type, "not-handed-in");
    }
  };
  return {
    add(event) {
      const { type } = event;
      counts.set(type, (counts.get(type) ?? 0) + 1);
      if (event.data === null) return lose("data", type, "erased");
      if (event.type === "message.posted") {
        const { kind, body, attachments } = event.data;
        // Only erasing leaves a text without a word: posting one is refused.
        if (kind === "text" && body === "" && !attachments?.length) lose("data.body", type, "erased");
        loseFiles(type, attachments);
      } else if (event.type === "draft.proposed" || event.type === "draft.revised") {
        loseFiles(type, event.data.attachments);
      }
    },
    counts: () => Object.fromEntries(inOrder(counts)),
    losses: () => inOrder(losses).map(([, loss]) => loss),
  };
}

/** What the trailer says beside the root, as it is hashed. */
export function summaryOf({ counts, losses }: Pick<BundleTrailer, "counts" | "losses">): string {
  return canonicalJson({ counts, losses });
}

function inOrder<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
