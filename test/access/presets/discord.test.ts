import { can, capabilitiesOf, checkChange, compile, decide, explain } from "chat-spaces/access";
import {
  DISCORD_PERMISSIONS,
  type DiscordChannel,
  type DiscordGuild,
  type DiscordPermission,
  discord,
  discordBits,
  discordNames,
} from "chat-spaces/presets";
import { describe, expect, test } from "vitest";

const ALL = Object.keys(DISCORD_PERMISSIONS);
const TEXT = 0;
const VOICE = 2;
const CATEGORY = 4;
const PUBLIC_THREAD = 11;
const at = Date.parse("2026-05-01T16:00:00Z");

const GUILD: DiscordGuild = {
  id: "100",
  owner_id: "1",
  roles: [
    { id: "100", permissions: ["VIEW_CHANNEL", "SEND_MESSAGES", "CONNECT", "SPEAK", "EMBED_LINKS"] },
    {
      id: "200",
      position: 1,
      permissions: ["KICK_MEMBERS", "MODERATE_MEMBERS", "MANAGE_ROLES", "READ_MESSAGE_HISTORY"],
    },
    { id: "300", position: 2, permissions: ["ADMINISTRATOR"] },
  ],
  members: [
    { user: { id: "1" }, roles: [] },
    { user: { id: "2" }, roles: ["300"] },
    { user: { id: "3" }, roles: ["200"] },
    { user: { id: "4" }, roles: ["200"] },
    { user: { id: "5" }, roles: [] },
  ],
};
const OWNER = "1";
const ADMINISTRATOR = "2";
const MODERATOR = "3";
const OTHER_MODERATOR = "4";
const LEO = "5";

function guildWith(channels: readonly DiscordChannel[], results?: "raw" | "effective") {
  return compile(discord({ ...GUILD, channels }, { results }));
}

function overwrite(id: string, allow: readonly string[], deny: readonly string[]) {
  return { id, type: Number(id) < 100 ? (1 as const) : (0 as const), allow, deny };
}

describe("who is past everything", () => {
  const hidden = { id: "900", type: TEXT, permission_overwrites: [overwrite("100", [], ["VIEW_CHANNEL"])] };

  test.each([
    ["the owner", OWNER],
    ["an administrator", ADMINISTRATOR],
  ])("%s may do everything everywhere", (_, member) => {
    const access = guildWith([hidden]);
    expect(capabilitiesOf(access, member)).toEqual(ALL);
    expect(capabilitiesOf(access, member, "900")).toEqual(ALL);
  });

  test("an overwrite that allows ADMINISTRATOR makes no administrator", () => {
    const access = guildWith([
      { id: "900", type: TEXT, permission_overwrites: [overwrite(LEO, ["ADMINISTRATOR"], [])] },
    ]);
    expect(can(access, LEO, "ADMINISTRATOR", "900")).toBe(true);
    expect(can(access, LEO, "MANAGE_CHANNELS", "900")).toBe(false);
  });
});

describe("what follows from what one lacks", () => {
  const closed = (type: number, deny: readonly string[]) => [
    { id: "900", type, permission_overwrites: [overwrite("100", [], deny)] },
  ];

  test("in a channel one does not see, there is nothing", () => {
    expect(capabilitiesOf(guildWith(closed(TEXT, ["VIEW_CHANNEL"])), MODERATOR, "900")).toEqual([]);
    expect(capabilitiesOf(guildWith(closed(TEXT, ["VIEW_CHANNEL"])), MODERATOR)).toContain("KICK_MEMBERS");
  });

  test("a voice that may not connect has nothing, and the reason is said in Discord's words", () => {
    const access = guildWith(closed(VOICE, ["CONNECT"]));
    expect(capabilitiesOf(access, LEO, "900")).toEqual([]);
    expect(decide(access, { member: LEO, capability: "SPEAK", channel: "900" })).toMatchObject({
      code: "REQUIREMENT_MISSING",
      by: [{ kind: "capability", id: "CONNECT" }],
    });
    expect(can(guildWith(closed(TEXT, ["CONNECT"])), LEO, "SEND_MESSAGES", "900")).toBe(true);
  });

  test("whoever may not send has no embeds either", () => {
    const access = guildWith(closed(TEXT, ["SEND_MESSAGES"]));
    expect(can(access, LEO, "EMBED_LINKS", "900")).toBe(false);
    expect(can(access, LEO, "VIEW_CHANNEL", "900")).toBe(true);
  });

  test("the raw number says nothing of all that", () => {
    const access = guildWith(closed(TEXT, ["VIEW_CHANNEL", "SEND_MESSAGES"]), "raw");
    expect(capabilitiesOf(access, LEO, "900")).toEqual(["EMBED_LINKS", "CONNECT", "SPEAK"]);
  });
});

