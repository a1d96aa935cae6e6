import { asOf, type Command, whoHolds } from "chat-spaces";
import { accessOf, can } from "chat-spaces/access";
import { describe, expect, test } from "vitest";
import { aSpace, counterOf, given, HOUR, NOW } from "../../helpers/spaces.js";

const window = { start: NOW + HOUR, end: NOW + 9 * HOUR };
const accept = (by: string, handoff = "hdo_1"): Command => ({ type: "handoff.accept", by, handoff });
const role = { type: "handoff.offer", by: "cora", role: "co-moderator", from: "cora", to: "cid" } as const;
const ownership = { type: "handoff.offer", by: "ana", ownership: true, from: "ana", to: "cora" } as const;

/** A space in which the co-moderators' role ranks below who may assign it: cora has a role of its own kind. */
const team = () =>
  given(aSpace(), { newId: counterOf("hdo") }).and(
    {
      type: "role.define",
      by: "ana",
      role: "lead",
      to: { rank: 80, allow: ["role.assign", "member.invite", "channel.view"] },
    },
    { type: "role.define", by: "ana", role: "greeter", to: { rank: 30, allow: ["member.invite"] } },
    { type: "role.assign", by: "ana", member: "cora", roles: ["lead", "greeter"] },
  );
const greeting = { type: "handoff.offer", by: "cora", role: "greeter", from: "cora", to: "cid" } as const;

const rolesOf = (space: ReturnType<typeof aSpace>, member: string, at: number) =>
  asOf(space, at).members[member]?.roles;

describe("a role that is handed over", () => {
  test("for good passes at once", () => {
    const { space } = team().and(greeting, accept("cid"));
    expect(space.members["cora"]?.roles).toEqual(["lead"]);
    expect(space.members["cid"]?.roles).toEqual(["contributor", "greeter"]);
  });

  test("for a window comes and goes with it, though nobody does anything", () => {
    const { space } = team().and({ ...greeting, window }, accept("cid"));
    const at = (instant: number) => [rolesOf(space, "cora", instant), rolesOf(space, "cid", instant)];
    const [before, within] = [
      [["lead", "greeter"], ["contributor"]],
      [["lead"], ["contributor", "greeter"]],
    ];
    expect(at(window.start - 1)).toEqual(before);
    expect(at(window.start)).toEqual(within);
    expect(at(window.end - 1)).toEqual(within);
    expect(at(window.end)).toEqual(before);
    expect(asOf(space, window.start - 1)).toBe(space);
    expect(asOf(space, window.start)).toBe(asOf(space, window.end - 1));
  });

  test("decides what is allowed from the instant it passes", () => {
    const handed = team().and({ ...greeting, window }, accept("cid"));
    const add: Command = { type: "member.add", by: "cid", member: "zoe", roles: ["read-only"] };
    handed.when(add).refused("NOT_ALLOWED");
    handed.at(window.start).when(add).happens({ type: "member.joined" });
    handed.at(window.end).when(add).refused("NOT_ALLOWED");
    const then = accessOf(asOf(handed.space, window.start));
    expect(can(then, "cid", "member.invite", undefined, window.start)).toBe(true);
  });

  test("from an instant on stays, and stands in the member once that is on record", () => {
    const { start } = window;
    const handed = team().and({ ...greeting, window: { start } }, accept("cid"));
    expect(rolesOf(handed.space, "cid", start)).toEqual(["contributor", "greeter"]);
    const { space } = handed.at(start).and({ type: "handoff.start", by: "clock", handoff: "hdo_1" });
    expect(space.members["cid"]?.roles).toEqual(["contributor", "greeter"]);
    expect(asOf(space, start)).toBe(space);
  });

  test("is back as soon as its giver does not have it any more", () => {
    const { space } = team()
      .and({ ...greeting, window }, accept("cid"))
      .and({ type: "role.assign", by: "ana", member: "cora", roles: ["lead"] });
    expect(rolesOf(space, "cid", window.start)).toEqual(["contributor"]);
  });

  test("is back when its taker has left", () => {
    const { space } = team().and({ ...greeting, window }, accept("cid"), { type: "member.leave", by: "cid" });
    expect(rolesOf(space, "cora", window.start)).toEqual(["lead", "greeter"]);
    expect(asOf(space, window.start).members).not.toHaveProperty("cid");
  });

  test("may be handed on within its window, whatever the handoffs are called", () => {
    let next = 9;
    const count = counterOf("none");
    const newId = (prefix: string) => (prefix === "hdo" ? `${next--}` : count(prefix));
    const { space } = given(team().space, { newId }).and(
      {
        type: "role.define",
        by: "ana",
        role: "door",
        to: { rank: 60, allow: ["role.assign", "member.invite"] },
      },
      { type: "role.assign", by: "ana", member: "cid", roles: ["door"] },
      { ...greeting, window },
      accept("cid", "9"),
      { ...greeting, by: "cid", from: "cid", to: "gus", window: { ...window, start: window.start + HOUR } },
      accept("gus", "8"),
    );
    expect(rolesOf(space, "cid", window.start)).toEqual(["door", "greeter"]);
    expect(rolesOf(space, "cid", window.start + HOUR)).toEqual(["door"]);
    expect(rolesOf(space, "gus", window.start + HOUR)).toEqual(["guest", "greeter"]);
  });

  test("is bounded by what its giver may give", () => {
    given(aSpace()).when(role).refused("OUTRANKED");
    given(aSpace())
      .and({ type: "role.assign", by: "ana", member: "cid", roles: ["contributor", "guest"] })
      .when({ ...role, by: "cid", from: "cid", to: "gus", role: "contributor" })
      .refused("NOT_ALLOWED");
    team()
      .when({ ...greeting, role: "guest" })
      .refused("HANDOFF_NOT_HELD");
    team()
      .when({ ...greeting, by: "ana" })
      .refused("HANDOFF_NOT_YOURS");
    given(aSpace())
      .when({ ...role, by: "ana", from: "ana", role: "host" })
      .refused("ROLE_IS_OWNERSHIP");
  });

  test("is asked about again when it is accepted", () => {
    team()
      .and(greeting, { type: "role.assign", by: "ana", member: "cora", roles: ["guest", "greeter"] })
      .when(accept("cid"))
      .refused("NOT_ALLOWED");
  });
});

