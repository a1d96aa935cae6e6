import { entry } from "../kernel/record.js";
import type { Applier } from "../model/folding.js";

/** What `erased` leaves of a person in the events, so that the space is the same before and after they are folded anew. */
export const personErased: Applier<"person.erased"> = (folding, { data: { person } }) => {
  const member = entry(folding.space.members, person);
  if (member) folding.put("members", person, { ...member, name: null });
  for (const handoff of Object.values(folding.space.handoffs)) {
    if (handoff.from === person && handoff.note !== null)
      folding.put("handoffs", handoff.id, { ...handoff, note: null });
  }
};
