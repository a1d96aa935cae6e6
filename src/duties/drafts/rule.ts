import { accessOf } from "../../access/of-space.js";
import { refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import { toMilliseconds } from "../../kernel/time.js";
import type { ApprovalClause, ApprovalRule, ApprovalRuleInput, Draft } from "../../model/drafts.js";
import type { Space } from "../../model/space.js";
import { refuseUnknownMember } from "../refusals.js";

/** What it takes where nobody said anything: one approval, by anybody who may approve and has not written it. */
const ONE: ApprovalRule = {
  clauses: [{ count: 1 }],
  keepsCosmetic: false,
  within: null,
  remindEvery: null,
  escalation: null,
};

/**
 * What it takes for a draft to be approved: the rule of its channel and its own, both. A draft's own rule can only add
 * to that of its channel.
 */
export function ruleOf(space: Space, { channel, rule: own }: Pick<Draft, "channel" | "rule">): ApprovalRule {
  const general = entry(space.channels, channel)?.approval;
  if (!general || !own) return general ?? own ?? ONE;
  return {
    clauses: [...general.clauses, ...own.clauses],
    keepsCosmetic: general.keepsCosmetic && own.keepsCosmetic,
    within: shorter(general.within, own.within),
    remindEvery: shorter(general.remindEvery, own.remindEvery),
    escalation:
      general.escalation && own.escalation && own.escalation.after < general.escalation.after
        ? own.escalation
        : (general.escalation ?? own.escalation),
  };
}

/** A rule as it is kept. */
export function ruleFrom(input: ApprovalRuleInput): ApprovalRule {
  const { clauses, keepsCosmetic = false, within = null, remindEvery = null, escalation = null } = input;
  return {
    clauses: clauses.map(clauseFrom),
    keepsCosmetic,
    within: within === null ? null : toMilliseconds(within),
    remindEvery: remindEvery === null ? null : toMilliseconds(remindEvery),
    escalation: escalation && { to: escalation.to, after: toMilliseconds(escalation.after) },
  };
}

/** A clause with the fields that it has, and no others. */
export function clauseFrom({ count, duty, role, members }: ApprovalClause) {
  return {
    count,
    ...(duty === undefined ? {} : { duty }),
    ...(role === undefined ? {} : { role }),
    ...(members === undefined ? {} : { members: [...new Set(members)] }),
  };
}

/** The refusal of a rule that names people or roles that the space does not have: it could never be met. */
export function refuseRule(space: Space, { clauses }: ApprovalRuleInput) {
  for (const { role, members = [] } of clauses) {
    if (role !== undefined && !accessOf(space).role(role))
      return refuse("ROLE_UNKNOWN", `There is no role ${JSON.stringify(role)}.`, { role });
    for (const member of members) {
      const unknown = refuseUnknownMember(space, member);
      if (unknown) return unknown;
    }
  }
  return undefined;
}

/** Whether two rules ask for the same, in the same order. Stores need not keep the order of keys. */
export function isSameRule(a: ApprovalRule | null, b: ApprovalRule | null): boolean {
  return JSON.stringify(a && listed(a)) === JSON.stringify(b && listed(b));
}

/** Whom a clause takes, in words: `2 of creative`. */
export function describeClause({ count, duty, role, members }: ApprovalClause): string {
  if (duty !== undefined) return `${count} of ${duty}`;
  if (role !== undefined) return `${count} with the role ${role}`;
  return members === undefined ? `${count} who may approve` : `${count} of ${members.join(", ")}`;
}

function shorter(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function listed({ clauses, keepsCosmetic, within, remindEvery, escalation }: ApprovalRule): unknown {
  return [
    clauses.map(({ count, duty = null, role = null, members = null }) => [count, duty, role, members]),
    [keepsCosmetic, within, remindEvery],
    escalation && [escalation.to, escalation.after],
  ];
}
