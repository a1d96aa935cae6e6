import { TZDate } from "@date-fns/tz";
import { differenceInMilliseconds, endOfDay, formatISO, isWithinInterval, startOfDay } from "date-fns";

/**
 * The same figures as an app would have them written: Maps by id, date-fns for times and days. Competent code, that knows
 * its data well: every stream in order, nothing twice, ids that are good keys, one place for each rule.
 */
export function plainOperations(
  { charter, timelines },
  { timeZone, asOf, from, to, exclude, every, memoise = false },
) {
  const bots = new Set(exclude);
  const now = new Date(asOf);
  // Plain dates: to compare with dates of a zone takes ten times as long.
  const interval =
    from === undefined
      ? null
      : {
          start: new Date(startOfDay(new TZDate(from, timeZone)).getTime()),
          end: new Date(endOfDay(new TZDate(to, timeZone)).getTime()),
        };
  const inRange = (date) => interval === null || isWithinInterval(date, interval);
  const localDay = (date) => startOfDay(new TZDate(date, timeZone)).getTime();
  const dayOf = memoise ? byHour(localDay) : localDay;

  const newLag = () => ({
    times: [],
    ages: [],
    errors: 0,
    untimed: 0,
    duties: {},
    waiting: {},
    people: {},
    days: {},
  });
  const stop = (lag, start, end, person, duty) => {
    if (!inRange(start)) return false;
    if (bots.has(person)) lag.untimed++;
    else {
      const took = differenceInMilliseconds(end, start);
      if (took < 0) {
        lag.errors++;
        return false;
      }
      lag.times.push(took);
      add(lag.duties, duty, took);
      add(lag.people, person, took);
      if (every) add(lag.days, dayOf(start), took);
      return true;
    }
    return false;
  };
  const wait = (lag, start, duty) => {
    if (!inRange(start)) return;
    lag.ages.push(differenceInMilliseconds(now, start));
    lag.waiting[duty] = (lag.waiting[duty] ?? 0) + 1;
  };
  const skip = (lag, start) => {
    if (inRange(start)) lag.untimed++;
  };

  // --- Messages ----------------------------------------------------------------------------------------------------
  const channelDuty = new Map();
  for (const { type, data } of charter) {
    if (type === "channel.assigned") channelDuty.set(data.channel, data.duty);
  }
  const messages = new Map();
  const deleted = new Set();
  for (const { channel, events } of timelines) {
    for (const { id, type, at, data } of events) {
      if (type === "message.posted" && data.author !== null) {
        const duty = channelDuty.get(channel) ?? null;
        messages.set(id, {
          at: new Date(at),
          author: data.author,
          duty,
          named: false,
          flagged: false,
          first: null,
          actions: 0,
          todo: null,
        });
      } else if (type === "message.deleted") deleted.add(data.message);
    }
  }
  const act = (messageId, at, by, kind, id) => {
    const message = messages.get(messageId);
    if (!message || by === message.author || bots.has(by)) return;
    message.actions++;
    const { first } = message;
    if (first === null || at < first.at || (at.getTime() === first.at.getTime() && id < first.id))
      message.first = { at, by, kind, id };
  };
  const flag = (messageId, duty) => {
    const message = messages.get(messageId);
    if (!message) return;
    message.flagged = true;
    if (!message.named && duty) {
      message.duty = duty;
      message.named = true;
    }
  };
  for (const { events } of timelines) {
    for (const { id, type, at, data } of events) {
      if (type === "message.posted" && data.replyTo !== undefined && !deleted.has(id))
        act(data.replyTo, new Date(at), data.author, "reply", id);
    }
  }

  // --- What the charter tells --------------------------------------------------------------------------------------
  const items = new Map();
  const incidents = new Map();
  const drafts = new Map();
  const handoffs = new Map();
  for (const { id, type, at: instant, by, data } of charter) {
    const at = new Date(instant);
    const done = { at, by };
    const person = bots.has(by) ? null : done;
    if (type === "thread.assigned") {
      flag(data.message, data.duty);
      act(data.message, at, by, "thread", id);
    } else if (type.startsWith("item.")) {
      if (type === "item.raised") {
        const { duty, owner, dueAt, source } = data;
        items.set(data.item, {
          at,
          duty,
          owner,
          dueAt: dueAt && new Date(dueAt),
          source,
          end: null,
          reopened: 0,
        });
        if (source) flag(source.message, duty);
      }
      const item = items.get(data.item);
      if (item.source) act(item.source.message, at, by, "item", id);
      if (type === "item.acknowledged") item.owner ??= by;
      else if (type === "item.completed") item.end = { how: "done", at, by };
      else if (type === "item.dropped") item.end = { how: "dropped", at, by };
      else if (type === "item.reopened") {
        item.end = null;
        item.reopened++;
      }
    } else if (type.startsWith("incident.")) {
      if (type === "incident.declared") {
        const { duty, occurredAt, source } = data;
        incidents.set(data.incident, {
          duty,
          source,
          occurredAt: new Date(occurredAt),
          opened: done,
          acknowledged: null,
          contained: null,
          resolved: null,
          over: null,
          reopened: 0,
          merged: false,
        });
        if (source) flag(source.message, duty);
      }
      const incident = incidents.get(data.incident);
      if (incident.source) act(incident.source.message, at, by, "incident", id);
      if (type === "incident.acknowledged") incident.acknowledged ??= person;
      else if (type === "incident.contained") incident.contained ??= person;
      else if (type === "incident.resolved") {
        incident.resolved ??= person;
        incident.over = done;
      } else if (type === "incident.reopened") {
        incident.over = null;
        incident.reopened++;
      } else if (type === "incident.merged") {
        const target = incidents.get(data.into);
        incident.merged = true;
        if (incident.opened.at < target.opened.at) target.opened = incident.opened;
        if (incident.occurredAt < target.occurredAt) target.occurredAt = incident.occurredAt;
        const seen = incident.acknowledged;
        const sooner = !target.acknowledged || seen?.at <= target.acknowledged.at;
        if (seen && sooner && !(target.over && target.over.at < seen.at)) target.acknowledged = seen;
      }
    } else if (type === "draft.proposed") {
      drafts.set(data.draft, {
        author: by,
        submitted: null,
        pending: null,
        waited: 0,
        rounds: 0,
        decided: null,
        approved: null,
        rejected: false,
        withdrawn: false,
      });
    } else if (type === "draft.submitted") {
      const draft = drafts.get(data.draft);
      draft.submitted ??= at;
      draft.pending ??= at;
      draft.rounds++;
      draft.rejected = false;
    } else if (type === "verdict.given" || type === "draft.approved" || type === "draft.withdrawn") {
      const draft = drafts.get(data.draft);
      if (data.verdict !== undefined && data.verdict !== "changes" && by !== draft.author)
        draft.decided ??= person;
      if (data.verdict === "approve") continue;
      if (data.verdict === "reject") draft.rejected = true;
      if (draft.pending) draft.waited += differenceInMilliseconds(at, draft.pending);
      draft.pending = null;
      if (type === "draft.approved") draft.approved = done;
      if (type === "draft.withdrawn") draft.withdrawn = true;
    } else if (type === "handoff.offered") {
      handoffs.set(data.handoff, {
        at,
        duty: data.of.duty,
        expiresAt: new Date(data.expiresAt),
        answer: null,
      });
    } else if (type.startsWith("handoff.")) {
      handoffs.get(data.handoff).answer = { how: type.slice("handoff.".length), at, by };
    }
  }

  // --- The figures -------------------------------------------------------------------------------------------------
  const action = newLag();
  const actions = { reply: 0, item: 0, incident: 0, thread: 0 };
  let further = 0;
  for (const item of items.values()) {
    const message = item.source && messages.get(item.source.message);
    if (!message || item.end?.how === "dropped") continue;
    message.todo ??= { open: false, last: null };
    if (item.end === null) message.todo.open = true;
    else if (!message.todo.last || item.end.at > message.todo.last.at) message.todo.last = item.end;
  }
  const resolution = newLag();
  for (const [id, { at, author, duty, flagged, first, actions: count, todo }] of messages) {
    if (bots.has(author) || (first === null && !flagged)) continue;
    if (first !== null) {
      if (stop(action, at, first.at, first.by, duty)) {
        actions[first.kind]++;
        further += count - 1;
      }
    } else if (deleted.has(id)) continue;
    else wait(action, at, duty);
    if (!todo) continue;
    if (todo.open) wait(resolution, at, duty);
    else if (todo.last.by === author) skip(resolution, at);
    else stop(resolution, at, todo.last.at, todo.last.by, duty);
  }

  const itemLag = newLag();
  const late = [];
  const inTime = { num: 0, den: 0 };
  let dropped = 0;
  let reopened = 0;
  for (const { at, duty, dueAt, end, reopened: times } of items.values()) {
    if (inRange(at)) reopened += times;
    if (end === null) wait(itemLag, at, duty);
    else if (end.how === "done") stop(itemLag, at, end.at, end.by, duty);
    else if (inRange(at)) dropped++;
    if (dueAt === null || !inRange(at)) continue;
    if (end === null) {
      if (dueAt > now) continue;
      late.push(differenceInMilliseconds(now, dueAt));
      inTime.den++;
    } else if (end.how === "done" && !bots.has(end.by)) {
      inTime.den++;
      if (end.at <= dueAt) inTime.num++;
    }
  }

  const [cycle, firstDecision] = [newLag(), newLag()];
  const [waits, rounds] = [[], []];
  let [rejected, withdrawn] = [0, 0];
  for (const draft of drafts.values()) {
    const { submitted, decided, approved } = draft;
    if (submitted === null) continue;
    const duty = channelDuty.get("studio");
    if (decided) stop(firstDecision, submitted, decided.at, decided.by, duty);
    else if (approved || draft.rejected) skip(firstDecision, submitted);
    else if (!draft.withdrawn) wait(firstDecision, submitted, duty);
    if (approved) {
      if (approved.by === draft.author) skip(cycle, submitted);
      else if (stop(cycle, submitted, approved.at, approved.by, duty)) {
        waits.push(draft.waited);
        rounds.push(draft.rounds);
      }
    } else if (draft.withdrawn) withdrawn += inRange(submitted) ? 1 : 0;
    else if (draft.rejected) rejected += inRange(submitted) ? 1 : 0;
    else wait(cycle, submitted, duty);
  }

  const [detect, acknowledge, contain, resolve, restore] = [newLag(), newLag(), newLag(), newLag(), newLag()];
  let merged = 0;
  let incidentsReopened = 0;
  for (const incident of incidents.values()) {
    const { duty, opened, over } = incident;
    if (incident.merged) {
      if (inRange(opened.at)) merged++;
      continue;
    }
    if (inRange(opened.at)) incidentsReopened += incident.reopened;
    stop(detect, incident.occurredAt, opened.at, opened.by, duty);
    const { acknowledged, contained, resolved } = incident;
    for (const [lag, one] of [
      [acknowledge, acknowledged],
      [contain, contained],
      [resolve, resolved],
      [restore, over],
    ]) {
      if (one) stop(lag, opened.at, one.at, one.by, duty);
      else if (over) skip(lag, opened.at);
      else wait(lag, opened.at, duty);
    }
  }

  const answer = newLag();
  const counts = { accepted: 0, declined: 0, withdrawn: 0, lapsed: 0, returned: 0 };
  for (const { at, duty, expiresAt, answer: given } of handoffs.values()) {
    if (given === null && now < expiresAt) {
      wait(answer, at, duty);
      continue;
    }
    const how = given?.how ?? "lapsed";
    if (how === "accepted") stop(answer, at, given.at, given.by, duty);
    if (inRange(at)) counts[how]++;
  }

  const dateOf = (day) => formatISO(new TZDate(Number(day), timeZone), { representation: "date" });
  const finish = (lag) => ({
    ...finished(lag),
    days: Object.fromEntries(Object.entries(lag.days).map(([day, list]) => [dateOf(day), summary(list)])),
  });
  return {
    messages: { action: finish(action), actions, further, resolution: finish(resolution) },
    items: { resolution: finish(itemLag), dropped, reopened, late: summary(late), inTime },
    approvals: {
      cycle: finish(cycle),
      firstDecision: finish(firstDecision),
      reviewWait: summary(waits),
      rounds: summary(rounds),
      rejected,
      withdrawn,
    },
    incidents: {
      detect: finish(detect),
      acknowledge: finish(acknowledge),
      contain: finish(contain),
      resolve: finish(resolve),
      restore: finish(restore),
      merged,
      reopened: incidentsReopened,
    },
    handoffs: { answer: finish(answer), ...counts },
  };
}

