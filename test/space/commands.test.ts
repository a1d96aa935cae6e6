import { type Command, decide, emptySpace } from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aSpace, counter, given, NOW } from "../helpers/spaces.js";

const space = aSpace();
const anything = (command: unknown) => decide(space, command as Command, { now: NOW, newId: counter() });

describe("a command that is not one is refused, and says what is wrong", () => {
  test.each([
    [{ type: "space.explode", by: "ana" }, /type: must be a command, not "space.explode"/],
    [{ by: "ana" }, /type: must be a command/],
    [null, /must be a command/],
    ["channel.open", /must be a command/],
    [{ type: "__proto__", by: "ana" }, /must be a command/],
    [{ type: "channel.open", channel: "x" }, /by: is missing \(a string\)/],
    [{ type: "channel.open", by: "ana", channel: 5 }, /channel: must be a string/],
    [
      { type: "channel.open", by: "ana", channel: "x", kind: "chat" },
      /kind: must be one of "discussion", "announcement"/,
    ],
    [{ type: "channel.open", by: "ana", channel: "x", nmae: "X" }, /has unknown "nmae"/],
    [
      { type: "channel.open", by: "ana", channel: "x".repeat(300) },
      /channel: must have a length of at most 256/,
    ],
    [{ type: "channel.open", by: "ana", channel: "" }, /channel: must have a length of at least 1/],
    [
      { type: "invite.create", by: "ana", token: "t", maxUses: 0 },
      /maxUses: must have a value of at least 1/,
    ],
    [{ type: "invite.create", by: "ana", token: "t", maxUses: 1.5 }, /maxUses: must be a whole number/],
    [
      { type: "invite.create", by: "ana", token: "t", expiresIn: "soon" },
      /expiresIn: must be a duration such as "7d"/,
    ],
    [
      { type: "link.create", by: "ana", campaign: "c", target: "javascript:alert(1)" },
      /target: must be an http or https URL/,
    ],
    [
      { type: "conversion.record", by: "x", order: "1", amount: { minor: 1.5, currency: "EUR" } },
      /amount: must be money/,
    ],
    [
      { type: "conversion.record", by: "x", order: "1", amount: { minor: 1, currency: "€" } },
      /amount: must be money/,
    ],
    [
      {
        type: "handoff.offer",
        by: "ana",
        duty: "ops",
        from: "ana",
        to: "cid",
        window: { start: "2026-05-01" },
      },
      /window.start: must be an instant/,
    ],
  ])("%j", (command, message) => {
    const outcome = anything(command);
    expect(outcome).toMatchObject({ ok: false, refusal: { code: "INVALID_COMMAND" } });
    expect(!outcome.ok && outcome.refusal.message).toMatch(message);
  });

  test("whatever it is, nothing is thrown", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }), (value) => {
        expect(anything(value).ok).toBe(false);
      }),
    );
  });

  test("known types with random fields neither throw nor get through by chance", () => {
    const types = [
      "space.configure",
      "channel.open",
      "member.add",
      "role.assign",
      "invite.redeem",
      "message.post",
      "poll.vote",
    ];
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.dictionary(fc.string(), fc.jsonValue()), (type, fields) => {
        const outcome = anything({ ...fields, type });
        expect(outcome.ok).toBe(false);
      }),
    );
  });
});

describe("deciding is pure", () => {
  test("it leaves the space and the command as they were", () => {
    const frozen = deepFreeze(structuredClone(space));
    const commands: Command[] = [
      { type: "member.add", by: "ana", member: "leo" },
      { type: "channel.configure", by: "ana", channel: "lounge", name: "L" },
      { type: "handoff.offer", by: "ana", duty: "host", from: "ana", to: "cora" },
      { type: "message.post", by: "gus", channel: "lounge", body: "hi" },
    ];
    for (const command of commands) given(frozen).and(deepFreeze(command));
  });

  test("the same space, command and context give the same outcome", () => {
    const command = { type: "space.create", by: "ana" } as const;
    const once = decide(emptySpace("x"), command, { now: NOW, newId: counter() });
    expect(decide(emptySpace("x"), command, { now: NOW, newId: counter() })).toEqual(once);
  });

  test("a reason goes on the record of every event", () => {
    given(space)
      .when({ type: "member.remove", by: "ana", member: "gus", reason: "spam" })
      .happens({
        type: "member.removed",
        data: { member: "gus" },
        ...{ reason: "spam", by: "ana", at: NOW },
      });
  });
});

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
