import { type Command, shareToken } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { aSpace, given, HOUR, NOW } from "../../helpers/spaces.js";

const tokenOf = (share: string, space = "drop") =>
  shareToken({ space, share, secret: `secret-of-${share}-`.padEnd(32, "x") });

const slice: Command<"slice.create"> = {
  ...{ type: "slice.create", by: "cora", id: "s1", title: "For the brand" },
  ...{ channels: ["lounge"], pick: [{ pinned: true }], count: 2 },
};
const link: Command<"slice.share"> = { type: "slice.share", by: "cora", slice: "s1", token: tokenOf("r1") };
const members: Command<"slice.share"> = { type: "slice.share", by: "cora", slice: "s1", members: ["gus"] };

const made = given(aSpace()).and(slice);

describe("making a slice", () => {
  test("puts on record what it is made of", () => {
    given(aSpace())
      .when({ ...slice, pick: [{ from: "2026-05-01T00:00:00Z" }, { to: new Date(NOW) }], redact: ["phones"] })
      .happens({
        type: "slice.created",
        data: {
          ...{ slice: "s1", title: "For the brand", channels: ["lounge"], redact: ["phones"], count: 2 },
          ...{ pick: [{ from: Date.parse("2026-05-01T00:00:00Z") }, { to: NOW }], mode: "live", until: [] },
          policy: { visibility: "invite", export: "members", ai: false },
        },
      });
  });

  test("under the same id again changes nothing", () => {
    made.when(slice).happens();
  });

  test("takes the right to in every channel, and a message or more", () => {
    given(aSpace())
      .when({ ...slice, by: "gus" })
      .refused("NOT_ALLOWED");
    given(aSpace())
      .when({ ...slice, channels: ["lounge", "nowhere"] })
      .refused("NOT_ALLOWED");
    given(aSpace())
      .when({ ...slice, count: 0 })
      .refused("SLICE_EMPTY");
  });

  test("may narrow the policy, and widen it only with the right to", () => {
    given(aSpace())
      .when({ ...slice, policy: { export: "nobody", retention: "7d" } })
      .happens({ type: "slice.created", data: { policy: { export: "nobody", retention: 168 * HOUR } } });
    given(aSpace())
      .when({ ...slice, policy: { ai: true } })
      .refused("POLICY_WIDENED", { fields: ["ai"] });
    given(aSpace())
      .when({ ...slice, by: "ana", policy: { ai: true } })
      .happens({ type: "slice.created", data: { policy: { ai: true } } });
  });
});

describe("sharing a slice", () => {
  test("by link keeps only the hash of its token", () => {
    const { outcome } = made.when({
      ...link,
      recipient: " Acme,\u200b legal ",
      expiresIn: "7d",
      marked: true,
    });
    expect(JSON.stringify(outcome)).not.toContain("secret");
    expect(outcome).toMatchObject({
      ok: true,
      events: [
        {
          type: "slice.shared",
          data: {
            ...{ share: "r1", slice: "s1", recipient: "Acme, legal", marked: true, audience: [] },
            ...{ hash: expect.stringMatching(/^[0-9a-f]{64}$/), expiresAt: NOW + 168 * HOUR },
          },
        },
      ],
    });
  });

  test("with members and cohorts puts on record who they were", () => {
    made
      .and({ type: "cohort.define", by: "ana", cohort: "early" })
      .when({ ...members, cohorts: ["early"], audience: ["rita", "gus"] })
      .happens({ type: "slice.shared", data: { audience: ["gus", "rita"], cohorts: ["early"], hash: null } });
  });

  test("takes somebody to share it with, all of them known", () => {
    made.when({ ...members, members: [] }).refused("SHARE_EMPTY");
    made
      .when({ ...members, members: ["gus", "__proto__"] })
      .refused("MEMBER_UNKNOWN", { member: "__proto__" });
    made.when({ ...members, cohorts: ["constructor"] }).refused("COHORT_UNKNOWN");
    made.when({ ...members, slice: "toString" }).refused("SLICE_UNKNOWN");
  });

  test("takes a token that is new and of this space", () => {
    for (const token of ["r1", tokenOf("r1", "other"), tokenOf("")]) {
      made.when({ ...link, token }).refused("INVALID_COMMAND");
    }
    made.and(link).when(link).refused("INVALID_COMMAND");
  });

  test("ends no later than the policy lets anybody keep it", () => {
    const kept = given(aSpace()).and({ ...slice, policy: { retention: "1d" } });
    kept.when(members).happens({ type: "slice.shared", data: { expiresAt: NOW + 24 * HOUR } });
    kept
      .when({ ...members, expiresIn: "7d" })
      .happens({ type: "slice.shared", data: { expiresAt: NOW + 24 * HOUR } });
    kept
      .when({ ...members, expiresIn: "1h" })
      .happens({ type: "slice.shared", data: { expiresAt: NOW + HOUR } });
  });

  test("goes by link only where the policy lets content out", () => {
    const sealed = given(aSpace()).and({ ...slice, policy: { visibility: "private" } });
    sealed.when(link).refused("LINKS_FORBIDDEN");
    sealed.when(members).happens({ type: "slice.shared" });
    const hosts = given(aSpace({ exportPolicy: "hosts" })).and(slice);
    hosts.when(link).refused("EXPORT_FORBIDDEN", { exportPolicy: "hosts" });
    hosts.when({ ...link, by: "ana" }).happens({ type: "slice.shared" });
    given(aSpace({ exportPolicy: "nobody" }))
      .and(slice)
      .when({ ...link, by: "ana" })
      .refused("EXPORT_FORBIDDEN");
  });

  test("follows a policy that has become stricter since", () => {
    made
      .and({ type: "policy.bind", by: "ana", channel: "lounge", policy: { legal: "No advice." } })
      .when(members)
      .happens({ type: "slice.shared", data: { policy: { legal: "No advice." } } });
  });

  test("on is for those whose share lets them", () => {
    const on: Command<"slice.share"> = { ...members, by: "gus", members: ["rita"] };
    made.when(on).refused("NOT_ALLOWED");
    made.and(members).when(on).refused("FORWARD_FORBIDDEN");
    const free = given(aSpace()).and({ type: "space.configure", by: "ana", forward: true }, slice, members);
    free.when(on).happens({ type: "slice.shared", data: { audience: ["rita"] } });
    free
      .when({ ...on, policy: { export: "members", ai: true } })
      .refused("POLICY_WIDENED", { fields: ["ai"] });
    expect(Object.keys(free.space.shares)).toHaveLength(1);
    const [share = ""] = Object.keys(free.space.shares);
    free.and({ type: "share.revoke", by: "cora", share }).when(on).refused("NOT_ALLOWED");
  });

  test("what came from elsewhere may stay where it is", () => {
    const bound: Command = {
      ...{ type: "policy.bind", by: "ana", channel: "lounge", policy: { forward: false } },
      origin: { space: "other", slice: "slc_9", root: null },
    };
    made.and(bound).when(members).refused("FORWARD_FORBIDDEN", { channel: "lounge" });
  });
});

