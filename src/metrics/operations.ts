import type { Instant } from "../kernel/time.js";
import { dateOfDay } from "../kernel/zone.js";
import { dutiesOfChannels } from "./operations-channels.js";
import { type ApprovalFigures, approvalFigures } from "./operations-drafts.js";
import { charterInOrder, type OperationsFacts } from "./operations-facts.js";
import { frameOf, type OperationsOptions } from "./operations-frame.js";
import { type HandoffFigures, handoffFigures } from "./operations-handoffs.js";
import { type IncidentFigures, incidentFigures } from "./operations-incidents.js";
import { type ItemFigures, itemCases, itemFigures } from "./operations-items.js";
import { type MessageFigures, messageFigures } from "./operations-messages.js";

/** How fast a team is, and what waits for it. Counts of nothing are 0, measures of nothing `null`. */
export type OperationsReport = {
  readonly timeZone: string;
  readonly asOf: Instant;
  /** First and last local date that were asked for; `null` where that was left open. */
  readonly from: string | null;
  readonly to: string | null;
  readonly by: "start" | "end";
  /** From what was said to what was done about it. */
  readonly messages: MessageFigures;
  readonly items: ItemFigures;
  readonly approvals: ApprovalFigures;
  readonly incidents: IncidentFigures;
  readonly handoffs: HandoffFigures;
};

/**
 * The operational figures of a space from its facts: the last of `prepareOperations`, `mergeOperations`, `operations`.
 * One pass, many shards in any order and a replay give the same figures.
 *
 * ```ts
 * const facts = mergeOperations(prepareOperations(null, charter), prepareOperations("lounge", lounge));
 * const { messages, incidents } = operations(facts, {
 *   timeZone: "Europe/Berlin", asOf: now, last: "28d", exclude: ["bot"],
 *   targets: { "messages.action": "1h", "incidents.acknowledge": "15m" },
 * });
 * messages.action.time.p50; // the median time from a message to the first action, in milliseconds
 * ```
 *
 * A case belongs to the local day on which it began, or with `by: "end"` to that on which it was over. What is open is
 * counted apart, with how long it has been waiting, so that a team does not look fast for leaving the hard ones. Bots,
 * which you name in `exclude`, never stop a clock, and neither do authors on what is theirs. Cost: O(n log n) in the
 * number of cases, O(n) in that of messages.
 *
 * @throws InvalidInputError `INVALID_INPUT` where an option makes no sense.
 */
export function operations(facts: OperationsFacts, options: OperationsOptions): OperationsReport {
  const frame = frameOf(options);
  const charter = charterInOrder(facts, frame.asOf);
  const dutyAt = dutiesOfChannels(charter);
  const items = itemCases(charter);
  return {
    timeZone: options.timeZone,
    asOf: frame.asOf,
    from: Number.isFinite(frame.first) ? dateOfDay(frame.first) : null,
    to: Number.isFinite(frame.last) ? dateOfDay(frame.last) : null,
    by: frame.by,
    messages: messageFigures({ timelines: facts.timelines, facts: charter, items }, dutyAt, frame),
    items: itemFigures(items, frame),
    approvals: approvalFigures(charter, dutyAt, frame),
    incidents: incidentFigures(charter, frame),
    handoffs: handoffFigures(charter, frame),
  };
}
