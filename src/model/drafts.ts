import type { Duration, Instant, InstantInput } from "../kernel/time.js";
import type { Escalation } from "./duties.js";
import type { Attachment } from "./message.js";

/** Who has to say yes: so many of those who look after a duty, have a role, or are named; or of all who may approve. */
export type ApprovalClause = {
  readonly count: number;
  readonly duty?: string | undefined;
  readonly role?: string | undefined;
  readonly members?: readonly string[] | undefined;
};

/** What it takes for a draft to be approved. All clauses have to be met, each by people of its own. */
export type ApprovalRule = {
  readonly clauses: readonly ApprovalClause[];
  /** Whether a change marked cosmetic keeps the approvals that were given. Any other change voids them. */
  readonly keepsCosmetic: boolean;
  /** How long approvers have after a draft was submitted, in milliseconds. */
  readonly within: number | null;
  /** How often they are reminded, in milliseconds. */
  readonly remindEvery: number | null;
  /** Who is asked next, and how long after the draft was submitted. */
  readonly escalation: Escalation | null;
};

/** An approval rule as callers name it. */
export type ApprovalRuleInput = {
  readonly clauses: readonly ApprovalClause[];
  /** Default `false`. */
  readonly keepsCosmetic?: boolean | undefined;
  readonly within?: Duration | null | undefined;
  readonly remindEvery?: Duration | null | undefined;
  readonly escalation?: { readonly to: string; readonly after: Duration } | null | undefined;
};

/** A text as it stood: 1, 2, 3, ... */
export type DraftRevision = {
  readonly revision: number;
  readonly at: Instant;
  /** Who wrote it: of a suggestion that was taken up, whoever suggested it. */
  readonly by: string;
  readonly body: string;
  readonly attachments: readonly Attachment[];
  /** Whether who made it says that it changes nothing of substance. */
  readonly cosmetic: boolean;
};

/** Text to put in the place of a stretch of a revision's, in UTF-16 code units, end not included. */
export type TextEdit = { readonly start: number; readonly end: number; readonly text: string };

/** Edits that somebody suggests, on the revision that they had before them. */
export type Suggestion = {
  readonly id: string;
  readonly by: string;
  readonly at: Instant;
  readonly revision: number;
  readonly edits: readonly TextEdit[];
  readonly note: string | null;
  readonly status: "open" | "applied" | "rejected";
  readonly answeredAt: Instant | null;
  readonly answeredBy: string | null;
  /** What who rejected it had to say. */
  readonly answer: string | null;
};

/** What somebody says of a revision. */
export type Verdict = {
  readonly by: string;
  readonly at: Instant;
  readonly revision: number;
  readonly verdict: "approve" | "reject" | "changes";
  readonly note: string | null;
};

/** Where a draft is on its way. */
export type DraftStatus =
  | "open"
  | "submitted"
  | "changes-requested"
  | "rejected"
  | "approved"
  | "scheduled"
  | "published"
  | "withdrawn";

/** A text or an asset before it goes out. */
export type Draft = {
  readonly id: string;
  /** The channel in which it is prepared. */
  readonly channel: string;
  /** The channel in which it is to appear; `null` for what is only to be approved. */
  readonly target: string | null;
  readonly title: string;
  readonly author: string;
  readonly createdAt: Instant;
  /** The incident that it is an update of. */
  readonly incident: string | null;
  /** What it takes beside the rule of its channel. */
  readonly rule: ApprovalRule | null;
  readonly revisions: readonly DraftRevision[];
  readonly suggestions: readonly Suggestion[];
  /** All that was ever said of it; which ones count is for the rule to say. */
  readonly verdicts: readonly Verdict[];
  /** How many of the verdicts, from the first, are void: given before a change, a rejection or the last submission. */
  readonly voided: number;
  readonly status: DraftStatus;
  /** When it was last submitted; `null` before. */
  readonly submittedAt: Instant | null;
  /** Until when approvers are to have answered; `null` where there is no limit, or nothing to answer. */
  readonly deadline: Instant | null;
  readonly approvedAt: Instant | null;
  /** When it is to go out, and who said so. */
  readonly publishAt: Instant | null;
  readonly scheduledBy: string | null;
  readonly publishedAt: Instant | null;
  readonly publishedBy: string | null;
  /** The message that it became. */
  readonly message: string | null;
  /** Whether its channel is known to be as it should: with the message, or, once it was withdrawn, without. */
  readonly delivered: boolean;
  readonly withdrawnAt: Instant | null;
  readonly withdrawnBy: string | null;
};