describe("reading a slice", () => {
  const shared = made.and(link);
  const open: Command<"slice.open"> = { type: "slice.open", by: "acme", slice: "s1", token: tokenOf("r1") };

  test("is for whoever holds the link, for members it was shared with, and for those who curate", () => {
    shared.when(open).happens({ type: "slice.opened", data: { slice: "s1", share: "r1", use: "read" } });
    made
      .and(members)
      .when({ type: "slice.open", by: "gus", slice: "s1" })
      .happens({ type: "slice.opened", data: { slice: "s1" } });
    made
      .when({ type: "slice.open", by: "ana", slice: "s1" })
      .happens({ type: "slice.opened", data: { slice: "s1", share: null } });
  });

  test("is for nobody else, and does not say what was wrong", () => {
    const messages = [
      shared.when({ ...open, token: tokenOf("r2") }).refused("SHARE_INVALID"),
      shared.when({ ...open, token: `${tokenOf("r1")}x` }).refused("SHARE_INVALID"),
      shared.when({ ...open, token: undefined }).refused("SHARE_INVALID"),
      made.and(members).when({ type: "slice.open", by: "rita", slice: "s1" }).refused("SHARE_INVALID"),
    ].map(({ message }) => message);
    expect(new Set(messages).size).toBe(1);
  });

  test("is over for a member who has left, also where it was shared with them", () => {
    made
      .and(members, { type: "member.leave", by: "gus" })
      .when({ type: "slice.open", by: "gus", slice: "s1" })
      .refused("SHARE_INVALID");
  });

  test("ends when the share ends, at that instant", () => {
    const ending = made.and({ ...link, expiresIn: "1h" });
    ending
      .at(NOW + HOUR - 1)
      .when(open)
      .happens({ type: "slice.opened" });
    ending
      .at(NOW + HOUR)
      .when(open)
      .refused("SHARE_EXPIRED", { share: "r1" });
  });

  test("ends when the share or the slice is taken back", () => {
    const noShare = shared.and({ type: "share.revoke", by: "cora", share: "r1" });
    noShare.when(open).refused("SHARE_REVOKED");
    noShare.when({ type: "share.revoke", by: "cora", share: "r1" }).happens();
    const noSlice = shared.and({ type: "slice.revoke", by: "ana", slice: "s1" });
    noSlice.when(open).refused("SLICE_REVOKED");
    noSlice.when({ type: "slice.revoke", by: "ana", slice: "s1" }).happens();
    noSlice.when(members).refused("SLICE_REVOKED");
  });

  test("goes on by a later share where an earlier one was taken back", () => {
    const twice = made.and(members, members);
    const [, second = ""] = Object.keys(twice.space.shares);
    twice
      .and({ type: "share.revoke", by: "cora", share: second })
      .when({ type: "slice.open", by: "gus", slice: "s1" })
      .happens({ type: "slice.opened" });
  });

  test("by a machine needs a policy that lets it, now", () => {
    shared.when({ ...open, use: "ai" }).refused("AI_FORBIDDEN");
    const open4ai = given(aSpace()).and({ type: "space.configure", by: "ana", ai: true }, slice, link);
    open4ai.when({ ...open, use: "ai" }).happens({ type: "slice.opened", data: { use: "ai" } });
    open4ai
      .and({ type: "space.configure", by: "ana", ai: false })
      .when({ ...open, use: "ai" })
      .refused("AI_FORBIDDEN");
  });

  test("still goes on in an archived space, and can still be taken back there", () => {
    const archived = shared.and({ type: "space.archive", by: "ana" });
    archived.when(open).happens({ type: "slice.opened" });
    archived.when({ type: "share.revoke", by: "ana", share: "r1" }).happens({ type: "share.revoked" });
  });
});

