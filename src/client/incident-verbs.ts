import { findIncident, forbidHandling, survivorOf } from "../duties/incidents/find.js";
import { type PostMortem, postMortem } from "../duties/incidents/post-mortem.js";
import { RefusedError } from "../kernel/errors.js";
import { type InstantInput, toInstant } from "../kernel/time.js";
import type { Command } from "../model/commands.js";
import type { Incident, IncidentCommands } from "../model/incidents.js";
import type { Options } from "./options.js";
import type { Environment, Session } from "./session.js";

/** What a handle does with incidents. Each verb gives the incident as it is then. */
export type IncidentVerbs = {
  /**
   * Says that something has gone wrong.
   *
   * ```ts
   * const outage = await drop.incidents.declare({
   *   by: "cid", title: "The shop is down", severity: 1, channel: { id: "shop-down", members: ["mia"] },
   * });
   * ```
   *
   * With an `id` of your own, declaring it again changes nothing and gives the incident that is there.
   */
  declare(options: Options<"incident.declare">): Promise<Incident>;
  /** Says that somebody sees to it. The first to say so counts. */
  acknowledge(options: Options<"incident.acknowledge">): Promise<Incident>;
  /** Makes a member lead it, and lets them, and who looks after its duty by now, into its channel. */
  command(options: Options<"incident.command">): Promise<Incident>;
  /** Says how bad it is: 1 is the worst. */
  classify(options: Options<"incident.classify">): Promise<Incident>;
  /** Says that it does no more harm. */
  contain(options: Options<"incident.contain">): Promise<Incident>;
  /** Adds a line to its record. */
  update(options: Options<"incident.update">): Promise<Incident>;
  /** Says that it was put right. */
  resolve(options: Options<"incident.resolve">): Promise<Incident>;
  /** Says that it was not put right after all. Up to 24 hours later; after that, declare another. */
  reopen(options: Options<"incident.reopen">): Promise<Incident>;
  /** Says that it is a duplicate of another. Gives that other one. */
  merge(options: Options<"incident.merge">): Promise<Incident>;
  /**
   * What the record has of it, to learn from; `renderPostMortem` makes a text of it. With `as`, only if that member may
   * deal with the incident. Without `at`, as of now.
   *
   * @throws RefusedError `INCIDENT_UNKNOWN` where there is no such incident, `NOT_ALLOWED` where `as` may not.
   */
  postMortem(options: {
    readonly incident: string;
    readonly as?: string | undefined;
    readonly at?: InstantInput | undefined;
  }): Promise<PostMortem>;
};

/** The verbs of incidents. */
export function incidentVerbs(session: Session, { now }: Environment): IncidentVerbs {
  const find = (id: string): Incident => {
    const found = findIncident(session.space(), id);
    if ("ok" in found) throw new RefusedError(found.refusal);
    return found;
  };
  const change = async (
    command: Command<Exclude<keyof IncidentCommands, "incident.declare">>,
  ): Promise<Incident> => {
    await session.run(command);
    return find(command.incident);
  };
  return {
    async declare(options) {
      const events = await session.run({ type: "incident.declare", ...options });
      const declared = events.find((event) => event.type === "incident.declared");
      // No event means that the host's own id is known already.
      return find(declared?.data.incident ?? options.id ?? "");
    },
    acknowledge: (options) => change({ type: "incident.acknowledge", ...options }),
    command: (options) => change({ type: "incident.command", ...options }),
    classify: (options) => change({ type: "incident.classify", ...options }),
    contain: (options) => change({ type: "incident.contain", ...options }),
    update: (options) => change({ type: "incident.update", ...options }),
    resolve: (options) => change({ type: "incident.resolve", ...options }),
    reopen: (options) => change({ type: "incident.reopen", ...options }),
    async merge(options) {
      await change({ type: "incident.merge", ...options });
      return find(options.into);
    },
    async postMortem({ incident, as, at }) {
      await session.refresh();
      const space = session.space();
      const asOf = at === undefined ? now() : toInstant(at);
      const about = survivorOf(space, find(incident));
      const forbidden = as === undefined ? undefined : forbidHandling(space, about, as, now());
      if (forbidden) throw new RefusedError(forbidden.refusal);
      const made = postMortem(space, about.id, asOf);
      if (!made) throw new Error(`The fold has lost ${about.id}.`);
      return made;
    },
  };
}
