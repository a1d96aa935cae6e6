import type { Instant } from "../kernel/time.js";
import type { DutyAt } from "./operations-channels.js";
import type { OperationsFact } from "./operations-facts.js";
import { type Frame, isInFrame } from "./operations-frame.js";
import { clocksOf, type Lag } from "./operations-lag.js";
import { type Summary, summarise } from "./quantiles.js";

/**
 * How fast drafts are approved, from when they were first submitted. They count for the duty of their channel. Whoever
 * has written a part of a draft stops none of its clocks.
 */
export type ApprovalFigures = {
  /** To the approval that stands, of drafts that have one. Resubmissions are inside. */
  readonly cycle: Lag;
  /** To the first approval or rejection by somebody; asking for changes is neither. */
  readonly firstDecision: Lag;
  /** Of the approved drafts: for how long each waited for approvers, and not for its authors, all rounds together. */
  readonly reviewWait: Summary;
  /** Of the approved drafts: how often each was submitted. */
  readonly rounds: Summary;
  /** Drafts that stand rejected, and drafts that were withdrawn without an approval. Neither timed nor open. */
  readonly rejected: number;
  readonly withdrawn: number;
};

type Act = { readonly at: Instant; readonly by: string };

type Draft = {
  readonly channel: string;
  readonly authors: Set<string>;
  readonly suggestions: Map<string, string>;
  submittedAt: Instant | null;
  rounds: number;
  /** Since when approvers have it; `null` while they do not. */
  pendingSince: Instant | null;
  waited: number;
  /** Whether the clocks of those who acted on it ran against each other. */
  backwards: boolean;
  decided: Act | null;
  approved: Act | null;
  rejectedAt: Instant | null;
  publishedAt: Instant | null;
  withdrawnAt: Instant | null;
};

/** The figures of drafts. */
export function approvalFigures(
  facts: readonly OperationsFact[],
  dutyAt: DutyAt,
  frame: Frame,
): ApprovalFigures {
  const cycle = clocksOf(frame, "approvals.cycle");
  const firstDecision = clocksOf(frame, "approvals.firstDecision");
  const waits: number[] = [];
  const rounds: number[] = [];
  let rejected = 0;
  let withdrawn = 0;
  for (const draft of draftCases(facts, frame.excluded)) {
    const { submittedAt: start, approved, decided, rejectedAt, publishedAt, withdrawnAt } = draft;
    if (start === null) continue;
    const duty = dutyAt(draft.channel, start);
    const over = approved?.at ?? rejectedAt ?? publishedAt;

    if (decided) firstDecision.stopped(start, decided.at, decided.by, duty);
    else if (over !== null) firstDecision.untimed(start, over);
    else if (withdrawnAt === null) firstDecision.running(start, duty);

    if (approved) {
      if (draft.authors.has(approved.by)) cycle.untimed(start, approved.at);
      else if (cycle.stopped(start, approved.at, approved.by, duty)) {
        rounds.push(draft.rounds);
        if (!draft.backwards) waits.push(draft.waited);
      }
    } else if (withdrawnAt !== null) {
      if (isInFrame(frame, start, withdrawnAt)) withdrawn += 1;
    } else if (rejectedAt !== null) {
      if (isInFrame(frame, start, rejectedAt)) rejected += 1;
    } else if (publishedAt !== null) cycle.untimed(start, publishedAt);
    else cycle.running(start, duty);
  }
  return {
    cycle: cycle.lag(),
    firstDecision: firstDecision.lag(),
    reviewWait: summarise(waits),
    rounds: summarise(rounds),
    rejected,
    withdrawn,
  };
}

/** Follows every draft to where it is. */
function draftCases(facts: readonly OperationsFact[], excluded: ReadonlySet<string>): readonly Draft[] {
  const drafts = new Map<string, Draft>();
  for (const { type, at, by, data } of facts) {
    if (type === "draft.proposed") {
      if (!drafts.has(data.draft)) drafts.set(data.draft, proposed(data.channel, by));
      continue;
    }
    if (!("draft" in data)) continue;
    const draft = drafts.get(data.draft);
    if (!draft) continue;
    if (type === "suggestion.made") draft.suggestions.set(data.suggestion, by);
    else if (type === "draft.revised") {
      draft.authors.add((data.suggestion != null && draft.suggestions.get(data.suggestion)) || by);
      if (data.keeps) continue;
      reset(draft);
      endReview(draft, at);
    } else if (type === "draft.submitted") {
      reset(draft);
      draft.submittedAt ??= at;
      draft.rounds += 1;
      draft.pendingSince ??= at;
    } else if (type === "verdict.given") judge(draft, data.verdict, { at, by }, excluded);
    else if (type === "draft.approved") {
      draft.approved = { at, by };
      endReview(draft, at);
    } else if (type === "draft.published") {
      draft.publishedAt ??= at;
      endReview(draft, at);
    } else if (type === "draft.withdrawn") {
      draft.withdrawnAt ??= at;
      endReview(draft, at);
    }
  }
  return [...drafts.values()];
}

function proposed(channel: string, by: string): Draft {
  return {
    channel,
    authors: new Set([by]),
    suggestions: new Map(),
    submittedAt: null,
    rounds: 0,
    pendingSince: null,
    waited: 0,
    backwards: false,
    decided: null,
    approved: null,
    rejectedAt: null,
    publishedAt: null,
    withdrawnAt: null,
  };
}

function judge(
  draft: Draft,
  verdict: "approve" | "reject" | "changes",
  act: Act,
  excluded: ReadonlySet<string>,
): void {
  const { submittedAt, authors } = draft;
  const counts = submittedAt !== null && !excluded.has(act.by) && !authors.has(act.by);
  if (verdict !== "changes" && counts) draft.decided ??= act;
  // An approval is a draft's only when the rule is met, which is an event of its own.
  if (verdict === "approve") return;
  if (verdict === "reject") draft.rejectedAt ??= act.at;
  draft.approved = null;
  endReview(draft, act.at);
}

/** What was said of a draft has no bearing on it any more. */
function reset(draft: Draft): void {
  draft.approved = null;
  draft.rejectedAt = null;
}

function endReview(draft: Draft, at: Instant): void {
  if (draft.pendingSince === null) return;
  if (at < draft.pendingSince) draft.backwards = true;
  draft.waited += at - draft.pendingSince;
  draft.pendingSince = null;
}