describe("taking it out", () => {
  const file: Command<"slice.export"> = {
    type: "slice.export",
    by: "acme",
    slice: "s1",
    token: tokenOf("r1"),
    format: "html",
  };

  test("is put on record with its format", () => {
    made
      .and(link)
      .when(file)
      .happens({ type: "slice.exported", data: { slice: "s1", share: "r1", format: "html" } });
  });

  test("is for those whom the policy lets", () => {
    const shared = made.and(link);
    shared
      .and({ type: "space.configure", by: "ana", exportPolicy: "hosts" })
      .when(file)
      .refused("EXPORT_FORBIDDEN");
    const hosts = given(aSpace({ exportPolicy: "hosts" })).and(slice);
    hosts.when({ ...file, by: "cora", token: undefined }).refused("EXPORT_FORBIDDEN");
    hosts.when({ ...file, by: "ana", token: undefined }).happens({ type: "slice.exported" });
  });

  test("of the whole space is for those who may, where the policy of every channel lets them", () => {
    given(aSpace())
      .when({ type: "space.export", by: "ana" })
      .happens({ type: "space.exported", data: { events: 0 } });
    given(aSpace()).when({ type: "space.export", by: "cora" }).refused("NOT_ALLOWED");
    given(aSpace())
      .and({ type: "policy.bind", by: "ana", channel: "floor", policy: { export: "nobody" } })
      .when({ type: "space.export", by: "ana" })
      .refused("EXPORT_FORBIDDEN");
  });
});

describe("revoking", () => {
  test("is for who made it and for those who may share", () => {
    const shared = made.and(link);
    shared.when({ type: "share.revoke", by: "gus", share: "r1" }).refused("NOT_ALLOWED");
    shared.when({ type: "slice.revoke", by: "gus", slice: "s1" }).refused("NOT_ALLOWED");
    shared.when({ type: "share.revoke", by: "ana", share: "__proto__" }).refused("SHARE_UNKNOWN");
    shared.when({ type: "slice.revoke", by: "ana", slice: "__proto__" }).refused("SLICE_UNKNOWN");
    shared
      .and({ type: "role.assign", by: "ana", member: "cora", roles: ["guest"] })
      .when({ type: "share.revoke", by: "cora", share: "r1" })
      .happens({ type: "share.revoked", data: { share: "r1" } });
  });
});

describe("checking a copy", () => {
  test("is put on record, also of one that was taken back, and whoever's it is", () => {
    const verify: Command<"slice.verify"> = { type: "slice.verify", by: "acme", slice: "s1", genuine: false };
    const shared = made.and(link, { type: "share.revoke", by: "cora", share: "r1" });
    shared
      .when({ ...verify, token: tokenOf("r1") })
      .happens({ type: "slice.verified", data: { share: "r1", genuine: false } });
    shared.when(verify).happens({ type: "slice.verified", data: { share: null } });
    shared.when({ ...verify, token: "nonsense" }).happens({ type: "slice.verified", data: { share: null } });
    shared.when({ ...verify, slice: "s2" }).refused("SLICE_UNKNOWN");
  });
});

describe("keys", () => {
  const publicKey = "ab".repeat(32);

  test("are added and revoked by those who configure the space, and stay revoked", () => {
    const added = given(aSpace())
      .when({ type: "key.add", by: "ana", publicKey })
      .happens({ type: "key.added", data: { publicKey } });
    const [key = ""] = Object.keys(added.space.keys);
    expect(key).toMatch(/^[0-9a-f]{16}$/);
    added.when({ type: "key.add", by: "ana", publicKey }).happens();
    const revoked = added
      .when({ type: "key.revoke", by: "ana", key })
      .happens({ type: "key.revoked", data: { key } });
    expect(revoked.space.keys[key]).toMatchObject({ addedAt: NOW, revokedAt: NOW });
    revoked.when({ type: "key.revoke", by: "ana", key }).happens();
    revoked.when({ type: "key.add", by: "ana", publicKey }).refused("KEY_REVOKED");
    given(aSpace()).when({ type: "key.revoke", by: "ana", key }).refused("KEY_UNKNOWN");
    given(aSpace()).when({ type: "key.add", by: "cora", publicKey }).refused("NOT_ALLOWED");
    given(aSpace()).when({ type: "key.revoke", by: "cora", key }).refused("NOT_ALLOWED");
  });
});
