import { type Command, cohortMembers, fold, type SpaceEvent } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { aSpace, eventsOf, given, HOUR, NOW, token } from "../../helpers/spaces.js";
import { create, redeem } from "./story.js";

const list = { type: "cohort.define", by: "ana", cohort: "early" } as const;
const DAY = 24 * HOUR;

describe("the terms of an invite", () => {
  test("are kept as they were given, durations in milliseconds", () => {
    const { space } = given(aSpace())
      .and(list)
      .and(
        create({
          ...{ role: "guest", expiresIn: "7d", maxUses: 50, campaign: "spring", duty: "creative" },
          ...{ cohorts: ["early", "early"], channels: ["lounge", "lounge", "news"], person: "leo" },
          ...{ approval: true, waitlist: true },
          ticket: { price: { minor: 4_900, currency: "EUR" }, lasts: "30d", grace: "3d" },
        }),
      );
    expect(space.invites["inv1"]).toEqual({
      ...{ id: "inv1", role: "guest", hash: expect.any(String), createdBy: "ana", createdAt: NOW },
      ...{ expiresAt: NOW + 7 * DAY, maxUses: 50, uses: 0, campaign: "spring", duty: "creative" },
      ...{ cohorts: ["early"], channels: ["lounge", "news"], person: "leo", approval: true, waitlist: true },
      ticket: { price: { minor: 4_900, currency: "EUR" }, lasts: 30 * DAY, grace: 3 * DAY },
      revokedAt: null,
    });
  });

  test("that are not said are the widest, and a ticket without a length is for good, without grace", () => {
    const { space } = given(aSpace()).and(create({ ticket: {} }));
    expect(space.invites["inv1"]).toMatchObject({
      ...{ role: "guest", expiresAt: null, maxUses: null, duty: null, cohorts: [], channels: null },
      ...{ person: null, approval: false, waitlist: false },
      ticket: { price: null, lasts: null, grace: 0 },
    });
  });

  test("name only what there is", () => {
    given(aSpace())
      .when(create({ channels: ["__proto__"] }))
      .refused("CHANNEL_UNKNOWN", { channel: "__proto__" });
    given(aSpace())
      .when(create({ cohorts: ["constructor"] }))
      .refused("COHORT_UNKNOWN", { cohort: "constructor" });
    given(aSpace())
      .and({ ...list, rule: { role: "guest" } })
      .when(create({ cohorts: ["early"] }))
      .refused("COHORT_HAS_RULE");
  });

  test("name no channel in which the role may do nothing", () => {
    given(aSpace())
      .when(create({ channels: ["lounge", "studio"] }))
      .refused("INVITE_OPENS_NOTHING", { channel: "studio", role: "guest" });
  });

  test("name a number of places where people may wait for one", () => {
    given(aSpace())
      .when(create({ waitlist: true }))
      .refused("INVALID_COMMAND");
  });

  test("give nothing that whoever gives it out could not give by hand", () => {
    const space = given(aSpace()).and(list).space;
    // A co-moderator may invite and fill lists, and assigns no duties.
    given(space)
      .when(create({ by: "cora", cohorts: ["early"] }))
      .happens({ type: "invite.created" });
    given(space)
      .when(create({ by: "cora", duty: "ops" }))
      .refused("NOT_ALLOWED", { capability: "duty.assign" });
    given(space)
      .when(create({ by: "cora", role: "host", channels: ["lounge"] }))
      .refused("OUTRANKED");
    given(space)
      .and({
        ...{ type: "role.define", by: "ana", role: "greeter" },
        to: { rank: 60, allow: ["member.invite", "channel.view"] },
      } as Command)
      .and({ type: "member.add", by: "ana", member: "leo", roles: ["greeter"] })
      .and({ type: "role.define", by: "ana", role: "looker", to: { rank: 1, allow: ["channel.view"] } })
      .when(create({ by: "leo", role: "looker", cohorts: ["early"] }))
      .refused("NOT_ALLOWED", { capability: "cohort.manage" });
  });

  test("give in a channel no more than whoever gives it out has there, though it is denied to the role", () => {
    const deny = { subject: { role: "guest" }, deny: ["message.post"] } as const;
    const mute = { subject: { member: "cora" }, deny: ["message.post", "poll.open"] } as const;
    given(aSpace())
      .and({
        type: "override.set",
        by: "ana",
        channel: "lounge",
        ...deny,
        deny: ["message.post", "poll.open"],
      })
      .and({ type: "override.set", by: "ana", channel: "lounge", ...mute })
      .when(create({ by: "cora", channels: ["lounge"] }))
      .refused("WOULD_ESCALATE");
  });

  test("give no duty to people who could not look after it", () => {
    const needy = { type: "duty.define", by: "ana", duty: "legal", needs: ["draft.approve"] } as const;
    given(aSpace())
      .and(needy)
      .when(create({ duty: "legal" }))
      .refused("DUTY_NEEDS_MORE", { missing: ["draft.approve"] });
    given(aSpace())
      .and(needy)
      .when(create({ duty: "legal", role: "contributor" }))
      .happens({ type: "invite.created" });
    given(aSpace())
      .and(needy)
      .when(create({ duty: "legal", role: "contributor", channels: ["lounge"] }))
      .refused("DUTY_NEEDS_MORE");
  });
});

