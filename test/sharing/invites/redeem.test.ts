import { previewInvite } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { aSpace, given, HOUR, NOW, token } from "../../helpers/spaces.js";
import { create, pay, redeem } from "./story.js";

const PRICE = { minor: 4_900, currency: "EUR" };
const ban = { type: "member.ban", by: "ana", member: "leo" } as const;
const add = { type: "member.add", by: "ana", member: "leo" } as const;
const revoke = { type: "invite.revoke", by: "ana", invite: "inv1" } as const;
const other = token("drop", "inv2");

describe("whoever redeems is told the first thing that is in the way", () => {
  // Each case has everything in the way that comes after it.
  const full = given(aSpace()).and(
    { type: "member.add", by: "ana", member: "sam", roles: ["co-moderator"] },
    create({ by: "sam", maxUses: 1, ticket: { price: PRICE } }),
    pay("o1", "zoe"),
    redeem("zoe"),
  );
  const gone = full.and({ type: "member.remove", by: "ana", member: "sam" });

  test("whatever is wrong with the token", () =>
    void full
      .and(ban)
      .when(redeem("leo", { token: other }))
      .refused("INVITE_INVALID"));
  test("a ban", () => void gone.and(ban, revoke).when(redeem("leo")).refused("BANNED", { until: null }));
  test("that they are in already", () =>
    void gone.and(add, revoke).when(redeem("leo")).refused("ALREADY_A_MEMBER"));
  test("that it was revoked", () => void gone.and(revoke).when(redeem("leo")).refused("INVITE_REVOKED"));
  test("that the space has become private", () => {
    const hidden = gone.and({ type: "space.configure", by: "ana", visibility: "private" });
    hidden.when(redeem("leo")).refused("INVITES_DISABLED", { space: "drop" });
    expect(previewInvite(hidden.space, token("drop", "inv1"), NOW)).toMatchObject({ ok: false });
  });
  test("that it is for somebody else", () =>
    void given(aSpace())
      .and(
        { type: "member.add", by: "ana", member: "sam", roles: ["co-moderator"] },
        create({ by: "sam", person: "mia", ticket: {} }),
        { type: "member.remove", by: "ana", member: "sam" },
      )
      .when(redeem("leo"))
      .refused("INVITE_NOT_YOURS"));
  test("that who gave it out may no more", () =>
    void gone.when(redeem("leo")).refused("INVITE_REVOKED", { invite: "inv1" }));
  test("that it has to be paid", () => void full.when(redeem("leo")).refused("TICKET_NEEDED"));
  test("that there is no place", () => {
    const { message } = full.and(pay("o2", "leo")).when(redeem("leo")).refused("INVITE_EXHAUSTED");
    expect(message).not.toMatch(/\d/);
  });
});

test("an invite for one person lets that person in", () => {
  given(aSpace())
    .and(create({ person: "__proto__" }))
    .when(redeem("__proto__"))
    .happens({ type: "invite.redeemed" }, { type: "member.joined", data: { member: "__proto__" } });
});

test("whose membership has ended by itself may come in by another way, and gives the old place back", () => {
  const ended = given(aSpace())
    .and(
      create({ maxUses: 1, waitlist: true, ticket: { lasts: "1h" } }),
      create({ token: other }),
      pay("o1", "leo", null),
      redeem("leo"),
      { type: "limit.put", by: "ana", member: "leo", ceiling: "mute" },
    )
    .at(NOW + HOUR);
  ended.when(redeem("leo")).refused("TICKET_NEEDED");
  const { space } = ended
    .when(redeem("leo", { token: other }))
    .happens({ type: "invite.redeemed", data: { invite: "inv2" } }, { type: "member.joined" });
  expect(space.members["leo"]).toMatchObject({ invite: "inv2", limits: [{ ceiling: "mute" }] });
  expect(space.members["leo"]).not.toHaveProperty("until");
  expect(space.invites["inv1"]?.uses).toBe(0);
});
