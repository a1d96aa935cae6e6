import { entry } from "../../kernel/record.js";
import { toMilliseconds } from "../../kernel/time.js";
import type { Policy, PolicyInput } from "../../model/policy.js";
import type { Space } from "../../model/space.js";

const VISIBILITIES: readonly Policy["visibility"][] = ["private", "invite", "public"];
const EXPORTS: readonly Policy["export"][] = ["nobody", "hosts", "members"];

/** What may be done with what is said in a space. */
export function policyOf(space: Space): Policy {
  const { visibility, exportPolicy, ai, forward, retention, legal, disclosure } = space;
  return { visibility, export: exportPolicy, ai, forward, retention, legal, disclosure };
}

/** What may be done with what is said in some channels: what the space and each of them allows. */
export function policyIn(space: Space, channels: readonly string[]): Policy {
  const bound = channels.flatMap((channel) => entry(space.channels, channel)?.policy?.policy ?? []);
  return bound.reduce(strictest, policyOf(space));
}

/** What two policies both allow. What either wants to have shown is shown. */
export function strictest(a: Policy, b: Policy): Policy {
  return {
    visibility: lower(VISIBILITIES, a.visibility, b.visibility),
    export: lower(EXPORTS, a.export, b.export),
    ai: a.ai && b.ai,
    forward: a.forward && b.forward,
    retention:
      a.retention === null || (b.retention !== null && b.retention < a.retention) ? b.retention : a.retention,
    legal: both(a.legal, b.legal, "\n\n"),
    disclosure: both(a.disclosure, b.disclosure, " · "),
  };
}

/** A policy with what is asked for in the place of what it said. */
export function withInput(policy: Policy, input: PolicyInput = {}): Policy {
  const { retention, ...rest } = input;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...policy,
    ...given,
    ...(retention === undefined ? {} : { retention: retention === null ? null : toMilliseconds(retention) }),
  };
}

/** In what a policy allows more than another; nothing where it is as strict or stricter. */
export function widened(policy: Policy, than: Policy): readonly (keyof Policy)[] {
  const wider: { readonly [field in keyof Policy]: boolean } = {
    visibility: VISIBILITIES.indexOf(policy.visibility) > VISIBILITIES.indexOf(than.visibility),
    export: EXPORTS.indexOf(policy.export) > EXPORTS.indexOf(than.export),
    ai: policy.ai && !than.ai,
    forward: policy.forward && !than.forward,
    retention: than.retention !== null && (policy.retention === null || policy.retention > than.retention),
    legal: isMissing(policy.legal, than.legal),
    disclosure: isMissing(policy.disclosure, than.disclosure),
  };
  return (Object.keys(wider) as (keyof Policy)[]).filter((field) => wider[field]);
}

function lower<T>(order: readonly T[], a: T, b: T): T {
  return order.indexOf(a) < order.indexOf(b) ? a : b;
}

function both(a: string | null, b: string | null, between: string): string | null {
  if (a === null || b === null) return a ?? b;
  return isMissing(a, b) ? (isMissing(b, a) ? `${a}${between}${b}` : b) : a;
}

/** Whether a text that has to be shown is not in another. */
function isMissing(text: string | null, needed: string | null): boolean {
  return needed !== null && !(text ?? "").includes(needed);
}