describe("the invite policy", () => {
  const rule = (policy: object): Command => ({ type: "invite.rule", by: "ana", ...policy }) as Command;

  test("is said by who may configure the space, what is left out stays, and the same again is nothing new", () => {
    const ruled = given(aSpace()).and(rule({ longest: "90d", mostUses: 9 }), rule({ mostUses: null }));
    expect(ruled.space.invitePolicy).toEqual({
      ...{ longest: 90 * DAY, longestOpen: null, mostUses: null, approval: false },
    });
    ruled.when(rule({ longest: 90 * DAY, approval: false })).happens();
    ruled.when(rule({ longest: null })).happens({ type: "invite.ruled" });
    ruled.when({ ...rule({ longest: null }), by: "cora" }).refused("NOT_ALLOWED");
  });

  test("makes invites end, the open ones sooner", () => {
    const ruled = given(aSpace()).and(rule({ longest: "30d", longestOpen: "7d" }));
    ruled.when(create()).refused("INVITE_NEEDS_END", { longest: 7 * DAY });
    ruled.when(create({ expiresIn: "8d" })).refused("INVITE_TOO_LONG", { longest: 7 * DAY });
    ruled.when(create({ expiresIn: "7d" })).happens({ type: "invite.created" });
    ruled.when(create({ person: "leo" })).refused("INVITE_NEEDS_END", { longest: 30 * DAY });
    ruled.when(create({ expiresIn: "31d", person: "leo" })).refused("INVITE_TOO_LONG", { longest: 30 * DAY });
    ruled.when(create({ expiresIn: "30d", person: "leo" })).happens({ type: "invite.created" });
    given(aSpace())
      .and(rule({ longest: "3d", longestOpen: "7d" }))
      .when(create({ expiresIn: "4d" }))
      .refused("INVITE_TOO_LONG", { longest: 3 * DAY });
    given(aSpace())
      .and(rule({ longestOpen: "7d" }))
      .when(create({ person: "leo" }))
      .happens({ type: "invite.created" });
  });

  test("limits the uses, of which an invite for one person has one", () => {
    const ruled = given(aSpace()).and(rule({ mostUses: 5 }));
    ruled.when(create()).refused("INVITE_TOO_MANY", { mostUses: 5 });
    ruled.when(create({ maxUses: 6 })).refused("INVITE_TOO_MANY");
    ruled.when(create({ maxUses: 5 })).happens({ type: "invite.created" });
    ruled.when(create({ person: "leo" })).happens({ type: "invite.created" });
  });

  test("asks somebody first for all that is open, and not for what is for one person", () => {
    const ruled = given(aSpace()).and(rule({ approval: true }));
    expect(ruled.and(create()).space.invites["inv1"]?.approval).toBe(true);
    expect(ruled.and(create({ person: "leo" })).space.invites["inv1"]?.approval).toBe(false);
  });

  test("leaves what was given out before as it is", () => {
    given(aSpace())
      .and(create(), rule({ longest: "1h", mostUses: 1, approval: true }))
      .at(NOW + DAY)
      .when(redeem("leo"))
      .happens({ type: "invite.redeemed" }, { type: "member.joined" });
  });
});

describe("revoking", () => {
  const three = given(aSpace()).and(
    create({ campaign: "spring" }),
    create({ campaign: "spring", token: token("drop", "inv2"), by: "cora" }),
    create({ campaign: "summer", token: token("drop", "inv3"), by: "cora", expiresIn: "1h" }),
    create({ campaign: "summer", token: token("drop", "inv4"), expiresIn: "1h", maxUses: 1, waitlist: true }),
  );
  const revoke = (what: object): Command => ({ type: "invite.revoke", by: "ana", ...what }) as Command;

  test("ends all links of a campaign, or of who gave them out, that somebody could still come in by", () => {
    three
      .when(revoke({ campaign: "spring" }))
      .happens(
        { type: "invite.revoked", data: { invite: "inv1" } },
        { type: "invite.revoked", data: { invite: "inv2" } },
      )
      .when(revoke({ issuer: "cora" }))
      .happens({ type: "invite.revoked", data: { invite: "inv3" } });
    // Of what has ended, the waiting list goes on.
    three
      .at(NOW + HOUR)
      .when(revoke({ campaign: "summer" }))
      .happens({ type: "invite.revoked", data: { invite: "inv4" } });
  });

  test("what there is none of, or no more, is nothing new", () => {
    three.when(revoke({ campaign: "winter" })).happens();
    three.when(revoke({ issuer: "__proto__" })).happens();
    three
      .and(revoke({ campaign: "spring" }))
      .when(revoke({ campaign: "spring" }))
      .happens();
  });

  test("takes one of the three", () => {
    three.when(revoke({})).refused("INVALID_COMMAND");
    three.when(revoke({ campaign: "spring", issuer: "cora" })).refused("INVALID_COMMAND");
    three.when(revoke({ invite: "__proto__" })).refused("INVITE_UNKNOWN");
  });
});

