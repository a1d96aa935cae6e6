import type { Capability } from "../../access/capabilities.js";
import type { Change } from "../../access/change.js";
import type { Grant } from "../../model/access.js";

/** What a link does when somebody follows it, whoever it may be. */
export function joining(
  roles: readonly string[],
  grants: readonly Grant<Capability>[] = [],
): Change<Capability> {
  return { type: "member.add", member: "", data: { roles, grants } };
}