describe("the ownership of a space", () => {
  test("passes with the role and the duty, and who gave it keeps a lower role", () => {
    const { space } = given(aSpace()).and(ownership, accept("cora"));
    expect(space.members["cora"]?.roles).toEqual(["co-moderator", "host"]);
    expect(space.members["ana"]?.roles).toEqual(["co-moderator"]);
    expect(whoHolds(space, "host", NOW)).toBe("cora");
  });

  test("for a window has one owner at every instant", () => {
    const { space } = given(aSpace()).and({ ...ownership, window, keep: ["guest"] }, accept("cora"));
    for (const [at, owner] of [
      [window.start - 1, "ana"],
      [window.start, "cora"],
      [window.end - 1, "cora"],
      [window.end, "ana"],
    ] as const) {
      const { members } = asOf(space, at);
      const hosts = Object.values(members).filter(({ roles }) => roles.includes("host"));
      expect(hosts.map(({ id }) => id)).toEqual([owner]);
      expect(whoHolds(space, "host", at)).toBe(owner);
    }
    expect(rolesOf(space, "ana", window.start)).toEqual(["guest"]);
  });

  test("cannot be given away for good by who has it for a while", () => {
    given(aSpace())
      .and({ ...ownership, window }, accept("cora"))
      .at(window.start)
      .when({ ...ownership, by: "cora", from: "cora", to: "cid" })
      .refused("HANDOFF_OUTLASTS", { until: window.end });
  });

  test("is handed over by its owner, and by nobody for them", () => {
    given(aSpace())
      .and({ type: "role.assign", by: "ana", member: "cid", roles: ["host"] })
      .when({ ...ownership, by: "cid" })
      .refused("HANDOFF_NOT_YOURS");
    given(aSpace())
      .and({ type: "role.assign", by: "ana", member: "cid", roles: ["host"] })
      .when({ ...ownership, by: "cid", from: "cid" })
      .refused("HANDOFF_NOT_HELD");
  });

  test("and the duty of host are the same thing: both cannot be on offer at once", () => {
    given(aSpace())
      .and(ownership)
      .when({ type: "handoff.offer", by: "ana", duty: "host", from: "ana", to: "cid" })
      .refused("HANDOFF_PENDING");
  });

  test("cannot be left with by who has it for a while, who hands it back instead", () => {
    const within = given(aSpace())
      .and({ ...ownership, window }, accept("cora"))
      .at(window.start);
    within.when({ type: "member.leave", by: "cora" }).refused("LAST_HOST");
    const back = within.and({ ...ownership, by: "cora", from: "cora", to: "ana", keep: ["guest"], window });
    const id = Object.keys(back.space.handoffs).at(-1) ?? "";
    const { space } = back.and(accept("ana", id), { type: "member.leave", by: "cora" });
    expect(rolesOf(space, "ana", window.start)).toContain("host");
    expect(whoHolds(space, "host", window.start)).toBe("ana");
  });

  test("is never nobody's: who will have it back cannot leave, even if the duty is another's by now", () => {
    given(aSpace(), { newId: counterOf("hdo") })
      .and({ ...ownership, window }, accept("cora"), {
        ...{ type: "duty.assign", by: "ana", duty: "host", member: "cora" },
      })
      .at(window.start)
      .when({ type: "member.leave", by: "ana" })
      .refused("LAST_HOST", { at: window.start });
  });
});
