import { findIncident, forbidHandling, survivorOf } from "../duties/incidents/find.js";
import { type PostMortem, postMortem } from "../duties/incidents/post-mortem.js";
import { InvalidInputError, RefusedError } from "../kernel/errors.js";
import { type InstantInput, toInstant } from "../kernel/time.js";
import type { Command } from "../model/commands.js";
import type { Incident, IncidentCommands } from "../model/incidents.js";
import type { PlannedPost, SpacePlan } from "../model/plan.js";
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
   *
   * With a `template`, such as one of `defineTemplate`, its first channel of kind `incident` is the private channel: with the
   * members that the template names and with its posts, a runbook perhaps. What `channel` says comes before that.
   *
   * @throws InvalidInputError `INVALID_INPUT` where the template has no such channel.
   */
  declare(
    options: Omit<Options<"incident.declare">, "channel"> & {
      readonly channel?: Partial<NonNullable<Options<"incident.declare">["channel"]>> | undefined;
      readonly template?: SpacePlan | undefined;
    },
  ): Promise<Incident>;
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

/** The private channel that a template describes, and what stands in it from the start. */
function roomOf({ channels, members, posts }: SpacePlan) {
  const room = channels.find(({ kind }) => kind === "incident");
  if (!room) throw new InvalidInputError("INVALID_INPUT", "template: it has no channel of kind incident.");
  const { kind: _, ...channel } = room;
  return {
    channel: { ...channel, members: members.map(({ id }) => id) },
    posts: posts.filter((post) => post.channel === room.id),
  };
}

/** Posts what stands in the channel of an incident from the start, each once however often it is tried. */
async function furnish(
  session: Session,
  { id: incident, channel, openedBy }: Incident,
  posts: readonly PlannedPost[],
  by: string,
): Promise<void> {
  if (channel === null || by !== openedBy) return;
  for (const [index, { body, pinned }] of posts.entries()) {
    const id = `${incident}~${index + 1}`;
    const posted = await session.run({ type: "message.post", by, channel, body, id });
    if (pinned && posted.length > 0) await session.run({ type: "message.pin", by, channel, message: id });
  }
}

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
    async declare({ template, channel: named, ...options }) {
      const room = template && roomOf(template);
      const channel = { ...room?.channel, ...named } as Command<"incident.declare">["channel"];
      const opens = room !== undefined || named !== undefined;
      const events = await session.run({
        type: "incident.declare",
        ...options,
        ...(opens ? { channel } : {}),
      });
      const declared = events.find((event) => event.type === "incident.declared");
      // No event means that the host's own id is known already.
      const incident = find(declared?.data.incident ?? options.id ?? "");
      await furnish(session, incident, room?.posts ?? [], options.by);
      return incident;
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
