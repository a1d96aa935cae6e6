/** What the compiler knows about spaces, commands and events. Checked by `npm run typecheck`; never run. */
import {
  type ChannelKind,
  type Command,
  type CommandType,
  decide,
  type EventData,
  type EventType,
  emptySpace,
  evolve,
  fold,
  type Space,
  type SpaceEvent,
  type Stage,
  streamOf,
  type TimelineCommand,
  type Visibility,
} from "chat-spaces";
import { expectTypeOf } from "vitest";
import { aSpace, counter, NOW } from "../helpers/spaces.js";

const context = { now: NOW, newId: counter() };
const space = aSpace();

// --- Words -------------------------------------------------------------------------------------------------------

expectTypeOf<Stage>().toEqualTypeOf<"new" | "staging" | "live" | "archived">();
expectTypeOf<Visibility>().toEqualTypeOf<"private" | "invite" | "public">();
expectTypeOf<ChannelKind>().toEqualTypeOf<
  "discussion" | "announcement" | "drafts" | "operations" | "incident"
>();

// --- Commands ----------------------------------------------------------------------------------------------------

decide(space, { type: "channel.open", by: "ana", channel: "news", kind: "announcement" }, context);
decide(space, { type: "handoff.offer", by: "ana", duty: "ops", from: "ana", to: "sam" }, context);

// @ts-expect-error there is no such command
decide(space, { type: "channel.explode", by: "ana", channel: "news" }, context);
// @ts-expect-error every command says who does it
decide(space, { type: "space.goLive" }, context);
// @ts-expect-error a channel is opened under an id
decide(space, { type: "channel.open", by: "ana" }, context);
// @ts-expect-error there is no such kind of channel
decide(space, { type: "channel.open", by: "ana", channel: "news", kind: "read-only" }, context);
// @ts-expect-error nor such a visibility
decide(space, { type: "space.configure", by: "ana", visibility: "secret" }, context);
// @ts-expect-error nor such an export policy
decide(space, { type: "space.configure", by: "ana", exportPolicy: "everyone" }, context);
// @ts-expect-error a misspelt field
decide(space, { type: "member.add", by: "ana", membr: "leo" }, context);
// @ts-expect-error roles are a list
decide(space, { type: "role.assign", by: "ana", member: "leo", roles: "guest" }, context);
// @ts-expect-error votes name options by their index
decide(space, { type: "poll.vote", by: "leo", channel: "lounge", message: "m", choices: ["Thu"] }, context);
// @ts-expect-error a duration has a unit
decide(space, { type: "invite.create", by: "ana", token: "t", expiresIn: "7 days" }, context);
// @ts-expect-error a decision needs the time: it reads no clock
decide(space, { type: "space.goLive", by: "ana" }, { newId: counter() });
// @ts-expect-error and ids: it makes none
decide(space, { type: "space.goLive", by: "ana" }, { now: NOW });

// A command is told by its type, and only those on a timeline have a channel in every case.
declare const command: Command;
if (command.type === "invite.redeem") expectTypeOf(command.token).toEqualTypeOf<string>();
expectTypeOf<TimelineCommand["channel"]>().toEqualTypeOf<string>();
// @ts-expect-error others have not
command.channel;
expectTypeOf(streamOf).parameter(1).toEqualTypeOf<Command>();

// --- Outcomes ----------------------------------------------------------------------------------------------------

const outcome = decide(space, { type: "space.goLive", by: "ana" }, context);
// @ts-expect-error events are there only where the command was accepted
outcome.events;
if (outcome.ok) {
  // The example of the README, which hands `evolve` to `reduce`.
  expectTypeOf(outcome.events.reduce(evolve, space)).toEqualTypeOf<Space>();
  expectTypeOf(fold(emptySpace("drop"), outcome.events)).toEqualTypeOf<Space>();
} else {
  outcome.refusal.code === "INVITE_EXHAUSTED";
  // @ts-expect-error there is no such refusal
  outcome.refusal.code === "INVITE_USED_UP";
  // @ts-expect-error a store's fault is no refusal
  outcome.refusal.code === "STORE_FULL";
}

// --- Events ------------------------------------------------------------------------------------------------------

declare const event: SpaceEvent;
expectTypeOf(event.at).toEqualTypeOf<number>();
expectTypeOf<EventType>().toEqualTypeOf<keyof EventData>();
// @ts-expect-error what happened must be asked for before its data can be
event.data.member;
if (event.type === "member.joined") {
  expectTypeOf(event.data.member).toEqualTypeOf<string>();
  expectTypeOf(event.data.campaign).toEqualTypeOf<string | null>();
}
// @ts-expect-error commands are told (`member.join`), events have happened (`member.joined`)
event.type === "member.join";
expectTypeOf<Extract<EventType, CommandType>>().toEqualTypeOf<never>();

// --- A space is read-only, plain data ----------------------------------------------------------------------------

expectTypeOf(space.channels["lounge"]?.kind).toEqualTypeOf<ChannelKind | undefined>();
// @ts-expect-error an id may not be there
space.channels["lounge"].kind;
// @ts-expect-error only events change a space
space.name = "Other";
// @ts-expect-error and what is in it
space.members["leo"] = undefined;
// @ts-expect-error also deep inside
space.members["ana"]?.roles.push("host");
