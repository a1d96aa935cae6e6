import {
  createMemoryBacking,
  createSpaces,
  curate,
  RefusedError,
  renderSlice,
  type SliceFormat,
  type SpaceHandle,
} from "chat-spaces";
import { linearPatterns } from "chat-spaces/patterns";
import { ed25519Signer, quoteOf, verifyQuote, verifySlice } from "chat-spaces/provenance";
import { beforeEach, describe, expect, test } from "vitest";
import { REQUEST } from "../sharing/messages.js";

const signer = ed25519Signer("11".repeat(32));
const trusted = [signer.publicKey];
const HOUR = 3_600_000;
const FORMATS: readonly SliceFormat[] = ["json", "markdown", "html", "text"];

let clock = 0;
let backing = createMemoryBacking();
let drop: SpaceHandle;

const client = () =>
  createSpaces({ store: backing.open(), now: () => clock, signer, patterns: linearPatterns });

const refused = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof RefusedError)) throw error ?? new Error("accepted");
  return error.code;
};

beforeEach(async () => {
  clock = Date.parse("2026-05-01T12:00:00Z");
  backing = createMemoryBacking();
  drop = await client().create({ id: "drop", by: "ana", visibility: "invite", exportPolicy: "members" });
  await drop.openChannel({ by: "ana", channel: "lounge", name: "Lounge" });
  await drop.openChannel({ by: "ana", channel: "studio" });
  await drop.add({ by: "ana", member: "cora", name: "Cora Vale", roles: ["co-moderator"] });
  await drop.add({ by: "ana", member: "leo", name: "Leo Marsh", roles: ["guest"] });
  await drop.goLive({ by: "ana" });
  await drop.keys.add({ by: "ana", publicKey: signer.publicKey });
  await drop.post({
    by: "leo",
    channel: "lounge",
    id: "m-1",
    body: "Don't call +44 7700 900123 - ask Cora about PO-77",
  });
  clock += 1;
  await drop.post({
    by: "cora",
    channel: "studio",
    id: "m-2",
    body: "The kit is blue, it's the new one...",
    replyTo: undefined,
  });
  clock += 1;
  await drop.post({ by: "ana", channel: "lounge", id: "m-3", body: "Leo's right", replyTo: "m-1" });
});

const make = (extra: object = {}) =>
  drop.slices.create({
    ...{ by: "cora", id: "s1", title: "For Acme", channels: ["lounge", "studio"], pick: [{}] },
    ...{ redact: ["phones", { person: "leo" }, { pattern: "PO-\\d+", as: "[order]" }] },
    ...extra,
  });

describe("a slice", () => {
  test("is read as it was curated, over several channels, and signed by the space", async () => {
    await make();
    const slice = await drop.slices.open({ by: "cora", slice: "s1" });
    expect(
      slice.messages.map(({ channel, author, body, replyTo }) => [channel, author, body, replyTo]),
    ).toEqual([
      ["Lounge", "Person 1", "Don't call [phone] - ask Cora about [order]", null],
      ["studio", "Cora Vale", "The kit is blue, it's the new one...", null],
      ["Lounge", "ana", "Person 1's right", "m1"],
    ]);
    expect(verifySlice(JSON.parse(JSON.stringify(slice)), { trusted })).toMatchObject({ genuine: true });
    expect(verifyQuote(quoteOf(slice, "m2"), { trusted })).toMatchObject({ genuine: true });
  });

  test("that is live follows edits, deletions and what is said later; one that is frozen stays as it was", async () => {
    await make();
    await make({ id: "s2", mode: "frozen" });
    await drop.edit({ by: "cora", channel: "studio", message: "m-2", body: "The kit is red" });
    await drop.delete({ by: "leo", channel: "lounge", message: "m-1" });
    await drop.post({ by: "leo", channel: "lounge", body: "One more" });
    const bodies = async (slice: string) =>
      (await drop.slices.open({ by: "cora", slice })).messages.map(({ body }) => body);
    expect(await bodies("s1")).toEqual(["The kit is red", "Person 1's right", "One more"]);
    expect(await bodies("s2")).toEqual([
      "Don't call [phone] - ask Cora about [order]",
      "The kit is blue, it's the new one...",
      "Person 1's right",
    ]);
  });

  test("hides people by name also after they have left", async () => {
    await make();
    await drop.post({ by: "ana", channel: "lounge", body: "Bye Marsh" });
    await drop.leave({ by: "leo" });
    const { messages } = await drop.slices.open({ by: "cora", slice: "s1" });
    expect(messages.at(-1)?.body).toBe("Bye Person 1");
    expect(messages[0]?.author).toBe("Person 1");
  });

  test("that is frozen loses what is erased all the same", async () => {
    const spaces = client();
    await make({ mode: "frozen", redact: [] });
    await spaces.erasePerson("leo");
    const { messages } = await drop.slices.open({ by: "cora", slice: "s1" });
    expect(JSON.stringify(messages)).not.toMatch(/call|Marsh/);
  });

  test("that hides somebody who is erased is taken back: nobody knows any more what to hide", async () => {
    await make();
    await make({ id: "s2", redact: ["people"] });
    await make({ id: "s3", redact: ["phones", { person: "cora", alsoKnownAs: ["Coralie"] }] });
    await client().erasePerson("leo");
    await drop.refresh();
    const { s1, s2, s3 } = drop.space.slices;
    expect([s1?.revokedAt, s2?.revokedAt, s3?.revokedAt]).toEqual([clock, clock, null]);
    await client().erasePerson("cora");
    const again = await client().open("drop");
    expect(again.space.slices["s3"]).toMatchObject({ title: "", redact: ["phones", { person: "cora" }] });
    await drop.refresh();
    expect(drop.space).toEqual(again.space);
  });

  test("can be looked at before it is made", async () => {
    const request = { by: "cora", channels: ["lounge"], pick: [{}], redact: ["phones" as const] };
    expect(await drop.slices.review(request)).toMatchObject([
      { rule: "phones", text: "+44 7700 900123", message: "m1" },
    ]);
    expect(await refused(drop.slices.review({ ...request, by: "leo" }))).toBe("NOT_ALLOWED");
  });

  test("under an id that is there already is the one that is there", async () => {
    const first = await make();
    expect(await make({ title: "Another" })).toEqual(first);
  });
});

