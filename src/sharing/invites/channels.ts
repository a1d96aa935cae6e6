import { CAPABILITIES, type Capability } from "../../access/capabilities.js";
import { ROLES } from "../../access/roles.js";
import { entry } from "../../kernel/record.js";
import type { Grant, Role } from "../../model/access.js";
import type { Channel, Space } from "../../model/space.js";

/** The role of the team's own, or the built-in one, with this name. */
function roleOf({ roles }: Pick<Space, "roles">, id: string): Role | undefined {
  return entry(roles, id) ?? entry<Role>(ROLES, id);
}

/** What a role may do in a channel, and nothing of what it may do in the space: for who is to see this channel alone. */
export function rightsIn(
  space: Pick<Space, "roles">,
  role: string,
  { kind }: Channel,
): readonly Capability[] {
  const { allow = [], kinds = {}, bypass } = roleOf(space, role) ?? {};
  const given = new Set<string>([...allow, ...(entry(kinds, kind) ?? [])]);
  return CHANNEL_RIGHTS.filter((capability) => bypass || given.has(capability));
}

/** The grants that open these channels, as far as there still are any, as a role would, and nothing else. */
export function channelGrants(
  space: Space,
  role: string,
  channels: readonly string[],
  newId: () => string,
): readonly Grant<Capability>[] {
  return channels.flatMap((id) => {
    const channel = entry(space.channels, id);
    const allow = channel ? rightsIn(space, role, channel) : [];
    return allow.length === 0 ? [] : [{ id: newId(), allow, channel: id }];
  });
}

const CHANNEL_RIGHTS: readonly Capability[] = /* @__PURE__ */ (
  Object.keys(CAPABILITIES) as Capability[]
).filter((name) => !("scope" in CAPABILITIES[name]));
