import type { Instant } from "../../kernel/time.js";
import type { Draft } from "../../model/drafts.js";
import type { Space } from "../../model/space.js";
import { type Approvals, approversOf, countedOf, mayApprove } from "./approvals.js";
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
  return Object.values(space.drafts).filter(
    (draft) =>
      isUnderReview(draft) && mayApprove(space, draft, member, at) && isNeeded(space, draft, member, at),
  );
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
