import { entry } from "../../kernel/record.js";
import type { Draft, DraftEvents, Suggestion } from "../../model/drafts.js";
import type { Appliers, Folding } from "../../model/folding.js";
import { isUnderReview } from "./status.js";

/** What a draft has no more once it has to be submitted again. */
const UNAPPROVED = { deadline: null, approvedAt: null, publishAt: null, scheduledBy: null } as const;

/** What the events of drafts change. */
export const draftAppliers: Appliers<keyof DraftEvents> = {
  "channel.ruled": (folding, { data: { channel: id, approval, staged } }) => {
    const channel = entry(folding.space.channels, id);
    if (!channel) return;
    const { approval: _, staged: __, ...rest } = channel;
    folding.put("channels", id, {
      ...rest,
      ...(approval && { approval }),
      ...(staged ? { staged: true as const } : {}),
    });
  },

  "draft.proposed": (folding, { at, by, data: { draft: id, body, attachments, ...data } }) => {
    if (entry(folding.space.drafts, id)) return;
    folding.put("drafts", id, {
      id,
      ...data,
      author: by,
      createdAt: at,
      revisions: [{ revision: 1, at, by, body, attachments, cosmetic: false }],
      suggestions: [],
      verdicts: [],
      voided: 0,
      status: "open",
      submittedAt: null,
      ...UNAPPROVED,
      publishedAt: null,
      publishedBy: null,
      message: null,
      delivered: false,
      withdrawnAt: null,
      withdrawnBy: null,
    });
  },

  "draft.revised": (folding, { at, by, data: { draft: id, suggestion, keeps, ...text } }) =>
    change(folding, id, (draft) => {
      const { revision, body, attachments, cosmetic } = text;
      const writer = draft.suggestions.find((one) => one.id === suggestion)?.by ?? by;
      return {
        revisions: [...draft.revisions, { revision, at, by: writer, body, attachments, cosmetic }],
        ...(suggestion === null
          ? {}
          : answered(draft, suggestion, { status: "applied", at, by, note: null })),
        ...(keeps ? {} : { voided: draft.verdicts.length, status: "open", ...UNAPPROVED }),
      };
    }),

  "suggestion.made": (folding, { at, by, data: { draft: id, suggestion, ...data } }) =>
    change(folding, id, ({ suggestions }) => ({
      suggestions: [
        ...suggestions,
        { id: suggestion, by, at, ...data, status: "open", answeredAt: null, answeredBy: null, answer: null },
      ],
    })),

  "suggestion.included": (folding, { at, by, data: { draft: id, suggestion } }) =>
    change(folding, id, (draft) => answered(draft, suggestion, { status: "applied", at, by, note: null })),

  "suggestion.rejected": (folding, { at, by, data: { draft: id, suggestion, note } }) =>
    change(folding, id, (draft) => answered(draft, suggestion, { status: "rejected", at, by, note })),

  "draft.submitted": (folding, { at, data: { draft: id, deadline } }) =>
    change(folding, id, ({ verdicts }) => ({
      ...UNAPPROVED,
      status: "submitted",
      submittedAt: at,
      deadline,
      voided: verdicts.length,
    })),

  "verdict.given": (folding, { at, by, data: { draft: id, revision, verdict, note } }) =>
    change(folding, id, (draft) => {
      const verdicts = [...draft.verdicts, { by, at, revision, verdict, note }];
      if (verdict === "approve") return { verdicts };
      // What others say against a draft that was rejected changes nothing, and takes nothing back.
      if (!isUnderReview(draft))
        return verdict === "reject" ? { verdicts, status: "rejected" } : { verdicts };
      const status = verdict === "reject" ? "rejected" : "changes-requested";
      return { verdicts, voided: draft.verdicts.length, status, ...UNAPPROVED };
    }),

  "draft.approved": (folding, { at, data }) =>
    change(folding, data.draft, () => ({ status: "approved", approvedAt: at })),

  "draft.scheduled": (folding, { by, data: { draft: id, publishAt } }) =>
    change(folding, id, () => ({ status: "scheduled", publishAt, scheduledBy: by })),

  "draft.published": (folding, { at, by, data: { draft: id, message } }) =>
    change(folding, id, () => ({ status: "published", publishedAt: at, publishedBy: by, message })),

  "draft.delivered": (folding, { data }) => change(folding, data.draft, () => ({ delivered: true })),

  "draft.withdrawn": (folding, { at, by, data }) =>
    change(folding, data.draft, () => ({
      status: "withdrawn",
      withdrawnAt: at,
      withdrawnBy: by,
      delivered: false,
    })),
};

function change(folding: Folding, id: string, to: (draft: Draft) => Partial<Draft>): void {
  const draft = entry(folding.space.drafts, id);
  if (draft) folding.put("drafts", id, { ...draft, ...to(draft) });
}

function answered(
  { suggestions }: Draft,
  id: string,
  { status, at, by, note }: Pick<Suggestion, "status" | "at" | "by" | "note">,
): Pick<Draft, "suggestions"> {
  return {
    suggestions: suggestions.map((suggestion) =>
      suggestion.id === id
        ? { ...suggestion, status, answeredAt: at, answeredBy: by, answer: note }
        : suggestion,
    ),
  };
}
