import { type Approvals, approvalsOf } from "../duties/drafts/approvals.js";
import { findDraft } from "../duties/drafts/find.js";
import { deliveryOf, retractionOf } from "../duties/drafts/staged.js";
import { RefusedError } from "../kernel/errors.js";
import { entry } from "../kernel/record.js";
import type { Instant } from "../kernel/time.js";
import type { Command } from "../model/commands.js";
import type { Draft, DraftCommands, DraftStatus, Verdict } from "../model/drafts.js";
import type { SpaceEvent } from "../model/events.js";
import type { Space } from "../model/space.js";
import type { Options } from "./options.js";
import { eventOf } from "./results.js";
import type { Environment, Session } from "./session.js";

type Judging = Omit<Options<"draft.judge">, "verdict">;

/** What a handle does with drafts. Each verb that is about a draft gives it as it is then. */
export type DraftVerbs = {
  /**
   * Says what it takes for a draft of a channel to be approved, and, with `staged`, that nothing appears in a channel
   * but drafts that were published. What is left out stays.
   *
   * ```ts
   * await drop.drafts.rule({
   *   by: "ana", channel: "studio",
   *   approval: { clauses: [{ count: 1, duty: "legal" }, { count: 2, role: "contributor" }], within: "2d" },
   * });
   * await drop.drafts.rule({ by: "ana", channel: "news", staged: true });
   * ```
   */
  rule(options: Options<"channel.rule">): Promise<Space>;
  /**
   * Brings in a text or an asset that is to appear in `target`. With an `id` of your own, proposing it again changes
   * nothing and gives the draft that is there.
   *
   * ```ts
   * const draft = await drop.drafts.propose({
   *   by: "cid", channel: "studio", target: "news", title: "Opening", body: "The drop opens at noon.",
   * });
   * ```
   */
  propose(options: Options<"draft.propose">): Promise<Draft>;
  /**
   * Writes the next revision of the one that is named. Approvals that were given are void, and it has to be submitted
   * again, unless the change is `cosmetic` and the rule keeps approvals then.
   *
   * @throws RefusedError `DRAFT_STALE` where somebody else has revised it; `details.revision` is the current one.
   */
  revise(options: Options<"draft.revise">): Promise<Draft>;
  /** Suggests edits on a revision: what to put in the place of which stretch, in UTF-16 code units. */
  suggest(options: Options<"suggestion.make">): Promise<Draft>;
  /**
   * Takes a suggestion up. One made on an earlier revision is merged, word by word.
   *
   * @throws RefusedError `SUGGESTION_CONFLICT` where what it changes has changed. It stays open.
   */
  applySuggestion(options: Options<"suggestion.apply">): Promise<Draft>;
  /** Says no to a suggestion, or takes one's own back. */
  rejectSuggestion(options: Options<"suggestion.reject">): Promise<Draft>;
  /** Asks for approval. */
  submit(options: Options<"draft.submit">): Promise<Draft>;
  /** Approves a revision: the one that was read. With the last approval that is missing the draft is approved. */
  approve(options: Judging): Promise<Draft>;
  /** Says no to a revision. It can be submitted again, and then needs all approvals anew. */
  reject(options: Judging): Promise<Draft>;
  /** Sends a revision back to be changed. */
  requestChanges(options: Judging): Promise<Draft>;
  /** Says when an approved draft is to go out; `spaces.tick` lets it. Saying it again moves it. */
  schedule(options: Options<"draft.schedule">): Promise<Draft>;
  /**
   * Lets an approved draft go out now: its message appears in the target. Safe to repeat; it never appears twice.
   *
   * @throws RefusedError `APPROVALS_MISSING` where the approvals that count at this moment are not enough.
   */
  publish(options: Options<"draft.publish">): Promise<Draft>;
  /** Takes a draft back for good, and, if it was published, its message with it. */
  withdraw(options: Options<"draft.withdraw">): Promise<Draft>;
  /**
   * Which approvals of a draft count now, and what is missing: `drop.drafts.approvals("drf_1").met`.
   *
   * @throws RefusedError `DRAFT_UNKNOWN` where there is no such draft.
   */
  approvals(draft: string): Approvals;
};

/** The verbs of drafts. */
export function draftVerbs(session: Session, { now }: Environment): DraftVerbs {
  const found = (id: string): Draft => {
    const draft = findDraft(session.space(), id);
    if ("ok" in draft) throw new RefusedError(draft.refusal);
    return draft;
  };
  const change = async (command: Command<Exclude<keyof DraftCommands, "channel.rule" | "draft.propose">>) => {
    await session.run(command);
    return found(command.draft);
  };
  const judge = (verdict: Verdict["verdict"], options: Judging): Promise<Draft> =>
    change({ type: "draft.judge", ...options, verdict });
  const changeAndDeliver = async (command: Command<"draft.publish" | "draft.withdraw">): Promise<Draft> => {
    const { by, draft } = command;
    await session.run(command);
    await deliver(session, draft, { by });
    return found(draft);
  };
  return {
    async rule(options) {
      await session.run({ type: "channel.rule", ...options });
      return session.space();
    },
    async propose(options) {
      const events = await session.run({ type: "draft.propose", ...options });
      // No event means that the host's own id is known already.
      return found(events.length === 0 ? (options.id ?? "") : eventOf(events, "draft.proposed").data.draft);
    },
    revise: (options) => change({ type: "draft.revise", ...options }),
    suggest: (options) => change({ type: "suggestion.make", ...options }),
    applySuggestion: (options) => change({ type: "suggestion.apply", ...options }),
    rejectSuggestion: (options) => change({ type: "suggestion.reject", ...options }),
    submit: (options) => change({ type: "draft.submit", ...options }),
    approve: (options) => judge("approve", options),
    reject: (options) => judge("reject", options),
    requestChanges: (options) => judge("changes", options),
    schedule: (options) => change({ type: "draft.schedule", ...options }),
    publish: (options) => changeAndDeliver({ type: "draft.publish", ...options }),
    withdraw: (options) => changeAndDeliver({ type: "draft.withdraw", ...options }),
    approvals: (draft) => approvalsOf(session.space(), found(draft), now()),
  };
}

/**
 * Carries out what was decided of a draft: posts the message of one that was published, or deletes that of one that was
 * withdrawn, and puts on record that it is done. Safe to repeat, whatever came in between. `by` is who is on record for
 * having seen to it; the message itself is by who published the draft. Gives the events, in order.
 */
export async function deliver(
  session: Session,
  id: string,
  { by, now }: { readonly by: string; readonly now?: Instant | undefined },
): Promise<readonly SpaceEvent[]> {
  const known = (): Draft | undefined => entry(session.space().drafts, id);
  const events: SpaceEvent[] = [];
  let carriedOut: DraftStatus | undefined;
  for (;;) {
    const draft = known();
    const command = draft && (deliveryOf(draft) ?? retractionOf(draft));
    if (!command || (carriedOut === undefined ? draft.delivered : draft.status === carriedOut)) return events;
    carriedOut = draft.status;
    try {
      events.push(...(await session.run(command, now)));
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      // Withdrawn in between: then there is nothing to post any more, and perhaps something to take away.
      if (known()?.status !== draft.status) continue;
      const isGone = command.type === "message.delete" && error.code === "MESSAGE_UNKNOWN";
      if (!isGone) throw error;
    }
    events.push(...(await session.run({ type: "draft.deliver", by, draft: id }, now)));
  }
}
