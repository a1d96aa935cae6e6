import { can } from "../../access/can.js";
import { accessOf } from "../../access/of-space.js";
import { refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { ApprovalClause, Draft } from "../../model/drafts.js";
import type { Space } from "../../model/space.js";
import { asOf } from "../handoffs/as-of.js";
import { peopleOf } from "../people.js";
import { type Place, seat } from "./matching.js";
import { clauseFrom, describeClause, ruleOf } from "./rule.js";
import { refuseUnsubmitted } from "./status.js";
import { authorsOf } from "./text.js";

/** What a clause of an approval rule has, and what it lacks. */
export type ClauseApprovals = {
  readonly clause: ApprovalClause;
  /** Whose approvals count for it. */
  readonly by: readonly string[];
  readonly missing: number;
};

/** The approvals of a draft, as they stand at an instant. */
export type Approvals = {
  /** Whether nothing is missing. */
  readonly met: boolean;
  readonly clauses: readonly ClauseApprovals[];
  /** Who has approved without counting: they may not any more, have written a part of it, or are one too many. */
  readonly passedOver: readonly string[];
};

/**
 * Which approvals of a draft count at an instant, and what is missing. An approval counts while who gave it is a member
 * who may approve in the channel, has written nothing of the draft, and looks after the duty, has the role or is named
 * as a clause of the rule asks; each for one clause only, so that as many clauses as possible are met.
 *
 * ```ts
 * approvalsOf(space, draft, now).clauses[0]; // { clause: { count: 1, duty: "legal" }, by: ["leo"], missing: 0 }
 * ```
 */
export function approvalsOf(space: Space, draft: Draft, at: Instant): Approvals {
  return countedOf(space, draft, approversOf(draft), at);
}

/** What the approvals of these people would come to. */
export function countedOf(space: Space, draft: Draft, people: readonly string[], at: Instant): Approvals {
  const then = asOf(space, at);
  const places = placesOf(then, draft, at);
  const able = people.filter((person) => mayApprove(then, draft, person, at));
  const seated = seat(able, places);
  const clauses = places.map(({ clause, count }, index) => {
    const by = seated[index] ?? [];
    return { clause, by, missing: count - by.length };
  });
  const counted = new Set(clauses.flatMap(({ by }) => by));
  return {
    met: clauses.every(({ missing }) => missing === 0),
    clauses,
    passedOver: people.filter((person) => !counted.has(person)),
  };
}

/** Who has approved the draft as it is, with nothing since that voids it. */
export function approversOf({ verdicts, voided }: Draft): readonly string[] {
  const approvals = verdicts.slice(voided).filter(({ verdict }) => verdict === "approve");
  return [...new Set(approvals.map(({ by }) => by))];
}

/** Whether a clause of the rule takes the approval of this member. */
export function isAsked(space: Space, draft: Draft, member: string, at: Instant): boolean {
  return placesOf(asOf(space, at), draft, at).some(({ takes }) => takes(member));
}

/** The refusal to go on with a draft that was not submitted, or whose approvals are not enough at this instant. */
export function refuseUnapproved(space: Space, draft: Draft, at: Instant) {
  const { id, status } = draft;
  const unsubmitted = refuseUnsubmitted(draft);
  if (unsubmitted) return unsubmitted;
  const { met, clauses } = approvalsOf(space, draft, at);
  if (met) return undefined;
  const missing = clauses
    .filter((clause) => clause.missing > 0)
    .map(({ clause, missing }) => ({ ...clause, count: missing }));
  return refuse("APPROVALS_MISSING", `Approvals are missing: ${missing.map(describeClause).join(" and ")}.`, {
    draft: id,
    status,
    missing: missing.map(clauseFrom),
  });
}

function placesOf(
  space: Space,
  draft: Draft,
  at: Instant,
): readonly (Place & { readonly clause: ApprovalClause })[] {
  return ruleOf(space, draft).clauses.map((clause) => ({
    clause,
    count: clause.count,
    takes: takenBy(space, clause, at),
  }));
}

function takenBy(space: Space, { duty, role, members }: ApprovalClause, at: Instant): Place["takes"] {
  if (duty !== undefined) {
    const people = peopleOf(space, duty, at);
    return (person) => people.includes(person);
  }
  if (role !== undefined) return (person) => entry(space.members, person)?.roles.includes(role) ?? false;
  return members === undefined ? () => true : (person) => members.includes(person);
}

/** Whether a member may approve this draft at all: by the permissions of that instant, having written none of it. */
export function mayApprove(space: Space, draft: Draft, member: string, at: Instant): boolean {
  return (
    !authorsOf(draft).has(member) &&
    can(accessOf(asOf(space, at)), member, "draft.approve", draft.channel, at)
  );
}
