import type { Deciders } from "../../model/decider.js";
import type { IncidentCommands } from "../../model/incidents.js";
import { declareIncident } from "./declare.js";
import { classifyIncident, commandIncident, updateIncident } from "./lead.js";
import { mergeIncident } from "./merge.js";
import { acknowledgeIncident, containIncident, reopenIncident, resolveIncident } from "./respond.js";

/** How the commands of incidents are decided. */
export const incidentDeciders: Deciders<keyof IncidentCommands> = {
  "incident.declare": declareIncident,
  "incident.acknowledge": acknowledgeIncident,
  "incident.command": commandIncident,
  "incident.classify": classifyIncident,
  "incident.contain": containIncident,
  "incident.update": updateIncident,
  "incident.resolve": resolveIncident,
  "incident.reopen": reopenIncident,
  "incident.merge": mergeIncident,
};
