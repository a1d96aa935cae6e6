import { refuse } from "../kernel/outcome.js";
import { entry } from "../kernel/record.js";
import type { Space } from "../model/space.js";

/** The refusal of a command that names somebody who is not a member. */
export function refuseUnknownMember(space: Space, member: string) {
  return entry(space.members, member)
    ? undefined
    : refuse("MEMBER_UNKNOWN", `${JSON.stringify(member)} is not a member of this space.`, { member });
}
