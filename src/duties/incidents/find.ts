import { forbid } from "../../access/guard.js";
import { type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Incident } from "../../model/incidents.js";
import type { Space } from "../../model/space.js";
import { refuseAbsent } from "../fitness.js";
import { peopleOf } from "../people.js";

type Refused = Extract<Outcome<never>, { ok: false }>;

/** An incident, or the refusal of a command on one that is not there. */
export function findIncident(space: Space, id: string): Incident | Refused {
  return (
    entry(space.incidents, id) ??
    refuse("INCIDENT_UNKNOWN", `There is no incident ${JSON.stringify(id)}.`, { incident: id })
  );
}

/** An incident that `by` may deal with at an instant, and that has not become part of another. */
export function findHandled(space: Space, id: string, by: string, at: Instant): Incident | Refused {
  const incident = findIncident(space, id);
  if ("ok" in incident) return incident;
  return forbidHandling(space, incident, by, at) ?? refuseMerged(space, incident) ?? incident;
}

/** The refusal to let a member deal with an incident that is not theirs: neither as its commander nor by its duty. */
export function forbidHandling(
  space: Space,
  { commander, duty }: Incident,
  by: string,
  at: Instant,
): Refused | undefined {
  const isTheirs = commander === by || peopleOf(space, duty, at).includes(by);
  if (isTheirs && !refuseAbsent(space, by, at)) return undefined;
  return forbid(space, { member: by, capability: "incident.handle", at });
}

/** The refusal of what concerns an incident that goes on as part of another. */
export function refuseMerged(space: Space, incident: Incident): Refused | undefined {
  const into = survivorOf(space, incident);
  return into === incident
    ? undefined
    : refuse("INCIDENT_MERGED", `The incident has become part of the incident ${JSON.stringify(into.id)}.`, {
        incident: incident.id,
        into: into.id,
      });
}

/** The refusal of what makes no sense any more once an incident is resolved. */
export function refuseResolved({ id, resolvedAt }: Incident): Refused | undefined {
  return resolvedAt === null
    ? undefined
    : refuse("INCIDENT_RESOLVED", "The incident has been resolved already.", { incident: id, resolvedAt });
}

/** The incident as part of which a duplicate goes on; of any other, itself. */
export function survivorOf(space: Space, incident: Incident): Incident {
  const seen = new Set<string>();
  let survivor = incident;
  // Deciding lets nothing run in a circle; the events of a stream that was written otherwise might.
  while (survivor.mergedInto !== null && !seen.has(survivor.id)) {
    seen.add(survivor.id);
    survivor = entry(space.incidents, survivor.mergedInto) ?? survivor;
  }
  return survivor;
}
