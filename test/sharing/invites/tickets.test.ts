import type { Command, Space } from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aSpace, given, HOUR, NOW } from "../../helpers/spaces.js";
import { create, pay, redeem } from "./story.js";

const price = { minor: 4_900, currency: "EUR" };
const refund = (order: string): Command => ({ type: "ticket.refund", by: "payments", order });
const until = (space: Space, person = "leo") => space.members[person]?.until;
const sold = given(aSpace()).and(create({ ticket: { price, lasts: "10h", grace: "2h" } }));

describe("a payment", () => {
  test("is noted once, however often it is delivered, and by whoever the host calls it", () => {
    const { space } = sold
      .and(pay("o1", "leo"))
      .at(NOW + 5)
      .when(pay("o1", "leo"))
      .happens();
    expect(space.tickets["o1"]).toEqual({
      ...{ id: "o1", invite: "inv1", person: "leo", amount: price, paidAt: NOW, until: NOW + 10 * HOUR },
      refundedAt: null,
    });
  });

  test("under the same number says the same", () => {
    const paid = sold.and(pay("o1", "leo"));
    paid.when(pay("o1", "mia")).refused("TICKET_CONFLICT");
    paid.when(pay("o1", "leo", 100)).refused("TICKET_CONFLICT");
    paid.when(pay("o1", "leo", null)).refused("TICKET_CONFLICT");
    paid.when(pay("o1", "leo", 4_900, "inv9")).refused("TICKET_CONFLICT");
    // Delivered late again, it does not undo the refund.
    expect(paid.and(refund("o1"), pay("o1", "leo")).space.tickets["o1"]?.refundedAt).toBe(NOW);
  });

  test("is for an invite that there is, that has to be paid, and is what it costs", () => {
    sold.when(pay("o1", "leo", 4_900, "__proto__")).refused("INVITE_UNKNOWN");
    sold.when(pay("o1", "leo", 4_899)).refused("TICKET_PRICE", { price });
    sold.when(pay("o1", "leo", null)).refused("TICKET_PRICE");
    sold.when({ ...pay("o1", "leo"), amount: { minor: 4_900, currency: "USD" } }).refused("TICKET_PRICE");
    given(aSpace()).and(create()).when(pay("o1", "leo")).refused("INVITE_FREE");
    given(aSpace())
      .and(create({ ticket: {} }))
      .when(pay("__proto__", "leo", 7))
      .happens({ type: "ticket.paid", data: { amount: { minor: 7, currency: "EUR" }, until: null } });
  });

  test("lets in whom it is for, until it ends and a grace after that", () => {
    const paid = sold.and(pay("o1", "leo"));
    paid.when(redeem("mia")).refused("TICKET_NEEDED");
    const { space } = paid.at(NOW + HOUR).and(redeem("leo"));
    expect(until(space)).toBe(NOW + 12 * HOUR);
    const post: Command = { type: "message.post", by: "leo", channel: "lounge", body: "hi" };
    given(space, { now: NOW + 12 * HOUR - 1 })
      .when(post)
      .happens({ type: "message.posted" });
    given(space, { now: NOW + 12 * HOUR })
      .when(post)
      .refused("NOT_ALLOWED", { decision: { code: "MEMBERSHIP_ENDED" } });
  });

  test("that has ended lets nobody in: the grace is for those who are", () => {
    sold
      .and(pay("o1", "leo"))
      .at(NOW + 10 * HOUR)
      .when(redeem("leo"))
      .refused("TICKET_NEEDED");
  });

  test("that is for good has no end", () => {
    const { space } = given(aSpace()).and(
      create({ ticket: { grace: "1h" } }),
      pay("o1", "leo"),
      redeem("leo"),
    );
    expect(space.members["leo"]).not.toHaveProperty("until");
  });

  test("of who is in goes on from the end of what they have, or, later, from now", () => {
    const joined = sold.and(pay("o1", "leo"), redeem("leo"));
    expect(until(joined.at(NOW + HOUR).and(pay("o2", "leo")).space)).toBe(NOW + 22 * HOUR);
    // In the grace they have nothing left.
    expect(until(joined.at(NOW + 11 * HOUR).and(pay("o2", "leo")).space)).toBe(NOW + 23 * HOUR);
    expect(until(joined.at(NOW + 50 * HOUR).and(pay("o2", "leo")).space)).toBe(NOW + 62 * HOUR);
  });

  test("changes nothing for who is a member by another way", () => {
    const { space } = sold.and({ type: "member.add", by: "ana", member: "leo" }, pay("o1", "leo"));
    expect(space.members["leo"]).not.toHaveProperty("until");
  });
});

