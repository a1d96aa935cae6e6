import { can, compile, decide } from "chat-spaces/access";
import {
  authorises,
  authorisesLevels,
  type MatrixPowerLevels,
  type MatrixRoom,
  matrix,
  matrixCapability,
  matrixLevel,
  matrixRoom,
} from "chat-spaces/presets";
import { describe, expect, test } from "vitest";

const ROOM: MatrixRoom = {
  id: "!kitchen:a",
  version: "11",
  creator: "@ana:a",
  powerLevels: { users: { "@ana:a": 100, "@kim:a": 50, "@tom:a": 50 }, events: { "m.room.topic": 20 } },
  joinRule: "invite",
  members: {
    "@ana:a": "join",
    "@kim:a": "join",
    "@tom:a": "join",
    "@leo:a": "join",
    "@mia:b": "invite",
    "@bob:b": "ban",
    "@sue:b": "knock",
    "@zoe:b": "leave",
  },
};
const LEO = "@leo:a";

const member = (sender: string, state_key: string, membership: string, more: object = {}) => ({
  type: "m.room.member",
  sender,
  state_key,
  content: { membership, ...more },
});
const codeOf = (room: MatrixRoom, event: Parameters<typeof authorises>[1]) => {
  const check = authorises(room, event);
  return check.ok ? "ok" : check.code;
};

describe("1. the level of a user", () => {
  test("is theirs, or that of all others", () => {
    expect(matrixLevel(ROOM, "@kim:a")).toBe(50);
    expect(matrixLevel(ROOM, LEO)).toBe(0);
    expect(matrixLevel({ ...ROOM, powerLevels: { users_default: 10 } }, LEO)).toBe(10);
  });

  test("is 100 for the creator and 0 for others where no levels were set", () => {
    expect(matrixLevel({ ...ROOM, powerLevels: null }, "@ana:a")).toBe(100);
    expect(matrixLevel({ ...ROOM, powerLevels: null }, LEO)).toBe(0);
  });

  test("may be a text in old rooms", () => {
    expect(matrixLevel({ ...ROOM, powerLevels: { users: { [LEO]: "30" } } }, LEO)).toBe(30);
  });

  test("creators of version 12 are above every number, and cannot be listed", () => {
    const room = { ...ROOM, version: "12", additionalCreators: [LEO] };
    const access = compile(matrix(room));
    const huge = { ...room, powerLevels: { ban: Number.MAX_SAFE_INTEGER } };
    expect(can(compile(matrix(huge)), LEO, "ban")).toBe(true);
    expect(decide(access, { member: LEO, capability: "kick", target: "@ana:a" }).code).toBe("OUTRANKED");
    expect(authorisesLevels(room, LEO, { users: { "@ana:a": 100 } })).toMatchObject({ code: "OUTRANKED" });
  });
});

describe("2. what an event takes", () => {
  const access = compile(matrix(ROOM));
  const may = (who: string, type: string, state: boolean) =>
    can(access, who, matrixCapability(ROOM, type, state));

  test("a message takes 0, state 50, and a type that is named what it says", () => {
    expect(may(LEO, "m.room.message", false)).toBe(true);
    expect(may(LEO, "m.room.name", true)).toBe(false);
    expect(may("@kim:a", "m.room.name", true)).toBe(true);
    expect(may(LEO, "m.room.topic", true)).toBe(false);
    expect(may("@kim:a", "m.room.topic", true)).toBe(true);
  });

  test("a type that nobody knows is as good as any other", () => {
    expect(matrixCapability(ROOM, "org.example.recipe", true)).toBe("state:*");
    expect(may(LEO, "org.example.recipe", false)).toBe(true);
    expect(may(LEO, "org.example.recipe", true)).toBe(false);
  });

  test("to call everybody takes 50, unless it is set", () => {
    expect(can(access, LEO, "notifications.room")).toBe(false);
    const room = { ...ROOM, powerLevels: { notifications: { room: 0 } } };
    expect(can(compile(matrix(room)), LEO, "notifications.room")).toBe(true);
  });

  test.each(["@mia:b", "@bob:b", "@sue:b", "@zoe:b"])("%s, who is not joined, sends nothing", (who) => {
    expect(may(who, "m.room.message", false)).toBe(false);
  });
});

