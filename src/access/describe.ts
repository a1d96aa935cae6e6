import type { Decision, Question } from "./evaluate.js";

/** A decision as a sentence for people: `leo may not message.post in countdown: ...`. */
export function describeDecision(question: Question, decision: Decision): string {
  const where = question.channel === undefined ? "" : ` in ${question.channel}`;
  const verb = decision.effect === "allow" ? "may" : "may not";
  return `${question.member} ${verb} ${question.capability}${where}: ${because(question, decision)}`;
}

function because(question: Question, { code, by }: Decision): string {
  const roles = by.flatMap((cause) => (cause.kind === "role" ? [cause.id] : []));
  switch (code) {
    case "GRANTED":
      return `the role ${roles.join(", ")} grants it`;
    case "NOT_GRANTED":
      return roles.length === 0
        ? "they have no role"
        : `${roles.length === 1 ? "the role" : "none of the roles"} ${roles.join(", ")} ${roles.length === 1 ? "does not grant" : "grants"} it there`;
    case "CAPABILITY_UNKNOWN":
      return "there is no such capability";
    case "NOT_A_MEMBER":
      return "they are not a member of this space";
    case "CHANNEL_NEEDED":
      return "the question names no channel";
    case "CHANNEL_UNKNOWN":
      return `there is no channel ${question.channel}`;
    case "SPACE_STAGING":
      return "the space is not live yet, so it is for the team only";
    case "SPACE_ARCHIVED":
      return "the space is archived";
    case "CHANNEL_CLOSED":
      return "the channel is closed";
    default:
      return code satisfies never;
  }
}
