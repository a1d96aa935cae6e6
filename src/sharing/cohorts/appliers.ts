import { entry } from "../../kernel/record.js";
import type { CohortEvents } from "../../model/cohorts.js";
import type { Appliers, Folding } from "../../model/folding.js";
import type { Member } from "../../model/space.js";

/** What the events of cohorts change. Who is on a list stands with the members, so that leaving takes them off it. */
export const cohortAppliers: Appliers<keyof CohortEvents> = {
  "cohort.defined": (folding, { at, by, data: { cohort: id, name, rule } }) => {
    const known = entry(folding.space.cohorts, id);
    if (known?.rule === null && rule !== null) strike(folding, id);
    const { createdBy, createdAt } = known ?? { createdBy: by, createdAt: at };
    folding.put("cohorts", id, { id, name, rule, createdBy, createdAt });
  },

  "cohort.dropped": (folding, { data }) => {
    strike(folding, data.cohort);
    folding.drop("cohorts", data.cohort);
  },

  "cohort.joined": (folding, { data }) => {
    for (const id of data.members) {
      const member = entry(folding.space.members, id);
      if (!member || member.cohorts?.includes(data.cohort)) continue;
      folding.put("members", id, { ...member, cohorts: [...(member.cohorts ?? []), data.cohort] });
    }
  },

  "cohort.left": (folding, { data }) => {
    for (const id of data.members) {
      const member = entry(folding.space.members, id);
      if (member) takeOff(folding, member, data.cohort);
    }
  },
};

/** Takes everybody off a list. */
function strike(folding: Folding, cohort: string): void {
  for (const member of Object.values(folding.space.members)) takeOff(folding, member, cohort);
}

function takeOff(folding: Folding, member: Member, cohort: string): void {
  if (!member.cohorts?.includes(cohort)) return;
  const { cohorts, ...rest } = member;
  const left = cohorts.filter((other) => other !== cohort);
  folding.put("members", member.id, left.length === 0 ? rest : { ...rest, cohorts: left });
}