test("3. state with a user's id is that user's alone", () => {
  const event = { type: "org.example.seat", sender: "@kim:a", content: {} };
  expect(codeOf(ROOM, { ...event, state_key: "@kim:a" })).toBe("ok");
  expect(codeOf(ROOM, { ...event, state_key: LEO })).toBe("NOT_THEIRS");
});

describe("4. acting on members", () => {
  test.each([
    ["@kim:a", LEO, "leave", "ok", "kicks somebody below"],
    ["@kim:a", "@tom:a", "leave", "OUTRANKED", "does not kick an equal"],
    [LEO, "@zoe:b", "ban", "LEVEL_TOO_LOW", "bans nobody"],
    ["@kim:a", "@never-there:b", "ban", "ok", "bans a stranger"],
    ["@kim:a", "@kim:a", "ban", "OUTRANKED", "does not ban themselves"],
    ["@kim:a", "@bob:b", "leave", "ok", "lifts a ban"],
    [LEO, "@bob:b", "leave", "LEVEL_TOO_LOW", "does not lift a ban"],
    [LEO, "@zoe:b", "invite", "ok", "invites"],
    [LEO, "@bob:b", "invite", "BANNED", "invites nobody who is banned"],
    [LEO, "@kim:a", "invite", "ALREADY_THERE", "invites nobody who is there"],
    ["@mia:b", "@zoe:b", "invite", "NOT_JOINED", "invites nobody before joining"],
    ["@mia:b", "@mia:b", "leave", "ok", "declines an invite"],
    ["@sue:b", "@sue:b", "leave", "ok", "takes a knock back"],
    ["@bob:b", "@bob:b", "leave", "BANNED", "does not leave a ban"],
    ["@zoe:b", "@zoe:b", "leave", "NOT_JOINED", "does not leave twice"],
    ["@mia:b", "@mia:b", "join", "ok", "joins when invited"],
    ["@zoe:b", "@zoe:b", "join", "NOT_INVITED", "does not join uninvited"],
    ["@kim:a", "@zoe:b", "join", "NOT_THEIRS", "joins nobody else"],
    ["@bob:b", "@bob:b", "join", "BANNED", "does not join when banned"],
    ["@kim:a", "@zoe:b", "knock", "NOT_THEIRS", "knocks for nobody else"],
    ["@zoe:b", "@zoe:b", "knock", "NOT_INVITED", "does not knock where one does not"],
    ["@kim:a", LEO, "marry", "MALFORMED", "does nothing that there is not"],
  ])("%s to %s, %s: %s (%s)", (sender, target, membership, expected) => {
    expect(codeOf(ROOM, member(sender, target, membership))).toBe(expected);
  });

  test("a ban is lifted only with the level to kick as well", () => {
    const room = { ...ROOM, powerLevels: { ...ROOM.powerLevels, kick: 60 } };
    expect(codeOf(room, member("@kim:a", "@bob:b", "leave"))).toBe("LEVEL_TOO_LOW");
  });

  test("a public room takes everybody in, save those banned", () => {
    const room = { ...ROOM, joinRule: "public" };
    expect(codeOf(room, member("@never-there:b", "@never-there:b", "join"))).toBe("ok");
    expect(codeOf(room, member("@bob:b", "@bob:b", "join"))).toBe("BANNED");
  });

  test("in a restricted room a member who may invite vouches; until then the answer is not yet", () => {
    const room = { ...ROOM, joinRule: "restricted" };
    expect(decide(compile(matrix(room)), { member: "@zoe:b", capability: "join" }).effect).toBe("pending");
    expect(codeOf(room, member("@zoe:b", "@zoe:b", "join"))).toBe("NOT_INVITED");
    const vouched = { join_authorised_via_users_server: LEO };
    expect(codeOf(room, member("@zoe:b", "@zoe:b", "join", vouched))).toBe("ok");
    const strict = { ...room, powerLevels: { invite: 50 } };
    expect(codeOf(strict, member("@zoe:b", "@zoe:b", "join", vouched))).toBe("NOT_INVITED");
  });

  test("a rule that the version of the room does not have lets nobody in", () => {
    expect(codeOf({ ...ROOM, joinRule: "knock", version: "6" }, member("@zoe:b", "@zoe:b", "knock"))).toBe(
      "NOT_INVITED",
    );
    expect(codeOf({ ...ROOM, joinRule: "knock", version: "7" }, member("@zoe:b", "@zoe:b", "knock"))).toBe(
      "ok",
    );
  });
});

