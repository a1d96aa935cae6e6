import {
  ChatSpacesError,
  createSpaces,
  memoryStore,
  type SpaceHandle,
  type SpaceStore,
  type Spaces,
} from "chat-spaces";
import { beforeEach, describe, expect, test } from "vitest";
import { NOW } from "../helpers/spaces.js";

const DAY = 86_400_000;
let now: number;
let store: SpaceStore;
let spaces: Spaces;
let drop: SpaceHandle;
let club: SpaceHandle;

beforeEach(async () => {
  now = NOW;
  store = memoryStore();
  spaces = createSpaces({ store, now: () => now });
  const open = async (id: string) => {
    const space = await spaces.create({ id, by: "ana" });
    await space.openChannel({ by: "ana", channel: "lounge" });
    await space.goLive({ by: "ana" });
    await space.add({ by: "ana", member: "leo", name: "Leo", roles: ["contributor"] });
    return space;
  };
  drop = await open("drop");
  club = await open("club");
});

const say = (space: SpaceHandle, by: string, body: string) => space.post({ by, channel: "lounge", body });
const bodies = async (space: SpaceHandle) =>
  (await space.messages("lounge")).map(({ author, body }) => `${author}: ${body}`);

/** Everything the store gives, as text. */
async function everything(): Promise<string> {
  const { names } = (await store.streams?.()) ?? { names: [] };
  return JSON.stringify(await Promise.all(names.map((name) => store.read(name))));
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason) => reason,
  );
  return error instanceof ChatSpacesError ? error.code : "none";
}

describe("erasing a person", () => {
  beforeEach(async () => {
    const { id } = await say(drop, "leo", "my number is 555-0134");
    await drop.edit({ by: "leo", channel: "lounge", message: id, body: "my number is 555-0199" });
    await say(drop, "ana", "thank you");
    await say(club, "leo", "555-0134 again");
  });

  test("takes out what they said and are called, in every space, and leaves the counts", async () => {
    const before = await drop.metrics();
    const report = await spaces.erasePerson("leo");
    expect(report).toEqual({
      events: 5,
      spaces: [
        { space: "drop", events: 3, types: { "member.joined": 1, "message.posted": 1, "message.edited": 1 } },
        { space: "club", events: 2, types: { "member.joined": 1, "message.posted": 1 } },
      ].sort((a, b) => (a.space < b.space ? -1 : 1)),
      refused: [],
    });
    expect(await everything()).not.toMatch(/555-01|"Leo"/);
    expect(await bodies(drop)).toEqual(["leo: ", "ana: thank you"]);
    expect(await drop.metrics()).toEqual(before);
    expect(drop.space.members["leo"]).toMatchObject({ name: null, roles: ["contributor"] });
    expect((await createSpaces({ store }).open("drop")).space).toEqual(drop.space);
  });

  test("is put on record, by whom it is said", async () => {
    await spaces.erasePerson("leo", { by: "privacy-desk" });
    const { events } = await store.read("space/drop", { backwards: true, limit: 1 });
    expect(events[0]).toMatchObject({ type: "person.erased", by: "privacy-desk", data: { person: "leo" } });
  });

  test("can be looked at first, which changes nothing", async () => {
    const before = await everything();
    const report = await spaces.erasePerson("leo", { dryRun: true });
    expect(report.events).toBe(5);
    expect(await everything()).toBe(before);
    expect(await spaces.erasePerson("leo")).toEqual(report);
  });

  test("finds nothing the second time, and takes up what was said since", async () => {
    await spaces.erasePerson("leo");
    const before = await everything();
    expect(await spaces.erasePerson("leo")).toEqual({ events: 0, spaces: [], refused: [] });
    expect(await everything()).toBe(before);
    await say(drop, "leo", "one more thing");
    expect((await spaces.erasePerson("leo")).events).toBe(1);
  });

  test("is finished by whoever repeats it after it broke off in the middle", async () => {
    let left = 1;
    const breaking: SpaceStore = {
      ...store,
      erase: async (stream, request) => {
        if (left-- <= 0) throw new Error("the power went");
        return (store.erase as NonNullable<SpaceStore["erase"]>)(stream, request);
      },
    };
    await expect(createSpaces({ store: breaking, now: () => now }).erasePerson("leo")).rejects.toThrow(
      "the power went",
    );
    expect(await everything()).toMatch(/555-01/);
    await spaces.erasePerson("leo");
    expect(await everything()).not.toMatch(/555-01|"Leo"/);
  });

  test("is refused as a whole where one of their spaces is under a legal hold", async () => {
    await club.hold({ by: "ana", reason: "a dispute" });
    const before = await everything();
    await expect(spaces.erasePerson("leo")).rejects.toMatchObject({
      code: "LEGAL_HOLD",
      details: { spaces: ["club"] },
    });
    expect(await everything()).toBe(before);
    await club.release({ by: "ana" });
    expect((await spaces.erasePerson("leo")).events).toBe(5);
  });

  test("of somebody whom nobody knows does nothing", async () => {
    expect(await spaces.erasePerson("__proto__")).toEqual({ events: 0, spaces: [], refused: [] });
  });

  test("takes a store that can", async () => {
    const { erase: _, ...plain } = store;
    expect(await codeOf(createSpaces({ store: plain }).erasePerson("leo"))).toBe("STORE_CANNOT_ERASE");
    const { streams: __, ...blind } = store;
    expect(await codeOf(createSpaces({ store: blind }).applyRetention())).toBe("STORE_CANNOT_ERASE");
  });
});

describe("retention", () => {
  beforeEach(async () => {
    await say(drop, "leo", "first day");
    await say(club, "leo", "first day");
    now = NOW + 20 * DAY;
    await say(drop, "ana", "twentieth day");
    now = NOW + 40 * DAY;
  });

  test("takes out what is older than its space keeps it, and nothing else", async () => {
    await drop.configure({ by: "ana", retention: "30d" });
    expect(await spaces.applyRetention()).toEqual({
      events: 1,
      spaces: [{ space: "drop", events: 1, types: { "message.posted": 1 } }],
      refused: [],
    });
    expect(await bodies(drop)).toEqual(["leo: ", "ana: twentieth day"]);
    expect(await bodies(club)).toEqual(["leo: first day"]);
    expect(await spaces.applyRetention()).toEqual({ events: 0, spaces: [], refused: [] });
    expect((await spaces.applyRetention(NOW + 60 * DAY)).events).toBe(1);
  });

  test("passes over what is under a legal hold, and says so", async () => {
    for (const space of [drop, club]) await space.configure({ by: "ana", retention: "30d" });
    await drop.hold({ by: "ana" });
    const report = await spaces.applyRetention();
    expect(report.spaces.map(({ space }) => space)).toEqual(["club"]);
    expect(report.refused).toMatchObject([{ space: "drop", refusal: { code: "LEGAL_HOLD" } }]);
    expect(await bodies(drop)).toEqual(["leo: first day", "ana: twentieth day"]);
  });

  test("can be looked at first, and goes by any instant", async () => {
    await drop.configure({ by: "ana", retention: "30d" });
    const report = await spaces.applyRetention("2026-06-15T00:00:00Z", { dryRun: true });
    expect(report.events).toBe(1);
    expect(await bodies(drop)).toEqual(["leo: first day", "ana: twentieth day"]);
  });
});
