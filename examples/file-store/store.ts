import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { link, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  encodeCommit,
  encodeErasure,
  eraseEvent,
  follow,
  type NewEvent,
  pause,
  type SpaceStore,
  type StoreCode,
  type StoredEvent,
  StoreError,
} from "chat-spaces";

/** What a file of the log says: that events were appended, or what stays in the place of payloads. */
type Entry =
  | { readonly stream: string; readonly id: string; readonly events: readonly NewEvent[] }
  | { readonly stream: string; readonly erased: readonly Erased[] };

type Erased = { readonly revision: number; readonly data: unknown };

/** The file of the log with this number: 1, 2, 3, ... */
const fileOf = (folder: string, number: number) => join(folder, `${number}.json`);

/** Writes text to a file that has no number yet, safe on the disk, and removes it when it has served. */
async function withFile<T>(folder: string, text: string, act: (file: string) => Promise<T>): Promise<T> {
  const file = join(folder, `${randomUUID()}.tmp`);
  try {
    await writeFile(file, text, { flush: true });
    return await act(file);
  } catch (error) {
    throw asStoreError(error, folder);
  } finally {
    await rm(file, { force: true });
  }
}

/** Gives a file this number, or says `false` where another one has it already. */
async function place(file: string, folder: string, number: number): Promise<boolean> {
  try {
    await link(file, fileOf(folder, number));
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
  await flushFolder(folder);
  return true;
}

/** A name outlives the loss of power once its folder is safe on the disk, too. Windows cannot open a folder. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  try {
    const handle = await open(folder);
    await handle.sync().finally(() => handle.close());
  } catch (cause) {
    // Not by its own code: "full" would say that nothing was kept, and the name may be there.
    throw new StoreError("STORE_FAULT", "The folder cannot be flushed.", { folder }, { cause });
  }
}

/** What the file with this number says, or `undefined` where there is none yet. */
async function load(folder: string, number: number): Promise<Entry | undefined> {
  try {
    return JSON.parse(await readFile(fileOf(folder, number), "utf8"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw asStoreError(error, folder);
  }
}

/** The error of the file system as one whose code says what to do. */
function asStoreError(error: unknown, folder: string): StoreError {
  if (error instanceof StoreError) return error;
  const [code, message] = FAULTS[String(codeOf(error))] ?? ["STORE_FAULT", `The folder failed: ${error}`];
  return new StoreError(code, message, { folder }, { cause: error });
}

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? error.code : undefined);

const FAULTS: { readonly [code: string]: readonly [StoreCode, string] } = {
  ENOSPC: ["STORE_FULL", "The disk is full."],
  EACCES: ["STORE_READ_ONLY", "The folder cannot be written. Check its permissions."],
  EROFS: ["STORE_READ_ONLY", "The disk cannot be written."],
};

/** What this handle knows: all that the files say, up to some number. */
type Log = {
  readonly folder: string;
  readonly streams: Map<string, Stream>;
  /** For each file, the events that it is about. */
  readonly files: LogFile[];
  closed: boolean;
};

type Stream = {
  /** As JSON text, so that whoever reads gets a copy. */
  readonly events: { readonly id: string; readonly revision: number; json: string }[];
  /** The head after each commit, by the commit's id. */
  readonly commits: Map<string, number>;
};

type LogFile = { readonly stream: string; readonly isCommit: boolean; readonly revisions: readonly number[] };

/** Reads the files that have come since the last time. */
async function catchUp(log: Log): Promise<void> {
  for (;;) {
    const number = log.files.length + 1;
    const entry = await load(log.folder, number);
    if (!entry) return;
    // Two calls at once may both have read it.
    if (number === log.files.length + 1) take(log, entry);
  }
}

/** Adds what a file says to what is known. */
function take(log: Log, entry: Entry): void {
  const stream: Stream = log.streams.get(entry.stream) ?? { events: [], commits: new Map() };
  log.streams.set(entry.stream, stream);
  const revisions: number[] = [];
  if ("events" in entry) {
    for (const event of entry.events) {
      const revision = stream.events.length + 1;
      stream.events.push({ id: event.id, revision, json: JSON.stringify({ ...event, revision }) });
      revisions.push(revision);
    }
    stream.commits.set(entry.id, stream.events.length);
  } else {
    for (const { revision, data } of entry.erased) {
      const event = stream.events[revision - 1];
      if (event) event.json = eraseEvent(event.json, JSON.stringify(data)) ?? event.json;
      revisions.push(revision);
    }
  }
  log.files.push({ stream: entry.stream, isCommit: "events" in entry, revisions });
}

function readIn(log: Log): SpaceStore["read"] {
  return async (name, { after = 0, before = Infinity, limit = Infinity, backwards, ids, signal } = {}) => {
    ensureOpen(log);
    if (signal?.aborted) throw signal.reason ?? new Error("The read was aborted.");
    await catchUp(log);
    const events = log.streams.get(name)?.events ?? [];
    const wanted = ids && new Set(ids);
    const found: StoredEvent[] = [];
    for (const { id, revision, json } of backwards ? events.toReversed() : events) {
      if (found.length >= limit) break;
      if (revision <= after || revision >= before) continue;
      if (!wanted || wanted.has(id)) found.push(JSON.parse(json));
    }
    return { head: events.length, events: found };
  };
}

function ensureOpen(log: Log): void {
  if (log.closed) throw new StoreError("STORE_CLOSED", "The store has been closed.");
}

function appendTo(log: Log): SpaceStore["append"] {
  return async (name, commit) => {
    ensureOpen(log);
    const { id, expected } = commit;
    const events = encodeCommit(name, commit);
    const text = `{"stream":${JSON.stringify(name)},"id":${JSON.stringify(id)},"events":[${events.join()}]}`;
    return withFile(log.folder, text, async (file) => {
      for (;;) {
        await catchUp(log);
        const stream = log.streams.get(name);
        const first = stream?.commits.get(id);
        if (first !== undefined) return { ok: true, head: first, replayed: true };
        const now = stream?.events.length ?? 0;
        if (now !== expected) return { ok: false, reason: "conflict", head: now };
        if (await place(file, log.folder, log.files.length + 1)) {
          return { ok: true, head: expected + events.length };
        }
      }
    });
  };
}

function streamsIn(log: Log): Required<SpaceStore>["streams"] {
  return async ({ prefix = "", after = "", limit = Infinity } = {}) => {
    ensureOpen(log);
    await catchUp(log);
    const names = [...log.streams.keys()].filter((name) => name > after && name.startsWith(prefix)).sort();
    const page = names.slice(0, limit);
    const next = page.at(-1);
    return next === undefined || page.length === names.length ? { names: page } : { names: page, next };
  };
}

function feedOf(log: Log): Required<SpaceStore>["feed"] {
  return async function* (options) {
    ensureOpen(log);
    yield* follow(
      {
        async page(after) {
          await catchUp(log);
          const number = after === undefined ? 0 : numberOf(log, after);
          const next = log.files.findIndex(({ isCommit }, index) => isCommit && index >= number);
          const file = log.files[next];
          return file ? [{ cursor: String(next + 1), stream: file.stream, events: eventsOf(log, file) }] : [];
        },
        wait: (signal) => pause(100, signal),
        isClosed: () => log.closed,
      },
      options,
    );
  };
}

/** The number of the file that a cursor stands for. */
function numberOf(log: Log, cursor: string): number {
  const number = Number(cursor);
  if (String(number) === cursor && log.files[number - 1]?.isCommit) return number;
  throw new StoreError("STORE_INVALID_CURSOR", "This is no cursor of this store.", { cursor });
}

/** The events that a file is about, as they are now. */
function eventsOf({ streams }: Log, { stream, revisions }: LogFile): readonly StoredEvent[] {
  const events = streams.get(stream)?.events ?? [];
  return revisions.map((revision) => JSON.parse(events[revision - 1]?.json ?? "null"));
}

function eraseIn(log: Log): Required<SpaceStore>["erase"] {
  return async (name, request) => {
    ensureOpen(log);
    const left = encodeErasure(request);
    const isMeant = (revision: number) => !left || left.has(revision);
    for (;;) {
      await catchUp(log);
      const events = log.streams.get(name)?.events ?? [];
      const erased = events.flatMap(({ revision, json }): Erased[] => {
        const data = left?.get(revision) ?? "null";
        const isChanged = isMeant(revision) && eraseEvent(json, data) !== undefined;
        return isChanged ? [{ revision, data: JSON.parse(data) }] : [];
      });
      if (erased.length > 0) {
        const number = log.files.length + 1;
        const text = JSON.stringify({ stream: name, erased });
        const isDone = await withFile(log.folder, text, (file) => place(file, log.folder, number));
        if (!isDone) continue;
      }
      await scrub(log, name, isMeant);
      return { erased: erased.length };
    }
  };
}

/** Writes files anew, without what was erased. Whoever is killed on the way can have it finished by erasing again. */
async function scrub(log: Log, name: string, isMeant: (revision: number) => boolean): Promise<void> {
  const { folder, files } = log;
  let seen: number;
  do {
    await catchUp(log);
    seen = files.length;
    for (const [index, file] of files.entries()) {
      if (file.stream !== name || !file.revisions.some(isMeant)) continue;
      const entry = await load(folder, index + 1);
      const events = eventsOf(log, file);
      const erased = events.map(({ revision, data }) => ({ revision, data }));
      const text = JSON.stringify({ ...entry, ...(file.isCommit ? { events } : { erased }) });
      await withFile(folder, text, async (temporary) => {
        await rename(temporary, fileOf(folder, index + 1));
        await flushFolder(folder);
      });
    }
    await catchUp(log);
    // Somebody else may have erased meanwhile, and this pass may have written what they had removed.
  } while (files.slice(seen).some(({ stream, isCommit }) => stream === name && !isCommit));
}

/**
 * A store in a folder: for one machine, several processes and some ten thousand commits.
 *
 * The disk needs hard links, which FAT and exFAT do not have. What was acknowledged survives the end of a process and
 * the loss of power. What was erased is gone from the files; the disk may hold it until the space is used again. A
 * process that is killed may leave a file that ends in `.tmp`, which means nothing.
 */
export function fileStore(folder: string): SpaceStore {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw asStoreError(error, folder);
  }
  const log: Log = { folder, streams: new Map(), files: [], closed: false };
  return {
    capabilities: { durable: true, shared: true, feed: true, erase: true },
    read: readIn(log),
    append: appendTo(log),
    streams: streamsIn(log),
    feed: feedOf(log),
    erase: eraseIn(log),
    async close() {
      log.closed = true;
    },
  };
}
