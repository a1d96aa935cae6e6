import type { Cause, Decision, Question } from "./question.js";

/** A decision as a sentence for people: `leo may not message.post in countdown: ...`. */
export function describeDecision(question: Question, decision: Decision): string {
  const { member, capability, channel } = question;
  const where = channel === undefined ? "" : ` in ${channel}`;
  const verb = { allow: "may", deny: "may not", pending: "may, once somebody approves it," }[decision.effect];
  return `${member} ${verb} ${capability}${where}: ${because(question, decision)}`;
}

function because({ channel, target, capability }: Question, { code, by }: Decision): string {
  const names = by.map(nameOf).join(", ");
  switch (code) {
    case "GRANTED":
      return `${names} ${by.length > 1 ? "grant" : "grants"} it`;
    case "BYPASSED":
      return `${names} may do everything`;
    case "OWN":
      return `it is their own, and ${names} is enough for that`;
    case "NEEDS_APPROVAL":
      return "it needs the yes of somebody else";
    case "NOT_GRANTED":
      if (by.length === 0) return "they have no role";
      return by.length === 1 ? `${names} does not grant it there` : `none of ${names} grants it there`;
    case "DENIED":
      return `${names} denies it`;
    case "LIMITED":
      return `${names} does not leave it`;
    case "NOT_APPLICABLE":
      return "there is no such thing in a channel of this kind";
    case "REQUIREMENT_MISSING":
      return `it takes ${names}, which they lack`;
    case "CAPABILITY_UNKNOWN":
      return `there is no capability ${capability}`;
    case "NOT_A_MEMBER":
      return "they are not a member of this space";
    case "MEMBERSHIP_ENDED":
      return "their membership has ended";
    case "CHANNEL_NEEDED":
      return "the question names no channel";
    case "CHANNEL_UNKNOWN":
      return `there is no channel ${channel}`;
    case "SLOW_MODE":
      return "they have just done it, and it is slowed down";
    case "TOO_LATE":
      return "too much time has passed";
    case "TOO_NEW":
      return "they have not been here for long enough";
    case "CONTEXT_NEEDED":
      return "there is a condition on it, and the question does not say enough to look at it";
    case "TARGET_UNKNOWN":
      return `${target} is not a member of this space`;
    case "OUTRANKED":
      return `they do not outrank ${names}`;
    case "NOT_APPOINTED":
      return `${names} was not appointed by them`;
    case "LOCKED":
      return `it is locked by ${names}`;
    default:
      return code satisfies never;
  }
}

function nameOf(cause: Cause): string {
  switch (cause.kind) {
    case "role":
      return `the role ${cause.id}`;
    case "rank":
      return `the rank ${cause.rank}`;
    case "grant":
      return `the grant ${cause.id}`;
    case "override": {
      const { subject, channel } = cause;
      const whom = typeof subject === "string" ? subject : Object.values(subject).join(" ");
      return `the override for ${whom} in ${channel ?? "the space"}`;
    }
    case "limit":
      return `the ceiling ${cause.id} on the ${cause.on}`;
    case "condition":
      return `the condition ${cause.id} of the ${cause.on}`;
    case "capability":
    case "channel":
    case "member":
      return cause.id;
    default:
      return cause satisfies never;
  }
}
