import type { Applier } from "../model/folding.js";

export const linkCreated: Applier<"link.created"> = (folding, { at, by, data }) => {
  const { link: id, target, campaign, cohort, source } = data;
  folding.put("links", id, { id, target, campaign, cohort, source, createdBy: by, createdAt: at });
};
