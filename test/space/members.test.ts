import { emptySpace, whoHolds } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { aSpace, given, NOW } from "../helpers/spaces.js";

describe("coming in", () => {
  test("a public space is open to everybody, as guest", () => {
    const open = given(emptySpace("fair")).and({ type: "space.create", by: "ana", visibility: "public" });
    open
      .when({ type: "member.join", by: "leo", name: "Leo" })
      .happens({ type: "member.joined", data: { member: "leo", name: "Leo", roles: ["guest"] } })
      .when({ type: "member.join", by: "leo" })
      .refused("ALREADY_A_MEMBER");
  });

  test("any other is not", () => {
    given(aSpace()).when({ type: "member.join", by: "leo" }).refused("JOIN_NEEDS_INVITE");
  });

  test("somebody who may invite adds others, below their own rank", () => {
    given(aSpace())
      .when({ type: "member.add", by: "cora", member: "leo", roles: ["contributor"] })
      .happens({ type: "member.joined" });
    given(aSpace())
      .when({ type: "member.add", by: "cora", member: "leo", roles: ["co-moderator"] })
      .refused("OUTRANKED");
    given(aSpace())
      .when({ type: "member.add", by: "cora", member: "leo", roles: ["host"] })
      .refused("OUTRANKED");
    given(aSpace()).when({ type: "member.add", by: "gus", member: "leo" }).refused("NOT_ALLOWED");
    given(aSpace()).when({ type: "member.add", by: "ana", member: "gus" }).refused("ALREADY_A_MEMBER");
  });

  test("ids that JavaScript has plans for are plain ids", () => {
    for (const id of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
      const { space } = given(aSpace()).and({ type: "member.add", by: "ana", member: id });
      expect(Object.keys(space.members)).toContain(id);
      expect(JSON.parse(JSON.stringify(space))).toEqual(space);
      given(aSpace()).when({ type: "member.remove", by: "ana", member: id }).refused("MEMBER_UNKNOWN");
      given(space).when({ type: "member.remove", by: "ana", member: id }).happens({ type: "member.removed" });
    }
  });

  test("a name that hides its direction is shown as it is written", () => {
    const { space } = given(aSpace()).and({
      type: "member.add",
      by: "ana",
      member: "x",
      name: "\u202eana\u202c",
    });
    expect(space.members["x"]?.name).toBe("ana");
    given(aSpace())
      .when({ type: "member.add", by: "ana", member: "x", name: "\u200e" })
      .refused("INVALID_COMMAND");
  });
});

describe("going out", () => {
  test("members leave by themselves, and are removed by those above them", () => {
    given(aSpace()).when({ type: "member.leave", by: "gus" }).happens({ type: "member.left" });
    given(aSpace())
      .when({ type: "member.remove", by: "cora", member: "gus" })
      .happens({ type: "member.removed" });
    given(aSpace()).when({ type: "member.remove", by: "cora", member: "ana" }).refused("OUTRANKED");
    given(aSpace()).when({ type: "member.remove", by: "cid", member: "gus" }).refused("NOT_ALLOWED");
    given(aSpace()).when({ type: "member.leave", by: "zoe" }).refused("MEMBER_UNKNOWN");
  });

  test("removing oneself is leaving", () => {
    given(aSpace())
      .when({ type: "member.remove", by: "gus", member: "gus" })
      .happens({ type: "member.left" });
  });

  test("hosts do not remove each other", () => {
    const two = given(aSpace()).and({ type: "role.assign", by: "ana", member: "cora", roles: ["host"] });
    two.when({ type: "member.remove", by: "cora", member: "ana" }).refused("OUTRANKED");
  });

  test("the last host stays, until there is another", () => {
    given(aSpace()).when({ type: "member.leave", by: "ana" }).refused("LAST_HOST");
    given(aSpace())
      .when({ type: "role.assign", by: "ana", member: "ana", roles: ["guest"] })
      .refused("LAST_HOST");
    given(aSpace())
      .and({ type: "role.assign", by: "ana", member: "cora", roles: ["host"] })
      .when({ type: "member.leave", by: "ana" })
      .refused("DUTY_REQUIRED", { duties: ["host"] });
    given(aSpace())
      .and(
        { type: "role.assign", by: "ana", member: "cora", roles: ["host"] },
        { type: "duty.assign", by: "ana", duty: "host", member: "cora" },
      )
      .when({ type: "member.leave", by: "ana" })
      .happens({ type: "member.left" });
  });

  test("who leaves is out of every duty, and does not come back into it", () => {
    const { space } = given(aSpace()).and(
      { type: "duty.assign", by: "ana", duty: "ops", member: "cid" },
      { type: "member.leave", by: "cid" },
      { type: "member.add", by: "ana", member: "cid" },
    );
    expect(whoHolds(space, "ops", NOW)).toBeNull();
  });
});

describe("roles", () => {
  test("are set as a whole: the ones given and no others", () => {
    const { space } = given(aSpace())
      .when({ type: "role.assign", by: "ana", member: "gus", roles: ["contributor", "contributor"] })
      .happens({ type: "role.assigned", data: { member: "gus", roles: ["contributor"] } });
    expect(space.members["gus"]?.roles).toEqual(["contributor"]);
    given(space)
      .when({ type: "role.assign", by: "ana", member: "gus", roles: ["contributor"] })
      .happens();
  });

  test("nobody raises themselves", () => {
    for (const by of ["gus", "cid", "rita"]) {
      given(aSpace())
        .when({ type: "role.assign", by, member: by, roles: ["host"] })
        .refused("NOT_ALLOWED");
    }
    given(aSpace())
      .when({ type: "role.assign", by: "cora", member: "cora", roles: ["host"] })
      .refused("OUTRANKED");
  });

  test("everybody may step down", () => {
    given(aSpace())
      .when({ type: "role.assign", by: "cid", member: "cid", roles: ["read-only"] })
      .happens({ type: "role.assigned" });
  });

  test("a co-moderator gives out what ranks below, to whom ranks below", () => {
    given(aSpace())
      .when({ type: "role.assign", by: "cora", member: "gus", roles: ["contributor"] })
      .happens({ type: "role.assigned" });
    given(aSpace())
      .when({ type: "role.assign", by: "cora", member: "gus", roles: ["co-moderator"] })
      .refused("OUTRANKED");
    given(aSpace())
      .when({ type: "role.assign", by: "cora", member: "ana", roles: ["guest"] })
      .refused("OUTRANKED");
  });

  test("a misspelt role is refused by name", () => {
    given(aSpace())
      .when({ type: "role.assign", by: "ana", member: "gus", roles: ["gest"] })
      .refused("ROLE_UNKNOWN", { role: "gest" });
    given(aSpace())
      .when({ type: "role.assign", by: "ana", member: "gus", roles: ["constructor"] })
      .refused("ROLE_UNKNOWN");
    given(aSpace())
      .when({ type: "role.assign", by: "ana", member: "zoe", roles: ["guest"] })
      .refused("MEMBER_UNKNOWN");
  });
});
