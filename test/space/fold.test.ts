import { type Command, decide, emptySpace, evolve, fold, type Space, type SpaceEvent } from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { counter, NOW, token } from "../helpers/spaces.js";

const people = ["ana", "bo", "cy", "__proto__"];
const person = fc.constantFrom(...people);
const role = fc.constantFrom("host", "co-moderator", "contributor", "guest", "read-only");
const channel = fc.constantFrom("a", "b", "constructor");

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    type: fc.constant("member.add" as const),
    by: person,
    member: person,
    roles: fc.array(role, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ type: fc.constant("member.leave" as const), by: person }),
  fc.record({ type: fc.constant("member.remove" as const), by: person, member: person }),
  fc.record({
    type: fc.constant("role.assign" as const),
    by: person,
    member: person,
    roles: fc.array(role, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ type: fc.constant("channel.open" as const), by: person, channel }),
  fc.record({ type: fc.constant("channel.close" as const), by: person, channel }),
  fc.record({
    type: fc.constant("invite.create" as const),
    by: person,
    token: fc.nat(3).map((n) => token("s", `inv${n}`)),
    maxUses: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({
    type: fc.constant("invite.redeem" as const),
    by: person,
    token: fc.nat(3).map((n) => token("s", `inv${n}`)),
  }),
  fc.record({
    type: fc.constant("duty.assign" as const),
    by: person,
    duty: fc.constantFrom("host", "ops"),
    member: person,
  }),
  fc.record({
    type: fc.constant("handoff.offer" as const),
    by: person,
    duty: fc.constantFrom("host", "ops"),
    from: person,
    to: person,
  }),
  fc.record({
    type: fc.constant("handoff.accept" as const),
    by: person,
    handoff: fc.nat(40).map((n) => `hdo_${n}`),
  }),
  fc.record({ type: fc.constant("space.configure" as const), by: person, name: fc.constantFrom("x", "y") }),
);

/** Every accepted command of a sequence, as events, and the space after each. */
function play(commands: readonly Command[]): { events: SpaceEvent[]; spaces: Space[] } {
  const context = { now: NOW, newId: counter() };
  let space = emptySpace("s");
  const events: SpaceEvent[] = [];
  const spaces = [space];
  for (const next of [{ type: "space.create", by: "ana", visibility: "invite" } as const, ...commands]) {
    const outcome = decide(space, next, context);
    if (!outcome.ok) continue;
    events.push(...outcome.events);
    space = outcome.events.reduce(evolve, space);
    spaces.push(space);
  }
  return { events, spaces };
}

describe("folding", () => {
  test("gives what reducing with evolve gives, wherever it is cut", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), fc.nat(), (commands, cut) => {
        const { events, spaces } = play(commands);
        const at = cut % (events.length + 1);
        expect(fold(emptySpace("s"), events)).toEqual(spaces.at(-1));
        expect(fold(fold(emptySpace("s"), events.slice(0, at)), events.slice(at))).toEqual(spaces.at(-1));
      }),
    );
  });

  test("leaves the space it started from as it was", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
        const { events, spaces } = play(commands);
        const before = spaces.map((space) => JSON.stringify(space));
        for (const space of spaces) fold(space, events);
        expect(spaces.map((space) => JSON.stringify(space))).toEqual(before);
      }),
    );
  });

  test("survives JSON, which is how spaces are kept and sent", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
        const { events, spaces } = play(commands);
        const stored = JSON.parse(JSON.stringify(events));
        expect(fold(emptySpace("s"), stored)).toEqual(spaces.at(-1));
        expect(JSON.parse(JSON.stringify(spaces.at(-1)))).toEqual(spaces.at(-1));
      }),
    );
  });

  test("a space is never without a host, whatever commands come in whatever order", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        for (const space of play(commands).spaces.slice(1)) {
          expect(Object.values(space.members).some(({ roles }) => roles.includes("host"))).toBe(true);
        }
      }),
    );
  });

  test("an invite is never used more often than it allows", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        for (const { uses, maxUses } of Object.values(play(commands).spaces.at(-1)?.invites ?? {})) {
          expect(uses).toBeLessThanOrEqual(maxUses ?? Infinity);
        }
      }),
    );
  });

  test("events that are unknown, erased or out of place change nothing and break nothing", () => {
    const { spaces } = play([]);
    const space = spaces.at(-1) as Space;
    const strange = [
      { id: "1", type: "space.teleported", at: 1, by: "x", data: {} },
      { id: "2", type: "toString", at: 1, by: "x", data: {} },
      { id: "3", type: "member.joined", at: 1, by: "x", data: null },
      { id: "4", type: "member.left", at: 1, by: "x", data: { member: "nobody" } },
      { id: "5", type: "handoff.accepted", at: 1, by: "x", data: { handoff: "none" } },
      { id: "6", type: "invite.redeemed", at: 1, by: "x", data: { invite: "none", member: "x" } },
      { id: "7", type: "invite.revoked", at: 1, by: "x", data: { invite: "none" } },
      { id: "8", type: "role.assigned", at: 1, by: "x", data: { member: "none", roles: [] } },
      { id: "9", type: "channel.closed", at: 1, by: "x", data: { channel: "none" } },
      { id: "10", type: "channel.configured", at: 1, by: "x", data: { channel: "none" } },
      { id: "11", type: "message.posted", at: 1, by: "x", data: { author: "x", kind: "text", body: "hi" } },
    ] as unknown as SpaceEvent[];
    expect(fold(space, strange)).toEqual(space);
  });

  test("a hundred thousand members take time in proportion, not squared", () => {
    const join = (n: number): SpaceEvent => ({
      id: `e${n}`,
      type: "member.joined",
      at: NOW,
      by: "ana",
      data: { member: `m${n}`, name: null, roles: ["guest"], invite: null, campaign: null },
    });
    const events = Array.from({ length: 100_000 }, (_, n) => join(n));
    // Copying the record for each of them would touch five billion entries: minutes, far beyond the test's limit.
    expect(Object.keys(fold(emptySpace("s"), events).members)).toHaveLength(100_000);
  });
});
