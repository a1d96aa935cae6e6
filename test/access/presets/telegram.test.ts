import { can, checkChange, compile, decide } from "chat-spaces/access";
import { type TelegramChat, type TelegramMember, telegram, telegramUntil } from "chat-spaces/presets";
import { describe, expect, test } from "vitest";

const NOW = 1_777_654_800;
const DAY = 86_400;
const at = NOW * 1000;
const EVERYTHING = {
  can_send_messages: true,
  can_send_photos: true,
  can_change_info: true,
  can_invite_users: true,
  can_pin_messages: true,
  can_manage_topics: true,
};

const ana: TelegramMember = { user: { id: 1 }, status: "creator" };
const leo: TelegramMember = { user: { id: 7 }, status: "member" };

function chatWith(members: readonly TelegramMember[], more: Partial<TelegramChat> = {}) {
  return compile(
    telegram({ type: "supergroup", permissions: EVERYTHING, ...more, members: [ana, ...members] }),
  );
}

describe("1. what has an end ends after it", () => {
  const until_date = NOW + DAY;
  const restricted: TelegramMember = { user: { id: 7 }, status: "restricted", rights: {}, until_date };

  test("a restriction makes room for a member's rights once its second has passed", () => {
    const chat = chatWith([restricted]);
    expect(can(chat, "7", "can_send_messages", undefined, until_date * 1000 + 999)).toBe(false);
    expect(can(chat, "7", "can_send_messages", undefined, (until_date + 1) * 1000)).toBe(true);
  });

  test("one without an end does not end", () => {
    const chat = chatWith([{ ...restricted, until_date: 0 }]);
    expect(can(chat, "7", "can_send_messages", undefined, at + 1000 * DAY * 1000)).toBe(false);
  });

  test("whoever was banned has left when the ban is over", () => {
    const banned: TelegramMember = { user: { id: 7 }, status: "kicked", until_date };
    const over = (until_date + 1) * 1000;
    expect(decide(chatWith([banned]), { member: "7", capability: "can_send_messages", at }).code).toBe(
      "LIMITED",
    );
    expect(can(chatWith([banned]), "7", "can_send_messages", undefined, over)).toBe(true);
    // Having left is not enough where one has to join first.
    const joining = chatWith([banned], { join_to_send_messages: true });
    expect(can(joining, "7", "can_send_messages", undefined, over)).toBe(false);
  });

  test("whoever pays is a member up to the end of what they paid for", () => {
    const paying: TelegramMember = { user: { id: 7 }, status: "member", until_date };
    const chat = chatWith([paying], { join_to_send_messages: true });
    expect(can(chat, "7", "can_send_messages", undefined, until_date * 1000)).toBe(true);
    expect(can(chat, "7", "can_send_messages", undefined, (until_date + 1) * 1000)).toBe(false);
  });

  test.each([
    [NOW + 29, 0, "29 seconds are for good"],
    [NOW + 30, NOW + 30, "30 seconds are not"],
    [NOW + 366 * DAY, NOW + 366 * DAY, "366 days are not"],
    [NOW + 366 * DAY + 1, 0, "a second more is for good"],
  ])("asked for until %i it holds until %i: %s", (until, expected) => {
    expect(telegramUntil(until, NOW)).toBe(expected);
  });
});

test("2. the creator may do everything, whatever the chat permits", () => {
  const chat = chatWith([], { permissions: {} });
  expect(can(chat, "1", "can_send_messages")).toBe(true);
  expect(can(chat, "1", "can_promote_members")).toBe(true);
});

describe("3. administrators", () => {
  const kim: TelegramMember = {
    user: { id: 8 },
    status: "administrator",
    rights: { can_delete_messages: true, can_sing: true },
    promoted_by: 1,
  };

  test("send whatever the chat permits to others", () => {
    expect(can(chatWith([kim], { permissions: {} }), "8", "can_send_photos")).toBe(true);
  });

  test("have the rights they were given, and with any of them that to manage the chat", () => {
    const chat = chatWith([kim]);
    expect(can(chat, "8", "can_delete_messages")).toBe(true);
    expect(can(chat, "8", "can_manage_chat")).toBe(true);
    expect(can(chat, "8", "can_restrict_members")).toBe(false);
  });

  test("may pin where members may, without having been given the right", () => {
    expect(can(chatWith([kim]), "8", "can_pin_messages")).toBe(true);
    expect(can(chatWith([kim], { permissions: {} }), "8", "can_pin_messages")).toBe(false);
  });

  test("may not if they are bots", () => {
    const bot: TelegramMember = { ...kim, user: { id: 8, is_bot: true } };
    expect(can(chatWith([bot]), "8", "can_pin_messages")).toBe(false);
  });

  test("keep a right that Telegram does not document in the data, and are not granted it", () => {
    const chat = chatWith([kim]);
    expect(JSON.stringify(chat.snapshot)).toContain("can_sing");
    expect(can<string>(chat, "8", "can_sing")).toBe(false);
  });
});

