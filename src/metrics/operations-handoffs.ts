import type { Instant } from "../kernel/time.js";
import type { Charge } from "../model/duties.js";
import type { OperationsFact } from "./operations-facts.js";
import { type Frame, isInFrame } from "./operations-frame.js";
import { clocksOf, type Lag } from "./operations-lag.js";

/** How fast duties, roles and threads are taken over, by the duty that is handed over; `null` for roles and threads. */
export type HandoffFigures = {
  /** From offering one to accepting it. Those that were not accepted are neither timed nor open. */
  readonly answer: Lag;
  readonly accepted: number;
  readonly declined: number;
  readonly withdrawn: number;
  /** Offers that ran out, whether or not that is on record. */
  readonly lapsed: number;
  /** Of the accepted ones, how many went back. */
  readonly returned: number;
};

type Handoff = {
  readonly duty: string | null;
  readonly offeredAt: Instant;
  readonly expiresAt: Instant;
  answer: {
    readonly how: "accepted" | "declined" | "withdrawn" | "lapsed";
    readonly at: Instant;
    readonly by: string;
  } | null;
  returned: boolean;
};

/** The figures of handoffs. */
export function handoffFigures(facts: readonly OperationsFact[], frame: Frame): HandoffFigures {
  const clocks = clocksOf(frame, "handoffs.answer");
  const counts = { accepted: 0, declined: 0, withdrawn: 0, lapsed: 0, returned: 0 };
  for (const { duty, offeredAt, expiresAt, answer, returned } of handoffCases(facts)) {
    if (answer === null && frame.asOf < expiresAt) {
      clocks.running(offeredAt, duty);
      continue;
    }
    const { how, at, by } = answer ?? { how: "lapsed", at: expiresAt, by: "" };
    if (how === "accepted") clocks.stopped(offeredAt, at, by, duty);
    if (!isInFrame(frame, offeredAt, at)) continue;
    counts[how] += 1;
    if (returned) counts.returned += 1;
  }
  return { answer: clocks.lag(), ...counts };
}

function handoffCases(facts: readonly OperationsFact[]): readonly Handoff[] {
  const handoffs = new Map<string, Handoff>();
  for (const { type, at, by, data } of facts) {
    if (type === "handoff.offered") {
      const { handoff: id, of, expiresAt } = data;
      if (!handoffs.has(id))
        handoffs.set(id, { duty: dutyOf(of), offeredAt: at, expiresAt, answer: null, returned: false });
      continue;
    }
    if (!("handoff" in data)) continue;
    const handoff = handoffs.get(data.handoff);
    if (!handoff) continue;
    if (type === "handoff.accepted") handoff.answer ??= { how: "accepted", at, by };
    else if (type === "handoff.declined") handoff.answer ??= { how: "declined", at, by };
    else if (type === "handoff.withdrawn") handoff.answer ??= { how: "withdrawn", at, by };
    else if (type === "handoff.lapsed") handoff.answer ??= { how: "lapsed", at, by };
    else if (type === "handoff.returned") handoff.returned = handoff.answer?.how === "accepted";
  }
  return [...handoffs.values()];
}

/** The duty that is handed over. With the ownership of a space goes the duty of its host. */
function dutyOf(of: Charge): string | null {
  if ("duty" in of) return of.duty;
  return "ownership" in of ? "host" : null;
}
