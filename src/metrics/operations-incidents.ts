import type { Instant } from "../kernel/time.js";
import type { OperationsFact } from "./operations-facts.js";
import { type Frame, isInFrame } from "./operations-frame.js";
import { clocksOf, type Lag } from "./operations-lag.js";

/**
 * How fast incidents are dealt with. A duplicate that was merged is not a case of its own: what is known from it, such
 * as when the incident was first declared and first acknowledged, counts for the one that goes on.
 */
export type IncidentFigures = {
  /** From when it began to when it was declared. */
  readonly detect: Lag;
  /** From declaring it to the first acknowledgement. What was resolved without is `untimed`. */
  readonly acknowledge: Lag;
  /** From declaring it to when it was first contained. What was resolved without is `untimed`. */
  readonly contain: Lag;
  /** From declaring it to when it was first called resolved. */
  readonly resolve: Lag;
  /** Time to restore: from declaring it to when it was last resolved. What is open again still waits. */
  readonly restore: Lag;
  /** Duplicates that were merged. */
  readonly merged: number;
  /** How often incidents were reopened within 24 hours. Later than that, it is another incident. */
  readonly reopened: number;
};

/** For how long an incident that comes back is still the same one: as when it is decided. */
const SAME_WITHIN = 24 * 3_600_000;

type Act = { readonly at: Instant; readonly by: string };

type Incident = {
  readonly id: string;
  readonly duty: string;
  /** `null` for one that came back: nobody said when that began. */
  occurredAt: Instant | null;
  opened: Act;
  acknowledged: Act | null;
  contained: Act | null;
  /** The first resolution by a person, and the last one by anybody. */
  resolved: Act | null;
  over: Act | null;
  reopenings: number;
  merged: Act | null;
};

/** The figures of incidents. */
export function incidentFigures(facts: readonly OperationsFact[], frame: Frame): IncidentFigures {
  const detect = clocksOf(frame, "incidents.detect");
  const acknowledge = clocksOf(frame, "incidents.acknowledge");
  const contain = clocksOf(frame, "incidents.contain");
  const resolve = clocksOf(frame, "incidents.resolve");
  const restore = clocksOf(frame, "incidents.restore");
  let merged = 0;
  let reopened = 0;
  for (const incident of incidentCases(facts, frame.excluded)) {
    const { duty, occurredAt, opened, over } = incident;
    if (incident.merged) {
      if (isInFrame(frame, opened.at, incident.merged.at)) merged += 1;
      continue;
    }
    if (isInFrame(frame, opened.at, over?.at ?? null)) reopened += incident.reopenings;
    if (occurredAt !== null) detect.stopped(occurredAt, opened.at, opened.by, duty);
    for (const [clocks, act] of [
      [acknowledge, incident.acknowledged],
      [contain, incident.contained],
      [resolve, incident.resolved],
      [restore, over],
    ] as const) {
      if (act) clocks.stopped(opened.at, act.at, act.by, duty);
      else if (over) clocks.untimed(opened.at, over.at);
      else clocks.running(opened.at, duty);
    }
  }
  return {
    detect: detect.lag(),
    acknowledge: acknowledge.lag(),
    contain: contain.lag(),
    resolve: resolve.lag(),
    restore: restore.lag(),
    merged,
    reopened,
  };
}

/** Follows every incident to where it is. */
function incidentCases(facts: readonly OperationsFact[], excluded: ReadonlySet<string>): readonly Incident[] {
  const cases: Incident[] = [];
  const incidents = new Map<string, Incident>();
  const begin = (incident: Incident): void => {
    cases.push(incident);
    incidents.set(incident.id, incident);
  };
  for (const { type, at, by, data } of facts) {
    if (type === "incident.declared") {
      const { incident: id, occurredAt, duty } = data;
      if (!incidents.has(id)) begin(opened(id, duty, occurredAt, { at, by }));
      continue;
    }
    if (!("incident" in data)) continue;
    const incident = incidents.get(data.incident);
    if (!incident) continue;
    const act = { at, by };
    const person = excluded.has(by) ? null : act;
    if (type === "incident.acknowledged") incident.acknowledged ??= person;
    else if (type === "incident.contained") incident.contained ??= person;
    else if (type === "incident.resolved") {
      incident.resolved ??= person;
      incident.over = act;
    } else if (type === "incident.reopened") {
      if (incident.over && at - incident.over.at > SAME_WITHIN) {
        begin(opened(incident.id, incident.duty, null, act));
      } else {
        incident.over = null;
        incident.reopenings += 1;
      }
    } else if (type === "incident.merged") {
      const target = incidents.get(data.into);
      if (target && target !== incident && !incident.merged) mergeInto(target, incident, act);
    }
  }
  return cases;
}

function opened(id: string, duty: string, occurredAt: Instant | null, act: Act): Incident {
  return {
    id,
    duty,
    occurredAt,
    opened: act,
    acknowledged: null,
    contained: null,
    resolved: null,
    over: null,
    reopenings: 0,
    merged: null,
  };
}

/** As the incident itself takes over what is known from a duplicate. */
function mergeInto(target: Incident, duplicate: Incident, act: Act): void {
  duplicate.merged = act;
  if (duplicate.opened.at < target.opened.at) target.opened = duplicate.opened;
  if (duplicate.occurredAt !== null && target.occurredAt !== null)
    target.occurredAt = Math.min(target.occurredAt, duplicate.occurredAt);
  const seen = duplicate.acknowledged;
  const until = Math.min(
    target.acknowledged?.at ?? Number.POSITIVE_INFINITY,
    target.over?.at ?? Number.POSITIVE_INFINITY,
  );
  if (seen && seen.at <= until) target.acknowledged = seen;
}
