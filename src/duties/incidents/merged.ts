import type { Incident, IncidentEntry, IncidentStatus, Severity } from "../../model/incidents.js";

/** Where an incident is, by its times. */
export function statusOf({
  mergedInto,
  resolvedAt,
  containedAt,
  acknowledgedAt,
}: Omit<Incident, "status">): IncidentStatus {
  if (mergedInto !== null) return "merged";
  if (resolvedAt !== null) return "resolved";
  if (containedAt !== null) return "contained";
  return acknowledgedAt !== null ? "acknowledged" : "open";
}

/** The record with one more line, in order of time: the clocks of two processes may differ a little. */
export function withEntry(entries: readonly IncidentEntry[], entry: IncidentEntry): readonly IncidentEntry[] {
  const last = entries.at(-1);
  return !last || last.at <= entry.at ? [...entries, entry] : inOrder([...entries, entry]);
}

/**
 * An incident with what is known from its duplicate: when it began and was first declared, how bad it is, the record,
 * and the first acknowledgement, unless that came when this one was over.
 */
export function withDuplicate(target: Incident, duplicate: Incident): Incident {
  const first = duplicate.openedAt < target.openedAt ? duplicate : target;
  const over = target.resolvedAt ?? Number.POSITIVE_INFINITY;
  const seen = acknowledgedFirst(target, duplicate);
  const { acknowledgedAt, acknowledgedBy } = (seen.acknowledgedAt ?? 0) <= over ? seen : target;
  return {
    ...target,
    severity: Math.min(target.severity, duplicate.severity) as Severity,
    occurredAt: Math.min(target.occurredAt, duplicate.occurredAt),
    openedAt: first.openedAt,
    openedBy: first.openedBy,
    acknowledgedAt,
    acknowledgedBy,
    entries: inOrder([...target.entries, ...duplicate.entries]),
  };
}

function acknowledgedFirst(a: Incident, b: Incident): Incident {
  if (b.acknowledgedAt === null) return a;
  return a.acknowledgedAt === null || b.acknowledgedAt < a.acknowledgedAt ? b : a;
}

function inOrder(entries: readonly IncidentEntry[]): readonly IncidentEntry[] {
  return [...entries].sort((a, b) => a.at - b.at);
}
