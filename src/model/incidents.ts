import type { Instant, InstantInput } from "../kernel/time.js";
import type { MessageRef } from "./duties.js";

/** How bad it is: 1 is the worst. */
export type Severity = 1 | 2 | 3 | 4;

/** Where an incident is. A `merged` one is a duplicate of another. */
export type IncidentStatus = "open" | "acknowledged" | "contained" | "resolved" | "merged";

/** A line of the record of an incident. */
export type IncidentEntry = {
  readonly at: Instant;
  readonly by: string;
  readonly kind:
    | "declared"
    | "acknowledged"
    | "contained"
    | "updated"
    | "resolved"
    | "reopened"
    | "merged"
    | "classified"
    | "commanded";
  /**
   * What was said of it; of a declaration, where nothing was, its title. Where somebody took the lead it is their id,
   * where it was classified the severity, where incidents were merged the id of the other one.
   */
  readonly text: string;
};

/** Something that went wrong, from when it was seen to when it was put right. */
export type Incident = {
  readonly id: string;
  readonly title: string;
  /** Who wrote the title. */
  readonly titledBy: string;
  readonly severity: Severity;
  readonly status: IncidentStatus;
  /** When it began, as far as anybody knows, and when it was declared; of duplicates, the first time that it was. */
  readonly occurredAt: Instant;
  readonly openedAt: Instant;
  readonly openedBy: string;
  /** The duty that answers for it. */
  readonly duty: string;
  /** Who leads; `null` until somebody does. */
  readonly commander: string | null;
  /** The channel in which it is dealt with, and the message that told of it. */
  readonly channel: string | null;
  readonly source: MessageRef | null;
  /** When somebody first said that they see to it. An incident can be resolved without. */
  readonly acknowledgedAt: Instant | null;
  readonly acknowledgedBy: string | null;
  /** When it was contained, and when it was put right; `null` while it is not, also after it was reopened. */
  readonly containedAt: Instant | null;
  readonly resolvedAt: Instant | null;
  readonly reopenings: number;
  readonly mergedInto: string | null;
  /** Everything that happened, the duplicates' included, in order. */
  readonly entries: readonly IncidentEntry[];
};

type Of = { readonly incident: string };

/** The events of incidents. */
export type IncidentEvents = {
  "incident.declared": Of & {
    readonly title: string;
    readonly severity: Severity;
    readonly occurredAt: Instant;
    readonly duty: string;
    readonly channel: string | null;
    readonly source: MessageRef | null;
    readonly text: string;
  };
  "incident.acknowledged": Of;
  "incident.commanded": Of & { readonly member: string };
  "incident.classified": Of & { readonly severity: Severity };
  "incident.contained": Of & { readonly text: string };
  "incident.updated": Of & { readonly text: string };
  "incident.resolved": Of & { readonly text: string };
  "incident.reopened": Of & { readonly text: string };
  "incident.merged": Of & { readonly into: string };
};

/** The commands of incidents. */
export type IncidentCommands = {
  "incident.declare": {
    readonly title: string;
    readonly severity: Severity;
    readonly text?: string | undefined;
    /** When it began. Default: now. */
    readonly occurredAt?: InstantInput | undefined;
    /** The duty that answers for it. Default `ops`. */
    readonly duty?: string | undefined;
    readonly commander?: string | undefined;
    /** The message that told of it. */
    readonly source?: MessageRef | undefined;
    /** A private channel to open for it, in which only the commander, who answers for the duty and those named are. */
    readonly channel?:
      | {
          readonly id: string;
          readonly name?: string | undefined;
          readonly topic?: string | undefined;
          readonly members?: readonly string[] | undefined;
        }
      | undefined;
    readonly id?: string | undefined;
  };
  "incident.acknowledge": Of;
  /** Make a member lead it, and let them, and who looks after its duty by now, into its channel. */
  "incident.command": Of & { readonly member: string };
  "incident.classify": Of & { readonly severity: Severity };
  "incident.contain": Of & { readonly text?: string | undefined };
  "incident.update": Of & { readonly text: string };
  "incident.resolve": Of & { readonly text?: string | undefined };
  /** Say that it was not put right after all, within 24 hours. */
  "incident.reopen": Of & { readonly text?: string | undefined };
  /** Say that it is a duplicate of another. */
  "incident.merge": Of & { readonly into: string };
};
