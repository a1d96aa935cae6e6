import { type Outcome, refuse } from "../kernel/outcome.js";
import type { Instant } from "../kernel/time.js";
import type { Capability } from "./capabilities.js";
import type { Change } from "./change.js";
import { checkChange } from "./check.js";
import { decide } from "./decide.js";
import { describeDecision } from "./describe.js";
import { accessOf, type Ruled } from "./of-space.js";
import type { Question } from "./question.js";
import type { Check } from "./refused.js";

type Refused = Extract<Outcome<never>, { ok: false }>;

/** The refusal of a command that the member's permissions do not cover, or `undefined` where they do. */
export function forbid(space: Ruled, question: Question<Capability>): Refused | undefined {
  const decision = decide(accessOf(space), question);
  if (decision.effect === "allow") return undefined;
  const { effect, code, by } = decision;
  const { capability, channel } = question;
  return refuse("NOT_ALLOWED", `${describeDecision(question, decision)}.`, {
    capability,
    ...(channel === undefined ? {} : { channel }),
    decision: { effect, code, by },
  });
}

/** The refusal of a change to who may do what that is not safe in the hands of this member. */
export function forbidChange(
  space: Ruled,
  by: string,
  change: Change<Capability>,
  now: Instant,
): Refused | undefined {
  const check = checkChange(accessOf(space), by, change, now);
  return check.ok ? undefined : refusalOf(by, check);
}

function refusalOf(by: string, check: Extract<Check, { ok: false }>): Refused {
  const { code, about, capabilities } = check;
  const name = JSON.stringify(about);
  const list = capabilities.join(", ");
  const details = { check: { code, about, capabilities: [...capabilities] } };
  switch (code) {
    case "NOT_A_MEMBER":
      return refuse("NOT_ALLOWED", `${by} is not a member of this space.`, details);
    case "NOT_ALLOWED":
      return refuse("NOT_ALLOWED", `${by} may not ${about}.`, details);
    case "LOCKED":
      return refuse("NOT_ALLOWED", `The settings of ${about} are locked by somebody else.`, details);
    case "TARGET_UNKNOWN":
      return refuse("MEMBER_UNKNOWN", `${name} is not a member of this space.`, { member: about });
    case "ROLE_UNKNOWN":
      return refuse("ROLE_UNKNOWN", `There is no role ${name}.`, { role: about });
    case "CHANNEL_UNKNOWN":
      return refuse("CHANNEL_UNKNOWN", `There is no channel ${name}.`, { channel: about });
    case "CEILING_UNKNOWN":
      return refuse("NOT_ALLOWED", `There is no ceiling ${name}.`, details);
    case "ALREADY_A_MEMBER":
      return refuse("ALREADY_A_MEMBER", `${about} is a member of this space already.`, { member: about });
    case "OUTRANKED":
      return refuse("OUTRANKED", `${by} does not outrank ${about}.`, details);
    case "TOUCHES_A_HIGHER":
      return refuse(
        "OUTRANKED",
        `It would change what ${about} may do, whom ${by} does not outrank.`,
        details,
      );
    case "GIVES_MORE_THAN_OWN":
      return refuse("WOULD_ESCALATE", `${by} would give ${about} what they do not have: ${list}.`, details);
    case "RAISES_ONESELF":
      return refuse("WOULD_ESCALATE", `${by} would give themselves more than they have.`, details);
    case "LAST_HOST":
      return refuse("LAST_HOST", `${by} cannot do this: the space would have no host.`, { member: about });
    default:
      return code satisfies never;
  }
}
