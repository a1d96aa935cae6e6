import { StoreError } from "../kernel/errors.js";
import { entry } from "../kernel/record.js";
import type { SpaceEvent } from "../model/events.js";
import { emptyTimeline, type Message } from "../model/message.js";
import { isSearchable, type Names, wordsOf } from "../sharing/search/document.js";
import { deletionId } from "../space/messages.js";
import { foldTimeline } from "../space/timeline.js";
import type { SpaceStore, StoredEvent } from "../stores/contract.js";
import type { TextDocument, TextIndex, TextUpdate } from "../stores/text-index.js";

/** How many events are read and put into an index at once. */
const PAGE = 2_000;

/** One channel as an index has to know it. */
export type Lane = { readonly stream: string; readonly channel: string; readonly names: Names };

/**
 * Brings a channel in an index up to what the store has of it. Several may do so at once: one of them wins, page by page.
 *
 * @throws StoreError `STORE_CONTENTION` where others were first so many times in a row.
 */
export async function catchUp(
  store: SpaceStore,
  index: TextIndex,
  lane: Lane,
  maxAttempts: number,
): Promise<void> {
  const { stream } = lane;
  for (let conflicts = 0; conflicts < maxAttempts; ) {
    const after = await index.indexed(stream);
    const { head, events } = await store.read(stream, { after: after.revision, limit: PAGE });
    const last = events.at(-1);
    if (last) {
      const changes = await changesOf(store, lane, events);
      const result = await index.put(stream, { after, revision: last.revision, ...changes });
      // Somebody else has come further, or the stream was dropped: either way, look again.
      conflicts = result.ok ? 0 : conflicts + 1;
    } else if (after.revision > head) {
      // The store was put back to an earlier state.
      await index.drop(stream);
    } else {
      return;
    }
  }
  throw new StoreError(
    "STORE_CONTENTION",
    `Others changed the index of ${stream} at each of ${maxAttempts} attempts. Search again later.`,
    { stream, attempts: maxAttempts },
  );
}

/** What some events of a channel change in what can be found. */
async function changesOf(
  store: SpaceStore,
  { stream, channel, names }: Lane,
  stored: readonly StoredEvent[],
): Promise<Pick<TextUpdate, "documents" | "gone">> {
  const events = (stored as readonly unknown[] as readonly SpaceEvent[]).filter(changesWords);
  const posted = new Set(events.flatMap(({ type, id }) => (type === "message.posted" ? [id] : [])));
  const touched = new Set(events.map(aboutWhich));
  const older = [...touched].filter((id) => !posted.has(id));
  const earlier = older.length === 0 ? [] : await readByIds(store, stream, older.flatMap(withDeletion));
  const { messages } = foldTimeline(emptyTimeline(channel), [...earlier, ...events]);
  const edits = new Map(
    events.flatMap((event) => (event.type === "message.edited" ? [[event.data.message, event.id]] : [])),
  );
  const documents: TextDocument[] = [];
  const gone: string[] = [];
  for (const id of touched) {
    const message = entry(messages, id);
    const document = message && documentOf(message, names, edits.get(id));
    if (document) documents.push(document);
    else gone.push(id);
  }
  return { documents, gone };
}

/** The messages of some ids with what was last made of them. `edits` are the ids of their last edits. */
export async function readById(
  store: SpaceStore,
  stream: string,
  channel: string,
  ids: readonly (readonly string[])[],
): Promise<readonly (Message | undefined)[]> {
  const events = await readByIds(
    store,
    stream,
    ids.flatMap(([message = "", ...edits]) => [...withDeletion(message), ...edits]),
  );
  const { messages } = foldTimeline(emptyTimeline(channel), events);
  return ids.map(([id = ""]) => entry(messages, id));
}

async function readByIds(
  store: SpaceStore,
  stream: string,
  ids: readonly string[],
): Promise<readonly SpaceEvent[]> {
  const { events } = await store.read(stream, { ids });
  return events as readonly unknown[] as readonly SpaceEvent[];
}

function withDeletion(message: string): readonly string[] {
  return [message, deletionId(message)];
}

type WordEvent = SpaceEvent<"message.posted" | "message.edited" | "message.deleted">;

function changesWords(event: SpaceEvent): event is WordEvent {
  // Of an erased event there is nothing to find.
  return event.data !== null && /^message\.(posted|edited|deleted)$/.test(event.type);
}

function aboutWhich(event: WordEvent): string {
  return event.type === "message.posted" ? event.id : event.data.message;
}

function documentOf(message: Message, names: Names, edit: string | undefined): TextDocument | undefined {
  if (!isSearchable(message)) return undefined;
  const { said, by } = wordsOf(message, names);
  if (said.length === 0) return undefined;
  return {
    id: message.id,
    words: said.flat().join(" "),
    aside: by.join(" "),
    at: message.at,
    by: message.author,
    kind: message.kind,
    events: [message.id, ...(edit === undefined ? [] : [edit])],
  };
}