describe("4. members have what the chat permits, and what they were left with", () => {
  const permissions = { can_send_messages: true };

  test("a member may do what the chat permits", () => {
    const chat = chatWith([leo], { permissions });
    expect(can(chat, "7", "can_send_messages")).toBe(true);
    expect(can(chat, "7", "can_send_photos")).toBe(false);
  });

  test("a restricted member may do what both permit", () => {
    const rights = { can_send_photos: true, can_send_messages: true };
    const mia: TelegramMember = { user: { id: 9 }, status: "restricted", rights };
    const chat = chatWith([mia], { permissions });
    expect(can(chat, "9", "can_send_messages")).toBe(true);
    expect(can(chat, "9", "can_send_photos")).toBe(false);
  });

  test("who has boosted the chat may do what it does not permit, yet not what they were restricted in", () => {
    const mia: TelegramMember = {
      user: { id: 9 },
      status: "restricted",
      rights: { can_send_photos: true },
      boosts: 1,
    };
    const chat = chatWith([{ ...leo, boosts: 2 }, mia], { permissions });
    expect(can(chat, "7", "can_send_photos")).toBe(true);
    expect(can(chat, "9", "can_send_photos")).toBe(true);
    expect(can(chat, "9", "can_send_messages")).toBe(false);
  });

  test("a bot that is a member never pins", () => {
    const bot: TelegramMember = { user: { id: 9, is_bot: true }, status: "member" };
    const chat = chatWith([leo, bot]);
    expect(can(chat, "7", "can_pin_messages")).toBe(true);
    expect(can(chat, "9", "can_pin_messages")).toBe(false);
  });
});

test("5. whoever is banned may do nothing", () => {
  const chat = chatWith([{ user: { id: 7 }, status: "kicked" }]);
  expect(can(chat, "7", "can_send_messages")).toBe(false);
  expect(can(chat, "7", "can_invite_users")).toBe(false);
});

describe("6. what there is depends on the kind of chat", () => {
  test("in a channel only who may post sends, and nobody pins", () => {
    const rights = { can_post_messages: true, can_pin_messages: true };
    const kim: TelegramMember = { user: { id: 8 }, status: "administrator", rights };
    const sue: TelegramMember = {
      user: { id: 9 },
      status: "administrator",
      rights: { can_edit_messages: true },
    };
    const chat = chatWith([leo, kim, sue], { type: "channel" });
    expect(can(chat, "7", "can_send_messages")).toBe(false);
    expect(can(chat, "8", "can_send_messages")).toBe(true);
    expect(can(chat, "9", "can_send_messages")).toBe(false);
    expect(can(chat, "8", "can_pin_messages")).toBe(false);
    expect(can(chat, "1", "can_pin_messages")).toBe(false);
  });

  test("in a supergroup there is nothing to post, not even for the creator", () => {
    const chat = chatWith([]);
    expect(can(chat, "1", "can_post_messages")).toBe(false);
    expect(can(chat, "1", "can_pin_messages")).toBe(true);
  });
});

describe("7. appointment is a tree", () => {
  const rights = { can_promote_members: true, can_restrict_members: true, can_delete_messages: true };
  const admin = (id: number, promoted_by: number): TelegramMember => ({
    user: { id },
    status: "administrator",
    rights,
    promoted_by,
  });
  // The creator made Kim and Sue administrators, Kim made Tom one, and Tom Uma.
  const chat = chatWith([leo, admin(10, 1), admin(11, 1), admin(12, 10), admin(13, 12)]);
  const mayDemote = (member: string, target: string) =>
    decide(chat, { member, capability: "can_promote_members", target }).effect === "allow";

  test("an administrator changes those they appointed, directly or through others", () => {
    expect(mayDemote("10", "12")).toBe(true);
    expect(mayDemote("10", "13")).toBe(true);
  });

  test("and nobody else's, nor who appointed them", () => {
    expect(mayDemote("11", "12")).toBe(false);
    expect(mayDemote("12", "10")).toBe(false);
    expect(mayDemote("10", "11")).toBe(false);
  });

  test("the creator changes everybody, and nobody the creator", () => {
    expect(mayDemote("1", "13")).toBe(true);
    expect(mayDemote("10", "1")).toBe(false);
  });

  test("restricting a member takes the right to", () => {
    const ask = (member: string) => decide(chat, { member, capability: "can_restrict_members", target: "7" });
    expect(ask("10").effect).toBe("allow");
    expect(ask("7").effect).toBe("deny");
  });

  test("nobody gives a right that they lack", () => {
    const appoint = (allow: readonly ("can_delete_messages" | "can_change_info" | "can_post_stories")[]) =>
      checkChange(chat, "10", { type: "grant.give", member: "7", grant: { id: "rights", allow } }, at);
    expect(appoint(["can_delete_messages"])).toEqual({ ok: true });
    expect(appoint(["can_post_stories"])).toMatchObject({ ok: false, code: "GIVES_MORE_THAN_OWN" });
  });

  test("nor takes one from somebody whom others appointed", () => {
    const revoke = (by: string) =>
      checkChange(chat, by, { type: "grant.revoke", member: "12", grant: "rights" }, at);
    expect(revoke("10")).toEqual({ ok: true });
    expect(revoke("11")).toMatchObject({ ok: false, code: "OUTRANKED" });
  });
});
