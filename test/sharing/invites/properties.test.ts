import { type Command, decide, due, fold, type Space } from "chat-spaces";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aSpace, counter, given, NOW, token } from "../../helpers/spaces.js";
import { create } from "./story.js";

const PEOPLE = ["leo", "sam", "mia", "__proto__", "constructor"];
const LINKS = {
  open: { maxUses: 2 },
  list: { maxUses: 1, waitlist: true },
  asks: { maxUses: 2, approval: true },
  both: { maxUses: 1, approval: true, waitlist: true },
  paid: { maxUses: 1, waitlist: true, ticket: { lasts: 5 } },
  bound: { person: "mia" },
} as const;
const links = Object.keys(LINKS);

const person = fc.constantFrom(...PEOPLE);
const invite = fc.constantFrom(...links);
const request = fc.integer({ min: 1, max: 12 }).map((number) => `req_${number}`);
const commands: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: redeems() },
  fc
    .tuple(request, fc.constantFrom("ana", "cora", "gus"))
    .map(([id, by]): Command => ({ type: "request.approve", by, request: id })),
  request.map((id): Command => ({ type: "request.decline", by: "cora", request: id })),
  fc.tuple(request, person).map(([id, by]): Command => ({ type: "request.withdraw", by, request: id })),
  request.map((id): Command => ({ type: "request.admit", by: "clock", request: id })),
  person.map((by): Command => ({ type: "member.leave", by })),
  person.map((member): Command => ({ type: "member.remove", by: "ana", member })),
  person.map((member): Command => ({ type: "member.add", by: "ana", member })),
  fc
    .tuple(person, fc.constantFrom(undefined, 5))
    .map(([member, expiresIn]): Command => ({ type: "member.ban", by: "ana", member, expiresIn })),
  person.map((member): Command => ({ type: "member.unban", by: "ana", member })),
  invite.map((id): Command => ({ type: "invite.revoke", by: "ana", invite: id })),
  fc.tuple(fc.nat(5), person).map(
    ([order, who]): Command => ({
      ...{ type: "ticket.pay", by: "payments", order: `o${order}`, invite: "paid", person: who },
    }),
  ),
  fc.nat(5).map((order): Command => ({ type: "ticket.refund", by: "payments", order: `o${order}` })),
);

function redeems() {
  return fc
    .tuple(person, invite)
    .map(([by, id]): Command => ({ type: "invite.redeem", by, token: token("drop", id) }));
}

const start = given(aSpace()).and(
  ...links.map((id) => create({ token: token("drop", id), ...LINKS[id as keyof typeof LINKS] })),
).space;

/** Who came in by what, in the order of the events, and what they had come in by. */
function play(steps: readonly (readonly [Command, number])[], look: (step: Step) => void): Space {
  const newId = counter();
  let requests = 0;
  let space = start;
  let now = NOW;
  for (const [command, wait] of steps) {
    now += wait;
    const outcome = decide(space, command, {
      now,
      newId: (prefix) => (prefix === "req" ? `req_${++requests}` : newId(prefix)),
    });
    const events = outcome.ok ? outcome.events : [];
    const after = fold(space, events);
    look({ command, before: space, after, events, now });
    space = after;
  }
  return space;
}
type Step = {
  readonly command: Command;
  readonly before: Space;
  readonly after: Space;
  readonly events: readonly { readonly type: string }[];
  readonly now: number;
};
const story = fc.array(fc.tuple(commands, fc.nat(2)), { maxLength: 40 });

test("no more places are taken than there are, but by a yes that was said by hand", () => {
  fc.assert(
    fc.property(story, (steps) => {
      const beyond = new Set<string>();
      play(steps, ({ command, before, after, events }) => {
        if (command.type === "request.approve" && events.length > 0)
          beyond.add(before.requests[command.request]?.invite ?? "");
        for (const { id, maxUses, uses } of Object.values(after.invites)) {
          expect(uses).toBeGreaterThanOrEqual(0);
          if (maxUses !== null && !beyond.has(id)) expect(uses).toBeLessThanOrEqual(maxUses);
        }
      });
    }),
    { numRuns: 300 },
  );
});

test("the places that are taken of a link with a waiting list are those of who is in by it, or is asked about", () => {
  fc.assert(
    fc.property(story, (steps) => {
      play(steps, ({ after }) => {
        for (const { id, uses, waitlist } of Object.values(after.invites).filter((one) => one.waitlist)) {
          const inside = Object.values(after.members).filter((member) => member.invite === id);
          const asked = Object.values(after.requests).filter(
            (one) => one.invite === id && one.status === "pending",
          );
          expect({ waitlist, uses }).toEqual({ waitlist, uses: inside.length + asked.length });
        }
      });
    }),
    { numRuns: 300 },
  );
});

test("nobody comes in without a way, and by a way only as it says", () => {
  fc.assert(
    fc.property(story, (steps) => {
      play(steps, ({ command, before, after, events, now }) => {
        const joined = events.filter(({ type }) => type === "member.joined");
        expect(joined.length).toBeLessThanOrEqual(1);
        for (const member of Object.values(after.members)) {
          if (joined.length === 0) expect(before.members).toHaveProperty([member.id]);
        }
        if (joined.length === 0) return;
        const { member: who } = (joined[0] as unknown as { data: { member: string } }).data;
        const ban = Object.entries(before.bans).find(([id]) => id === who)?.[1];
        expect(ban === undefined || (ban.until !== null && ban.until <= now)).toBe(true);
        if (command.type === "member.add") return;
        const asked = "request" in command ? before.requests[command.request] : undefined;
        const id =
          asked?.invite ?? (command.type === "invite.redeem" ? (command.token.split(".")[1] ?? "") : "");
        const { revokedAt, approval, person: bound, ticket } = before.invites[id]!;
        if (command.type === "request.approve") expect(command.by).toMatch(/^(ana|cora)$/);
        else {
          expect(revokedAt).toBeNull();
          expect(approval).toBe(false);
        }
        if (command.type === "invite.redeem") expect(who).toBe(command.by);
        if (bound !== null) expect(who).toBe(bound);
        if (ticket) {
          expect(
            Object.values(before.tickets).some(
              (one) => one.person === who && one.refundedAt === null && (one.until ?? 0) > now,
            ),
          ).toBe(true);
        }
      });
    }),
    { numRuns: 300 },
  );
});

test("whatever is due about requests is accepted, and leaves nothing due", () => {
  fc.assert(
    fc.property(story, (steps) => {
      let end = NOW;
      let space = play(steps, ({ now }) => {
        end = now;
      });
      const newId = counter();
      const next = () => due(space, end).filter(({ command }) => command.type === "request.admit");
      for (const { command } of next()) {
        const outcome = decide(space, command, { now: end, newId });
        expect(outcome).toMatchObject({ ok: true });
        if (outcome.ok) space = fold(space, outcome.events);
      }
      expect(next()).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