test("one member in one place is asked as all are, in the guild and in a channel", () => {
  const access = guildWith([
    { id: "900", type: VOICE, permission_overwrites: [overwrite("100", [], ["CONNECT"])] },
  ]);
  for (const { user } of GUILD.members) {
    for (const channel of [undefined, "900", "999"]) {
      const one = access.of(user.id, channel);
      const given = access.vocabulary.names.filter((name) => one.can(name as DiscordPermission));
      expect(given, `${user.id} in ${channel}`).toEqual(capabilitiesOf(access, user.id, channel));
    }
  }
});

test("an explanation knows what a kind of channel requires", () => {
  const access = guildWith([
    { id: "900", type: VOICE, permission_overwrites: [overwrite("100", [], ["CONNECT"])] },
  ]);
  const { wouldAllow } = explain(access, { member: LEO, capability: "SPEAK", channel: "900" });
  expect(wouldAllow).toContainEqual([
    { type: "override.set", channel: "900", subject: { member: LEO }, overrides: [{ allow: ["CONNECT"] }] },
  ]);
});

describe("threads and categories", () => {
  const denying = [overwrite("100", ["SEND_MESSAGES_IN_THREADS"], ["SEND_MESSAGES"])];

  test("a thread takes over what its channel says, and asks for another permission to send", () => {
    const access = guildWith([
      { id: "900", type: TEXT, permission_overwrites: denying },
      { id: "901", type: PUBLIC_THREAD, parent_id: "900" },
    ]);
    expect(can(access, LEO, "SEND_MESSAGES_IN_THREADS", "901")).toBe(true);
    expect(can(access, LEO, "EMBED_LINKS", "901")).toBe(true);
    expect(can(access, LEO, "EMBED_LINKS", "900")).toBe(false);
  });

  test("a channel takes nothing over from its category", () => {
    const access = guildWith([
      { id: "900", type: CATEGORY, permission_overwrites: denying },
      { id: "901", type: TEXT, parent_id: "900" },
    ]);
    expect(can(access, LEO, "SEND_MESSAGES", "901")).toBe(true);
  });
});

describe("a time-out", () => {
  const until = "2026-05-01T17:00:00Z";
  const timedOut = (id: string, end: string) =>
    compile(
      discord({
        ...GUILD,
        members: GUILD.members.map((one) =>
          one.user.id === id ? { ...one, communication_disabled_until: end } : one,
        ),
      }),
    );

  test("leaves looking and reading until it ends", () => {
    const access = timedOut(MODERATOR, until);
    expect(capabilitiesOf(access, MODERATOR, undefined, at)).toEqual([
      "VIEW_CHANNEL",
      "READ_MESSAGE_HISTORY",
    ]);
    expect(decide(access, { member: MODERATOR, capability: "SEND_MESSAGES", at })).toEqual({
      effect: "deny",
      code: "LIMITED",
      by: [{ kind: "limit", on: "member", id: "timeout" }],
      validUntil: Date.parse(until) + 1,
    });
    expect(can(access, MODERATOR, "SEND_MESSAGES", undefined, Date.parse(until) + 1)).toBe(true);
  });

  test("does not hold for an administrator", () => {
    expect(can(timedOut(ADMINISTRATOR, until), ADMINISTRATOR, "SEND_MESSAGES", undefined, at)).toBe(true);
  });

  test("with an end that cannot be read does not end", () => {
    expect(can(timedOut(LEO, "tomorrow"), LEO, "SEND_MESSAGES", undefined, at)).toBe(false);
  });
});