describe("sharing", () => {
  test("by link gives exactly what the preview showed, in every format, until it is taken back", async () => {
    await make();
    const share = await drop.slices.shareByLink({ by: "cora", slice: "s1", recipient: "Acme", marked: true });
    const preview = await drop.slices.preview({ by: "cora", share: share.id, as: "acme" });
    expect(await drop.slices.open({ by: "acme", token: share.token })).toEqual(preview);
    for (const format of FORMATS) {
      const { body } = await drop.slices.export({ by: "acme", token: share.token, format });
      expect(body).toBe(renderSlice(preview, format, { timeZone: drop.space.timeZone }).body);
    }
    expect(preview).toMatchObject({ share: share.id, recipient: "Acme" });
    await drop.slices.revokeShare({ by: "cora", share: share.id });
    expect(await refused(drop.slices.open({ by: "acme", token: share.token }))).toBe("SHARE_REVOKED");
  });

  test("takes effect for others at their next read, whichever client they use", async () => {
    await make();
    const { token } = await drop.slices.shareByLink({ by: "cora", slice: "s1", expiresIn: "1h" });
    const elsewhere = await client().open("drop");
    expect((await elsewhere.slices.open({ by: "acme", token })).messages).toHaveLength(3);
    clock += HOUR;
    expect(await refused(elsewhere.slices.open({ by: "acme", token }))).toBe("SHARE_EXPIRED");
    await drop.slices.revoke({ by: "cora", slice: "s1" });
    expect(await refused(elsewhere.slices.open({ by: "cora", slice: "s1" }))).toBe("SLICE_REVOKED");
  });

  test("by link needs no more than the token, whichever space it is of", async () => {
    await make();
    const { token } = await drop.slices.shareByLink({ by: "cora", slice: "s1" });
    const slice = await client().openSlice({ token, by: "acme" });
    expect(slice).toMatchObject({ id: "s1", space: "drop" });
    for (const wrong of ["", "nonsense", token.replace("drop", "nowhere"), `${token}x`]) {
      expect(await refused(client().openSlice({ token: wrong, by: "acme" }))).toBe("SHARE_INVALID");
    }
    expect(await refused(client().openSlice({ token, by: "acme", use: "ai" }))).toBe("AI_FORBIDDEN");
  });

  test("with a cohort is with those who are in it then", async () => {
    await make();
    await drop.cohorts.define({ by: "ana", cohort: "early", rule: { role: "guest" } });
    const share = await drop.slices.share({ by: "cora", slice: "s1", cohorts: ["early"] });
    expect(share).toMatchObject({ audience: ["leo"], cohorts: ["early"] });
    await drop.add({ by: "ana", member: "gus", roles: ["guest"] });
    expect((await drop.slices.open({ by: "leo", slice: "s1" })).share).toBe(share.id);
    expect(await refused(drop.slices.open({ by: "gus", slice: "s1" }))).toBe("SHARE_INVALID");
  });

  test("refuses a token of somebody else's, or one that is cut short", async () => {
    await make();
    await make({ id: "s2" });
    const { token } = await drop.slices.shareByLink({ by: "cora", slice: "s1" });
    expect(await refused(drop.slices.open({ by: "acme", slice: "s2", token }))).toBe("SHARE_INVALID");
    expect(await refused(drop.slices.open({ by: "acme", slice: "s1", token: token.slice(0, -1) }))).toBe(
      "SHARE_INVALID",
    );
    expect(await refused(drop.slices.open({ by: "acme", token: "nonsense" }))).toBe("SHARE_INVALID");
    expect(await refused(drop.slices.preview({ by: "cora", share: "shr_x", as: "acme" }))).toBe(
      "SHARE_UNKNOWN",
    );
    expect(await refused(drop.slices.preview({ by: "leo", share: "shr_x", as: "acme" }))).toBe("NOT_ALLOWED");
  });
});

