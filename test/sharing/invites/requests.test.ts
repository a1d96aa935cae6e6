import { type Command, due, nextDueAt } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { aSpace, counterOf, given, HOUR, NOW, token } from "../../helpers/spaces.js";
import { answer, create, pay, redeem } from "./story.js";

const { approve, decline, withdraw, admit } = answer;
const joins = [{ type: "invite.redeemed" }, { type: "member.joined" }] as const;
const leave = (by: string): Command => ({ type: "member.leave", by });
const uses = (space: ReturnType<typeof aSpace>) => space.invites["inv1"]?.uses;
/** A space whose requests are req_1, req_2, ... */
const started = () => {
  let count = 0;
  return given(aSpace(), { newId: (prefix) => (prefix === "req" ? `req_${++count}` : `${prefix}_${count}`) });
};

describe("an invite that asks somebody first", () => {
  const asked = started().and(
    create({ approval: true, role: "contributor", maxUses: 2, campaign: "spring", channels: ["lounge"] }),
    redeem("leo", { name: " Leo ", note: "We met in May" }),
  );

  test("makes a request, which has a place already", () => {
    expect(asked.space.requests).toEqual({
      req_1: {
        ...{
          id: "req_1",
          member: "leo",
          name: "Leo",
          invite: "inv1",
          status: "pending",
          note: "We met in May",
        },
        ...{ madeAt: NOW, answeredBy: null, answeredAt: null },
      },
    });
    expect(uses(asked.space)).toBe(1);
    expect(asked.space.members["leo"]).toBeUndefined();
    asked.and(redeem("mia")).when(redeem("zoe")).refused("INVITE_EXHAUSTED");
  });

  test("makes one for a person", () => void asked.when(redeem("leo")).happens());

  test("lets them in when a yes is said, with all that it gives, and counts the place once", () => {
    const { space } = asked
      .at(NOW + 5)
      .when(approve("req_1", "cora"))
      .happens({ type: "request.approved" }, ...joins, {
        type: "grant.given",
        data: { grant: { by: "cora" } },
      });
    expect(space.members["leo"]).toMatchObject({
      name: "Leo",
      roles: [],
      invite: "inv1",
      campaign: "spring",
    });
    expect(uses(space)).toBe(1);
    expect(space.requests["req_1"]).toMatchObject({
      status: "approved",
      answeredBy: "cora",
      answeredAt: NOW + 5,
    });
  });

  test("takes the yes of somebody who could let them in by hand", () => {
    asked.when(approve("req_1", "gus")).refused("NOT_ALLOWED");
    asked.when(decline("req_1", "gus")).refused("NOT_ALLOWED");
    started()
      .and(create({ approval: true, role: "co-moderator" }), redeem("leo"))
      .when(approve("req_1", "cora"))
      .refused("OUTRANKED");
  });

  test("gives the place back after a no, and lets them ask again", () => {
    const declined = asked.when(decline("req_1", "cora")).happens({ type: "request.declined" });
    expect(uses(declined.space)).toBe(0);
    asked.and(decline("req_1")).when(redeem("leo")).happens({ type: "request.made" });
  });

  test("lets them take it back themselves, and nobody else", () => {
    asked.when(withdraw("req_1", "gus")).refused("REQUEST_UNKNOWN");
    const { space } = asked.when(withdraw("req_1", "leo")).happens({ type: "request.withdrawn" });
    expect(uses(space)).toBe(0);
  });

  test("has one answer", () => {
    for (const first of [approve("req_1"), decline("req_1"), withdraw("req_1", "leo")]) {
      const settled = asked.and(first);
      for (const second of [approve("req_1"), decline("req_1"), withdraw("req_1", "leo")])
        settled.when(second).refused("REQUEST_SETTLED");
    }
    for (const id of ["req_9", "__proto__"]) {
      asked.when(approve(id)).refused("REQUEST_UNKNOWN");
      asked.when(admit(id)).refused("REQUEST_UNKNOWN");
    }
  });

  test("can still be answered after it was revoked, or after who gave it out has gone", () => {
    asked
      .and({ type: "invite.revoke", by: "ana", invite: "inv1" })
      .when(approve("req_1"))
      .happens({ type: "request.approved" }, ...joins, { type: "grant.given" });
  });

  test("lets nobody in who is banned or in already", () => {
    const public_ = started().and(create({ approval: true }), redeem("leo"));
    // A ban or another way in settles what was asked for.
    public_
      .and({ type: "member.ban", by: "ana", member: "leo" })
      .when(approve("req_1"))
      .refused("REQUEST_SETTLED");
    const added = public_
      .when({ type: "member.add", by: "ana", member: "leo" })
      .happens({ type: "request.withdrawn" }, { type: "member.joined" });
    expect(uses(added.space)).toBe(0);
    added.when(approve("req_1")).refused("REQUEST_SETTLED");
  });
});

