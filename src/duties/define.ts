import { forbid } from "../access/guard.js";
import { accept, type Outcome, refuse } from "../kernel/outcome.js";
import { toMilliseconds } from "../kernel/time.js";
import type { Command } from "../model/commands.js";
import { type Context, happened } from "../model/decider.js";
import type { SpaceEvent } from "../model/events.js";
import type { Space } from "../model/space.js";
import { isCapability } from "./fitness.js";
import { refuseUnknownMember } from "./refusals.js";
import { dutyOf, HOST } from "./rules.js";

/** Says what the space asks of a duty. */
export function defineDuty(
  space: Space,
  command: Command<"duty.define">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, duty, required, needs, fallback, escalation } = command;
  const forbidden = forbid(space, { member: by, capability: "duty.define", at: context.now });
  if (forbidden) return forbidden;
  const unknown = needs?.find((name) => !isCapability(name));
  if (unknown !== undefined)
    return wrong("needs", `must not have ${JSON.stringify(unknown)}: there is no such capability`);
  if (escalation?.to === duty) return wrong("escalation.to", "must be another duty");
  if (duty === HOST && required === false)
    return wrong("required", "must be true: a space always has a host");
  for (const member of fallback ?? []) {
    const refused = refuseUnknownMember(space, member);
    if (refused) return refused;
  }
  const { id: _, tenures: __, ...before } = dutyOf(space, duty);
  const rules = {
    required: required ?? before.required,
    needs: needs ?? before.needs,
    fallback: fallback ?? before.fallback,
    escalation:
      escalation === undefined
        ? before.escalation
        : escalation && { to: escalation.to, after: toMilliseconds(escalation.after) },
  };
  // Of plain data with its keys in one order, equal texts are equal values.
  const asBefore = JSON.stringify(rules) === JSON.stringify({ ...rules, ...before });
  return asBefore ? accept() : accept(happened("duty.defined", { duty, ...rules }, command, context));
}

function wrong(path: string, expected: string) {
  return refuse("INVALID_COMMAND", `duty.define ${path} ${expected}.`, { issues: [{ path, expected }] });
}
