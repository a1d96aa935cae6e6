import { can, compile, decide, whoCan } from "chat-spaces/access";
import {
  type WhatsAppCommunity,
  type WhatsAppGroup,
  whatsapp,
  whatsappCommunity,
  whatsappSuccessors,
} from "chat-spaces/presets";
import { describe, expect, test } from "vitest";

const PEOPLE = [
  { id: "ana", admin: "superadmin" as const },
  { id: "kim", admin: "admin" as const },
  { id: "sue", admin: "admin" as const },
  { id: "leo", admin: null },
  { id: "mia" },
];
const EVERYBODY = PEOPLE.map(({ id }) => id);

function group(more: Partial<WhatsAppGroup> = {}) {
  return compile(whatsapp({ id: "kitchen", participants: PEOPLE, ...more }));
}

describe("1. the toggles of a group", () => {
  test("where only admins send, they do", () => {
    expect(whoCan(group({ announce: true }), "send", "kitchen")).toEqual(["ana", "kim", "sue"]);
    expect(whoCan(group(), "send", "kitchen")).toEqual(EVERYBODY);
  });

  test("where only admins edit, members neither rename nor pin", () => {
    const access = group({ restrict: true });
    expect(can(access, "leo", "edit_info", "kitchen")).toBe(false);
    expect(can(access, "leo", "pin", "kitchen")).toBe(false);
    expect(can(access, "leo", "send", "kitchen")).toBe(true);
    expect(can(access, "kim", "pin", "kitchen")).toBe(true);
  });

  test("members add others only where they are let", () => {
    expect(whoCan(group({ memberAddMode: false }), "add_members", "kitchen")).toEqual(["ana", "kim", "sue"]);
    expect(whoCan(group({ memberAddMode: true }), "add_members", "kitchen")).toEqual(EVERYBODY);
  });

  test("whoever joins by link waits for an admin, where that is set", () => {
    const ask = (more: Partial<WhatsAppGroup>) =>
      decide(group(more), { member: "leo", capability: "join", channel: "kitchen" }).effect;
    expect(ask({ joinApprovalMode: true })).toBe("pending");
    expect(ask({})).toBe("allow");
  });
});

describe("2. admins", () => {
  const may = (member: string, capability: "promote" | "dismiss" | "remove", target: string) =>
    decide(group(), { member, capability, channel: "kitchen", target }).effect === "allow";

  test("promote, dismiss and remove, each other too", () => {
    expect(may("kim", "promote", "leo")).toBe(true);
    expect(may("kim", "dismiss", "sue")).toBe(true);
    expect(may("kim", "remove", "sue")).toBe(true);
    expect(may("leo", "remove", "mia")).toBe(false);
  });

  test("but never remove the creator", () => {
    expect(may("kim", "remove", "ana")).toBe(false);
    expect(may("ana", "remove", "kim")).toBe(true);
  });

  test("delete for everyone what others wrote; members, what is theirs", () => {
    const deletes = (member: string, own: boolean) =>
      decide(group(), { member, capability: "delete_for_everyone", channel: "kitchen", own }).effect;
    expect(deletes("kim", false)).toBe("allow");
    expect(deletes("leo", false)).toBe("deny");
    expect(deletes("leo", true)).toBe("allow");
  });

  test("the last to leave is followed by one of the members", () => {
    const one = {
      id: "kitchen",
      participants: [{ id: "kim", admin: "admin" as const }, { id: "leo" }, { id: "mia" }],
    };
    expect(whatsappSuccessors(one, "kim")).toEqual(["leo", "mia"]);
    expect(whatsappSuccessors(one, "leo")).toEqual([]);
    expect(whatsappSuccessors({ id: "kitchen", participants: PEOPLE }, "ana")).toEqual([]);
  });

  test("somebody who is not in the group can only join it", () => {
    const access = compile(
      whatsappCommunity({ participants: [{ id: "leo" }], groups: [{ id: "kitchen", participants: [] }] }),
    );
    expect(can(access, "leo", "view", "kitchen")).toBe(false);
    expect(can(access, "leo", "join", "kitchen")).toBe(true);
  });
});

describe("3. a community", () => {
  const community: WhatsAppCommunity = {
    participants: [
      { id: "ana", admin: "superadmin" },
      { id: "kim", admin: "admin" },
      { id: "leo" },
      { id: "mia" },
    ],
    groups: [
      {
        id: "news",
        isCommunityAnnounce: true,
        participants: [{ id: "ana" }, { id: "kim" }, { id: "leo", admin: "admin" }, { id: "mia" }],
      },
      { id: "bakers", announce: true, participants: [{ id: "leo", admin: "admin" }, { id: "mia" }] },
      { id: "cooks", participants: [{ id: "leo" }, { id: "mia" }] },
    ],
  };
  const access = compile(whatsappCommunity(community));

  test("in the announcement group only community admins post", () => {
    expect(whoCan(access, "send", "news")).toEqual(["ana", "kim"]);
  });

  test("they manage every group, also one that they are not in", () => {
    expect(can(access, "kim", "change_settings", "cooks")).toBe(true);
    expect(can(access, "kim", "join", "cooks")).toBe(true);
    expect(can(access, "leo", "change_settings", "cooks")).toBe(false);
  });

  test("an admin of one group is an admin of that group alone, and its settings hold there alone", () => {
    expect(whoCan(access, "send", "bakers")).toEqual(["ana", "kim", "leo"]);
    expect(can(access, "mia", "send", "cooks")).toBe(true);
    expect(can(access, "leo", "remove", "bakers")).toBe(true);
    expect(can(access, "leo", "remove", "cooks")).toBe(false);
  });

  test("a group that a member adds is a suggestion, unless members may", () => {
    const add = (member: string, one: WhatsAppCommunity) =>
      decide(compile(whatsappCommunity(one)), { member, capability: "add_group" }).effect;
    expect(add("leo", community)).toBe("pending");
    expect(add("kim", community)).toBe("allow");
    expect(add("leo", { ...community, membersAddGroups: true })).toBe("allow");
  });

  test("only the creator deactivates it", () => {
    expect(whoCan(access, "deactivate")).toEqual(["ana"]);
  });

  test("a group alone is no community, not even to its creator", () => {
    expect(can(group(), "ana", "deactivate")).toBe(false);
    expect(can(group(), "ana", "add_group")).toBe(false);
  });

  test.each([
    [256, true],
    [257, false],
  ])("of %i members anybody may edit the group, unless somebody has said: %s", (size, expected) => {
    const participants = Array.from({ length: size }, (_, i) => ({ id: `guest-${i}` }));
    const access = compile(whatsapp({ id: "kitchen", participants }));
    expect(can(access, "guest-7", "edit_info", "kitchen")).toBe(expected);
  });
});