/** The events of drafts. */
export type DraftEvents = {
  /** `staged`: nothing appears in the channel but drafts that were published. */
  "channel.ruled": {
    readonly channel: string;
    readonly approval: ApprovalRule | null;
    readonly staged: boolean;
  };
  "draft.proposed": {
    readonly draft: string;
    readonly channel: string;
    readonly target: string | null;
    readonly title: string;
    readonly body: string;
    readonly attachments: readonly Attachment[];
    readonly incident: string | null;
    readonly rule: ApprovalRule | null;
  };
  "draft.revised": {
    readonly draft: string;
    readonly revision: number;
    readonly body: string;
    readonly attachments: readonly Attachment[];
    readonly cosmetic: boolean;
    /** Whether the approvals given before still count. */
    readonly keeps: boolean;
    /** The suggestion that it takes up. */
    readonly suggestion: string | null;
  };
  "suggestion.made": {
    readonly draft: string;
    readonly suggestion: string;
    readonly revision: number;
    readonly edits: readonly TextEdit[];
    readonly note: string | null;
  };
  /** The text has what it suggests already, so that there is nothing to revise. */
  "suggestion.included": { readonly draft: string; readonly suggestion: string };
  "suggestion.rejected": {
    readonly draft: string;
    readonly suggestion: string;
    readonly note: string | null;
  };
  "draft.submitted": { readonly draft: string; readonly revision: number; readonly deadline: Instant | null };
  "verdict.given": {
    readonly draft: string;
    readonly revision: number;
    readonly verdict: Verdict["verdict"];
    readonly note: string | null;
  };
  /** The rule is met. */
  "draft.approved": { readonly draft: string; readonly revision: number };
  "draft.scheduled": { readonly draft: string; readonly publishAt: Instant };
  /** By who let it go out; of what the clock lets out, by who scheduled it. */
  "draft.published": { readonly draft: string; readonly revision: number; readonly message: string | null };
  /** The message stands in its channel, or, of a draft that was withdrawn, does no more. */
  "draft.delivered": { readonly draft: string };
  "draft.withdrawn": { readonly draft: string };
};

/** The commands of drafts. */
export type DraftCommands = {
  /** Say what it takes for a draft to be approved in a channel, and whether only published drafts appear in it. */
  "channel.rule": {
    readonly channel: string;
    readonly approval?: ApprovalRuleInput | null | undefined;
    readonly staged?: boolean | undefined;
  };
  "draft.propose": {
    readonly channel: string;
    readonly title: string;
    readonly body?: string | undefined;
    readonly attachments?: readonly Attachment[] | undefined;
    readonly target?: string | undefined;
    readonly incident?: string | undefined;
    readonly rule?: ApprovalRuleInput | undefined;
    readonly id?: string | undefined;
  };
  /** Write the next revision. `revision` is the one that it is made of. */
  "draft.revise": {
    readonly draft: string;
    readonly revision: number;
    readonly body?: string | undefined;
    readonly attachments?: readonly Attachment[] | undefined;
    readonly cosmetic?: boolean | undefined;
  };
  "suggestion.make": {
    readonly draft: string;
    readonly revision: number;
    readonly edits: readonly TextEdit[];
    readonly note?: string | undefined;
  };
  /** Take a suggestion up. On a later revision its edits are moved along, where they can be. */
  "suggestion.apply": {
    readonly draft: string;
    readonly suggestion: string;
    readonly cosmetic?: boolean | undefined;
  };
  "suggestion.reject": {
    readonly draft: string;
    readonly suggestion: string;
    readonly note?: string | undefined;
  };
  "draft.submit": { readonly draft: string };
  /** Approve or reject a revision, or ask for changes. */
  "draft.judge": {
    readonly draft: string;
    readonly revision: number;
    readonly verdict: Verdict["verdict"];
    readonly note?: string | undefined;
  };
  "draft.schedule": { readonly draft: string; readonly publishAt: InstantInput };
  /** Let it go out. What is scheduled goes out by the clock, in the name of who scheduled it. */
  "draft.publish": { readonly draft: string };
  /**
   * Put on record that the message stands in its channel, or, of a draft that was withdrawn, does no more. For the
   * clock: `by` need not be a member.
   */
  "draft.deliver": { readonly draft: string };
  /** Take it back, whatever became of it. */
  "draft.withdraw": { readonly draft: string };
};
