import type { Draft, DraftRevision } from "../../model/drafts.js";

/** The current revision of a draft. */
export function currentOf({ revisions, author, createdAt }: Draft): DraftRevision {
  const blank = { revision: 0, at: createdAt, by: author, body: "", attachments: [], cosmetic: false };
  return revisions.at(-1) ?? blank;
}

/** A revision of a draft by its number, where there is one. */
export function revisionOf({ revisions }: Draft, revision: number): DraftRevision | undefined {
  return revisions.find((one) => one.revision === revision);
}

/**
 * The text of a draft: of the current revision, or of the one that is named; `null` where there is no such revision.
 *
 * ```ts
 * textOf(draft); // "The drop opens at noon."
 * textOf(draft, 1); // as it was proposed
 * ```
 */
export function textOf(draft: Draft, revision?: number): string | null {
  return (revision === undefined ? currentOf(draft) : revisionOf(draft, revision))?.body ?? null;
}

/** Everybody who wrote a part of a draft, also by a suggestion that was taken up. Their approval never counts. */
export function authorsOf({ author, revisions }: Draft): ReadonlySet<string> {
  return new Set([author, ...revisions.map(({ by }) => by)]);
}
