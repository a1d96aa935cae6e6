import type { Applier } from "../model/draft.js";

export const linkCreated: Applier<"link.created"> = (draft, { at, by, data }) => {
  const { link: id, target, campaign, cohort, source } = data;
  draft.put("links", id, { id, target, campaign, cohort, source, createdBy: by, createdAt: at });
};
