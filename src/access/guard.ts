import { type Outcome, refuse } from "../kernel/outcome.js";
import { entry } from "../kernel/record.js";
import type { Space } from "../model/space.js";
import type { Capability } from "./capabilities.js";
import { describeDecision } from "./describe.js";
import { evaluate, rankOf, roleOf } from "./evaluate.js";

type Refused = Extract<Outcome<never>, { ok: false }>;

/** The refusal of a command that the member's permissions do not cover, or `undefined` where they do. */
export function forbid(
  space: Space,
  member: string,
  capability: Capability,
  channel?: string,
): Refused | undefined {
  const question = { member, capability, channel };
  const decision = evaluate(space, question);
  if (decision.effect === "allow") return undefined;
  const { effect, code, by } = decision;
  return refuse("NOT_ALLOWED", `${describeDecision(question, decision)}.`, {
    capability,
    ...(channel === undefined ? {} : { channel }),
    decision: { effect, code, by },
  });
}

/**
 * The refusal of an act on another member by somebody who does not outrank them. Acting on oneself is free of
 * rank: everybody may step down or leave.
 */
export function forbidActOn(space: Space, by: string, target: string): Refused | undefined {
  const actor = entry(space.members, by);
  const member = entry(space.members, target);
  if (!actor || !member || by === target || rankOf(actor) > rankOf(member)) return undefined;
  return refuse("OUTRANKED", `${by} does not outrank ${target}, so cannot act on them.`, { target });
}

/**
 * The refusal of handing out roles that do not exist or rank too high. A host may make others host; everybody
 * else gives only what ranks below themselves. Nobody gives themselves a role above their rank.
 */
export function forbidRoles(space: Space, by: string, roles: readonly string[]): Refused | undefined {
  const unknown = roles.find((role) => !roleOf(role));
  if (unknown !== undefined) {
    return refuse("ROLE_UNKNOWN", `There is no role ${JSON.stringify(unknown)}.`, { role: unknown });
  }
  const actor = entry(space.members, by);
  const rank = actor ? rankOf(actor) : -1;
  const ceiling = actor?.roles.includes("host") ? rank : rank - 1;
  const high = roles.find((role) => (roleOf(role)?.rank ?? 0) > ceiling);
  return high === undefined
    ? undefined
    : refuse("OUTRANKED", `${by} cannot give out the role ${high}: it does not rank below their own.`, {
        role: high,
      });
}

/** The refusal of taking the host role from the last one who has it. */
export function forbidLastHost(space: Space, leaving: string): Refused | undefined {
  if (!entry(space.members, leaving)?.roles.includes("host")) return undefined;
  for (const member of Object.values(space.members)) {
    if (member.id !== leaving && member.roles.includes("host")) return undefined;
  }
  return refuse("LAST_HOST", `${leaving} is the last host: the space would have none.`, { member: leaving });
}
