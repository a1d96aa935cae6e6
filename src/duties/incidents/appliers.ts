import { entry } from "../../kernel/record.js";
import type { Appliers, Folding } from "../../model/folding.js";
import type { Incident, IncidentEntry, IncidentEvents } from "../../model/incidents.js";
import { statusOf, withDuplicate, withEntry } from "./merged.js";

/** What the events of incidents change. */
export const incidentAppliers: Appliers<keyof IncidentEvents> = {
  "incident.declared": (folding, { at, by, data: { incident: id, text, ...what } }) =>
    folding.put("incidents", id, {
      ...what,
      id,
      titledBy: by,
      status: "open",
      openedAt: at,
      openedBy: by,
      commander: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
      containedAt: null,
      resolvedAt: null,
      reopenings: 0,
      mergedInto: null,
      entries: [{ at, by, kind: "declared", text: text === "" ? what.title : text }],
    }),

  "incident.acknowledged": (folding, { at, by, data }) =>
    record(folding, data.incident, { at, by, kind: "acknowledged", text: "" }, ({ acknowledgedAt }) =>
      acknowledgedAt === null ? { acknowledgedAt: at, acknowledgedBy: by } : {},
    ),

  "incident.commanded": (folding, { at, by, data: { incident, member } }) =>
    record(folding, incident, { at, by, kind: "commanded", text: member }, () => ({ commander: member })),

  "incident.classified": (folding, { at, by, data: { incident, severity } }) =>
    record(folding, incident, { at, by, kind: "classified", text: String(severity) }, () => ({ severity })),

  "incident.contained": (folding, { at, by, data: { incident, text } }) =>
    record(folding, incident, { at, by, kind: "contained", text }, () => ({ containedAt: at })),

  "incident.updated": (folding, { at, by, data: { incident, text } }) =>
    record(folding, incident, { at, by, kind: "updated", text }, () => ({})),

  "incident.resolved": (folding, { at, by, data: { incident, text } }) =>
    record(folding, incident, { at, by, kind: "resolved", text }, () => ({ resolvedAt: at })),

  "incident.reopened": (folding, { at, by, data: { incident, text } }) =>
    record(folding, incident, { at, by, kind: "reopened", text }, ({ reopenings }) => ({
      containedAt: null,
      resolvedAt: null,
      reopenings: reopenings + 1,
    })),

  "incident.merged": (folding, { at, by, data: { incident: id, into } }) => {
    const duplicate = entry(folding.space.incidents, id);
    if (!duplicate || id === into || !entry(folding.space.incidents, into)) return;
    record(folding, id, { at, by, kind: "merged", text: into }, () => ({ mergedInto: into }));
    // What the duplicate's own record says of the merging stays there.
    record(folding, into, { at, by, kind: "merged", text: id }, (target) => withDuplicate(target, duplicate));
  },
};

/** Changes an incident and adds a line to its record. Where it stands follows from its times. */
function record(
  folding: Folding,
  id: string,
  line: IncidentEntry,
  change: (incident: Incident) => Partial<Incident>,
): void {
  const before = entry(folding.space.incidents, id);
  if (!before) return;
  const after = { ...before, ...change(before) };
  folding.put("incidents", id, {
    ...after,
    status: statusOf(after),
    entries: withEntry(after.entries, line),
  });
}
