import { entry } from "../kernel/record.js";
import type { Applier, Folding } from "../model/folding.js";
import type { Handoff, Tenure } from "../model/space.js";

export const dutyAssigned: Applier<"duty.assigned"> = (folding, { at, data }) => {
  // An assignment ends whatever was handed over before, from now on; what was before now stays on the record.
  const before = (entry(folding.space.duties, data.duty) ?? []).flatMap((tenure) =>
    tenure.start >= at ? [] : [{ ...tenure, end: Math.min(tenure.end ?? at, at) }],
  );
  folding.put("duties", data.duty, [...before, { holder: data.member, start: at, end: null }]);
};

export const handoffOffered: Applier<"handoff.offered"> = (folding, { at, data }) => {
  const { handoff: id, duty, from, to, note, window } = data;
  folding.put("handoffs", id, {
    id,
    duty,
    from,
    to,
    note,
    window,
    status: "offered",
    offeredAt: at,
    answeredAt: null,
  });
};

export const handoffAccepted: Applier<"handoff.accepted"> = (folding, { at, data }) => {
  const handoff = settle(folding, data.handoff, "accepted", at);
  if (!handoff) return;
  const { duty, to, window } = handoff;
  addTenure(folding, duty, {
    holder: to,
    start: Math.max(window?.start ?? at, at),
    end: window?.end ?? null,
  });
};

export const handoffDeclined: Applier<"handoff.declined"> = (folding, { at, data }) => {
  settle(folding, data.handoff, "declined", at);
};

export const handoffWithdrawn: Applier<"handoff.withdrawn"> = (folding, { at, data }) => {
  settle(folding, data.handoff, "withdrawn", at);
};

/** Takes somebody's tenures away: whoever leaves does not come back into their duties by rejoining. */
export function endTenures(folding: Folding, member: string): void {
  for (const [duty, tenures] of Object.entries(folding.space.duties)) {
    if (tenures.some(({ holder }) => holder === member)) {
      folding.put(
        "duties",
        duty,
        tenures.filter(({ holder }) => holder !== member),
      );
    }
  }
}

function settle(folding: Folding, id: string, status: Handoff["status"], at: number): Handoff | undefined {
  const handoff = entry(folding.space.handoffs, id);
  if (handoff) folding.put("handoffs", id, { ...handoff, status, answeredAt: at });
  return handoff;
}

function addTenure(folding: Folding, duty: string, tenure: Tenure): void {
  folding.put("duties", duty, [...(entry(folding.space.duties, duty) ?? []), tenure]);
}