describe("5. changing levels", () => {
  const levels = (
    next: MatrixPowerLevels,
    before: MatrixPowerLevels = ROOM.powerLevels ?? {},
    by = "@kim:a",
  ) => {
    const check = authorisesLevels({ ...ROOM, powerLevels: before }, by, next);
    return check.ok ? "ok" : check.about;
  };
  const { users, events } = ROOM.powerLevels as {
    users: Record<string, number>;
    events: Record<string, number>;
  };

  test("one may raise others up to one's own level, and step down oneself", () => {
    expect(levels({ events, users: { ...users, [LEO]: 50 } })).toBe("ok");
    expect(levels({ events, users: { ...users, [LEO]: 51 } })).toBe(`users.${LEO}`);
    expect(levels({ events, users: { ...users, "@kim:a": 10 } })).toBe("ok");
    expect(levels({ events, users: { ...users, "@kim:a": 51 } })).toBe("users.@kim:a");
  });

  test("one may not lower an equal", () => {
    expect(levels({ events, users: { ...users, "@tom:a": 0 } })).toBe("@tom:a");
  });

  test("one changes no number that is above one's own, nor sets one", () => {
    expect(levels({ users, events, ban: 40 })).toBe("ok");
    expect(levels({ users, events, ban: 60 })).toBe("ban");
    expect(levels({ users, events, ban: 40 }, { users, events, ban: 60 })).toBe("ban");
    expect(levels({ users, events: { "m.room.topic": 60 } })).toBe("events.m.room.topic");
    expect(levels({ users, events: {} })).toBe("ok");
  });

  test("a number that is taken away is changed to its default", () => {
    const before = {
      users: { "@kim:a": 40 },
      ban: 30,
      events: { "m.room.topic": 20 },
      notifications: { room: 20 },
    };
    expect(levels({ ...before, ban: undefined }, before)).toBe("ban");
    expect(levels({ ...before, events: {} }, before)).toBe("events.m.room.topic");
    expect(levels({ ...before, notifications: {} }, before)).toBe("notifications.room");
  });

  test("the first levels of a room are anybody's who may set them", () => {
    expect(authorisesLevels({ ...ROOM, powerLevels: null }, "@ana:a", { ban: 1000 })).toEqual({ ok: true });
  });

  test("what is no whole number is no level; a text is one in old rooms", () => {
    const text = { users: { ...users, [LEO]: "10" }, events };
    const [kim, topic] = ["@kim:a", "m.room.power_levels"];
    expect(authorisesLevels({ ...ROOM, version: "9" }, kim, text)).toEqual({ ok: true });
    expect(authorisesLevels(ROOM, kim, text)).toMatchObject({ code: "MALFORMED", about: topic });
    expect(authorisesLevels({ ...ROOM, version: "9" }, kim, { ban: "a lot" })).toMatchObject({
      code: "MALFORMED",
    });
  });

  test("who may not send the event changes nothing", () => {
    const event = { type: "m.room.power_levels", state_key: "", content: { users, events } };
    expect(codeOf(ROOM, { ...event, sender: LEO })).toBe("LEVEL_TOO_LOW");
    expect(codeOf(ROOM, { ...event, sender: "@kim:a" })).toBe("ok");
  });
});

