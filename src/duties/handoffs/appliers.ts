import { entry } from "../../kernel/record.js";
import type { DutyEvents, Handoff, Tenure } from "../../model/duties.js";
import type { Appliers, Folding } from "../../model/folding.js";
import { threadKey } from "../keys.js";
import { dutyOf, HOST } from "../rules.js";
import { passedOn, passesRoles } from "./as-of.js";
import { windowOf } from "./window.js";

type HandoffEvent = Extract<keyof DutyEvents, `handoff.${string}`>;

/** What the events of handoffs change. */
export const handoffAppliers: Appliers<HandoffEvent> = {
  "handoff.offered": (folding, { at, data: { handoff: id, ...offer } }) =>
    folding.put("handoffs", id, {
      id,
      ...offer,
      status: "offered",
      offeredAt: at,
      answeredAt: null,
      startedAt: null,
      returnedAt: null,
    }),

  "handoff.accepted": (folding, { at, data }) => {
    const handoff = change(folding, data.handoff, { status: "accepted", answeredAt: at });
    if (!handoff) return;
    const tenure = { holder: handoff.to, ...windowOf(handoff) };
    addTenure(folding, handoff, tenure);
    if (tenure.start <= at) begin(folding, handoff, at);
  },

  "handoff.started": (folding, { at, data }) => {
    const handoff = entry(folding.space.handoffs, data.handoff);
    if (handoff?.status === "accepted" && handoff.startedAt === null) begin(folding, handoff, at);
  },

  "handoff.declined": (folding, { at, data }) =>
    void change(folding, data.handoff, { status: "declined", answeredAt: at }),

  "handoff.withdrawn": (folding, { at, data }) =>
    void change(folding, data.handoff, { status: "withdrawn", answeredAt: at }),

  "handoff.lapsed": (folding, { at, data }) =>
    void change(folding, data.handoff, { status: "lapsed", answeredAt: at }),

  "handoff.returned": (folding, { at, data }) =>
    void change(folding, data.handoff, { status: "returned", returnedAt: at }),
};

function change(folding: Folding, id: string, fields: Partial<Handoff>): Handoff | undefined {
  const handoff = entry(folding.space.handoffs, id);
  if (!handoff) return undefined;
  const changed = { ...handoff, ...fields };
  folding.put("handoffs", id, changed);
  return changed;
}

/** Notes that it has taken effect. Roles that pass for good stand in the members from then on. */
function begin(folding: Folding, handoff: Handoff, at: number): void {
  change(folding, handoff.id, { startedAt: at });
  if (!passesRoles(handoff) || windowOf(handoff).end !== null) return;
  for (const member of passedOn(folding.space.members, handoff)) folding.put("members", member.id, member);
}

function addTenure(folding: Folding, { of }: Handoff, tenure: Tenure): void {
  if ("role" in of) return;
  if ("thread" in of) {
    const key = threadKey(of.thread);
    const { duty = null, tenures = [] } = entry(folding.space.threads, key) ?? {};
    folding.put("threads", key, { ...of.thread, duty, tenures: [...tenures, tenure] });
    return;
  }
  const duty = dutyOf(folding.space, "ownership" in of ? HOST : of.duty);
  folding.put("duties", duty.id, { ...duty, tenures: [...duty.tenures, tenure] });
}
