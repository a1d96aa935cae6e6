import {
  type Code,
  createSpaces,
  memoryStore,
  RefusedError,
  type SpaceHandle,
  type SpaceStore,
  type Spaces,
  StoreError,
  whoHolds,
} from "chat-spaces";
import { productDrop } from "chat-spaces/templates";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { NOW } from "../helpers/spaces.js";

let store: SpaceStore;
let spaces: Spaces;
let drop: SpaceHandle;

beforeEach(async () => {
  store = memoryStore();
  spaces = createSpaces({ store, now: () => NOW });
  drop = await spaces.create({
    id: "spring-drop",
    by: "ana",
    template: productDrop({
      product: "Spring kit",
      opensAt: "2026-05-01T16:00:00Z",
      team: { sam: "co-moderator" },
    }),
  });
});

const refused = async (promise: Promise<unknown>): Promise<Code> => {
  const error = await promise.then(
    () => new Error("accepted"),
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(RefusedError);
  return error.code;
};

describe("createSpaces", () => {
  test("needs a store, and says so", () => {
    expect(() => createSpaces({} as never)).toThrow(/needs a store/);
  });

  test("creates, opens again, and knows what there is not", async () => {
    const again = await createSpaces({ store }).open("spring-drop");
    expect(again.space).toEqual(drop.space);
    expect(await refused(spaces.open("autumn-drop"))).toBe("SPACE_UNKNOWN");
    expect(await refused(spaces.open("\ud800"))).toBe("SPACE_UNKNOWN");
    expect(await refused(spaces.create({ id: "spring-drop", by: "eve" }))).toBe("SPACE_EXISTS");
  });

  test("makes an id where none is given", async () => {
    const { id } = await spaces.create({ by: "ana" });
    expect(id).toMatch(/^spc_[\w-]{21}$/);
    expect((await spaces.open(id)).space.createdBy).toBe("ana");
  });

  test("posts and pins what the template asks for", async () => {
    expect((await drop.messages("countdown")).map(({ body, pinned }) => [body, pinned])).toEqual([
      ["Spring kit opens on Friday, 1 May 2026 at 16:00 (UTC).", true],
    ]);
  });
});

describe("the first lines of the guide", () => {
  test("invite, join, ask, hand over", async () => {
    const invite = await drop.invite({
      by: "ana",
      role: "guest",
      expiresIn: "7d",
      maxUses: 50,
      campaign: "newsletter-14",
    });
    expect(invite).toMatchObject({ role: "guest", maxUses: 50, expiresAt: NOW + 7 * 86_400_000 });
    const { member: leo } = await drop.join({ token: invite.token, as: "leo" });
    expect(leo).toMatchObject({ id: "leo", roles: ["guest"], campaign: "newsletter-14" });

    expect(drop.can("leo", "message.post", { channel: "countdown" })).toBe(false);
    expect(drop.explain("leo", "message.post", { channel: "countdown" })).toMatchObject({
      effect: "deny",
      code: "NOT_GRANTED",
      message: "leo may not message.post in countdown: the role guest does not grant it there",
    });

    const window = { start: "2026-05-01T18:00:00Z", end: "2026-05-02T02:00:00Z" };
    const offer = await drop.handOff({
      duty: "host",
      from: "ana",
      to: "sam",
      note: "two refunds open",
      window,
    });
    expect(await drop.acceptHandoff({ by: "sam", handoff: offer.id })).toMatchObject({ status: "accepted" });
    expect(whoHolds(drop.space, "host", Date.parse("2026-05-01T20:00:00Z"))).toBe("sam");
    expect(whoHolds(drop.space, "host", Date.parse(window.end))).toBe("ana");
  });

  test("a token finds its space by itself", async () => {
    const { token } = await drop.invite({ by: "ana" });
    const joined = await createSpaces({ store, now: () => NOW }).join({ token, as: "leo", name: "Leo" });
    expect(joined.id).toBe("spring-drop");
    expect(joined.space.members["leo"]?.name).toBe("Leo");
    expect(await refused(spaces.join({ token: "hello", as: "mia" }))).toBe("INVITE_INVALID");
  });
});

describe("a handle", () => {
  test("sees what others did before it decides", async () => {
    const other = await createSpaces({ store, now: () => NOW }).open("spring-drop");
    await other.openChannel({ by: "ana", channel: "vip" });
    expect(drop.space.channels["vip"]).toBeUndefined();
    await drop.post({ by: "ana", channel: "vip", body: "hello" });
    expect(drop.space.channels["vip"]).toBeDefined();
    await other.closeChannel({ by: "ana", channel: "vip" });
    await drop.refresh();
    expect(drop.space.channels["vip"]?.closedAt).toBe(NOW);
  });

  test("changes the space by its verbs", async () => {
    await drop.configure({ by: "ana", name: "Spring", exportPolicy: "members" });
    await drop.goLive({ by: "ana" });
    await drop.configureChannel({ by: "ana", channel: "lounge", topic: null });
    await drop.add({ by: "ana", member: "mia", roles: ["contributor"] });
    await drop.assign({ by: "ana", member: "mia", roles: ["guest"] });
    await drop.assignDuty({ by: "ana", duty: "ops", member: "mia" });
    const invite = await drop.invite({ by: "ana" });
    await drop.revokeInvite({ by: "ana", invite: invite.id });
    await drop.remove({ by: "ana", member: "sam" });
    await drop.leave({ by: "mia" });
    const archived = await drop.archive({ by: "ana" });
    expect(archived).toMatchObject({ name: "Spring", stage: "archived" });
    expect(Object.keys(archived.members)).toEqual(["ana"]);
    expect(archived.invites[invite.id]?.revokedAt).toBe(NOW);
    expect(await refused(drop.post({ by: "ana", channel: "lounge", body: "x" }))).toBe("SPACE_ARCHIVED");
  });

  test("keeps a conversation", async () => {
    await drop.goLive({ by: "ana" });
    const { id } = await drop.post({
      by: "sam",
      channel: "lounge",
      body: "helo",
      attachments: [{ name: "a.jpg", kind: "image" }],
    });
    await drop.edit({ by: "sam", channel: "lounge", message: id, body: "hello" });
    await drop.pin({ by: "ana", channel: "lounge", message: id });
    await drop.react({ by: "ana", channel: "lounge", message: id, emoji: "🔥" });
    await drop.react({ by: "sam", channel: "lounge", message: id, emoji: "👍" });
    await drop.unreact({ by: "sam", channel: "lounge", message: id, emoji: "👍" });
    await drop.opened({ by: "ana", channel: "lounge", message: id });
    const poll = await drop.poll({
      by: "ana",
      channel: "lounge",
      question: "When?",
      options: ["now", "later"],
    });
    await drop.vote({ by: "sam", channel: "lounge", message: poll.id, choices: [1] });
    const gone = await drop.post({ by: "sam", channel: "lounge", body: "oops", replyTo: id });
    await drop.delete({ by: "ana", channel: "lounge", message: gone.id });
    await drop.unpin({ by: "ana", channel: "lounge", message: id });

    expect(await drop.messages("lounge", { as: "ana" })).toMatchObject([
      { id, body: "hello", pinned: false, reactions: { "🔥": ["ana"] }, editedAt: NOW },
      { id: poll.id, kind: "poll", votes: { sam: [1] } },
      { id: gone.id, kind: "deleted", body: "", replyTo: id },
    ]);
    expect(await refused(drop.messages("lounge", { as: "eve" }))).toBe("NOT_ALLOWED");
    expect(await refused(drop.edit({ by: "sam", channel: "lounge", message: gone.id, body: "x" }))).toBe(
      "MESSAGE_DELETED",
    );
  });

  test("posts once under one id, however often it is told to", async () => {
    const say = () => drop.post({ by: "ana", channel: "lounge", id: "hook-1", body: "hello" });
    expect(await Promise.all([say(), say(), say()])).toEqual([
      { id: "hook-1" },
      { id: "hook-1" },
      { id: "hook-1" },
    ]);
    expect(await drop.messages("lounge")).toHaveLength(1);
  });

  test("joins public spaces without a token", async () => {
    const fair = await spaces.create({ id: "fair", by: "ana", visibility: "public" });
    expect(await fair.join({ as: "leo" })).toMatchObject({ member: { roles: ["guest"] }, request: null });
    expect(await refused(drop.join({ as: "leo" }))).toBe("JOIN_NEEDS_INVITE");
  });

  test("answers offers in every way", async () => {
    const offer = () => drop.handOff({ duty: "host", from: "ana", to: "sam" });
    expect((await drop.declineHandoff({ by: "sam", handoff: (await offer()).id })).status).toBe("declined");
    expect((await drop.withdrawHandoff({ by: "ana", handoff: (await offer()).id })).status).toBe("withdrawn");
  });

  test("shares a slice, and puts that on record", async () => {
    await drop.goLive({ by: "ana" });
    await drop.configure({ by: "ana", name: "Spring" });
    await drop.post({ by: "sam", channel: "lounge", body: "call +44 7700 900123" });
    const record = await drop.slices.create({
      by: "ana",
      title: "For press",
      channels: ["lounge"],
      pick: [{}],
      redact: ["phones", { person: "sam" }],
    });
    const { messages } = await drop.slices.open({ by: "ana", slice: record.id });
    expect(messages).toMatchObject([{ author: "Person 1", body: "call [phone]" }]);
    expect(drop.space.slices[record.id]).toMatchObject({
      title: "For press",
      createdBy: "ana",
      redact: ["phones", { person: "sam" }],
    });
    expect(await refused(drop.slices.export({ by: "sam", slice: record.id, format: "json" }))).toBe(
      "EXPORT_FORBIDDEN",
    );
    const none = { by: "ana", title: "x", channels: ["lounge"], pick: [{ ids: ["none"] }] };
    expect(await refused(drop.slices.create(none))).toBe("SLICE_EMPTY");
  });

  test("follows a link to a sale, once each", async () => {
    const link = await drop.createLink({
      by: "ana",
      target: "https://shop.example/kit",
      campaign: "spring",
      cohort: "early",
    });
    expect(link.url).toBe(
      `https://shop.example/kit?cid=${link.id}&utm_source=chat&utm_medium=social&utm_campaign=spring&utm_content=early`,
    );
    expect(link.id).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
    const click = { link: link.id, visitor: "v1", id: "req-1" };
    expect(await drop.recordClick(click)).toEqual({ recorded: true });
    expect(await drop.recordClick(click)).toEqual({ recorded: false });
    const sale = { order: "o1", amount: { minor: 4_900, currency: "EUR" }, visitor: "v1" };
    const both = await Promise.all([drop.recordConversion(sale), drop.recordConversion(sale)]);
    expect(both).toEqual([{ recorded: true }, { recorded: false }]);
    const { credit } = await drop.metrics();
    expect(credit.rows).toMatchObject([
      { key: "early", clicks: 1, sales: 1, revenue: [{ minor: 4_900, currency: "EUR" }] },
    ]);
  });

  test("reports to whom it may be reported", async () => {
    const { activity } = await drop.metrics({ as: "sam", last: "3d", channels: ["countdown"] });
    expect(activity).toMatchObject({ timeZone: "UTC", messages: 1, from: "2026-04-29", to: "2026-05-01" });
    expect((await drop.metrics()).activity.messages).toBe(2);
    const { token } = await drop.invite({ by: "ana" });
    await drop.join({ token, as: "leo" });
    expect(await refused(drop.metrics({ as: "leo" }))).toBe("NOT_ALLOWED");
  });
});

describe("listeners", () => {
  test("hear what was stored, by name, with its space, until they stop", async () => {
    const heard = vi.fn();
    const stop = spaces.on("member.joined", (event, { space }) => heard(event.data.member, space));
    await drop.add({ by: "ana", member: "leo" });
    stop();
    await drop.add({ by: "ana", member: "mia" });
    expect(heard.mock.calls).toEqual([["leo", "spring-drop"]]);
  });

  test("cannot undo it by throwing; the error is not swallowed either", async () => {
    const surfaced = new Promise((resolve) => process.once("unhandledRejection", resolve));
    const others = process.listeners("unhandledRejection").filter((listener) => listener.name !== "resolve");
    for (const other of others.slice(0, -1)) process.removeListener("unhandledRejection", other);
    spaces.on("member.joined", () => {
      throw new Error("listener");
    });
    await drop.add({ by: "ana", member: "leo" });
    expect(drop.space.members["leo"]).toBeDefined();
    expect(await surfaced).toMatchObject({ message: "listener" });
    for (const other of others.slice(0, -1)) process.on("unhandledRejection", other);
  });
});

describe("32 at once on one store", () => {
  const racers = Array.from({ length: 32 }, (_, n) => `racer-${n}`);
  const outcomes = async (promises: readonly Promise<unknown>[]) => {
    const settled = await Promise.allSettled(promises);
    const codes = settled.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
    return { won: settled.length - codes.length, codes: [...new Set(codes)] };
  };
  const handles = () =>
    Promise.all(racers.map(() => createSpaces({ store, now: () => NOW }).open("spring-drop")));

  test("an invite for five lets five in", async () => {
    const { token, id } = await drop.invite({ by: "ana", maxUses: 5 });
    const clients = await handles();
    const result = await outcomes(
      clients.map((client, n) => client.join({ token, as: racers[n] as string })),
    );
    expect(result).toEqual({ won: 5, codes: ["INVITE_EXHAUSTED"] });
    await drop.refresh();
    expect(drop.space.invites[id]?.uses).toBe(5);
    expect(Object.values(drop.space.members).filter(({ invite }) => invite === id)).toHaveLength(5);
  });

  test("one person redeems once, from however many devices", async () => {
    const { token, id } = await drop.invite({ by: "ana" });
    const clients = await handles();
    expect(await outcomes(clients.map((client) => client.join({ token, as: "leo" })))).toEqual({
      won: 1,
      codes: ["ALREADY_A_MEMBER"],
    });
    await drop.refresh();
    expect(drop.space.invites[id]?.uses).toBe(1);
  });

  test("of 32 hosts who all leave, the one who answers for the space stays", async () => {
    for (const host of racers) await drop.add({ by: "ana", member: host, roles: ["host"] });
    await drop.assignDuty({ by: "ana", duty: "host", member: racers[7] as string });
    await drop.leave({ by: "ana" });
    const clients = await handles();
    expect(await outcomes(clients.map((client, n) => client.leave({ by: racers[n] as string })))).toEqual({
      won: 31,
      codes: [expect.stringMatching(/^(DUTY_REQUIRED|LAST_HOST)$/)],
    });
    await drop.refresh();
    expect(Object.values(drop.space.members).filter(({ roles }) => roles.includes("host"))).toHaveLength(1);
  });

  test("a duty that is offered to two goes to one", async () => {
    const clients = await handles();
    const result = await outcomes(
      clients.map((client) => client.handOff({ duty: "host", from: "ana", to: "sam" })),
    );
    expect(result).toEqual({ won: 1, codes: ["HANDOFF_PENDING"] });
  });

  test("messages of all of them are there, in one order for everybody", async () => {
    await drop.goLive({ by: "ana" });
    const clients = await handles();
    await Promise.all(
      clients.map((client, n) => client.post({ by: "ana", channel: "lounge", body: `${n}` })),
    );
    expect(await drop.messages("lounge")).toHaveLength(32);
  });
});

describe("when the store", () => {
  test("always lets others be first, the client gives up and says so", async () => {
    const busy = createSpaces({
      store: { ...store, append: async () => ({ ok: false, reason: "conflict", head: 99 }) },
      maxAttempts: 3,
    });
    const handle = await busy.open("spring-drop");
    await expect(handle.add({ by: "ana", member: "leo" })).rejects.toMatchObject({
      code: "STORE_CONTENTION",
      details: { attempts: 3 },
    });
  });

  test("fails, the error reaches the caller, and the next command works", async () => {
    let failing = true;
    const flaky: SpaceStore = {
      ...store,
      append: (stream, commit) => {
        if (failing) throw new StoreError("STORE_FULL", "The disk is full.");
        return store.append(stream, commit);
      },
    };
    const handle = await createSpaces({ store: flaky, now: () => NOW }).open("spring-drop");
    await expect(handle.add({ by: "ana", member: "leo" })).rejects.toMatchObject({ code: "STORE_FULL" });
    expect(handle.space.members["leo"]).toBeUndefined();
    failing = false;
    await handle.add({ by: "ana", member: "leo" });
    expect(handle.space.members["leo"]).toBeDefined();
  });

  test("is long, the charter is read in pages", async () => {
    const many = Array.from({ length: 10_001 }, (_, n) => ({
      ...{ id: `e${n}`, type: "space.configured", at: n, by: "ana" },
      data: { name: `Drop ${n}` },
    }));
    const { head } = await store.read("space/spring-drop", { limit: 0 });
    await store.append("space/spring-drop", { id: "many", expected: head, events: many });
    const again = await createSpaces({ store }).open("spring-drop");
    expect(again.space.name).toBe("Drop 10000");
  });

  test("is closed, so are the spaces", async () => {
    await spaces.close();
    await expect(drop.refresh()).rejects.toMatchObject({ code: "STORE_CLOSED" });
  });
});
