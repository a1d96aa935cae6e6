import { entry } from "../kernel/record.js";
import type { DutyEvents, Tenure } from "../model/duties.js";
import type { Appliers, Folding } from "../model/folding.js";
import { handoffAppliers } from "./handoffs/appliers.js";
import { aboutKey, threadKey } from "./keys.js";
import { dutyOf } from "./rules.js";

/** What the events of duties, handoffs and of what is due change. */
export const dutyAppliers: Appliers<keyof DutyEvents> = {
  ...handoffAppliers,

  "duty.defined": (folding, { data: { duty: id, ...rules } }) =>
    folding.put("duties", id, { ...dutyOf(folding.space, id), ...rules }),

  "duty.assigned": (folding, { at, data: { duty: id, member } }) => {
    const duty = dutyOf(folding.space, id);
    folding.put("duties", id, {
      ...duty,
      tenures: replaced(duty.tenures, { holder: member, start: at, end: null }),
    });
  },

  "duty.taken": (folding, { at, data: { duty: id, member, until } }) => {
    const duty = dutyOf(folding.space, id);
    const tenure = { holder: member, start: at, end: until };
    folding.put("duties", id, {
      ...duty,
      tenures: until === null ? replaced(duty.tenures, tenure) : [...duty.tenures, tenure],
    });
  },

  "duty.vacated": (folding, { data: { duty: id } }) =>
    // Whoever was told of an earlier vacancy is told of this one.
    folding.drop("nudges", aboutKey({ kind: "duty", id })),

  "channel.assigned": (folding, { data: { channel: id, duty } }) => {
    const channel = entry(folding.space.channels, id);
    if (!channel) return;
    const { duty: _, ...rest } = channel;
    folding.put("channels", id, duty === null ? rest : { ...rest, duty });
  },

  "thread.assigned": (folding, { at, data: { channel, message, duty, member } }) => {
    const key = threadKey({ channel, message });
    const { duty: before = null, tenures: all = [] } = entry(folding.space.threads, key) ?? {};
    const tenures = member === undefined ? all : ended(all, at);
    folding.put("threads", key, {
      channel,
      message,
      duty: duty === undefined ? before : duty,
      tenures: member == null ? tenures : [...tenures, { holder: member, start: at, end: null }],
    });
  },

  "reminder.sent": (folding, { at, data: { about } }) => {
    const { reminders, ...rest } = nudgeOf(folding, about);
    folding.put("nudges", aboutKey(about), { ...rest, reminders: reminders + 1, remindedAt: at });
  },

  "escalation.raised": (folding, { at, data: { about, to } }) => {
    const { escalations, ...rest } = nudgeOf(folding, about);
    folding.put("nudges", aboutKey(about), { ...rest, escalations: [...escalations, { to, at }] });
  },
};

/** Takes somebody's tenures away: whoever leaves does not come back into their duties by rejoining. */
export function endTenures(folding: Folding, member: string): void {
  const isOthers = ({ holder }: Tenure): boolean => holder !== member;
  for (const duty of Object.values(folding.space.duties)) {
    if (!duty.tenures.every(isOthers))
      folding.put("duties", duty.id, { ...duty, tenures: duty.tenures.filter(isOthers) });
  }
  for (const [key, thread] of Object.entries(folding.space.threads)) {
    if (!thread.tenures.every(isOthers))
      folding.put("threads", key, { ...thread, tenures: thread.tenures.filter(isOthers) });
  }
}

/** An assignment ends whatever was handed over before, from now on; what was before now stays on the record. */
function replaced(tenures: readonly Tenure[], tenure: Tenure): readonly Tenure[] {
  return [...ended(tenures, tenure.start), tenure];
}

function ended(tenures: readonly Tenure[], at: number): readonly Tenure[] {
  return tenures.flatMap((tenure) =>
    tenure.start >= at ? [] : [{ ...tenure, end: Math.min(tenure.end ?? at, at) }],
  );
}

function nudgeOf(folding: Folding, about: DutyEvents["reminder.sent"]["about"]) {
  return (
    entry(folding.space.nudges, aboutKey(about)) ?? {
      about,
      reminders: 0,
      remindedAt: null,
      escalations: [],
    }
  );
}