test("who comes in by one link has no request left of another", () => {
  const other = token("drop", "inv2");
  const { space } = started()
    .and(create({ approval: true }), redeem("leo"), create({ token: other }))
    .when(redeem("leo", { token: other }))
    .happens({ type: "request.withdrawn", data: { request: "req_1" } }, ...joins);
  expect(uses(space)).toBe(0);
  const two = started().and(
    create({ approval: true }),
    create({ approval: true, token: other }),
    redeem("leo"),
    redeem("leo", { token: other }),
  );
  two
    .when(approve("req_2"))
    .happens(
      { type: "request.approved" },
      { type: "request.withdrawn", data: { request: "req_1" } },
      ...joins,
    );
});

describe("a waiting list", () => {
  const full = started().and(
    create({ maxUses: 2, waitlist: true }),
    redeem("leo"),
    redeem("mia"),
    redeem("sam"),
    redeem("zoe"),
  );

  test("takes no place, and lets nobody in while there is none", () => {
    expect(uses(full.space)).toBe(2);
    expect(full.space.requests["req_1"]).toMatchObject({ member: "sam", status: "waiting" });
    expect(due(full.space, NOW)).toEqual([]);
    full.when(admit("req_1")).refused("NOT_DUE");
    full.when(redeem("sam")).happens();
  });

  test("lets the first in when somebody leaves, and the next when another one does", () => {
    const left = full.and(leave("mia"));
    expect(uses(left.space)).toBe(1);
    expect(due(left.space, NOW)).toEqual([
      { dueAt: NOW, command: { type: "request.admit", by: "clock", request: "req_1" } },
    ]);
    expect(nextDueAt(left.space, NOW)).toBeNull();
    left.when(admit("req_2")).refused("NOT_DUE");
    const { space } = left.when(admit("req_1")).happens({ type: "request.approved" }, ...joins);
    expect(uses(space)).toBe(2);
    expect(due(space, NOW)).toEqual([]);
    left.and(admit("req_1")).when(admit("req_1")).happens();
    left
      .and({ type: "member.remove", by: "ana", member: "leo" })
      .when(admit("req_2"))
      .happens({ type: "request.approved", data: { request: "req_2" } }, ...joins);
  });

  test("keeps the place for those who wait: nobody gets in past them", () => {
    full
      .and(leave("mia"))
      .when(redeem("noa"))
      .happens({ type: "request.made", data: { status: "waiting" } });
    full
      .and(leave("mia"), withdraw("req_1", "sam"), withdraw("req_2", "zoe"))
      .when(redeem("noa"))
      .happens(...joins);
  });

  test("passes over those who are in, banned or gone from it", () => {
    const admits = (...commands: Command[]) =>
      due(full.and(leave("mia"), ...commands).space, NOW).map(({ command }) =>
        "request" in command ? command.request : null,
      );
    expect(admits({ type: "member.add", by: "ana", member: "sam" })).toEqual(["req_2"]);
    expect(admits({ type: "member.ban", by: "ana", member: "sam" })).toEqual(["req_2"]);
    expect(admits(decline("req_1"))).toEqual(["req_2"]);
    expect(admits({ type: "invite.revoke", by: "ana", invite: "inv1" })).toEqual([]);
  });

  test("lets in beyond the limit whom a host says yes to, and then one must leave more", () => {
    const crowded = full.and(approve("req_2"));
    expect(uses(crowded.space)).toBe(3);
    expect(due(crowded.and(leave("mia")).space, NOW)).toEqual([]);
    expect(due(crowded.and(leave("mia"), leave("zoe")).space, NOW)).toHaveLength(1);
  });

  test("goes on after the end of the link, which takes no more people on", () => {
    const ended = started()
      .and(create({ maxUses: 1, waitlist: true, expiresIn: "1h" }), redeem("leo"), redeem("mia"))
      .at(NOW + HOUR)
      .and(leave("leo"));
    ended.when(redeem("zoe")).refused("INVITE_EXPIRED");
    ended.when(admit("req_1")).happens({ type: "request.approved" }, ...joins);
  });

  test("waits while who gave the link out may no longer do so", () => {
    const waiting = started().and(
      { type: "member.add", by: "ana", member: "noa", roles: ["co-moderator"] },
      create({ by: "noa", maxUses: 1, waitlist: true }),
      redeem("leo"),
      redeem("mia"),
      leave("leo"),
      { type: "role.assign", by: "ana", member: "noa", roles: ["guest"] },
    );
    waiting.when(admit("req_1")).refused("NOT_DUE");
    expect(due(waiting.space, NOW)).toEqual([]);
  });

  test("asks somebody about who has a place then, where the invite says so, and keeps it meanwhile", () => {
    const both = started().and(
      create({ maxUses: 1, waitlist: true, approval: true }),
      redeem("leo"),
      approve("req_1"),
      redeem("mia", { name: "Mia", note: "please" }),
      leave("leo"),
    );
    const asked = both
      .at(NOW + HOUR)
      .when(admit("req_2"))
      .happens({ type: "request.made", data: { request: "req_2", status: "pending" } });
    expect(asked.space.requests["req_2"]).toMatchObject({
      member: "mia",
      name: "Mia",
      note: "please",
      madeAt: NOW,
    });
    expect(uses(asked.space)).toBe(1);
    expect(due(asked.space, NOW + HOUR)).toEqual([]);
    const { space } = asked.when(approve("req_2")).happens({ type: "request.approved" }, ...joins);
    expect(uses(space)).toBe(1);
  });

  test("passes over those whose ticket has ended, and a yes does not help them", () => {
    const waiting = started().and(
      create({ maxUses: 1, waitlist: true, ticket: { lasts: "1h" } }),
      ...["leo", "mia", "sam"].map((person) => pay(`o-${person}`, person, null)),
      ...["leo", "mia", "sam"].map((person) => redeem(person)),
      leave("leo"),
      { type: "ticket.refund", by: "payments", order: "o-mia" },
    );
    expect(due(waiting.space, NOW)).toMatchObject([{ command: { request: "req_2" } }]);
    waiting.when(approve("req_1")).refused("TICKET_NEEDED");
    expect(due(waiting.space, NOW + HOUR)).toEqual([]);
    // They keep the place from nobody.
    waiting
      .and({ type: "ticket.refund", by: "payments", order: "o-sam" }, pay("o-noa", "noa", null))
      .when(redeem("noa"))
      .happens(...joins);
  });
});

test("a place is not given back by those who leave where nobody waits for one: the link counts uses", () => {
  const used = given(aSpace(), { newId: counterOf("req") }).and(
    create({ maxUses: 1 }),
    redeem("leo"),
    leave("leo"),
  );
  expect(uses(used.space)).toBe(1);
  used.when(redeem("mia")).refused("INVITE_EXHAUSTED");
});