describe("a refund", () => {
  const joined = sold.and(pay("o1", "leo"), redeem("leo"));

  test("ends at that instant what it gave, without grace, and is noted once", () => {
    const { space } = joined
      .at(NOW + HOUR)
      .when(refund("o1"))
      .happens({ type: "ticket.refunded", data: { ends: NOW + HOUR, moved: [] } });
    expect(until(space)).toBe(NOW + HOUR);
    given(space, { now: NOW + HOUR })
      .when({ type: "message.post", by: "leo", channel: "lounge", body: "hi" })
      .refused("NOT_ALLOWED");
    given(space).when(refund("o1")).happens();
    given(space).when(refund("__proto__")).refused("TICKET_UNKNOWN");
  });

  test("of one of two takes away what was left of it, and leaves what the other gives", () => {
    const two = joined.at(NOW + HOUR).and(pay("o2", "leo"));
    const first = two
      .at(NOW + 2 * HOUR)
      .when(refund("o1"))
      .happens({
        ...{ type: "ticket.refunded" },
        data: { ends: NOW + 14 * HOUR, moved: [{ order: "o2", until: NOW + 12 * HOUR }] },
      });
    expect(first.space.tickets["o2"]?.until).toBe(NOW + 12 * HOUR);
    expect(until(first.space)).toBe(NOW + 14 * HOUR);
    expect(until(two.at(NOW + 2 * HOUR).and(refund("o2")).space)).toBe(NOW + 12 * HOUR);
    expect(until(two.at(NOW + 2 * HOUR).and(refund("o2"), refund("o1")).space)).toBe(NOW + 2 * HOUR);
  });

  test("of one that is used up takes nothing from a later one", () => {
    const { space } = joined
      .at(NOW + HOUR)
      .and(pay("o2", "leo"))
      .at(NOW + 15 * HOUR)
      .when(refund("o1"))
      .happens({ type: "ticket.refunded", data: { ends: NOW + 22 * HOUR, moved: [] } });
    expect(until(space)).toBe(NOW + 22 * HOUR);
  });

  test("lets nobody in later than before, when all had ended already", () => {
    const late = joined.at(NOW + 40 * HOUR).and(refund("o1"));
    expect(until(late.space)).toBe(NOW + 12 * HOUR);
  });

  test("is undone by paying again", () => {
    const back = joined
      .at(NOW + HOUR)
      .and(refund("o1"))
      .at(NOW + 2 * HOUR)
      .and(pay("o2", "leo"));
    expect(until(back.space)).toBe(NOW + 14 * HOUR);
    back
      .when({ type: "message.post", by: "leo", channel: "lounge", body: "hi" })
      .happens({ type: "message.posted" });
  });

  test("is still noted in an archived space, and after its invite was revoked", () => {
    joined
      .and({ type: "invite.revoke", by: "ana", invite: "inv1" }, { type: "space.archive", by: "ana" })
      .when(refund("o1"))
      .happens({ type: "ticket.refunded" });
  });

  test("of a ticket for good gives no end to who has another one", () => {
    const two = given(aSpace()).and(
      create({ ticket: {} }),
      pay("o1", "leo"),
      pay("o2", "leo"),
      redeem("leo"),
      refund("o1"),
    );
    expect(two.space.members["leo"]).not.toHaveProperty("until");
    expect(until(two.and(refund("o2")).space)).toBe(NOW);
  });
});

test("nobody is in for longer than what they have paid for and not got back", () => {
  const step = fc.record({ wait: fc.integer({ min: 0, max: 30 }), refund: fc.option(fc.nat(9)) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let story = sold.and(pay("start", "leo"), redeem("leo"));
      let now = NOW;
      for (const [index, { wait, refund: which }] of steps.entries()) {
        now += wait * HOUR;
        const orders = Object.keys(story.space.tickets);
        story = story
          .at(now)
          .and(which === null ? pay(`o${index}`, "leo") : refund(orders[which % orders.length] ?? "start"));
      }
      const held = Object.values(story.space.tickets).filter(({ refundedAt }) => refundedAt === null);
      const end = Math.max(...held.map(({ until: ends }) => ends ?? 0));
      const grace = end + 2 * HOUR;
      const stay = until(story.space) ?? Number.POSITIVE_INFINITY;
      expect(now < stay).toBe(held.length > 0 && now < grace);
      if (now < stay) expect(stay).toBe(grace);
      // What is to come is no more than was paid for and kept, and no less than the last payment gives.
      if (held.length > 0) expect(end - now).toBeLessThanOrEqual(held.length * 10 * HOUR);
      for (const { paidAt, until: ends } of held) expect(ends).toBeGreaterThanOrEqual(paidAt + 10 * HOUR);
    }),
    { numRuns: 200 },
  );
});
