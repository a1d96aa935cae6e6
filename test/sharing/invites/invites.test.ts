import { type Command, inviteToken, readInviteToken } from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aSpace, given, HOUR, NOW, token } from "../../helpers/spaces.js";

const link = token("drop", "inv1");
const create = { type: "invite.create", by: "ana", token: link } as const;
const redeem = (by: string, secret = link): Command => ({ type: "invite.redeem", by, token: secret });

describe("a token", () => {
  test("names its space and its invite, whatever characters they have", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: "grapheme" }),
        fc.string({ minLength: 1 }),
        fc.string({ minLength: 20 }),
        (space, invite, secret) => {
          const written = inviteToken({ space, invite, secret });
          expect(readInviteToken(written)).toEqual({ space, invite, secret });
          expect(written).toMatch(/^csinv1_[\w%.!~*'()-]+$/);
        },
      ),
    );
  });

  test.each([
    "",
    "csinv1_",
    "csinv1_a.b",
    "csinv1_a.b.short",
    "csinv1_a.b.c.d",
    `csinv2_a.b.${"x".repeat(32)}`,
    "csinv1_%.b.c",
    "hello",
  ])("%j is none", (text) => expect(readInviteToken(text)).toBeUndefined());

  test("is nowhere in the space: only its hash is", () => {
    const { space } = given(aSpace()).and(create);
    expect(JSON.stringify(space)).not.toContain("secret-of-inv1");
    expect(space.invites["inv1"]?.hash).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("an invite", () => {
  test("brings a member in with its role, and says which link it was", () => {
    const { space } = given(aSpace())
      .and({ ...create, role: "contributor", campaign: "newsletter-14" })
      .when({ ...redeem("leo"), name: "Leo" } as Command)
      .happens(
        { type: "invite.redeemed" },
        { type: "member.joined", data: { member: "leo", roles: ["contributor"], campaign: "newsletter-14" } },
      );
    expect(space.members["leo"]).toMatchObject({ name: "Leo", invite: "inv1", campaign: "newsletter-14" });
    expect(space.invites["inv1"]?.uses).toBe(1);
  });

  test("ends at the instant it ends", () => {
    const invited = given(aSpace()).and({ ...create, expiresIn: "1h" });
    invited
      .at(NOW + HOUR - 1)
      .when(redeem("leo"))
      .happens({ type: "invite.redeemed" }, { type: "member.joined" });
    invited
      .at(NOW + HOUR)
      .when(redeem("leo"))
      .refused("INVITE_EXPIRED", { expiredAt: "2026-05-01T13:00:00.000Z" });
  });

  test("is used as often as it allows, and once a person", () => {
    const invited = given(aSpace()).and({ ...create, maxUses: 2 }, redeem("leo"));
    invited.when(redeem("leo")).refused("ALREADY_A_MEMBER");
    invited.and(redeem("mia")).when(redeem("zoe")).refused("INVITE_EXHAUSTED");
  });

  test("that is revoked lets nobody in, and nobody out", () => {
    const revoked = given(aSpace()).and(create, redeem("leo"), {
      type: "invite.revoke",
      by: "cora",
      invite: "inv1",
    });
    revoked.when(redeem("mia")).refused("INVITE_REVOKED");
    expect(revoked.space.members["leo"]).toBeDefined();
    revoked.when({ type: "invite.revoke", by: "cora", invite: "inv1" }).happens();
    revoked.when({ type: "invite.revoke", by: "cora", invite: "inv9" }).refused("INVITE_UNKNOWN");
    revoked.when({ type: "invite.revoke", by: "gus", invite: "inv1" }).refused("NOT_ALLOWED");
  });

  test("that is forged, cut short or for another space is refused without saying which part is wrong", () => {
    const invited = given(aSpace()).and(create);
    const forged = inviteToken({ space: "drop", invite: "inv1", secret: "x".repeat(32) });
    const unknown = token("drop", "inv2");
    for (const bad of [forged, unknown, link.slice(0, -1), `${link}x`, "", "csinv1_"])
      invited.when(redeem("leo", bad)).refused("INVITE_INVALID");
    invited.when(redeem("leo", token("other", "inv1"))).refused("INVITE_OTHER_SPACE");
  });

  test("is refused by members who may not give it out, or not that role", () => {
    given(aSpace())
      .when({ ...create, by: "gus" })
      .refused("NOT_ALLOWED");
    given(aSpace())
      .when({ ...create, by: "cora", role: "co-moderator" })
      .refused("OUTRANKED");
    given(aSpace())
      .when({ ...create, by: "cora", role: "contributor" })
      .happens({ type: "invite.created" });
    given(aSpace())
      .when({ ...create, role: "queen" })
      .refused("ROLE_UNKNOWN");
  });

  test("needs a token of its own, of this space", () => {
    given(aSpace())
      .when({ ...create, token: token("other", "inv1") })
      .refused("INVALID_COMMAND");
    given(aSpace())
      .when({ ...create, token: "inv1" })
      .refused("INVALID_COMMAND");
    given(aSpace()).and(create).when(create).refused("INVALID_COMMAND");
  });

  test("is not for private spaces", () => {
    given(aSpace({ visibility: "private" }))
      .when(create)
      .refused("INVITES_DISABLED");
  });
});
