import type { SpaceStore, StoredEvent } from "../contract.js";

/** How many events are read at once. */
const PAGE = 100;

/** The events with these revisions, as far as the stream has them. */
export async function eventsAt(
  store: SpaceStore,
  stream: string,
  revisions: readonly number[],
): Promise<readonly StoredEvent[]> {
  const wanted = new Set(revisions);
  const found: StoredEvent[] = [];
  let last = 0;
  for (const revision of [...wanted].sort((one, other) => one - other)) {
    // Those that stand close together have come with the page before.
    if (revision <= last) continue;
    const { events } = await store.read(stream, { after: revision - 1, limit: PAGE });
    found.push(...events.filter((event) => wanted.has(event.revision)));
    last = events.at(-1)?.revision ?? Infinity;
  }
  return found;
}
