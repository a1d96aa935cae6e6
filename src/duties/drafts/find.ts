import { type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Draft, Suggestion } from "../../model/drafts.js";
import type { Space } from "../../model/space.js";
import { currentOf } from "./text.js";

type Refused = Extract<Outcome<never>, { ok: false }>;

/** A draft, or the refusal of a command on one that is not there. */
export function findDraft(space: Space, id: string): Draft | Refused {
  return (
    entry(space.drafts, id) ??
    refuse("DRAFT_UNKNOWN", `There is no draft ${JSON.stringify(id)}.`, { draft: id })
  );
}

/** A suggestion of a draft, or the refusal of a command on one that is not there. */
export function findSuggestion(draft: Draft, id: string): Suggestion | Refused {
  return (
    draft.suggestions.find((suggestion) => suggestion.id === id) ??
    refuse("SUGGESTION_UNKNOWN", `The draft has no suggestion ${JSON.stringify(id)}.`, {
      draft: draft.id,
      suggestion: id,
    })
  );
}

/** The refusal of a command that was made with another revision in mind than the current one. */
export function refuseStale(draft: Draft, revision: number) {
  const current = currentOf(draft).revision;
  return revision === current
    ? undefined
    : refuse("DRAFT_STALE", `The draft is at revision ${current} by now, not ${revision}.`, {
        draft: draft.id,
        revision: current,
      });
}