describe("who is above whom", () => {
  const access = guildWith([]);
  const may = (member: string, capability: "KICK_MEMBERS" | "MODERATE_MEMBERS", target: string) =>
    decide(access, { member, capability, target }).effect === "allow";

  test("a moderator kicks members, and no other moderator", () => {
    expect(may(MODERATOR, "KICK_MEMBERS", LEO)).toBe(true);
    expect(may(MODERATOR, "KICK_MEMBERS", OTHER_MODERATOR)).toBe(false);
    expect(may(MODERATOR, "KICK_MEMBERS", ADMINISTRATOR)).toBe(false);
  });

  test("nobody acts on the owner", () => {
    expect(may(ADMINISTRATOR, "KICK_MEMBERS", OWNER)).toBe(false);
    expect(may(OWNER, "KICK_MEMBERS", ADMINISTRATOR)).toBe(true);
  });

  test("nobody times an administrator out, not even the owner", () => {
    expect(may(OWNER, "MODERATE_MEMBERS", ADMINISTRATOR)).toBe(false);
    expect(may(OWNER, "MODERATE_MEMBERS", MODERATOR)).toBe(true);
    const limit = { ceiling: "timeout", until: at + 1000 };
    expect(checkChange(access, OWNER, { type: "limit.put", member: ADMINISTRATOR, limit }, at)).toMatchObject(
      {
        ok: false,
        code: "OUTRANKED",
      },
    );
  });

  test("of two roles in the same position the one with the lower id is higher", () => {
    const roles = ["9", "10"].map((id) => ({ id, position: 1, permissions: ["KICK_MEMBERS"] }));
    const members = [
      { user: { id: "2" }, roles: ["9"] },
      { user: { id: "3" }, roles: ["10"] },
    ];
    const twins = compile(discord({ id: "1", owner_id: null, roles, members }));
    expect(decide(twins, { member: "2", capability: "KICK_MEMBERS", target: "3" }).effect).toBe("allow");
    expect(decide(twins, { member: "3", capability: "KICK_MEMBERS", target: "2" }).effect).toBe("deny");
  });

  test("a moderator gives nobody a role as high as theirs, nor a permission they lack", () => {
    const assign = (roles: readonly string[]) =>
      checkChange(access, MODERATOR, { type: "role.assign", member: LEO, roles: ["100", ...roles] }, at);
    expect(assign(["200"])).toMatchObject({ ok: false, code: "OUTRANKED", about: "200" });
    const allow = (permission: "SEND_MESSAGES" | "BAN_MEMBERS") =>
      checkChange(
        guildWith([{ id: "900", type: TEXT }]),
        MODERATOR,
        {
          type: "override.set",
          channel: "900",
          subject: { member: LEO },
          overrides: [{ allow: [permission] }],
        },
        at,
      );
    expect(allow("SEND_MESSAGES")).toEqual({ ok: true });
    expect(allow("BAN_MEMBERS")).toMatchObject({ ok: false, code: "GIVES_MORE_THAN_OWN" });
  });
});

describe("permissions as numbers and as names", () => {
  test("are the same", () => {
    expect(discordNames("3072")).toEqual(["VIEW_CHANNEL", "SEND_MESSAGES"]);
    expect(discordNames(3072n)).toEqual(["VIEW_CHANNEL", "SEND_MESSAGES"]);
    expect(discordBits(["SEND_MESSAGES", "VIEW_CHANNEL"])).toBe("3072");
  });

  test("bits and names that nobody has documented are kept, and give nothing", () => {
    const bits = ((1n << 60n) | (1n << 47n) | 1n).toString();
    expect(discordNames(bits)).toEqual(["CREATE_INSTANT_INVITE", "BIT_47", "BIT_60"]);
    expect(discordBits(discordNames(bits))).toBe(bits);
    const roles = [
      { id: "100", permissions: bits },
      { id: "200", permissions: ["SING_SONGS", "toString"] },
      { id: "300", permissions: "all of them" },
    ];
    const members = [{ user: { id: "5" }, roles: ["200", "300"] }];
    const access = compile(discord({ id: "100", owner_id: null, roles, members }));
    expect(capabilitiesOf(access, "5")).toEqual(["CREATE_INSTANT_INVITE"]);
    expect(access.snapshot.roles["100"]?.allow).toContain("BIT_60");
    expect(access.snapshot.roles["200"]?.allow).toContain("SING_SONGS");
  });

  test("a name that Discord does not have has no bit, and neither has an empty text", () => {
    expect(discordBits(["SING_SONGS", "constructor"])).toBe("0");
    expect(discordNames("")).toEqual([]);
  });

  test("a channel of a type that nobody knows is asked like any other", () => {
    const access = guildWith([{ id: "900", type: 99 }]);
    expect(can(access, LEO, "SEND_MESSAGES", "900")).toBe(true);
  });
});
