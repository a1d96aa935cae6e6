import type { Capability } from "../access/capabilities.js";
import { decide } from "../access/decide.js";
import { describeDecision } from "../access/describe.js";
import { explain as explainAccess } from "../access/explain.js";
import { accessOf } from "../access/of-space.js";
import type { Question } from "../access/question.js";
import { creditLastTouch } from "../attribution/credit.js";
import { linkUrl } from "../attribution/links.js";
import { asOf } from "../duties/handoffs/as-of.js";
import { RefusedError } from "../kernel/errors.js";
import { refuse } from "../kernel/outcome.js";
import { type Instant, type InstantInput, toInstant } from "../kernel/time.js";
import { finalise } from "../metrics/activity.js";
import { operations } from "../metrics/operations.js";
import type { Command } from "../model/commands.js";
import { importHistory } from "../model/import-history.js";
import type { Space } from "../model/space.js";
import { streams } from "../model/streams.js";
import { cohortVerbs } from "./cohort-verbs.js";
import { draftVerbs } from "./draft-verbs.js";
import { dutyVerbs } from "./duty-verbs.js";
import type { Explanation, SpaceHandle, Where } from "./handle.js";
import { incidentVerbs } from "./incident-verbs.js";
import { inviteVerbs } from "./invite-verbs.js";
import { checklistVerbs, itemVerbs } from "./item-verbs.js";
import { keyVerbs } from "./key-verbs.js";
import { readFacts, readMessages, readOperations, readTraffic } from "./reading.js";
import { eventOf, found } from "./results.js";
import { rotaVerbs } from "./rota-verbs.js";
import { searchVerbs } from "./search-verbs.js";
import type { Environment, Session } from "./session.js";
import { sliceVerbs } from "./slice-verbs.js";

const IMPORT_BATCH = 500;

