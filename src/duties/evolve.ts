import { entry } from "../kernel/record.js";
import type { Applier, Draft } from "../model/draft.js";
import type { Handoff, Tenure } from "../model/space.js";

export const dutyAssigned: Applier<"duty.assigned"> = (draft, { at, data }) => {
  // An assignment ends whatever was handed over before, from now on; what was before now stays on the record.
  const before = (entry(draft.space.duties, data.duty) ?? []).flatMap((tenure) =>
    tenure.start >= at ? [] : [{ ...tenure, end: Math.min(tenure.end ?? at, at) }],
  );
  draft.put("duties", data.duty, [...before, { holder: data.member, start: at, end: null }]);
};

export const handoffOffered: Applier<"handoff.offered"> = (draft, { at, data }) => {
  const { handoff: id, duty, from, to, note, window } = data;
  draft.put("handoffs", id, {
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

export const handoffAccepted: Applier<"handoff.accepted"> = (draft, { at, data }) => {
  const handoff = settle(draft, data.handoff, "accepted", at);
  if (!handoff) return;
  const { duty, to, window } = handoff;
  addTenure(draft, duty, { holder: to, start: Math.max(window?.start ?? at, at), end: window?.end ?? null });
};

export const handoffDeclined: Applier<"handoff.declined"> = (draft, { at, data }) => {
  settle(draft, data.handoff, "declined", at);
};

export const handoffWithdrawn: Applier<"handoff.withdrawn"> = (draft, { at, data }) => {
  settle(draft, data.handoff, "withdrawn", at);
};

/** Takes somebody's tenures away: whoever leaves does not come back into their duties by rejoining. */
export function endTenures(draft: Draft, member: string): void {
  for (const [duty, tenures] of Object.entries(draft.space.duties)) {
    if (tenures.some(({ holder }) => holder === member)) {
      draft.put(
        "duties",
        duty,
        tenures.filter(({ holder }) => holder !== member),
      );
    }
  }
}

function settle(draft: Draft, id: string, status: Handoff["status"], at: number): Handoff | undefined {
  const handoff = entry(draft.space.handoffs, id);
  if (handoff) draft.put("handoffs", id, { ...handoff, status, answeredAt: at });
  return handoff;
}

function addTenure(draft: Draft, duty: string, tenure: Tenure): void {
  draft.put("duties", duty, [...(entry(draft.space.duties, duty) ?? []), tenure]);
}