describe("6. redactions and tickets", () => {
  test("one's own needs less than others'", () => {
    const access = compile(matrix(ROOM));
    const redact = (who: string, own: boolean) => decide(access, { member: who, capability: "redact", own });
    expect(redact(LEO, true)).toMatchObject({ effect: "allow", code: "OWN" });
    expect(redact(LEO, false).effect).toBe("deny");
    expect(redact("@kim:a", false).effect).toBe("allow");
  });

  test("an invite by address is good for one user, from whoever issued it, with a signature", () => {
    const room = { ...ROOM, thirdPartyInvites: { "token-1": { sender: LEO, keys: ["key-1"] } } };
    const invite = (
      sender: string,
      signed: object | undefined,
      verify = (_: object, key: string): boolean => key === "key-1",
    ) => {
      const check = authorises(room, member(sender, "@zoe:b", "invite", { third_party_invite: { signed } }), {
        verify,
      });
      return check.ok ? "ok" : check.code;
    };
    const signed = { token: "token-1", mxid: "@zoe:b" };
    expect(invite(LEO, signed)).toBe("ok");
    expect(invite("@kim:a", signed)).toBe("TICKET_INVALID");
    expect(invite(LEO, { ...signed, mxid: "@mia:b" })).toBe("TICKET_INVALID");
    expect(invite(LEO, { ...signed, token: "token-2" })).toBe("TICKET_INVALID");
    expect(invite(LEO, signed, () => false)).toBe("TICKET_INVALID");
    expect(invite(LEO, undefined)).toBe("TICKET_INVALID");
  });

  test("it helps nobody who is banned, and takes the level to invite to issue", () => {
    const content = { third_party_invite: { signed: {} } };
    expect(codeOf(ROOM, member(LEO, "@bob:b", "invite", content))).toBe("BANNED");
    const issued = { type: "m.room.third_party_invite", sender: LEO, state_key: "token-1", content: {} };
    expect(codeOf(ROOM, issued)).toBe("ok");
    expect(codeOf({ ...ROOM, powerLevels: { invite: 50 } }, issued)).toBe("LEVEL_TOO_LOW");
  });
});

test("in the first room versions a redaction is refused, and one of the own server's events is not", () => {
  const room = { ...ROOM, version: "2" };
  const redaction = { type: "m.room.redaction", sender: LEO, event_id: "$2:a", content: {} };
  expect(codeOf(room, { ...redaction, redacts: "$1:a" })).toBe("ok");
  expect(codeOf(room, { ...redaction, redacts: "$1:b" })).toBe("LEVEL_TOO_LOW");
  expect(codeOf(room, { ...redaction, sender: "@kim:a", redacts: "$1:b" })).toBe("ok");
  expect(codeOf(ROOM, { ...redaction, redacts: "$1:b" })).toBe("ok");
});

test("a new room takes its creator in, right after it was created", () => {
  const room = { ...ROOM, powerLevels: null, members: {} };
  const join = member("@ana:a", "@ana:a", "join");
  expect(codeOf(room, { ...join, prev_events: ["$create"] })).toBe("ok");
  expect(codeOf(room, join)).toBe("NOT_INVITED");
  expect(codeOf(room, { ...member(LEO, LEO, "join"), prev_events: ["$create"] })).toBe("NOT_INVITED");
});

test("an event of another room, or of a server that is kept out, is refused", () => {
  const event = { type: "m.room.message", sender: "@mia:b", room_id: "!kitchen:a", content: {} };
  const room = { ...ROOM, members: { "@mia:b": "join" as const } };
  expect(codeOf(room, event)).toBe("ok");
  expect(codeOf(room, { ...event, room_id: "!hall:a" })).toBe("OTHER_ROOM");
  expect(codeOf({ ...room, federate: false }, event)).toBe("NOT_FEDERATED");
});

test("aliases of old rooms belong to a server", () => {
  const event = { type: "m.room.aliases", sender: LEO, content: {} };
  expect(codeOf({ ...ROOM, version: "5" }, { ...event, state_key: "a" })).toBe("ok");
  expect(codeOf({ ...ROOM, version: "5" }, { ...event, state_key: "b" })).toBe("NOT_THEIRS");
  expect(codeOf({ ...ROOM, version: "5" }, event)).toBe("NOT_THEIRS");
});

test("a room is read from its state events", () => {
  const state = [
    {
      type: "m.room.create",
      state_key: "",
      sender: "@ana:a",
      room_id: "!kitchen:a",
      content: { additional_creators: ["@kim:a", 7], "m.federate": false },
    },
    { type: "m.room.join_rules", state_key: "", sender: "@ana:a", content: { join_rule: "public" } },
    member("@ana:a", "@ana:a", "join"),
    member("@leo:a", "@leo:a", "married"),
  ];
  expect(matrixRoom(state, "12")).toEqual({
    id: "!kitchen:a",
    version: "12",
    creator: "@ana:a",
    additionalCreators: ["@kim:a"],
    powerLevels: null,
    joinRule: "public",
    federate: false,
    members: { "@ana:a": "join" },
    thirdPartyInvites: {},
  });
  expect(matrixRoom([], "12")).toMatchObject({ creator: "", joinRule: "invite", members: {} });
});