describe("the access log", () => {
  test("tells who made, shared, read, exported, checked and revoked it, and nothing of other slices", async () => {
    await make();
    await make({ id: "s2" });
    const { id, token } = await drop.slices.shareByLink({ by: "cora", slice: "s1" });
    const other = await drop.slices.shareByLink({ by: "cora", slice: "s2" });
    for (const step of [
      () => drop.slices.open({ by: "acme", token }),
      () => drop.slices.open({ by: "acme", token: other.token }),
      () => drop.slices.export({ by: "acme", token, format: "json" }),
      () => drop.slices.recordVerification({ by: "acme", slice: "s1", token, genuine: true }),
      () => drop.slices.revokeShare({ by: "ana", share: id }),
      () => drop.slices.revokeShare({ by: "ana", share: other.id }),
    ]) {
      clock += 1;
      await step();
    }
    const log = await drop.slices.log({ by: "cora", slice: "s1" });
    expect(log.map(({ type, by }) => [type, by])).toEqual([
      ["slice.created", "cora"],
      ["slice.shared", "cora"],
      ["slice.opened", "acme"],
      ["slice.exported", "acme"],
      ["slice.verified", "acme"],
      ["share.revoked", "ana"],
    ]);
    expect(await refused(drop.slices.log({ by: "leo", slice: "s1" }))).toBe("NOT_ALLOWED");
  });

  test("finds whose marked copy leaked, and leaves out those who got none", async () => {
    await make({ redact: [] });
    const { token } = await drop.slices.shareByLink({ by: "cora", slice: "s1", marked: true });
    const copies = [];
    for (const by of ["acme", "globex"]) copies.push(await drop.slices.open({ by, token }));
    const [, leaked] = copies;
    const text = leaked?.messages[1]?.body ?? "";
    const [first] = await drop.slices.trace({ by: "cora", slice: "s1", text });
    expect(first).toMatchObject({ who: "globex", by: "code" });
    expect(await drop.slices.trace({ by: "cora", slice: "s1", text: "nothing of it" })).toEqual([]);
  });
});

describe("bringing in a slice from elsewhere", () => {
  test("keeps its policy, adds nothing twice, and lets nobody share it on who may not", async () => {
    await make();
    const slice = await drop.slices.open({ by: "cora", slice: "s1" });
    const other = await client().create({
      id: "other",
      by: "zoe",
      visibility: "invite",
      exportPolicy: "members",
    });
    await other.openChannel({ by: "zoe", channel: "inbox" });
    const bring = () =>
      other.slices.import({ by: "zoe", channel: "inbox", slice: JSON.parse(JSON.stringify(slice)) });
    expect(await bring()).toEqual({ added: 3, known: 0 });
    expect(await bring()).toEqual({ added: 0, known: 3 });
    const messages = await other.messages("inbox");
    expect(
      messages.map(({ authorName, replyTo }) => [
        authorName,
        replyTo === null ? null : messages[0]?.id === replyTo,
      ]),
    ).toEqual([
      ["Person 1", null],
      ["Cora Vale", null],
      ["ana", true],
    ]);
    expect(other.space.channels["inbox"]?.policy).toMatchObject({
      policy: { forward: false, ai: false, export: "members" },
      origin: { space: "drop", slice: "s1", root: slice.seal?.root },
    });
    expect(await refused(other.bindPolicy({ by: "zoe", channel: "inbox", policy: { ai: true } }))).toBe(
      "POLICY_INHERITED",
    );
    await other.slices.create({ by: "zoe", id: "x", title: "On", channels: ["inbox"], pick: [{}] });
    expect(await refused(other.slices.shareByLink({ by: "zoe", slice: "x" }))).toBe("FORWARD_FORBIDDEN");
    expect(await refused(other.slices.open({ by: "zoe", slice: "x", use: "ai" }))).toBe("AI_FORBIDDEN");
  });
});

