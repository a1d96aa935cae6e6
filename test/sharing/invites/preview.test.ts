import { type Command, previewInvite, type Space } from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aSpace, given, HOUR, NOW, token } from "../../helpers/spaces.js";
import { create, link, redeem } from "./story.js";

const price = { minor: 4_900, currency: "EUR" };
const previewed = (space: Space, at = NOW, secret = link) => {
  const result = previewInvite(space, secret, at);
  return result.ok ? result.preview : result.refusal.code;
};

describe("a preview", () => {
  test("says what somebody would be in which space, and what it takes", () => {
    const { space } = given(aSpace({ name: "Spring drop" })).and(
      { type: "channel.configure", by: "ana", channel: "lounge", name: "The lounge" },
      create({
        ...{
          channels: ["lounge"],
          duty: "creative",
          expiresIn: "1h",
          approval: true,
          maxUses: 9,
          waitlist: true,
        },
        ticket: { price, lasts: "1h" },
      }),
    );
    expect(previewed(space)).toEqual({
      space: { id: "drop", name: "Spring drop" },
      ...{ role: "guest", duty: "creative", channels: ["The lounge"], expiresAt: NOW + HOUR },
      ...{ approval: true, waitlist: true, free: true, ticket: { price, lasts: HOUR, grace: 0 } },
    });
  });

  test("names no channels where the invite names none", () => {
    expect(previewed(given(aSpace()).and(create()).space)).toMatchObject({ channels: null, ticket: null });
  });

  test("says whether there is a place, and who waits has it before", () => {
    const full = given(aSpace()).and(create({ maxUses: 1, waitlist: true }), redeem("leo"));
    expect(previewed(full.space)).toMatchObject({ free: false });
    expect(previewed(full.and(redeem("mia"), { type: "member.leave", by: "leo" }).space)).toMatchObject({
      free: false,
    });
    expect(previewed(full.and({ type: "member.leave", by: "leo" }).space)).toMatchObject({ free: true });
  });

  test("is refused as redeeming would be, whoever it is", () => {
    const invited = given(aSpace()).and(create({ expiresIn: "1h", maxUses: 1 }));
    expect(previewed(invited.space, NOW, token("drop", "inv2"))).toBe("INVITE_INVALID");
    expect(previewed(invited.space, NOW, link.slice(0, -1))).toBe("INVITE_INVALID");
    expect(previewed(invited.space, NOW, token("other", "inv1"))).toBe("INVITE_OTHER_SPACE");
    expect(previewed(invited.space, NOW + HOUR)).toBe("INVITE_EXPIRED");
    expect(previewed(invited.and(redeem("leo")).space)).toBe("INVITE_EXHAUSTED");
    expect(previewed(invited.and({ type: "invite.revoke", by: "ana", invite: "inv1" }).space)).toBe(
      "INVITE_REVOKED",
    );
    expect(previewed(invited.and({ type: "space.archive", by: "ana" }).space)).toBe("SPACE_ARCHIVED");
    const orphan = given(aSpace()).and(create({ by: "cora" }), {
      ...{ type: "member.remove", by: "ana", member: "cora" },
    });
    expect(previewed(orphan.space)).toBe("INVITE_REVOKED");
  });

  test("is shown of what is for one person, without saying for whom, and of what has to be paid", () => {
    const { space } = given(aSpace()).and(create({ person: "leonora", ticket: {} }));
    expect(previewed(space)).toMatchObject({ ticket: { price: null } });
    expect(JSON.stringify(previewed(space))).not.toContain("leonora");
  });

  test("is the same however different what it must not say is", () => {
    const id = fc.constantFrom("leo", "sam", "mia", "__proto__", "zoe");
    const secretly: fc.Arbitrary<Command> = fc.oneof(
      id.map((member): Command => ({ type: "member.add", by: "ana", member, name: member })),
      id.map((channel): Command => ({ type: "channel.open", by: "ana", channel, topic: "hush" })),
      id.map((member): Command => ({ type: "member.ban", by: "ana", member })),
      id.map((campaign): Command => create({ campaign, token: token("drop", `of-${campaign}`) })),
      id.map((person): Command => redeem(person, { note: "let me in" })),
    );
    const terms = fc.record({
      approval: fc.boolean(),
      waitlist: fc.boolean(),
      channels: fc.constantFrom(undefined, ["lounge"], ["lounge", "news"]),
      expiresIn: fc.constantFrom(undefined, HOUR),
    });
    const hidden = fc.record({
      campaign: id,
      person: fc.option(id, { nil: undefined }),
      by: fc.constantFrom("ana", "cora"),
      maxUses: fc.integer({ min: 40, max: 99 }),
    });
    const base = aSpace();
    fc.assert(
      fc.property(terms, hidden, hidden, fc.array(secretly), fc.array(secretly), (open, one, two, a, b) => {
        const told = ([mine, commands]: readonly [typeof one, readonly Command[]]) => {
          let story = given(base).and(create({ ...open, ...mine }));
          for (const command of commands) {
            if (story.when(command).outcome.ok) story = story.and(command);
          }
          return previewed(story.space);
        };
        expect(told([one, a])).toEqual(told([two, b]));
        expect(typeof told([one, a])).toBe("object");
      }),
      { numRuns: 200 },
    );
  });
});