function finished({ times, ages, errors, untimed, duties, waiting, people }) {
  const each = (groups) =>
    Object.fromEntries(Object.entries(groups).map(([key, list]) => [key, summary(list)]));
  return {
    time: summary(times),
    open: summary(ages),
    errors,
    untimed,
    duties: each(duties),
    waiting,
    people: each(people),
  };
}

/** Remembers the day of every hour: in the zones of the bench no day begins within one. */
function byHour(localDay) {
  const days = new Map();
  return (date) => {
    const hour = Math.floor(date.getTime() / 3_600_000);
    let day = days.get(hour);
    if (day === undefined) {
      day = localDay(date);
      days.set(hour, day);
    }
    return day;
  };
}

function add(groups, key, value) {
  groups[key] ??= [];
  groups[key].push(value);
}

function summary(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (p) => {
    const place = (sorted.length - 1) * p;
    const below = sorted[Math.floor(place)];
    const above = sorted[Math.min(Math.floor(place) + 1, sorted.length - 1)];
    return below + (place - Math.floor(place)) * (above - below);
  };
  if (sorted.length === 0) return { n: 0, p50: null, p90: null, p95: null, max: null };
  return { n: sorted.length, p50: at(0.5), p90: at(0.9), p95: at(0.95), max: sorted.at(-1) };
}
