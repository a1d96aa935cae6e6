import type { Instant } from "../../kernel/time.js";
import type { ApprovalClause, Draft } from "../../model/drafts.js";
import type { Space } from "../../model/space.js";
import { peopleOf } from "../people.js";
import { HOST } from "../rules.js";
import { type Approvals, approversOf, countedOf, mayApprove } from "./approvals.js";
import { ruleOf } from "./rule.js";
import { isUnderReview } from "./status.js";

/**
 * The drafts that wait for the verdict of a member at an instant: those that were submitted, and that their approval
 * would bring nearer to being approved. A draft that was approved waits again once an approval has stopped counting.
 *
 * ```ts
 * openApprovalsFor(space, "leo", now).map((draft) => draft.title);
 * ```
 */
export function openApprovalsFor(space: Space, member: string, at: Instant): readonly Draft[] {
  return Object.values(space.drafts).filter((draft) => isWaitingFor(space, draft, member, at));
}

/**
 * Whom a draft waits for at an instant: of those that the clauses of its rule name, whose approval would bring it nearer.
 * For a clause that takes anybody's, the host is asked.
 */
export function waitedFor(space: Space, draft: Draft, at: Instant): readonly string[] {
  const asked = new Set(ruleOf(space, draft).clauses.flatMap((clause) => namedBy(space, clause, at)));
  return [...asked].filter((member) => isWaitingFor(space, draft, member, at));
}

function namedBy(space: Space, { duty, role, members }: ApprovalClause, at: Instant): readonly string[] {
  if (duty !== undefined) return peopleOf(space, duty, at);
  if (members !== undefined) return members;
  if (role === undefined) return peopleOf(space, HOST, at);
  return Object.values(space.members).flatMap(({ id, roles }) => (roles.includes(role) ? [id] : []));
}

function isWaitingFor(space: Space, draft: Draft, member: string, at: Instant): boolean {
  return isUnderReview(draft) && mayApprove(space, draft, member, at) && isNeeded(space, draft, member, at);
}

function isNeeded(space: Space, draft: Draft, member: string, at: Instant): boolean {
  const people = approversOf(draft);
  return (
    missing(countedOf(space, draft, [...people, member], at)) < missing(countedOf(space, draft, people, at))
  );
}

function missing({ clauses }: Approvals): number {
  return clauses.reduce((sum, clause) => sum + clause.missing, 0);
}
