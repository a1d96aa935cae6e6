import { type ById, entry } from "../kernel/record.js";
import type { Limit, Role, Settings } from "../model/access.js";
import { bound } from "./can.js";
import { type Context, compileLimit, compileMember, compileRole, compileSettings } from "./compile-parts.js";
import { compileVocabulary } from "./compile-vocabulary.js";
import type {
  Access,
  Bound,
  CompiledLimit,
  CompiledMember,
  CompiledRole,
  CompiledSettings,
  CompiledVocabulary,
  Parts,
  RoleSet,
} from "./compiled.js";
import { selects } from "./selectors.js";
import type { AccessChannel, AccessMember, Snapshot } from "./snapshot.js";

/**
 * Makes a snapshot ready for many questions. Takes next to no time by itself, however large the snapshot is:
 * members, roles and channels are compiled when they are first asked about. The snapshot must not be changed afterwards.
 *
 * ```ts
 * const access = compile(snapshot);
 * can(access, "leo", "message.post", "lounge", now);
 * ```
 */
export function compile<C extends string>(snapshot: Snapshot<C>): Access<C> {
  return build(snapshot, compileVocabulary(snapshot.capabilities), newParts());
}

function newParts(): Parts {
  return {
    named: new Set(),
    roles: new Map(),
    sets: new Map(),
    members: new WeakMap(),
    channels: new WeakMap(),
  };
}

/**
 * The same for a snapshot that came out of another by changing it. Members and channels that are the same objects
 * in both are not compiled again, unless what all of them depend on has changed: the roles, the groups, the
 * ceilings, or the settings of the space.
 */
export function update<C extends string>(access: Access<C>, snapshot: Snapshot<C>): Access<C> {
  const before = access.snapshot;
  if (before === snapshot) return access;
  const same = (key: keyof Snapshot): boolean => before[key] === snapshot[key];
  if (!same("capabilities")) return compile(snapshot);
  const shared =
    same("roles") &&
    same("groups") &&
    same("ceilings") &&
    same("overrides") &&
    same("limits") &&
    same("conditions") &&
    same("thresholds") &&
    same("collisions");
  return build(
    snapshot,
    access.vocabulary,
    shared ? access.parts : newParts(),
    shared ? access.space : undefined,
  );
}

function build<C extends string>(
  snapshot: Snapshot<C>,
  vocabulary: CompiledVocabulary,
  parts: Parts,
  settings?: CompiledSettings,
): Access<C> {
  const members = new Map<string, CompiledMember>();
  const channels = new Map<string, CompiledSettings>();

  const role = (id: string): CompiledRole | undefined => {
    const known = parts.roles.get(id);
    if (known) return known;
    const definition = entry<Role>(snapshot.roles, id);
    if (!definition) return undefined;
    const made = compileRole(id, definition, vocabulary);
    parts.roles.set(id, made);
    return made;
  };

  const setOf = (ids: readonly string[]): RoleSet => {
    // Roles that are not there make no difference, so that there are no more sets than there are roles for.
    const roles = [...new Set(ids)].flatMap((id) => role(id) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
    const [first] = roles;
    const key = roles.length === 1 && first ? `1${first.id}` : JSON.stringify(roles.map(({ id }) => id));
    const known = parts.sets.get(key);
    if (known) return known;
    const made: RoleSet = {
      index: parts.sets.size,
      roles,
      ids: new Set(roles.map(({ id }) => id)),
      rank: roles.reduce((highest, { rank }) => Math.max(highest, rank), Number.NEGATIVE_INFINITY),
      bypass: roles.find(({ bypass }) => bypass),
      plus: new Map(),
    };
    parts.sets.set(key, made);
    return made;
  };

  const member = (id: string): CompiledMember | undefined => {
    const known = members.get(id);
    if (known) return known;
    const data = entry<AccessMember>(snapshot.members, id);
    if (!data) return undefined;
    let made = parts.members.get(data);
    // What is bound to another member's permissions holds only as long as nothing else changes either.
    if (!made || made.id !== id || made.grants.some(({ bound }) => bound)) {
      made = compileMember(id, data, setOf(data.roles), context);
      parts.members.set(data, made);
    }
    members.set(id, made);
    return made;
  };

  const limit = (one: Limit, on: "space" | "channel" | "member"): CompiledLimit =>
    compileLimit(one, on, snapshot as Snapshot, vocabulary);
  const context: Context = { vocabulary, groups: snapshot.groups ?? {}, limit, named: parts.named };
  const space = settings ?? compileSettings(null, null, snapshot as Settings, undefined, context);

  const access: Access<C> = {
    snapshot,
    vocabulary,
    space,
    members,
    channels,
    member,
    channel(id) {
      const known = channels.get(id);
      if (known) return known;
      // From the outermost in, however many there are: each needs the one before it.
      let parent: CompiledSettings | undefined;
      for (const [one, data] of lineTo(id, snapshot.channels)) {
        let made = channels.get(one) ?? parts.channels.get(data);
        if (!made || made.id !== one || made.parent !== parent) {
          made = compileSettings(one, data.kind, data, parent ?? space, context);
          parts.channels.set(data, made);
        }
        channels.set(one, made);
        parent = made;
      }
      return parent;
    },
    role,
    setOf,
    limit,
    selects: (selector, who) => selects(selector, who, snapshot.groups ?? {}),
    of: (id, channel, at) => bound(access as Access, id, channel, at) as Bound<C>,
    parts,
  };
  return access;
}

/** A channel and those before it, the outermost first. A channel that would be before itself has none before it. */
function lineTo(
  id: string,
  channels: ById<AccessChannel>,
): readonly (readonly [id: string, channel: AccessChannel])[] {
  const line = new Map<string, AccessChannel>();
  let next: string | undefined = id;
  for (let one = entry(channels, id); one && next !== undefined && !line.has(next); ) {
    line.set(next, one);
    next = one.parent;
    one = next === undefined ? undefined : entry(channels, next);
  }
  const outwards = [...line];
  // Where the way comes back to a channel, it ends with the first of the circle that it came to.
  const circle = outwards.findIndex(([one]) => one === next);
  return (circle < 0 ? outwards : outwards.slice(0, circle + 1)).reverse();
}