describe("bad input", () => {
  const bad = (options: object): never => options as never;
  const code = async (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => "accepted",
      (error: { readonly code?: string; readonly name: string }) => error.code ?? error.name,
    );

  test.each<[string, object]>([
    ["nothing", {}],
    ["channels that are no list", { channels: "lounge" }],
    ["no picks", { pick: undefined }],
    ["a pick that is none", { pick: [null] }],
    ["a pick that there is not", { pick: [{ starred: true }] }],
    ["a pick of the wrong type", { pick: [{ tag: 5 }] }],
    ["an instant that is none", { pick: [{ from: "yesterday" }] }],
    ["a redaction that there is not", { redact: ["names"] }],
    ["redactions that are no list", { redact: "phones" }],
  ])("of a slice is refused before anything is read: %s", async (name, change) => {
    const right = { by: "cora", title: "x", channels: ["lounge"], pick: [{}] };
    const options = bad(name === "nothing" ? {} : { ...right, ...change });
    expect(await code(drop.slices.create(options))).toBe("INVALID_COMMAND");
    expect(await code(drop.slices.review(options))).toBe("INVALID_COMMAND");
    expect(drop.space.slices).toEqual({});
  });

  test("makes no slice that nobody could read: a pattern that cannot be matched", async () => {
    expect(await code(make({ redact: [{ pattern: "(?=x)" }] }))).toBe("INVALID_INPUT");
    expect(drop.space.slices).toEqual({});
  });

  test("of sharing, searching and tracing is told", async () => {
    await make();
    const share = { by: "cora", slice: "s1" };
    expect(await code(drop.slices.share(bad({ ...share, cohorts: "x" })))).toBe("INVALID_COMMAND");
    expect(await code(drop.slices.share({ ...share, cohorts: ["x"] }))).toBe("COHORT_UNKNOWN");
    expect(await code(drop.slices.trace(bad({ ...share, text: 5 })))).toBe("INVALID_INPUT");
    expect(await code(drop.search(bad({ text: "kit" })))).toBe("INVALID_INPUT");
    expect(await code(client().openSlice(bad({ by: "acme", token: 5 })))).toBe("SHARE_INVALID");
    expect(await code(client().join(bad({ as: "zoe", token: 5 })))).toBe("INVITE_INVALID");
  });

  test("puts no export on record that did not happen", async () => {
    await make();
    const file = { by: "cora", slice: "s1", format: "html", timeZone: "Mars/Base" } as const;
    expect(await code(drop.slices.export(file))).toBe("INVALID_INPUT");
    expect((await drop.slices.log({ by: "cora", slice: "s1" })).map(({ type }) => type)).toEqual([
      "slice.created",
    ]);
    expect(() => renderSlice(curate([], REQUEST), bad({}), {})).toThrow(/no format/);
  });

  test("is never brought in as a slice, and changes nothing", async () => {
    await make();
    const slice = await drop.slices.open({ by: "cora", slice: "s1" });
    const [first] = slice.messages;
    for (const wrong of [
      null,
      {},
      { ...slice, messages: [{ ...first, at: "x" }] },
      { ...slice, messages: [{ ...first, body: 5 }] },
      { ...slice, messages: [{ ...first, body: "\ud800" }] },
      { ...slice, policy: { ...slice.policy, ai: "yes" } },
    ]) {
      const options = bad({ by: "ana", channel: "studio", slice: wrong });
      expect(await code(drop.slices.import(options))).toBe("INVALID_INPUT");
    }
    expect(await drop.messages("studio")).toHaveLength(1);
    expect(drop.space.channels["studio"]?.policy).toBeUndefined();
  });
});

describe("keys", () => {
  test("are known by the first digits of their hash, and can be revoked", async () => {
    const [key] = Object.values(drop.space.keys);
    expect(key).toMatchObject({ publicKey: signer.publicKey, revokedAt: null });
    const { keys } = await drop.keys.revoke({ by: "ana", key: key?.id ?? "" });
    expect(Object.values(keys)[0]?.revokedAt).toBe(clock);
  });
});
