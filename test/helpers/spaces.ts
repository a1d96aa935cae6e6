import {
  type Command,
  type CommandType,
  type Context,
  decide,
  type EventType,
  emptySpace,
  emptyTimeline,
  fold,
  foldTimeline,
  inviteToken,
  type RefusalCode,
  type Space,
  type SpaceEvent,
} from "chat-spaces";
import { expect } from "vitest";

/** The instant at which everything in these tests happens, unless a test says otherwise. */
export const NOW = Date.parse("2026-05-01T12:00:00Z");
export const HOUR = 3_600_000;

/** Ids that count: `evt_1`, `evt_2`, ... */
export function counter(): (prefix: string) => string {
  let count = 0;
  return (prefix) => `${prefix}_${++count}`;
}

/** Ids that count, save that those of one kind are always the same: `hdo_1`. For cases with just one of these. */
export function counterOf(kind: string): (prefix: string) => string {
  const next = counter();
  return (prefix) => (prefix === kind ? `${kind}_1` : next(prefix));
}

/** A secret is long; these are long and say which one they are. */
export function token(space: string, invite: string): string {
  return inviteToken({ space, invite, secret: `secret-of-${invite}-`.padEnd(32, "x") });
}

/**
 * Given what happened, when a command comes, then events follow or it is refused:
 *
 * ```ts
 * given(aSpace()).when({ type: "member.leave", by: "ana" }).refused("LAST_HOST");
 * ```
 */
export function given(space: Space, context: Partial<Context> = {}) {
  const whole: Context = { now: NOW, newId: counter(), ...context };
  return {
    space,
    /** The space after more commands, each of which must be accepted. */
    and(...commands: readonly Command[]) {
      let state = space;
      for (const command of commands) {
        const outcome = decide(state, command, whole);
        if (!outcome.ok) throw new Error(`${command.type} was refused: ${outcome.refusal.message}`);
        state = fold(state, outcome.events);
      }
      return given(state, whole);
    },
    at: (now: number) => given(space, { ...whole, now }),
    when(command: Command) {
      const outcome = decide(space, command, whole);
      return {
        outcome,
        /** The events, in order, with the data that is named. */
        happens(...expected: readonly { type: EventType; data?: object }[]) {
          if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code} ${outcome.refusal.message}`);
          expect(outcome.events).toMatchObject(expected);
          expect(outcome.events).toHaveLength(expected.length);
          return given(fold(space, outcome.events), whole);
        },
        refused(code: RefusalCode, details: object = {}) {
          expect(outcome).toMatchObject({ ok: false, refusal: { code, details } });
          if (outcome.ok) throw new Error("accepted");
          // A refusal is read by people.
          expect(outcome.refusal.message).toMatch(/^\S.{10,}\.$/s);
          return outcome.refusal;
        },
      };
    },
  };
}

/** A live space `drop` of ana (host), with cora (co-moderator), cid (contributor), gus (guest) and rita (read-only). */
export function aSpace(overrides: Partial<Command<"space.create">> = {}): Space {
  return given(emptySpace("drop")).and(
    { type: "space.create", by: "ana", visibility: "invite", exportPolicy: "members", ...overrides },
    { type: "channel.open", by: "ana", channel: "lounge" },
    { type: "channel.open", by: "ana", channel: "news", kind: "announcement" },
    { type: "channel.open", by: "ana", channel: "studio", kind: "drafts" },
    { type: "channel.open", by: "ana", channel: "floor", kind: "operations" },
    { type: "channel.open", by: "ana", channel: "alarm", kind: "incident" },
    { type: "member.add", by: "ana", member: "cora", roles: ["co-moderator"] },
    { type: "member.add", by: "ana", member: "cid", roles: ["contributor"] },
    { type: "member.add", by: "ana", member: "gus", roles: ["guest"] },
    { type: "member.add", by: "ana", member: "rita", roles: ["read-only"] },
    { type: "space.goLive", by: "ana" },
  ).space;
}

/** What was said in a channel, as deciding a command on it needs to know. */
export function timelineOf(channel: string, ...events: readonly SpaceEvent[]) {
  return foldTimeline(emptyTimeline(channel), events);
}

/** The events of an accepted command. */
export function eventsOf(
  space: Space,
  command: Command<CommandType>,
  context: Partial<Context> = {},
): readonly SpaceEvent[] {
  const outcome = decide(space, command, { now: NOW, newId: counter(), ...context });
  if (!outcome.ok) throw new Error(`${command.type} was refused: ${outcome.refusal.message}`);
  return outcome.events;
}
