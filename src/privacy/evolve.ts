import { entry } from "../kernel/record.js";
import type { Applier } from "../model/draft.js";

/** What `erased` leaves of a person in the events, so that the space is the same before and after they are folded anew. */
export const personErased: Applier<"person.erased"> = (draft, { data: { person } }) => {
  const member = entry(draft.space.members, person);
  if (member) draft.put("members", person, { ...member, name: null });
  for (const handoff of Object.values(draft.space.handoffs)) {
    if (handoff.from === person && handoff.note !== null)
      draft.put("handoffs", handoff.id, { ...handoff, note: null });
  }
};
