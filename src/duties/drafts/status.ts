import { refuse } from "../../kernel/outcome.js";
import type { Draft, DraftStatus } from "../../model/drafts.js";

/** Whether nothing of it changes any more. */
function isSettled({ status }: Draft): boolean {
  return status === "published" || status === "withdrawn";
}

/** Whether it has been submitted, and neither changed nor rejected since. */
export function isUnderReview({ status }: Draft): boolean {
  return status === "submitted" || status === "approved" || status === "scheduled";
}

/** The refusal of a change to a draft that was published or withdrawn. */
export function refuseSettled(draft: Draft) {
  if (!isSettled(draft)) return undefined;
  const { id, status } = draft;
  return refuse("DRAFT_SETTLED", `The draft has been ${status} already.`, { draft: id, status });
}

const WHY: { readonly [status in DraftStatus]?: string } = {
  rejected: "The draft was rejected, and has to be submitted again first.",
  "changes-requested": "Changes of the draft were requested, and it has to be submitted again first.",
};

/** The refusal of what can only be done with a draft that is under review. */
export function refuseUnsubmitted(draft: Draft) {
  if (isUnderReview(draft)) return undefined;
  const { id, status } = draft;
  return refuse("DRAFT_NOT_SUBMITTED", WHY[status] ?? "The draft has to be submitted first.", {
    draft: id,
    status,
  });
}
