import { seeded } from "../random.mjs";

export const TIME_ZONE = "Europe/Berlin";
export const BOT = "bot";
/** In Berlin the clocks go forward within these days. */
export const FIRST_DAY = "2026-02-01";
export const LAST_DAY = "2026-04-30";
const BEGIN = Date.UTC(2026, 0, 20);
export const AS_OF = Date.UTC(2026, 4, 10);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PEOPLE = Array.from({ length: 40 }, (_, i) => `person-${i}`);
const DUTIES = ["host", "ops", "creative", "legal"];
const CHANNELS = ["lounge", "floor", "studio", "alarm"];
/** Messages of each channel, and how many of them name the one they answer: where people work, more do. */
const MESSAGES = [380_000, 220_000, 110_000, 60_000];
const REPLIES = [0.25, 0.4, 0.4, 0.4];

/**
 * A busy space of 110 days, 1,000,000 events at `scale` 1: what a store would give, stream by stream, in order. One in
 * twenty is of the charter, four in five are messages.
 */
export function spaceEvents(scale = 1) {
  const { below, pick, chance } = seeded(20260501);
  const span = AS_OF - BEGIN;
  let serial = 0;
  const id = (prefix) =>
    `${prefix}_${(serial++).toString(36).padStart(6, "0")}${below(2 ** 31).toString(36)}`;
  const many = (count) => Math.round(count * scale);
  /** Most things happen soon, some late. */
  const soon = (typical) =>
    Math.round((-Math.log(1 - below(1_000_000) / 1_000_000) * typical) / 1_000) * 1_000;

  const timelines = CHANNELS.map((channel, which) => {
    const messages = many(MESSAGES[which]);
    const events = [];
    const said = [];
    const add = (event) => events.push(event) && event;
    for (let i = 0; i < messages; i++) {
      const at = BEGIN + Math.floor((i / messages) * span);
      const author = chance(0.03) ? BOT : pick(PEOPLE);
      const data = { author, kind: chance(0.1) ? "media" : "text", body: `What ${author} said, number ${i}` };
      if (said.length > 50 && chance(REPLIES[which])) {
        const recent = said[said.length - 1 - Math.min(below(20) + soon(4) / 1_000, said.length - 1)];
        data.replyTo = recent.id;
      }
      said.push(add({ id: id("msg"), type: "message.posted", at, by: author, data }));
      const last = said[said.length - 1 - below(Math.min(said.length, 30))];
      if (chance(0.2))
        add({
          id: id("evt"),
          type: "reaction.added",
          at,
          by: pick(PEOPLE),
          data: { message: last.id, emoji: "👍" },
        });
      if (chance(0.005))
        add({ id: id("evt"), type: "message.deleted", at, by: last.by, data: { message: last.id } });
    }
    return { channel, said, events: events.map((event, i) => ({ ...event, revision: i + 1 })) };
  });

  const charter = [];
  const later = (type, at, by, data) => {
    if (at <= AS_OF) charter.push({ id: id("evt"), type, at, by, data });
  };
  const actor = () => (chance(0.04) ? BOT : pick(PEOPLE));
  const aMessage = () => {
    const { channel, said } = pick(timelines);
    const { id: message, at } = pick(said);
    return { source: { channel, message }, at };
  };
  for (const [i, channel] of CHANNELS.entries())
    later("channel.assigned", BEGIN, "person-0", { channel, duty: DUTIES[i] });

  for (let i = 0; i < many(12_000); i++) {
    const { source, at: saidAt } = aMessage();
    const item = id("itm");
    const raisedAt = saidAt + soon(2 * HOUR);
    const dueAt = chance(0.6) ? raisedAt + soon(24 * HOUR) : null;
    const about = chance(0.7) ? source : null;
    const plan = { title: `Item ${i}`, duty: chance(0.8) ? pick(DUTIES) : null, owner: null, dueAt };
    later("item.raised", raisedAt, actor(), {
      item,
      ...plan,
      source: about,
      incident: null,
      checklist: null,
    });
    const ackAt = raisedAt + soon(HOUR);
    if (chance(0.7)) later("item.acknowledged", ackAt, actor(), { item });
    if (chance(0.06)) {
      later("item.dropped", ackAt + soon(5 * HOUR), actor(), { item });
      continue;
    }
    let doneAt = ackAt + soon(12 * HOUR);
    if (chance(0.88)) later("item.completed", doneAt, actor(), { item });
    else continue;
    if (!chance(0.05)) continue;
    later("item.reopened", doneAt + HOUR, pick(PEOPLE), { item });
    doneAt += HOUR + soon(6 * HOUR);
    if (chance(0.9)) later("item.completed", doneAt, actor(), { item });
  }
  for (let i = 0; i < many(6_000); i++) {
    const { source, at } = aMessage();
    const to = chance(0.5) ? { duty: pick(DUTIES) } : { member: pick(PEOPLE) };
    later("thread.assigned", at + soon(HOUR), actor(), { ...source, ...to });
  }
  const declared = [];
  for (let i = 0; i < many(1_500); i++) {
    const incident = id("inc");
    const at = BEGIN + Math.floor((i / many(1_500)) * span);
    const lead = soon(20 * MINUTE);
    const source = chance(0.3) ? aMessage().source : null;
    const what = {
      title: `Incident ${i}`,
      severity: 2,
      duty: pick(DUTIES),
      channel: null,
      text: "It is down.",
    };
    later("incident.declared", at, actor(), { incident, ...what, occurredAt: at - lead, source });
    if (declared.length > 5 && chance(0.08)) {
      later("incident.merged", at + 10 * MINUTE, pick(PEOPLE), {
        incident,
        into: declared.at(-1 - below(5)),
      });
      continue;
    }
    declared.push(incident);
    const ackAt = at + soon(15 * MINUTE);
    if (chance(0.85)) later("incident.acknowledged", ackAt, actor(), { incident });
    const resolvedAt = ackAt + soon(4 * HOUR);
    if (chance(0.6)) later("incident.contained", resolvedAt - 1_000, actor(), { incident, text: "" });
    if (!chance(0.95)) continue;
    later("incident.resolved", resolvedAt, actor(), { incident, text: "Fixed." });
    if (!chance(0.1)) continue;
    later("incident.reopened", resolvedAt + 2 * HOUR, pick(PEOPLE), { incident, text: "It is back." });
    later("incident.resolved", resolvedAt + 2 * HOUR + soon(HOUR), actor(), {
      incident,
      text: "Fixed again.",
    });
  }
  for (let i = 0; i < many(2_500); i++) {
    const draft = id("drf");
    const author = pick(PEOPLE);
    let at = BEGIN + below(span);
    const text = { title: `Draft ${i}`, body: "A text.", attachments: [], incident: null, rule: null };
    later("draft.proposed", at, author, { draft, channel: "studio", target: "lounge", ...text });
    for (let round = 1; round <= 3; round++) {
      at += soon(2 * HOUR) + 1_000;
      later("draft.submitted", at, author, { draft, revision: round, deadline: null });
      at += soon(5 * HOUR) + 1_000;
      const by = actor();
      if (chance(0.3)) {
        const verdict = chance(0.5) ? "changes" : "reject";
        later("verdict.given", at, by, { draft, revision: round, verdict, note: null });
        continue;
      }
      if (chance(0.1)) break;
      if (chance(0.05)) {
        later("draft.withdrawn", at, author, { draft });
        break;
      }
      later("verdict.given", at, by, { draft, revision: round, verdict: "approve", note: null });
      later("draft.approved", at, by, { draft, revision: round });
      break;
    }
  }
  for (let i = 0; i < many(1_000); i++) {
    const handoff = id("hdo");
    const [from, to] = [pick(PEOPLE), pick(PEOPLE)];
    const at = BEGIN + below(span);
    const offer = { from, to, note: null, window: null, expiresAt: at + 72 * HOUR, items: [] };
    later("handoff.offered", at, from, { handoff, of: { duty: pick(DUTIES) }, ...offer });
    const answer = pick(["accepted", "accepted", "accepted", "declined", "lapsed", null]);
    if (answer)
      later(`handoff.${answer}`, answer === "lapsed" ? offer.expiresAt : at + soon(9 * HOUR), to, {
        handoff,
      });
  }
  charter.sort((a, b) => a.at - b.at);
  const events = {
    charter: charter.map((event, i) => ({ ...event, revision: i + 1 })),
    timelines: timelines.map(({ channel, events }) => ({ channel, events })),
  };
  // As a store gives them: read from JSON, each text by itself.
  return JSON.parse(JSON.stringify(events));
}

/** How many events there are. */
export function countOf({ charter, timelines }) {
  return charter.length + timelines.reduce((all, { events }) => all + events.length, 0);
}
