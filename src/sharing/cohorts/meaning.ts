import type { Instant } from "../../kernel/time.js";
import type { CohortRule } from "../../model/cohorts.js";
import type { Member } from "../../model/space.js";
import type { History } from "./history.js";

const WEEK = 604_800_000;

/** What rules are asked of, beside the member. */
export type Asked = {
  readonly at: Instant;
  readonly history: History;
  /** Who is in another cohort. */
  readonly inside: (cohort: string) => ReadonlySet<string>;
};

/** Whether a member is who a rule means. */
export function isMeant(rule: CohortRule, member: Member, asked: Asked): boolean {
  const { at, history, inside } = asked;
  if ("all" in rule) return rule.all.every((part) => isMeant(part, member, asked));
  if ("any" in rule) return rule.any.some((part) => isMeant(part, member, asked));
  if ("not" in rule) return !isMeant(rule.not, member, asked);
  if ("campaign" in rule) return member.campaign === rule.campaign;
  if ("invite" in rule) return member.invite === rule.invite;
  if ("role" in rule) return member.roles.includes(rule.role);
  if ("cohort" in rule) return inside(rule.cohort).has(member.id);
  if ("joined" in rule) return isWithin(member.joinedAt, rule.joined);
  if ("attended" in rule) {
    const { channel, ...period } = rule.attended;
    return history.activeAt(member.id, channel).some((instant) => isWithin(instant, period));
  }
  if ("active" in rule) {
    const { weeks, of } = rule.active;
    // Week 0 is the seven days up to now, now included.
    const ago = history.activeAt(member.id).map((instant) => Math.floor((at - instant) / WEEK));
    return new Set(ago.filter((week) => week < of)).size >= weeks;
  }
  if ("bought" in rule) {
    const { within = Infinity } = rule.bought;
    const bought = history.boughtAt(member.id);
    return bought !== undefined && at - bought < within;
  }
  return rule satisfies never;
}

function isWithin(
  instant: Instant,
  { from = -Infinity, to = Infinity }: { readonly from?: Instant; readonly to?: Instant },
): boolean {
  return from <= instant && instant < to;
}
