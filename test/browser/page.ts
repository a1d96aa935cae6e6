/**
 * What a page can be asked to do by scripts/browser-test.mjs, which bundles this file. Everything in here runs in a
 * browser.
 */
import {
  createMemoryBacking,
  createSpaces,
  type FeedCommit,
  RefusedError,
  type SpaceStore,
} from "chat-spaces";
import { type StoreCase, storeCases } from "chat-spaces/conformance";
import { type IndexedDbOptions, indexedDbStore } from "chat-spaces/indexeddb";

/** What became of a group of cases. */
export type Outcome = { readonly passed: number; readonly failures: readonly string[] };

/** The groups of cases of the conformance kit, by the name of the store and of the group. */
const groups = new Map<string, StoreCase[]>();

function addCases(store: string, cases: readonly StoreCase[]): void {
  for (const one of cases) {
    const name = `${store}: ${one.group}`;
    const group = groups.get(name);
    if (group) group.push(one);
    else groups.set(name, [one]);
  }
}

addCases(
  "memory",
  storeCases(
    () => {
      const backing = createMemoryBacking();
      return { a: backing.open(), b: backing.open() };
    },
    { feed: true, erase: true, streams: true, close: true },
  ),
);

let databases = 0;
addCases(
  "IndexedDB",
  storeCases(
    () => {
      const name = `conformance-${databases++}`;
      const open = () => indexedDbStore({ name });
      return { a: open(), b: open(), reopen: open, dispose: () => deleteDatabase(name) };
    },
    { durable: true, shared: true, feed: true, erase: true, streams: true, close: true },
  ),
);

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error(`Somebody still holds ${name}, so it cannot be deleted.`));
  });
}

function expectSame(actual: unknown, expected: unknown, what: string): void {
  const [came, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (came !== wanted) throw new Error(`${what}: expected ${wanted}, got ${came}`);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error ? Reflect.get(error, "code") : undefined;
}

const event = (id: string, data: unknown = null) => ({ id, type: "note.written", at: 0, by: "ana", data });

/** The stores that this page has open, by a name of the script's. */
const stores = new Map<string, SpaceStore>();

function storeOf(key: string): SpaceStore {
  const store = stores.get(key);
  if (!store) throw new Error(`No store ${key} is open in this page.`);
  return store;
}

/** What a feed has given to this page so far. */
let followed: FeedCommit[] = [];

const tab = {
  groups: () => [...groups.keys()],

  async run(group: string): Promise<Outcome> {
    let passed = 0;
    const failures: string[] = [];
    for (const { name, run } of groups.get(group) ?? []) {
      try {
        await run();
        passed++;
      } catch (error) {
        failures.push(`${name}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
    }
    return { passed, failures };
  },

  /** A space with an invite, a guest and a message. */
  async beginStory(): Promise<void> {
    const spaces = createSpaces({ store: indexedDbStore({ name: "story" }) });
    const drop = await spaces.create({ id: "spring-drop", by: "ana", visibility: "invite" });
    await drop.openChannel({ by: "ana", channel: "lounge", name: "Lounge", kind: "discussion" });
    const { token } = await drop.invite({ by: "ana", role: "guest", expiresIn: "7d", maxUses: 1 });
    await drop.goLive({ by: "ana" });
    await drop.join({ token, as: "leo", name: "Leo" });
    await drop.post({ by: "leo", channel: "lounge", body: "Hello from a page 👋" });
    const late = await drop.join({ token, as: "mina" }).catch((error: unknown) => error);
    expectSame(codeOf(late), "INVITE_EXHAUSTED", "the second guest of an invite for one");
    if (!(late instanceof RefusedError)) throw new Error("It is refused, and not a fault.");
  },

  /** The same space in a page that was loaded anew. */
  async endStory(): Promise<void> {
    const spaces = createSpaces({ store: indexedDbStore({ name: "story" }) });
    const drop = await spaces.open("spring-drop");
    expectSame(Object.keys(drop.space.members).sort(), ["ana", "leo"], "the members");
    const messages = await drop.messages("lounge", { as: "leo" });
    expectSame(
      messages.map(({ author, body }) => [author, body]),
      [["leo", "Hello from a page 👋"]],
      "the messages",
    );
    await drop.post({ by: "ana", channel: "lounge", body: "Welcome back" });
    expectSame((await drop.messages("lounge", { as: "ana" })).length, 2, "messages after the answer");
    await spaces.close();
  },

  open(key: string, options: IndexedDbOptions): void {
    stores.set(key, indexedDbStore(options));
  },

  close: (key: string) => storeOf(key).close?.(),

  head: async (key: string, stream: string) => (await storeOf(key).read(stream)).head,

  ids: async (key: string, stream: string) => (await storeOf(key).read(stream)).events.map(({ id }) => id),

  /** Appends one event for each id, all at once, expecting the same revision. Gives the answers. */
  append: (key: string, stream: string, expected: number, ids: readonly string[]) =>
    Promise.all(
      ids.map((id) => storeOf(key).append(stream, { id: `adds ${id}`, expected, events: [event(id)] })),
    ),

  /** Appends one event after the other, each where the stream is by then. */
  async write(key: string, stream: string, ids: readonly string[]): Promise<void> {
    let head = (await storeOf(key).read(stream)).head;
    for (const id of ids) {
      for (;;) {
        const result = await storeOf(key).append(stream, { id, expected: head, events: [event(id)] });
        head = result.head;
        if (result.ok) break;
      }
    }
  },

  /** Lets a worker write; see the end of this file. */
  async writeInWorker(name: string, ids: readonly string[]): Promise<void> {
    const worker = new Worker("page.js");
    const answer = new Promise<string>((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => resolve(message);
    });
    worker.postMessage([name, ids]);
    const said = await answer;
    worker.terminate();
    if (said !== "written") throw new Error(said);
  },

  /** Begins to follow the feed; what it gives is kept for `followed`. */
  follow(key: string): void {
    followed = [];
    void (async () => {
      for await (const commit of storeOf(key).feed?.() ?? []) followed.push(commit);
    })();
  },

  /** Resolves once the feed has given so many commits. */
  async followed(count: number): Promise<readonly string[]> {
    while (followed.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    return followed.map(({ cursor, stream, events }) => `${cursor} ${stream} ${events.map(({ id }) => id)}`);
  },

  /** The code with which reading fails. */
  fault: async (key: string) =>
    storeOf(key)
      .read("notes")
      .then(() => "none", codeOf),

  delete: deleteDatabase,

  /** Opens a database as another version of the library would. */
  async upgrade(name: string, version: number): Promise<void> {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name, version);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error(`Somebody still holds ${name}.`));
    });
    database.close();
  },
};

/** What the script finds in the page. */
export type Tab = typeof tab;

Object.assign(globalThis, { tab });

// This file is also what the worker of `writeInWorker` runs.
if (typeof document === "undefined") {
  globalThis.onmessage = ({ data: [name, ids] }) => {
    tab.open(name, { name });
    tab.write(name, "notes", ids).then(
      () => globalThis.postMessage("written"),
      (error) => globalThis.postMessage(String(error)),
    );
  };
}
