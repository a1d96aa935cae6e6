import { mergeOperations, operations, prepareOperations } from "../../../dist/index.js";

/** What a store would read at once. */
const PAGE = 1_000;

/** The figures from the events: pages prepared one by one, as they are read from a store, merged, and made up. */
export function ourOperations({ charter, timelines }, options) {
  const parts = [];
  const prepare = (channel, events) => {
    for (let start = 0; start < events.length; start += PAGE)
      parts.push(prepareOperations(channel, events.slice(start, start + PAGE)));
  };
  prepare(null, charter);
  for (const { channel, events } of timelines) prepare(channel, events);
  return operations(mergeOperations(...parts), options);
}

/** The same report in the words of the plain one, to compare them. */
export function inPlainWords({ messages, items, approvals, incidents, handoffs }) {
  const { detect, acknowledge, contain, resolve, restore } = incidents;
  return {
    messages: { ...messages, action: lag(messages.action), resolution: lag(messages.resolution) },
    items: {
      resolution: lag(items.resolution),
      dropped: items.dropped,
      reopened: items.reopened,
      late: summary(items.overdue.late),
      inTime: items.overdue.inTime,
    },
    approvals: {
      ...approvals,
      cycle: lag(approvals.cycle),
      firstDecision: lag(approvals.firstDecision),
      reviewWait: summary(approvals.reviewWait),
      rounds: summary(approvals.rounds),
    },
    incidents: {
      detect: lag(detect),
      acknowledge: lag(acknowledge),
      contain: lag(contain),
      resolve: lag(resolve),
      restore: lag(restore),
      merged: incidents.merged,
      reopened: incidents.reopened,
    },
    handoffs: { ...handoffs, answer: lag(handoffs.answer) },
  };
}

function lag({ time, open, errors, untimed, byDuty, byPerson, periods }) {
  const timed = (rows, key) =>
    Object.fromEntries(rows.filter((row) => row.time.n > 0).map((row) => [row[key], summary(row.time)]));
  return {
    time: summary(time),
    open: summary(open),
    errors,
    untimed,
    duties: timed(byDuty, "duty"),
    waiting: Object.fromEntries(byDuty.filter((row) => row.open > 0).map(({ duty, open }) => [duty, open])),
    people: timed(byPerson, "person"),
    days: timed(periods, "from"),
  };
}

function summary({ mean: _, ...rest }) {
  return rest;
}
