/** What the compiler knows about stores. Checked by `npm run typecheck`; never run. */
import { type AppendResult, createSpaces, memoryStore, type SpaceStore, type StoredEvent } from "chat-spaces";
import { type SqliteDatabase, sqliteStore } from "chat-spaces/sqlite";
import { expectTypeOf } from "vitest";

// The stores that come along are stores.
expectTypeOf(memoryStore()).toEqualTypeOf<SpaceStore>();
expectTypeOf(sqliteStore({ path: "spaces.db", busyTimeout: "5s" })).toEqualTypeOf<SpaceStore>();

// A store of one's own is its capabilities and two functions; `close` may be left out.
const capabilities = { durable: true, shared: true, feed: false, erase: false };
const read: SpaceStore["read"] = async () => ({ head: 0, events: [] });
const append: SpaceStore["append"] = async () => ({ ok: true, head: 1 });
createSpaces({ store: { capabilities, read, append } });

// @ts-expect-error `append` is missing
createSpaces({ store: { capabilities, read } });
// @ts-expect-error `read` is missing
createSpaces({ store: { capabilities, append } });
// @ts-expect-error what it promises is missing
createSpaces({ store: { read, append } });
// @ts-expect-error a promise is left open
createSpaces({ store: { capabilities: { durable: true, shared: true }, read, append } });
// @ts-expect-error the answer to a read has the head of the stream
createSpaces({ store: { capabilities, append, read: async () => ({ events: [] }) } });
// @ts-expect-error an answer must come as a promise
createSpaces({ store: { capabilities, read, append: () => ({ ok: true, head: 1 }) } });
// @ts-expect-error somebody else being first is a conflict: there is no other reason
createSpaces({ store: { capabilities, read, append: async () => ({ ok: false, reason: "busy", head: 1 }) } });

// A commit says what it expects; a conflict is an answer, not a throw.
const events = [{ id: "evt_1", type: "space.wentLive", at: 0, by: "ana", data: {} }];
const result = await memoryStore().append("space/drop", { id: "cmt_1", expected: 0, events });
expectTypeOf(result).toEqualTypeOf<AppendResult>();
if (!result.ok) expectTypeOf(result.reason).toEqualTypeOf<"conflict">();
// @ts-expect-error there is no "any"
await memoryStore().append("space/drop", { id: "cmt_1", expected: "any", events });
// @ts-expect-error a commit has a name, so that it can be repeated
await memoryStore().append("space/drop", { expected: 0, events });

// Events come back with their place in the stream, and their data is the store's no business.
const { events: stored } = await memoryStore().read("space/drop", { after: 3, limit: 10, backwards: true });
expectTypeOf(stored).toEqualTypeOf<readonly StoredEvent[]>();
expectTypeOf<StoredEvent["revision"]>().toEqualTypeOf<number>();
expectTypeOf<StoredEvent["data"]>().toEqualTypeOf<unknown>();
// An AbortSignal can be handed in as it is.
await memoryStore().read("space/drop", { signal: new AbortController().signal });
// @ts-expect-error a misspelt option
await memoryStore().read("space/drop", { form: 3 });

// SQLite opens a file or takes a database that is open.
declare const database: SqliteDatabase;
sqliteStore({ database });
// @ts-expect-error one of the two
sqliteStore({});
// @ts-expect-error there is no such way to write
sqliteStore({ path: "spaces.db", synchronous: "off" });
