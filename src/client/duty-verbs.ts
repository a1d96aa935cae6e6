import { type Answer, type Target, whoAnswers } from "../duties/answers.js";
import { type Due, due, nextDueAt } from "../duties/due/due.js";
import { HOST } from "../duties/rules.js";
import { type Instant, type InstantInput, toInstant } from "../kernel/time.js";
import type { Command } from "../model/commands.js";
import type { Handoff } from "../model/duties.js";
import type { Space } from "../model/space.js";
import type { Options } from "./options.js";
import { readQuestions } from "./reading.js";
import { eventOf, found } from "./results.js";
import type { Environment, Session } from "./session.js";

/** What a handle does with duties and handoffs. */
export type DutyVerbs = {
  /** Says what the space asks of a duty: that it is never vacant, what it needs, who steps in, who is asked next. */
  defineDuty(options: Options<"duty.define">): Promise<Space>;
  /** Gives a duty to a member at once, whoever held it. */
  assignDuty(options: Options<"duty.assign">): Promise<Space>;
  /** Steps in for a duty that nobody can look after, for those who were named for it. */
  takeDuty(options: Options<"duty.take">): Promise<Space>;
  /** Says which duty answers for a channel. */
  assignChannel(options: Options<"channel.assign">): Promise<Space>;
  /** Says which duty, and who, answers for a thread or a message. */
  assignThread(options: Options<"thread.assign">): Promise<Space>;
  /**
   * Offers a duty, a role, a thread or the ownership to another member. Nothing changes until they accept; with a window
   * it returns by itself. What is open of it is noted with the offer: drafts, posts, incidents, items, and the questions in
   * the channels that go with it. Hand in `items` to name the questions yourself.
   *
   * ```ts
   * await drop.handOff({ duty: "host", from: "ana", to: "sam", note: "two refunds open", window: { start, end } });
   * await drop.handOff({ ownership: true, from: "ana", to: "sam" });
   * ```
   */
  handOff(
    options: Omit<Options<"handoff.offer">, "by"> & { readonly by?: string | undefined },
  ): Promise<Handoff>;
  /** Takes on what was offered. Only the member it was offered to may. */
  acceptHandoff(options: Options<"handoff.accept">): Promise<Handoff>;
  /** Says no to an offer. Everything stays where it is. */
  declineHandoff(options: Options<"handoff.decline">): Promise<Handoff>;
  /** Takes an offer back that has not been answered. */
  withdrawHandoff(options: Options<"handoff.withdraw">): Promise<Handoff>;
  /** Who answers for something, now or at another instant: `drop.whoAnswers({ channel: "lounge" }).people`. */
  whoAnswers(
    target: Target,
    options?: { readonly at?: InstantInput | undefined; readonly since?: InstantInput | undefined },
  ): Answer;
  /** What should happen by now; `spaces.tick()` does it. */
  due(at?: InstantInput): readonly Due[];
  /** When something should happen next, or `null`: for whoever sets a timer to call `spaces.tick()`. */
  nextDueAt(after?: InstantInput): Instant | null;
};

/** The verbs of duties and handoffs. */
export function dutyVerbs(session: Session, { now }: Environment): DutyVerbs {
  const change = async (command: Command): Promise<Space> => {
    await session.run(command);
    return session.space();
  };
  const answer = async (
    command: Command<"handoff.accept" | "handoff.decline" | "handoff.withdraw">,
  ): Promise<Handoff> => found((await change(command)).handoffs, command.handoff);
  const instant = (input: InstantInput | undefined): Instant =>
    input === undefined ? now() : toInstant(input);

  return {
    defineDuty: (options) => change({ type: "duty.define", ...options }),
    assignDuty: (options) => change({ type: "duty.assign", ...options }),
    takeDuty: (options) => change({ type: "duty.take", ...options }),
    assignChannel: (options) => change({ type: "channel.assign", ...options }),
    assignThread: (options) => change({ type: "thread.assign", ...options }),
    async handOff(options) {
      await session.refresh();
      const items = options.items ?? (await readQuestions(session, channelsWith(session.space(), options)));
      const command: Command = { type: "handoff.offer", ...options, items, by: options.by ?? options.from };
      const events = await session.run(command);
      return found(session.space().handoffs, eventOf(events, "handoff.offered").data.handoff);
    },
    acceptHandoff: (options) => answer({ type: "handoff.accept", ...options }),
    declineHandoff: (options) => answer({ type: "handoff.decline", ...options }),
    withdrawHandoff: (options) => answer({ type: "handoff.withdraw", ...options }),
    whoAnswers: (target, { at, since } = {}) =>
      whoAnswers(session.space(), target, instant(at), {
        since: since === undefined ? undefined : toInstant(since),
      }),
    due: (at) => due(session.space(), instant(at)),
    nextDueAt: (after) => nextDueAt(session.space(), instant(after)),
  };
}

/** The channels that go with what is handed over. */
function channelsWith(
  { channels }: Space,
  { duty, thread, ownership }: Pick<Options<"handoff.offer">, "duty" | "thread" | "ownership">,
): readonly string[] {
  if (thread) return Object.hasOwn(channels, thread.channel) ? [thread.channel] : [];
  const answering = ownership ? HOST : duty;
  return Object.values(channels)
    .filter(({ duty: own = HOST, closedAt }) => closedAt === null && answering === own)
    .map(({ id }) => id);
}
