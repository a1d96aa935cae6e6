import { can, compile, decide, whereCan, whoCan } from "chat-spaces/access";
import { type SlackChannel, type SlackWorkspace, slack } from "chat-spaces/presets";
import { describe, expect, test } from "vitest";

const PEOPLE = [
  { id: "paula", is_primary_owner: true, is_owner: true, is_admin: true },
  { id: "omar", is_owner: true, is_admin: true },
  { id: "ada", is_admin: true },
  { id: "mia" },
  { id: "leo" },
  { id: "gus", is_restricted: true },
  { id: "sid", is_restricted: true, is_ultra_restricted: true },
  { id: "orla", enterprise_user: { is_admin: true } },
];
const EVERYBODY = PEOPLE.map(({ id }) => id);

function workspace(channel: Partial<SlackChannel>, more: Partial<SlackWorkspace> = {}) {
  return compile(
    slack({ ...more, members: PEOPLE, channels: [{ id: "C1", members: EVERYBODY, ...channel }] }),
  );
}

describe("1. the ladder of roles", () => {
  test("each rung is above the next", () => {
    const { snapshot } = workspace({});
    const rankOf = (id: string) =>
      Math.max(...(snapshot.members[id]?.roles ?? []).map((role) => snapshot.roles[role]?.rank ?? -1));
    const ranks = ["paula", "omar", "ada", "mia", "gus", "sid"].map(rankOf);
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
    expect(new Set(ranks).size).toBe(ranks.length);
  });

  test("guests do what others do in the channels they were put in, and see no other", () => {
    const members = ["mia", "gus"];
    const access = compile(
      slack({
        members: PEOPLE,
        channels: [
          { id: "C1", members },
          { id: "C2", members: ["mia"] },
        ],
      }),
    );
    expect(whereCan(access, "gus", "view")).toEqual(["C1"]);
    expect(whereCan(access, "gus", "join")).toEqual([]);
    expect(whereCan(access, "leo", "join")).toEqual(["C1", "C2"]);
  });

  test("whoever was deactivated is nobody", () => {
    const access = compile(
      slack({ members: [{ id: "zoe", deleted: true }], channels: [{ id: "C1", members: ["zoe"] }] }),
    );
    expect(decide(access, { member: "zoe", capability: "view", channel: "C1" }).code).toBe("NOT_A_MEMBER");
  });
});

describe("2. one has to be in the channel, and the channel not archived", () => {
  test("an owner posts nowhere without joining", () => {
    const access = workspace({ members: ["mia"] });
    expect(can(access, "paula", "who_can_post", "C1")).toBe(false);
    expect(can(access, "paula", "join", "C1")).toBe(true);
  });

  test("a private channel is not to be joined", () => {
    expect(can(workspace({ members: ["mia"], is_private: true }), "paula", "join", "C1")).toBe(false);
  });

  test("in an archived channel everybody reads and nobody posts", () => {
    const access = workspace({ is_archived: true });
    expect(whoCan(access, "view", "C1")).toEqual(EVERYBODY);
    expect(whoCan(access, "who_can_post", "C1")).toEqual([]);
  });
});

describe("3. who can post", () => {
  test("everybody, where nothing is set", () => {
    expect(whoCan(workspace({}), "who_can_post", "C1")).toEqual(EVERYBODY);
  });

  test("the kinds and the people named, and always owners and admins", () => {
    const access = workspace({ prefs: { who_can_post: { type: ["owner"], user: ["leo"] } } });
    expect(whoCan(access, "who_can_post", "C1")).toEqual(["paula", "omar", "ada", "leo", "orla"]);
  });

  test("in a channel of several workspaces only the owners and admins of the organisation", () => {
    const access = workspace({ is_org_shared: true, prefs: { who_can_post: { user: ["leo"] } } });
    expect(whoCan(access, "who_can_post", "C1")).toEqual(["leo", "orla"]);
  });

  test("a kind that Slack does not document is nobody", () => {
    const access = workspace({ prefs: { who_can_post: { type: ["wizard", "toString"] } } });
    expect(whoCan(access, "who_can_post", "C1")).toEqual(["paula", "omar", "ada", "orla"]);
  });
});

describe("4. what else is set for a channel", () => {
  test("replying in threads is chosen apart from posting", () => {
    const access = workspace({
      prefs: { who_can_post: { type: ["admin"] }, can_thread: { type: ["regular"] } },
    });
    expect(can(access, "mia", "who_can_post", "C1")).toBe(false);
    expect(can(access, "mia", "can_thread", "C1")).toBe(true);
    expect(can(access, "gus", "can_thread", "C1")).toBe(false);
  });

  test("@here, @channel and huddles can be off", () => {
    const off = { enabled: false };
    const access = workspace({
      prefs: { enable_at_here: off, can_huddle: off, enable_at_channel: { enabled: true } },
    });
    expect(can(access, "mia", "enable_at_here", "C1")).toBe(false);
    expect(can(access, "mia", "can_huddle", "C1")).toBe(false);
    expect(can(access, "mia", "enable_at_channel", "C1")).toBe(true);
  });

  test("whoever may not post has nothing to call others to either", () => {
    const access = workspace({ prefs: { who_can_post: { type: ["admin"] } } });
    expect(decide(access, { member: "mia", capability: "enable_at_channel", channel: "C1" })).toMatchObject({
      effect: "deny",
      code: "REQUIREMENT_MISSING",
      by: [{ kind: "capability", id: "who_can_post" }],
    });
  });

  test("a full channel takes nobody in", () => {
    const full = { enabled: true, limit: 2 };
    expect(
      can(workspace({ members: ["mia", "leo"], prefs: { membership_limit: full } }), "ada", "join", "C1"),
    ).toBe(false);
    expect(can(workspace({ members: ["mia"], prefs: { membership_limit: full } }), "ada", "join", "C1")).toBe(
      true,
    );
  });
});

describe("5. who may say who can post", () => {
  test("any member, as long as nobody has; no guest", () => {
    expect(whoCan(workspace({}), "manage_posting", "C1")).toEqual([
      "paula",
      "omar",
      "ada",
      "mia",
      "leo",
      "orla",
    ]);
  });

  test("afterwards whoever has, and owners and admins", () => {
    const access = workspace({ prefs: { posting_set_by: "mia" } });
    expect(whoCan(access, "manage_posting", "C1")).toEqual(["paula", "omar", "ada", "mia", "orla"]);
  });

  test("an admin may after an owner", () => {
    expect(can(workspace({ prefs: { posting_set_by: "paula" } }), "ada", "manage_posting", "C1")).toBe(true);
  });

  test("only those whom the workspace lets", () => {
    const access = workspace({}, { prefs: { who_can_manage_posting: { type: ["admin"], user: ["leo"] } } });
    expect(whoCan(access, "manage_posting", "C1")).toEqual(["paula", "omar", "ada", "leo", "orla"]);
  });
});
