import type { ById } from "../kernel/record.js";
import { entry } from "../kernel/record.js";
import type { Selector } from "../model/access.js";
import type { CompiledMember } from "./compiled.js";

const NOTHING: readonly never[] = [];

/** Whether a selector names a member. */
export function selects(
  selector: Selector | undefined,
  member: Pick<CompiledMember, "id" | "set" | "rank">,
  groups: ById<Selector>,
): boolean {
  if (selector === undefined) return false;
  for (const one of withGroups([selector], groups)) {
    if (one === "everyone") return true;
    const { roles, members, rank } = one;
    if (
      (rank !== undefined && member.rank >= rank) ||
      members?.includes(member.id) ||
      roles?.some((role) => member.set.ids.has(role))
    ) {
      return true;
    }
  }
  return false;
}

/** These selectors, and those of all groups they name. A group that names itself adds nobody by that. */
function* withGroups(selectors: readonly Selector[], groups: ById<Selector>): Iterable<Selector> {
  const seen = new Set<string>();
  const next = [...selectors];
  for (let selector = next.pop(); selector !== undefined; selector = next.pop()) {
    yield selector;
    if (selector === "everyone") continue;
    for (const group of selector.groups ?? NOTHING) {
      if (seen.has(group)) continue;
      seen.add(group);
      const named = entry(groups, group);
      if (named !== undefined) next.push(named);
    }
  }
}

/** Every member that selectors name, in groups too. */
export function namedIn(
  selectors: readonly Selector[],
  groups: ById<Selector>,
  more: Iterable<string>,
): ReadonlySet<string> {
  const names = new Set(more);
  for (const selector of withGroups(selectors, groups)) {
    if (selector !== "everyone") for (const member of selector.members ?? NOTHING) names.add(member);
  }
  return names;
}