describe("what an invite brings with it", () => {
  test("the listed cohorts that there still are", () => {
    const invited = given(aSpace()).and(list, { ...list, cohort: "vips" }, { ...list, cohort: "press" });
    const { space } = invited.and(
      create({ cohorts: ["early", "vips", "press"] }),
      { type: "cohort.drop", by: "ana", cohort: "vips" },
      { ...list, cohort: "press", rule: { role: "guest" } },
      redeem("leo"),
    );
    expect(space.members["leo"]?.cohorts).toEqual(["early"]);
    expect(cohortMembers(space, "early", { at: NOW })).toEqual(["leo"]);
  });

  test("the duty, while who gave it out may assign it, or nobody has it", () => {
    const invited = given(aSpace()).and(
      { type: "member.add", by: "ana", member: "sam", roles: ["host"] },
      create({ by: "sam", duty: "ops" }),
    );
    const joins = [{ type: "invite.redeemed" }, { type: "member.joined" }] as const;
    invited
      .and({ type: "duty.assign", by: "ana", duty: "ops", member: "cid" })
      .when(redeem("leo"))
      .happens(...joins, { type: "duty.assigned", data: { duty: "ops", member: "leo" } });
    const demoted = given(aSpace()).and(
      {
        type: "role.define",
        by: "ana",
        role: "boss",
        to: { rank: 90, allow: ["member.invite", "duty.assign"] },
      },
      { type: "role.define", by: "ana", role: "clerk", to: { rank: 90, allow: ["member.invite"] } },
      { type: "role.define", by: "ana", role: "nobody", to: { rank: 1, allow: [] } },
      { type: "member.add", by: "ana", member: "sam", roles: ["boss"] },
      create({ by: "sam", duty: "ops", role: "nobody" }),
      { type: "role.assign", by: "ana", member: "sam", roles: ["clerk"] },
    );
    demoted.when(redeem("leo")).happens(...joins, { type: "duty.assigned", data: { member: "leo" } });
    demoted
      .and({ type: "duty.assign", by: "ana", duty: "ops", member: "cid" })
      .when(redeem("leo"))
      .happens(...joins);
  });

  test("only the channels it names, in which they may do what the role may do there, and no others that come", () => {
    const joined = given(aSpace()).and(create({ channels: ["lounge", "news"] }), redeem("leo"));
    const leo = joined.space.members["leo"];
    expect(leo).toMatchObject({
      roles: [],
      grants: [
        { channel: "lounge", by: "ana", allow: expect.arrayContaining(["channel.view", "message.post"]) },
        { channel: "news", by: "ana", allow: expect.arrayContaining(["channel.view", "reaction.add"]) },
      ],
    });
    const said = joined.and(
      { type: "channel.open", by: "ana", channel: "later" },
      { type: "message.post", by: "leo", channel: "lounge", body: "hi" },
    );
    said.when({ type: "message.post", by: "leo", channel: "later", body: "hi" }).refused("NOT_ALLOWED");
    said.when({ type: "message.post", by: "leo", channel: "news", body: "hi" }).refused("NOT_ALLOWED");
    given(said.space)
      .and({ type: "member.add", by: "ana", member: "zoe" })
      .when({ type: "message.post", by: "zoe", channel: "later", body: "hi" })
      .happens({ type: "message.posted" });
  });

  test("nothing of what the role may do in the space, where it names channels", () => {
    const { space } = given(aSpace()).and(
      create({ role: "co-moderator", channels: ["lounge"] }),
      redeem("leo"),
    );
    const [grant] = space.members["leo"]?.grants ?? [];
    expect(grant?.allow).toContain("message.moderate");
    expect(grant?.allow).not.toContain("member.invite");
    given(space).when({ type: "member.remove", by: "leo", member: "gus" }).refused("NOT_ALLOWED");
  });

  test("nothing any more, where the channels it names do not suit the role now", () => {
    const events = eventsOf(
      given(aSpace()).and(create({ channels: ["lounge"] }), {
        ...{ type: "channel.configure", by: "ana", channel: "lounge", kind: "drafts" },
      }).space,
      redeem("leo"),
    );
    expect(events.map(({ type }) => type)).toEqual(["invite.redeemed", "member.joined"]);
  });
});

test("an invite from before there were such terms still lets people in", () => {
  const terms = ["duty", "cohorts", "channels", "person", "approval", "waitlist", "ticket"];
  const old = eventsOf(aSpace(), create()).map(({ data, ...event }) => {
    const kept = Object.entries(data).filter(([field]) => !terms.includes(field));
    return { ...event, data: Object.fromEntries(kept) } as SpaceEvent;
  });
  given(fold(aSpace(), old))
    .when(redeem("leo"))
    .happens({ type: "invite.redeemed" }, { type: "member.joined" });
});