/** The verbs of a session. */
export function handleOf(session: Session, environment: Environment): SpaceHandle {
  const { id } = session;
  const { now } = environment;

  const change = async (command: Command): Promise<Space> => {
    await session.run(command);
    return session.space();
  };
  const quietly = async (command: Command): Promise<void> => {
    await session.run(command);
  };
  // Roles that were handed over for a while are whose they are at the instant that is asked about.
  const accessAt = (at: Instant = now()) => accessOf(asOf(session.space(), at));
  const explain = (member: string, capability: Capability, where: Where = {}): Explanation => {
    const question = questionOf(member, capability, where, now);
    const explained = explainAccess(accessAt(question.at), question);
    return { ...explained, message: describeDecision(question, explained) };
  };
  const demand = (member: string, capability: Capability, where?: Where): void => {
    const { message, effect, code, by } = explain(member, capability, where);
    if (effect !== "allow") {
      throw new RefusedError(
        refuse("NOT_ALLOWED", `${message}.`, { capability, decision: { effect, code, by } }).refusal,
      );
    }
  };
  const posted = async (command: Command<"message.post" | "poll.open">): Promise<{ readonly id: string }> => {
    const events = await session.run(command);
    // No event means that the host's own id is known already.
    return { id: events[0]?.id ?? command.id ?? "" };
  };
  const record = async (
    command: Command<"click.record" | "conversion.record">,
  ): Promise<{ readonly recorded: boolean }> => ({
    recorded: (await session.run(command)).length > 0,
  });

  return {
    id,
    get space() {
      return session.space();
    },
    refresh: () => session.refresh(),
    can(member, capability, where = {}) {
      const question = questionOf(member, capability, where, now);
      return decide(accessAt(question.at), question).effect === "allow";
    },
    explain,

    ...dutyVerbs(session, environment),
    ...inviteVerbs(session, environment),
    ...searchVerbs(session, environment),
    rotas: rotaVerbs(session, environment),
    drafts: draftVerbs(session, environment),
    incidents: incidentVerbs(session, environment),
    items: itemVerbs(session, environment),
    checklists: checklistVerbs(session, environment),
    cohorts: cohortVerbs(session, environment),
    slices: sliceVerbs(session, environment, demand),
    keys: keyVerbs(session),

    configure: (options) => change({ type: "space.configure", ...options }),
    hold: (options) => change({ type: "space.hold", ...options }),
    release: (options) => change({ type: "space.release", ...options }),
    goLive: (options) => change({ type: "space.goLive", ...options }),
    archive: (options) => change({ type: "space.archive", ...options }),
    openChannel: (options) => change({ type: "channel.open", ...options }),
    configureChannel: (options) => change({ type: "channel.configure", ...options }),
    closeChannel: (options) => change({ type: "channel.close", ...options }),

    add: async (options) => found((await change({ type: "member.add", ...options })).members, options.member),
    leave: (options) => change({ type: "member.leave", ...options }),
    remove: (options) => change({ type: "member.remove", ...options }),
    assign: async (options) =>
      found((await change({ type: "role.assign", ...options })).members, options.member),

    defineRole: (options) => change({ type: "role.define", ...options }),
    setOverride: (options) => change({ type: "override.set", ...options }),
    async grant(options) {
      const events = await session.run({ type: "grant.give", ...options });
      return eventOf(events, "grant.given").data.grant;
    },
    revokeGrant: (options) => change({ type: "grant.revoke", ...options }),
    limit: (options) => change({ type: "limit.put", ...options }),
    liftLimit: (options) => change({ type: "limit.lift", ...options }),

    post: (options) => posted({ type: "message.post", ...options }),
    edit: (options) => quietly({ type: "message.edit", ...options }),
    delete: (options) => quietly({ type: "message.delete", ...options }),
    pin: (options) => quietly({ type: "message.pin", ...options }),
    unpin: (options) => quietly({ type: "message.unpin", ...options }),
    poll: (options) => posted({ type: "poll.open", ...options }),
    vote: (options) => quietly({ type: "poll.vote", ...options }),
    react: (options) => quietly({ type: "reaction.add", ...options }),
    unreact: (options) => quietly({ type: "reaction.remove", ...options }),
    opened: (options) => quietly({ type: "media.open", ...options }),
    async messages(channel, { as } = {}) {
      await session.refresh();
      if (as !== undefined) demand(as, "channel.view", { channel });
      return readMessages(session, channel);
    },

    async import({ by, channel, history, people, timeZone, onProgress }) {
      await session.run({ type: "history.import", by, channel });
      const events = importHistory(history, { by, people, timeZone: timeZone ?? session.space().timeZone });
      const stream = streams.timeline(id, channel);
      let added = 0;
      for (let start = 0; start < events.length; start += IMPORT_BATCH) {
        const batch = events.slice(start, start + IMPORT_BATCH);
        added += (await session.appendNew(stream, batch)).length;
        onProgress?.({ done: start + batch.length, total: events.length });
      }
      return { added, known: events.length - added };
    },

    bindPolicy: (options) => change({ type: "policy.bind", ...options }),
    async createLink(options) {
      const events = await session.run({ type: "link.create", ...options });
      const link = found(session.space().links, eventOf(events, "link.created").data.link);
      return { ...link, url: linkUrl(link) };
    },
    recordClick: (options) => record({ type: "click.record", by: "traffic", ...options }),
    recordConversion: (options) => record({ type: "conversion.record", by: "traffic", ...options }),
    async metrics({ as, channels, per, window, ...activity } = {}) {
      await session.refresh();
      if (as !== undefined) demand(as, "metrics.view");
      const space = session.space();
      const { asOf = now() } = activity;
      const facts = await readFacts(session, channels ?? Object.keys(space.channels));
      return {
        activity: finalise(facts, { timeZone: space.timeZone, ...activity, asOf }),
        credit: creditLastTouch(await readTraffic(session), { links: space.links, per, window }),
      };
    },
    async operations({ as, channels, ...options } = {}) {
      await session.refresh();
      if (as !== undefined) demand(as, "metrics.view");
      const space = session.space();
      const facts = await readOperations(session, channels ?? Object.keys(space.channels));
      return operations(facts, { timeZone: space.timeZone, ...options, asOf: options.asOf ?? now() });
    },
  };
}

/** A question as it is asked of the rules: every instant as a number, and now where none is named. */
function questionOf(
  member: string,
  capability: Capability,
  { at, lastAt, madeAt, accountAt, ...where }: Where,
  now: () => Instant,
): Question<Capability> {
  const known = (instant: InstantInput | undefined): Instant | undefined =>
    instant === undefined ? undefined : toInstant(instant);
  return {
    ...where,
    member,
    capability,
    at: known(at) ?? now(),
    lastAt: lastAt === null ? null : known(lastAt),
    madeAt: known(madeAt),
    accountAt: known(accountAt),
  };
}
