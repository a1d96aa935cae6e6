import {
  type Code,
  createSpaces,
  type EventType,
  memoryStore,
  RefusedError,
  type SpaceHandle,
  type SpaceStore,
  type Spaces,
  StoreError,
} from "chat-spaces";
import { beforeEach, describe, expect, test } from "vitest";
import { HOUR, NOW } from "../../helpers/spaces.js";

let now: number;
let store: SpaceStore;
let spaces: Spaces;
let drop: SpaceHandle;
/** Called before each append: may throw, as a process that dies or a line that breaks, or do something in between. */
let before: (stream: string, types: readonly EventType[]) => void | Promise<void>;

beforeEach(async () => {
  now = NOW;
  before = () => {};
  store = memoryStore();
  const watched: SpaceStore = {
    ...store,
    async append(stream, commit) {
      await before(
        stream,
        commit.events.map(({ type }) => type as EventType),
      );
      return store.append(stream, commit);
    },
  };
  spaces = createSpaces({ store: watched, now: () => now });
  drop = await spaces.create({ id: "drop", by: "ana" });
  await drop.openChannel({ by: "ana", channel: "studio", kind: "drafts" });
  await drop.openChannel({ by: "ana", channel: "news", kind: "announcement" });
  for (const member of ["cora", "cid", "leo", "mia"])
    await drop.add({ by: "ana", member, roles: [member === "cora" ? "co-moderator" : "contributor"] });
  await drop.goLive({ by: "ana" });
  await drop.drafts.rule({ by: "ana", channel: "news", staged: true });
});

