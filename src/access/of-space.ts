import type { ById } from "../kernel/record.js";
import type { Limit } from "../model/access.js";
import type { Channel, Space, Stage } from "../model/space.js";
import { CAPABILITIES, type Capability } from "./capabilities.js";
import { compile, update } from "./compile.js";
import type { Access } from "./compiled.js";
import { CEILINGS, POWERS, ROLES } from "./roles.js";
import type { AccessChannel, Snapshot } from "./snapshot.js";

/** What of a space says who may do what. */
export type Ruled = Pick<Space, "stage" | "members" | "channels" | "roles">;

const CLOSED: readonly Limit[] = [{ ceiling: "closed" }];
const LIMITS: { readonly [stage in Stage]: readonly Limit[] } = {
  new: [{ ceiling: "staging" }],
  staging: [{ ceiling: "staging" }],
  live: [],
  archived: [{ ceiling: "archived" }],
};

// What was made of a value stays with it: spaces are never changed, and most of the next one is the one before.
const accesses = /* @__PURE__ */ new WeakMap<Ruled, Access<Capability>>();
const channels = /* @__PURE__ */ new WeakMap<Channel, AccessChannel>();
const roots = /* @__PURE__ */ new WeakMap<object, Partial<Record<Stage, Access>>>();
const merged = /* @__PURE__ */ new WeakMap<object, Snapshot["roles"]>();

/**
 * Who may do what in a space, ready to be asked: the built-in capabilities and ceilings, the built-in roles and the
 * space's own.
 *
 * ```ts
 * can(accessOf(drop.space), "leo", "message.post", "lounge", now);
 * ```
 */
export function accessOf(space: Ruled): Access<Capability> {
  const known = accesses.get(space);
  if (known) return known;
  const snapshot: Snapshot = {
    capabilities: CAPABILITIES,
    roles: rolesOf(space.roles),
    members: space.members,
    channels: map(space.channels),
    ceilings: CEILINGS,
    limits: LIMITS[space.stage],
    powers: POWERS,
  };
  let byStage = roots.get(snapshot.roles);
  if (!byStage) {
    byStage = {};
    roots.set(snapshot.roles, byStage);
  }
  const root = byStage[space.stage] ?? compile({ ...snapshot, members: {}, channels: {} });
  byStage[space.stage] = root;
  const access = update(root, snapshot) as Access as Access<Capability>;
  accesses.set(space, access);
  return access;
}

/** The built-in roles and the space's own, which come first. */
function rolesOf(own: Space["roles"]): Snapshot["roles"] {
  if (Object.keys(own).length === 0) return ROLES;
  let roles = merged.get(own);
  if (!roles) {
    roles = { ...ROLES, ...own };
    merged.set(own, roles);
  }
  return roles;
}

function map(all: ById<Channel>): ById<AccessChannel> {
  return Object.fromEntries(Object.entries(all).map(([id, channel]) => [id, accessChannel(channel)]));
}

function accessChannel(channel: Channel): AccessChannel {
  const { kind, closedAt, overrides, limits = [] } = channel;
  let made = channels.get(channel);
  if (!made) {
    made = { kind, overrides, limits: closedAt === null ? limits : [...limits, ...CLOSED] };
    channels.set(channel, made);
  }
  return made;
}
