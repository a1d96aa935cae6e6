import { type Command, openIncidents, type Space } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { can } from "../../../src/access/can.js";
import { accessOf } from "../../../src/access/of-space.js";
import { aSpace, given, HOUR, NOW } from "../../helpers/spaces.js";

const declare = {
  type: "incident.declare",
  by: "cid",
  id: "down",
  title: "The shop is down",
  severity: 2,
} as const;
const withRoom = {
  ...declare,
  commander: "gus",
  channel: { id: "shop-down", members: ["rita"] },
} as const satisfies Command;
const ops = { type: "duty.assign", by: "ana", duty: "ops", member: "cora" } as const;

const sees = (space: Space, channel = "shop-down") =>
  Object.keys(space.members).filter((member) => can(accessOf(space), member, "channel.view", channel, NOW));

describe("declaring an incident", () => {
  test("says what, how bad, since when, and who answers for it", () => {
    const { space } = given(aSpace())
      .when({ ...declare, text: "Nobody gets past the basket", occurredAt: NOW - HOUR, duty: "legal" })
      .happens({ type: "incident.declared", data: { incident: "down", duty: "legal" } });
    expect(space.incidents["down"]).toEqual({
      id: "down",
      title: "The shop is down",
      titledBy: "cid",
      severity: 2,
      status: "open",
      occurredAt: NOW - HOUR,
      openedAt: NOW,
      openedBy: "cid",
      duty: "legal",
      commander: null,
      channel: null,
      source: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
      containedAt: null,
      resolvedAt: null,
      reopenings: 0,
      mergedInto: null,
      entries: [{ at: NOW, by: "cid", kind: "declared", text: "Nobody gets past the basket" }],
    });
  });

  test("without more, it began now, and the duty ops answers for it; the record has its title", () => {
    const { space } = given(aSpace()).when(declare).happens({ type: "incident.declared" });
    expect(space.incidents["down"]).toMatchObject({
      occurredAt: NOW,
      duty: "ops",
      entries: [{ kind: "declared", text: "The shop is down" }],
    });
  });

  test("without an id it gets one", () => {
    const { space } = given(aSpace()).and({ ...declare, id: undefined });
    expect(Object.keys(space.incidents)).toEqual([expect.stringMatching(/^inc_/)]);
  });

  test("again under the same id changes nothing, whatever is said", () => {
    given(aSpace())
      .and(withRoom)
      .when({ ...withRoom, title: "Something else", occurredAt: NOW + HOUR })
      .happens();
  });

  test("its title is what can be seen of it", () => {
    const { space } = given(aSpace()).and({ ...declare, title: "\u202e  The  shop\n is down " });
    expect(space.incidents["down"]?.title).toBe("The shop is down");
  });

  test("is for those who may", () => {
    given(aSpace())
      .when({ ...declare, by: "gus" })
      .refused("NOT_ALLOWED", { capability: "incident.declare" });
    given(aSpace())
      .when({ ...declare, by: "leo" })
      .refused("NOT_ALLOWED");
  });

  test("it cannot have begun later than now", () => {
    given(aSpace())
      .when({ ...declare, occurredAt: NOW + 1 })
      .refused("INVALID_COMMAND", { issues: [{ path: "occurredAt" }] });
    given(aSpace())
      .when({ ...declare, occurredAt: new Date(NOW) })
      .happens({ type: "incident.declared" });
  });

  test("the message that told of it is in a channel that who declares it sees", () => {
    const told = (channel: string) => ({ ...declare, source: { channel, message: "msg_1" } });
    const { space } = given(aSpace()).when(told("lounge")).happens({ type: "incident.declared" });
    expect(space.incidents["down"]?.source).toEqual({ channel: "lounge", message: "msg_1" });
    given(aSpace()).when(told("nowhere")).refused("CHANNEL_UNKNOWN");
    given(aSpace())
      .and({
        type: "override.set",
        by: "ana",
        channel: "lounge",
        subject: { member: "cid" },
        deny: ["channel.view"],
      })
      .when(told("lounge"))
      .refused("NOT_ALLOWED", { capability: "channel.view" });
  });

  test("whoever is named has to be a member", () => {
    given(aSpace())
      .when({ ...declare, commander: "leo" })
      .refused("MEMBER_UNKNOWN", { member: "leo" });
    given(aSpace())
      .when({ ...declare, channel: { id: "room", members: ["rita", "leo"] } })
      .refused("MEMBER_UNKNOWN", { member: "leo" });
  });

  test("a commander who is named leads it from the beginning", () => {
    const { space } = given(aSpace())
      .when({ ...declare, commander: "cora" })
      .happens(
        { type: "incident.declared" },
        { type: "incident.commanded", data: { incident: "down", member: "cora" } },
      );
    expect(space.incidents["down"]?.commander).toBe("cora");
  });
});

