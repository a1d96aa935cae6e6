import type { Command, SpaceEvent } from "chat-spaces";
import { describe, test } from "vitest";
import { given, HOUR, NOW, timelineOf } from "../../helpers/spaces.js";
import { aTeam, draftIn, judge, PROPOSED, SUBMITTED } from "./a-draft.js";

const STAGED: Command = { type: "channel.rule", by: "ana", channel: "news", staged: true };
const POSTER = { name: "poster.png", kind: "image" } as const;

/** A draft that was published into `news`, staged or not, and the post that is its message. */
function published(...rules: readonly Command[]) {
  const space = aTeam(
    ...rules,
    { ...PROPOSED, target: "news", attachments: [POSTER] },
    SUBMITTED,
    judge("leo"),
    { type: "draft.publish", by: "cora", draft: "d" },
  );
  const post: Command<"message.post"> = {
    type: "message.post",
    by: "cora",
    channel: "news",
    id: draftIn(space.space).message ?? "",
    body: PROPOSED.body,
    attachments: [POSTER],
  };
  return { space, post };
}

const poll = (channel: string, id?: string): Command<"poll.open"> => ({
  type: "poll.open",
  by: "ana",
  channel,
  question: "When?",
  options: ["now", "later"],
  id,
});

describe("in a staged channel", () => {
  test("nobody posts, asks or brings in a history, not even a host", () => {
    const space = aTeam(STAGED);
    for (const by of ["ana", "cora"]) {
      space.when({ type: "message.post", by, channel: "news", body: "x" }).refused("CHANNEL_STAGED", {
        channel: "news",
      });
      space.when({ ...poll("news"), by }).refused("CHANNEL_STAGED");
      space.when({ type: "history.import", by, channel: "news" }).refused("CHANNEL_STAGED");
    }
    space.when({ type: "message.post", by: "gus", channel: "news", body: "x" }).refused("NOT_ALLOWED");
    space
      .when({ type: "message.post", by: "ana", channel: "lounge", body: "x" })
      .happens({ type: "message.posted" });
    space
      .and({ ...STAGED, staged: false })
      .when(poll("news"))
      .happens({ type: "message.posted" });
  });

  test("the message of a published draft appears, exactly as it was vetted, in the name of who published it", () => {
    const { space, post } = published(STAGED);
    space
      .when(post)
      .happens({ type: "message.posted", data: { body: PROPOSED.body, attachments: [POSTER] } });
    for (const other of [
      { by: "ana" },
      { body: "Something else" },
      { attachments: [] },
      { attachments: [{ ...POSTER, size: 5 }] },
      { replyTo: "msg_1" },
      { id: "another" },
      { id: undefined },
    ])
      space.when({ ...post, ...other }).refused("CHANNEL_STAGED");
    space.when({ ...post, channel: "lounge" }).refused("MESSAGE_RESERVED", { draft: "d" });
  });

  test("it appears once: posting it again changes nothing", () => {
    const { space, post } = published(STAGED);
    const { outcome } = space.when(post);
    const events = outcome.ok ? outcome.events : [];
    withTimeline(space, events).when(post).happens();
  });

  test("it appears even if who published it has lost the right since, or has left: that was decided then", () => {
    const { space, post } = published(STAGED);
    space
      .and({ type: "member.remove", by: "ana", member: "cora" })
      .when(post)
      .happens({ type: "message.posted" });
    space.and({ type: "channel.close", by: "ana", channel: "news" }).when(post).refused("CHANNEL_CLOSED");
  });

  test("it does not appear before it is published, nor once it is withdrawn", () => {
    const { space, post } = published(STAGED);
    space.and({ type: "draft.withdraw", by: "cora", draft: "d" }).when(post).refused("CHANNEL_STAGED");
    const before = aTeam(STAGED, { ...PROPOSED, target: "news" }, SUBMITTED, judge("leo"));
    before.when({ ...post, attachments: [] }).refused("CHANNEL_STAGED");
  });

  test("nobody changes what has appeared, and everybody may react to it", () => {
    const { space, post } = published(STAGED);
    const { outcome } = space.when(post);
    const there = withTimeline(space, outcome.ok ? outcome.events : []);
    const message = post.id ?? "";
    there
      .when({ type: "message.edit", by: "cora", channel: "news", message, body: "x" })
      .refused("CHANNEL_STAGED");
    there
      .when({ type: "reaction.add", by: "gus", channel: "news", message, emoji: "👍" })
      .happens({ type: "reaction.added" });
    there
      .when({ type: "message.delete", by: "ana", channel: "news", message })
      .happens({ type: "message.deleted" });
  });
});

describe("in any channel", () => {
  test("nobody posts under the id of a published draft's message but its delivery", () => {
    const { space, post } = published();
    space.when({ ...post, body: "Something else" }).refused("MESSAGE_RESERVED", { message: post.id });
    space.when({ ...post, by: "ana" }).refused("MESSAGE_RESERVED");
    space.when({ ...post, channel: "lounge" }).refused("MESSAGE_RESERVED");
    space.when(poll("news", post.id)).refused("MESSAGE_RESERVED");
    space.when(poll("lounge", post.id)).refused("MESSAGE_RESERVED");
    space.when({ ...post, id: "another" }).happens({ type: "message.posted" });
    space.when(post).happens({ type: "message.posted" });
    space.and({ type: "draft.withdraw", by: "cora", draft: "d" }).when(post).refused("MESSAGE_RESERVED");
  });

  test("who withdrew a draft may delete its message, whoever posted it; nobody else may who might not before", () => {
    const { space, post } = published();
    const message = post.id ?? "";
    // mia may publish what is in the studio, and neither post nor moderate in the news.
    const grant: Command = {
      type: "grant.give",
      by: "ana",
      member: "mia",
      allow: ["draft.publish"],
      channel: "studio",
    };
    const { outcome } = space.when(post);
    const there = withTimeline(space.and(grant), outcome.ok ? outcome.events : []);
    const remove: Command = { type: "message.delete", by: "mia", channel: "news", message };
    there.when(remove).refused("NOT_ALLOWED");
    const withdrawn = there.and({ type: "draft.withdraw", by: "mia", draft: "d" });
    withdrawn.when(remove).happens({ type: "message.deleted" });
    withdrawn.when({ ...remove, by: "leo" }).refused("NOT_ALLOWED");
    withdrawn.when({ ...remove, channel: "lounge" }).refused("NOT_ALLOWED");
    withdrawn
      .at(NOW + HOUR)
      .when(remove)
      .happens({ type: "message.deleted" });
  });
});

/** The same, with these messages in its `news`. */
function withTimeline(space: ReturnType<typeof aTeam>, events: readonly SpaceEvent[]) {
  return given(space.space, { timeline: timelineOf("news", ...events) });
}