const refused = async (promise: Promise<unknown>): Promise<Code> => {
  const error = await promise.then(
    () => new Error("accepted"),
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(RefusedError);
  return error.code;
};
const news = async () => (await drop.messages("news")).filter(({ deletedAt }) => deletedAt === null);
const propose = () =>
  drop.drafts.propose({
    by: "cid",
    id: "d",
    channel: "studio",
    target: "news",
    title: "Opening",
    body: "The drop opens at noon.",
  });
const approve = async () => {
  await propose();
  await drop.drafts.submit({ by: "cid", draft: "d" });
  return drop.drafts.approve({ by: "leo", draft: "d", revision: 1 });
};

describe("the verbs of drafts", () => {
  test("bring a draft from its first words into its channel", async () => {
    const draft = await propose();
    expect(draft).toMatchObject({ id: "d", status: "open" });
    expect(await propose()).toEqual(draft);
    const { suggestions } = await drop.drafts.suggest({
      by: "leo",
      draft: "d",
      revision: 1,
      edits: [{ start: 0, end: 3, text: "Our" }],
    });
    const second = await drop.drafts.suggest({
      by: "mia",
      draft: "d",
      revision: 1,
      edits: [{ start: 18, end: 22, text: "one" }],
    });
    const id = suggestions[0]?.id ?? "";
    await drop.drafts.applySuggestion({ by: "cid", draft: "d", suggestion: id });
    const left = second.suggestions[1]?.id ?? "";
    expect(await drop.drafts.rejectSuggestion({ by: "cid", draft: "d", suggestion: left })).toMatchObject({
      suggestions: [{ status: "applied" }, { status: "rejected" }],
    });
    await drop.drafts.revise({ by: "cid", draft: "d", revision: 2, body: "Our drop opens at noon!" });
    expect(await drop.drafts.submit({ by: "cid", draft: "d" })).toMatchObject({ status: "submitted" });
    await drop.drafts.requestChanges({ by: "leo", draft: "d", revision: 3 });
    await drop.drafts.submit({ by: "cid", draft: "d" });
    await drop.drafts.reject({ by: "mia", draft: "d", revision: 3 });
    await drop.drafts.submit({ by: "cid", draft: "d" });
    expect(drop.drafts.approvals("d").met).toBe(false);
    expect(await drop.drafts.approve({ by: "mia", draft: "d", revision: 3 })).toMatchObject({
      status: "approved",
    });
    expect(drop.drafts.approvals("d")).toMatchObject({ met: true, clauses: [{ by: ["mia"] }] });
    await drop.drafts.schedule({ by: "cora", draft: "d", publishAt: now + HOUR });
    expect(await drop.drafts.publish({ by: "cora", draft: "d" })).toMatchObject({
      status: "published",
      delivered: true,
    });
    expect(await news()).toMatchObject([{ author: "cora", body: "Our drop opens at noon!" }]);
  });

  test("say which draft they do not know", async () => {
    expect(await refused(drop.drafts.submit({ by: "cid", draft: "__proto__" }))).toBe("DRAFT_UNKNOWN");
    expect(() => drop.drafts.approvals("nothing")).toThrow(RefusedError);
  });

  test("give a draft without an id one", async () => {
    const { id } = await drop.drafts.propose({ by: "cid", channel: "studio", title: "A", body: "B" });
    expect(id).toMatch(/^drf_/);
    expect(drop.space.drafts[id]?.title).toBe("A");
  });

  test("refuse what was not approved, and leave the channel as it was", async () => {
    await propose();
    expect(await refused(drop.drafts.publish({ by: "cora", draft: "d" }))).toBe("DRAFT_NOT_SUBMITTED");
    expect(await refused(drop.post({ by: "ana", channel: "news", body: "x" }))).toBe("CHANNEL_STAGED");
    expect(await news()).toEqual([]);
  });
});

describe("a draft appears once", () => {
  test("however often it is published", async () => {
    await approve();
    await drop.drafts.publish({ by: "cora", draft: "d" });
    await drop.drafts.publish({ by: "cora", draft: "d" });
    await Promise.all(["ana", "cora", "ana"].map((by) => drop.drafts.publish({ by, draft: "d" })));
    expect(await news()).toHaveLength(1);
  });

  test("when several clients publish at once", async () => {
    await approve();
    const others = [1, 2, 3].map(() => createSpaces({ store, now: () => now }));
    const handles = await Promise.all(others.map((client) => client.open("drop")));
    await Promise.all(handles.map((handle) => handle.drafts.publish({ by: "cora", draft: "d" })));
    expect(await news()).toHaveLength(1);
    await drop.refresh();
    expect(drop.space.drafts["d"]).toMatchObject({ status: "published", delivered: true });
  });

  test.each<[string, EventType]>([
    ["before the message was posted", "message.posted"],
    ["before that was put on record", "draft.delivered"],
  ])("after a crash %s, when it is published again", async (_, type) => {
    await approve();
    before = (_stream, types) => {
      if (types.includes(type)) throw new StoreError("STORE_UNREACHABLE", "The line broke.");
    };
    await expect(drop.drafts.publish({ by: "cora", draft: "d" })).rejects.toThrow("The line broke.");
    expect(drop.space.drafts["d"]).toMatchObject({ status: "published", delivered: false });
    before = () => {};
    // By whoever, and also if who published it has gone.
    await drop.remove({ by: "ana", member: "cora" });
    await drop.drafts.publish({ by: "ana", draft: "d" });
    expect(drop.space.drafts["d"]).toMatchObject({ publishedBy: "cora", delivered: true });
    expect(await news()).toMatchObject([{ author: "cora" }]);
  });
});

describe("a draft that was published is withdrawn", () => {
  test("with its message, whoever posted it", async () => {
    await approve();
    await drop.drafts.publish({ by: "ana", draft: "d" });
    expect(await drop.drafts.withdraw({ by: "cora", draft: "d" })).toMatchObject({
      status: "withdrawn",
      delivered: true,
    });
    expect(await news()).toEqual([]);
    await drop.drafts.withdraw({ by: "cora", draft: "d" });
    expect(await refused(drop.drafts.publish({ by: "ana", draft: "d" }))).toBe("DRAFT_SETTLED");
  });

  test("also before its message was posted, and it is not any more", async () => {
    await approve();
    before = (_stream, types) => {
      if (types.includes("message.posted")) throw new StoreError("STORE_UNREACHABLE", "The line broke.");
    };
    await expect(drop.drafts.publish({ by: "cora", draft: "d" })).rejects.toThrow();
    before = () => {};
    await drop.drafts.withdraw({ by: "cora", draft: "d" });
    expect(await drop.messages("news")).toEqual([]);
    expect(drop.space.drafts["d"]).toMatchObject({ status: "withdrawn", delivered: true });
  });

  test("also where its message was deleted before", async () => {
    await approve();
    const { message } = await drop.drafts.publish({ by: "cora", draft: "d" });
    await drop.delete({ by: "ana", channel: "news", message: message ?? "" });
    await drop.drafts.withdraw({ by: "cora", draft: "d" });
    expect(await news()).toEqual([]);
  });

  test("also after a crash before the message was deleted, when it is withdrawn again", async () => {
    await approve();
    await drop.drafts.publish({ by: "ana", draft: "d" });
    before = (_stream, types) => {
      if (types.includes("message.deleted")) throw new StoreError("STORE_UNREACHABLE", "The line broke.");
    };
    await expect(drop.drafts.withdraw({ by: "cora", draft: "d" })).rejects.toThrow();
    expect(await news()).toHaveLength(1);
    before = () => {};
    await drop.drafts.withdraw({ by: "ana", draft: "d" });
    expect(await news()).toEqual([]);
  });

  test.each<EventType>(["message.posted", "draft.delivered"])(
    "by somebody else while it is being delivered, just before %s",
    async (type) => {
      await approve();
      const other = await createSpaces({ store, now: () => now }).open("drop");
      let done = false;
      before = async (_stream, types) => {
        if (done || !types.includes(type)) return;
        done = true;
        await other.drafts.withdraw({ by: "ana", draft: "d" });
      };
      expect(await drop.drafts.publish({ by: "cora", draft: "d" })).toMatchObject({ status: "withdrawn" });
      expect(await news()).toEqual([]);
    },
  );

  test("by somebody else after it was published, so that its message is refused when it comes to be posted", async () => {
    await approve();
    const other = await createSpaces({ store, now: () => now }).open("drop");
    let done = false;
    before = async (stream, types) => {
      if (done || !types.includes("message.posted")) return;
      done = true;
      await other.drafts.withdraw({ by: "ana", draft: "d" });
      // Something else came into the channel first, so that posting is decided anew.
      const { head } = await store.read(stream, { limit: 0 });
      const event = {
        id: "evt_x",
        type: "reaction.removed",
        at: now,
        by: "ana",
        data: { message: "m", emoji: "x" },
      };
      await store.append(stream, { id: "cmt_x", expected: head, events: [event] });
    };
    expect(await drop.drafts.publish({ by: "cora", draft: "d" })).toMatchObject({ status: "withdrawn" });
    expect(await drop.messages("news")).toEqual([]);
  });
});

test("what is scheduled goes out when its time has come, and appears", async () => {
  await approve();
  await drop.drafts.schedule({ by: "cora", draft: "d", publishAt: now + HOUR });
  await spaces.tick();
  expect(await news()).toEqual([]);
  now += HOUR;
  await spaces.tick();
  expect(await news()).toMatchObject([{ author: "cora", body: "The drop opens at noon." }]);
  expect(drop.space.drafts["d"]).toMatchObject({
    status: "published",
    delivered: true,
    publishedAt: NOW + HOUR,
  });
  await spaces.tick();
  expect(await news()).toHaveLength(1);
});