describe("the channel of an incident", () => {
  test("opens with it, private to who declared it, its commander, those of its duty and those named", () => {
    const { space } = given(aSpace())
      .and(ops)
      .when(withRoom)
      .happens(
        { type: "incident.declared", data: { channel: "shop-down" } },
        { type: "incident.commanded" },
        {
          type: "channel.opened",
          data: { channel: "shop-down", name: "The shop is down", kind: "incident", topic: null },
        },
        { type: "override.changed", data: { override: { subject: "everyone", deny: ["channel.view"] } } },
        { type: "override.changed", data: { override: { subject: { member: "cid" } } } },
        { type: "override.changed", data: { override: { subject: { member: "gus" } } } },
        { type: "override.changed", data: { override: { subject: { member: "cora" } } } },
        { type: "override.changed", data: { override: { subject: { member: "rita" } } } },
      );
    // ana is the host: above all rules.
    expect(sees(space)).toEqual(["ana", "cora", "cid", "gus", "rita"]);
    for (const capability of [
      "message.post",
      "message.pin",
      "media.open",
      "reaction.add",
      "poll.vote",
      "channel.view",
    ] as const) {
      expect(can(accessOf(space), "rita", capability, "shop-down", NOW), capability).toBe(true);
    }
    expect(can(accessOf(space), "rita", "message.moderate", "shop-down", NOW)).toBe(false);
  });

  test("nobody else of the team sees it", () => {
    const { space } = given(aSpace()).and({ ...declare, channel: { id: "shop-down" } });
    expect(sees(space)).toEqual(["ana", "cid"]);
    given(space)
      .when({ type: "message.post", by: "cora", channel: "shop-down", body: "hello?" })
      .refused("NOT_ALLOWED");
  });

  test("has a name and a topic of its own where they are given", () => {
    const { space } = given(aSpace()).and({
      ...declare,
      channel: { id: "room", name: " War\u202e room ", topic: "Calm" },
    });
    expect(space.channels["room"]).toMatchObject({ name: "War room", topic: "Calm", kind: "incident" });
    expect(space.incidents["down"]?.channel).toBe("room");
  });

  test("has an id of its own", () => {
    given(aSpace())
      .when({ ...declare, channel: { id: "lounge" } })
      .refused("CHANNEL_EXISTS", { channel: "lounge" });
    given(aSpace())
      .and({ type: "channel.close", by: "ana", channel: "alarm" })
      .when({ ...declare, channel: { id: "alarm" } })
      .refused("CHANNEL_EXISTS");
  });

  test("somebody named twice is let in once", () => {
    const { space } = given(aSpace()).and({
      ...declare,
      commander: "cid",
      channel: { id: "room", members: ["cid", "rita", "rita"] },
    });
    expect(space.channels["room"]?.overrides).toHaveLength(3);
  });

  test("a member and a channel may be called anything", () => {
    const odd = "__proto__";
    const { space } = given(aSpace()).and(
      { type: "member.add", by: "ana", member: odd, roles: ["guest"] },
      { ...declare, id: odd, commander: odd, channel: { id: odd } },
    );
    expect(Object.keys(space.incidents)).toEqual([odd]);
    expect(sees(space, odd)).toEqual(["ana", "cid", odd]);
    given(space)
      .and({ type: "incident.acknowledge", by: odd, incident: odd })
      .when({ type: "incident.resolve", by: "ana", incident: "constructor" })
      .refused("INCIDENT_UNKNOWN");
  });
});

describe("who leads", () => {
  const command = (member: string) =>
    ({ type: "incident.command", by: "cid", incident: "down", member }) as const;

  test("can be changed, and the new commander is let in", () => {
    const { space } = given(aSpace())
      .and(withRoom)
      .when(command("cora"))
      .happens(
        { type: "incident.commanded", data: { member: "cora" } },
        {
          type: "override.changed",
          data: { channel: "shop-down", override: { subject: { member: "cora" } } },
        },
      );
    expect(space.incidents["down"]?.commander).toBe("cora");
    expect(sees(space)).toEqual(["ana", "cora", "cid", "gus", "rita"]);
  });

  test("who is in already is not let in again", () => {
    given(aSpace()).and(withRoom).when(command("rita")).happens({ type: "incident.commanded" });
    given(aSpace()).and(withRoom).when(command("gus")).happens();
  });

  test("to name the same commander again lets in who came on duty since", () => {
    const { space } = given(aSpace())
      .and(withRoom, ops)
      .when(command("gus"))
      .happens({ type: "override.changed", data: { override: { subject: { member: "cora" } } } });
    expect(sees(space)).toContain("cora");
  });

  test("who was shut out by hand is let in again when they take the lead", () => {
    const { space } = given(aSpace()).and(
      withRoom,
      {
        type: "override.set",
        by: "ana",
        channel: "shop-down",
        subject: { member: "rita" },
        deny: ["channel.view"],
      },
      command("rita"),
    );
    expect(sees(space)).toContain("rita");
  });

  test("a channel that is closed lets nobody in any more", () => {
    given(aSpace())
      .and(withRoom, { type: "channel.close", by: "ana", channel: "shop-down" })
      .when(command("cora"))
      .happens({ type: "incident.commanded" });
  });

  test("has to be a member", () => {
    given(aSpace()).and(withRoom).when(command("leo")).refused("MEMBER_UNKNOWN");
  });
});

describe("the incidents that are open", () => {
  test("come the worst first, and of these the oldest", () => {
    const { space } = given(aSpace()).and(
      { ...declare, id: "later", severity: 1 },
      { ...declare, id: "minor", severity: 3 },
      { ...declare, id: "gone", severity: 1 },
      { type: "incident.resolve", by: "cid", incident: "gone" },
      { ...declare, id: "twin", severity: 1 },
      { type: "incident.merge", by: "cid", incident: "twin", into: "minor" },
    );
    const more = given(space)
      .at(NOW - HOUR)
      .and({ ...declare, id: "earlier", severity: 1 }).space;
    // The minor one has become as bad as its twin.
    expect(openIncidents(more).map(({ id }) => id)).toEqual(["earlier", "later", "minor"]);
  });
});
