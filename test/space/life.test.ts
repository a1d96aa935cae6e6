import { type Command, emptySpace } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { aSpace, given } from "../helpers/spaces.js";

describe("creating a space", () => {
  test("makes its creator host, by role and by duty", () => {
    const { space } = given(emptySpace("drop"))
      .when({ type: "space.create", by: "ana", name: " Spring  drop " })
      .happens(
        { type: "space.created", data: { name: "Spring drop" } },
        { type: "member.joined" },
        { type: "duty.assigned" },
      );
    expect(space).toMatchObject({
      stage: "staging",
      visibility: "private",
      createdBy: "ana",
      members: { ana: { roles: ["host"] } },
      duties: { host: { tenures: [{ holder: "ana", end: null }] } },
    });
  });

  test("takes its id for a name, where it is given none", () => {
    expect(given(emptySpace("drop")).and({ type: "space.create", by: "ana" }).space.name).toBe("drop");
  });

  test("is refused where there is one already", () => {
    given(aSpace()).when({ type: "space.create", by: "eve" }).refused("SPACE_EXISTS");
  });

  test("is refused as a whole where its plan asks for what a host may not", () => {
    const plan = {
      template: null,
      name: "x",
      visibility: "invite",
      timeZone: "UTC",
      exportPolicy: "hosts",
      channels: [
        { id: "a", name: "A", kind: "discussion" },
        { id: "a", name: "A again", kind: "drafts" },
      ],
      members: [],
      duties: [],
      links: [],
      posts: [],
    } as const;
    given(emptySpace("drop"))
      .when({ type: "space.create", by: "ana", template: plan })
      .refused("CHANNEL_EXISTS");
    given(emptySpace("drop"))
      .when({
        type: "space.create",
        by: "ana",
        template: { ...plan, channels: [], members: [{ id: "b", roles: ["king"] }] },
      })
      .refused("ROLE_UNKNOWN");
    given(emptySpace("drop"))
      .when({
        type: "space.create",
        by: "ana",
        template: { ...plan, channels: [], duties: [{ duty: "ops", member: "zoe" }] },
      })
      .refused("MEMBER_UNKNOWN");
  });

  test.each(["", "x".repeat(257), "a\u0000b", "\ud800"])("is refused under the id %j", (id) => {
    given(emptySpace(id)).when({ type: "space.create", by: "ana" }).refused("INVALID_COMMAND");
  });
});

describe("before it is created, a space can do nothing", () => {
  test("whatever is asked", () => {
    given(emptySpace("nowhere"))
      .when({ type: "space.goLive", by: "ana" })
      .refused("SPACE_UNKNOWN", { space: "nowhere" });
  });
});

describe("the stages of a space", () => {
  test("it goes live once", () => {
    const staged = given(emptySpace("drop")).and({ type: "space.create", by: "ana" });
    staged
      .when({ type: "space.goLive", by: "ana" })
      .happens({ type: "space.wentLive" })
      .when({ type: "space.goLive", by: "ana" })
      .refused("SPACE_NOT_STAGING", { stage: "live" });
  });

  test("only a host puts it there", () => {
    given(aSpace()).when({ type: "space.goLive", by: "cora" }).refused("NOT_ALLOWED");
    given(aSpace()).when({ type: "space.archive", by: "cora" }).refused("NOT_ALLOWED");
  });

  test("archived, nothing in it changes", () => {
    const archived = given(aSpace()).and({ type: "space.archive", by: "ana" });
    expect(archived.space.stage).toBe("archived");
    const commands: Command[] = [
      { type: "space.archive", by: "ana" },
      { type: "member.leave", by: "gus" },
      { type: "channel.open", by: "ana", channel: "late" },
      { type: "message.post", by: "ana", channel: "lounge", body: "hi" },
    ];
    for (const command of commands) archived.when(command).refused("SPACE_ARCHIVED");
  });
});

describe("configuring a space", () => {
  test("changes what is named and nothing else", () => {
    const { space } = given(aSpace())
      .when({ type: "space.configure", by: "ana", name: "Autumn", visibility: "public" })
      .happens({ type: "space.configured", data: { name: "Autumn", visibility: "public" } });
    expect(space).toMatchObject({ name: "Autumn", visibility: "public", exportPolicy: "members" });
  });

  test("to what it is not is nothing at all", () => {
    given(aSpace()).when({ type: "space.configure", by: "ana" }).happens();
  });

  test("takes a zone that there is", () => {
    given(aSpace())
      .when({ type: "space.configure", by: "ana", timeZone: "Mars/Olympus" })
      .refused("INVALID_COMMAND");
  });
});

describe("channels", () => {
  test("are opened, configured and closed", () => {
    const { space } = given(aSpace())
      .when({ type: "channel.open", by: "cora", channel: "vip", kind: "announcement", topic: "for a few" })
      .happens({ type: "channel.opened", data: { channel: "vip", name: "vip", kind: "announcement" } })
      .when({ type: "channel.configure", by: "cora", channel: "vip", name: "V.I.P.", topic: null })
      .happens({ type: "channel.configured" })
      .when({ type: "channel.close", by: "cora", channel: "vip" })
      .happens({ type: "channel.closed" });
    expect(space.channels["vip"]).toMatchObject({ name: "V.I.P.", topic: null, kind: "announcement" });
    expect(space.channels["vip"]?.closedAt).not.toBeNull();
    given(space).when({ type: "channel.close", by: "cora", channel: "vip" }).happens();
    given(space)
      .when({ type: "channel.configure", by: "cora", channel: "vip", name: "x" })
      .refused("CHANNEL_CLOSED");
    given(space).when({ type: "channel.open", by: "cora", channel: "vip" }).refused("CHANNEL_EXISTS");
  });

  test("are asked for by an id that is there", () => {
    given(aSpace()).when({ type: "channel.close", by: "ana", channel: "attic" }).refused("CHANNEL_UNKNOWN");
    given(aSpace())
      .when({ type: "channel.configure", by: "ana", channel: "attic" })
      .refused("CHANNEL_UNKNOWN");
  });

  test("are not a guest's to open", () => {
    given(aSpace())
      .when({ type: "channel.open", by: "gus", channel: "mine" })
      .refused("NOT_ALLOWED", {
        capability: "channel.open",
        decision: { code: "NOT_GRANTED" },
      });
  });
});
