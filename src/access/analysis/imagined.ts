import { type ById, entry } from "../../kernel/record.js";
import type { Access, CompiledMember, CompiledSettings } from "../compiled.js";
import type { AccessMember, Snapshot } from "../snapshot.js";

// Settings are made for people who are still to come, too: whoever would have a role, in channels that would be.

/**
 * Somebody to ask about: a member, or whoever would have these roles and nothing else, under an id that is free;
 * `like` is a member who does.
 */
export type Somebody =
  | { readonly member: string }
  | { readonly roles: readonly string[]; readonly as: string; readonly like?: string };

/** That person, as an access knows them. */
export function personOf(access: Access, somebody: Somebody): CompiledMember | undefined {
  if ("member" in somebody) return access.member(somebody.member);
  const set = access.setOf(somebody.roles);
  return {
    id: somebody.as,
    data: { roles: somebody.roles },
    set,
    rank: set.rank,
    until: Number.POSITIVE_INFINITY,
    plain: false,
    grants: [],
    limits: [],
    cells: new WeakMap(),
    isNamed: true,
    asOf: 0,
  };
}

/** An id that no member has and no setting names. */
export function freeId(access: Access): string {
  const named = namesIn(access);
  let id = "somebody";
  while (Object.hasOwn(access.snapshot.members, id) || named.has(id)) id += "'";
  return id;
}

/** The snapshot with one more channel of every kind that roles, capabilities or channels name, and of one that none does. */
export function withImaginedChannels(snapshot: Snapshot): Snapshot {
  const kinds = new Set([
    "",
    ...Object.values(snapshot.channels).map(({ kind }) => kind),
    ...Object.values(snapshot.roles).flatMap(({ kinds = {} }) => Object.keys(kinds)),
    ...Object.values(snapshot.capabilities).flatMap(({ kinds = [], requiresIn = {} }) => [
      ...kinds,
      ...Object.keys(requiresIn),
    ]),
  ]);
  const channels = { ...snapshot.channels };
  for (const kind of kinds) {
    let id = `${IMAGINED}${kind}`;
    while (Object.hasOwn(snapshot.channels, id)) id += "'";
    channels[id] = { kind };
  }
  return { ...snapshot, channels };
}

const IMAGINED = "a new channel of kind ";

/**
 * Everybody whose permissions can differ from one another's: one member for each set of roles, all with more than
 * roles to them, and whoever would have one role alone. Ceilings on members only take away, and are left out.
 */
export function differentPeople(access: Access): readonly Somebody[] {
  const { snapshot } = access;
  const named = namesIn(access);
  const as = freeId(access);
  const seen = new Set<unknown>();
  const found: Somebody[] = [];
  for (const [member, data] of Object.entries<AccessMember>(snapshot.members)) {
    const alike = data.rank === undefined && !data.grants?.length && !named.has(member);
    const key = alike ? access.setOf(data.roles) : member;
    if (seen.has(key)) continue;
    seen.add(key);
    found.push(alike ? { roles: data.roles, as, like: member } : { member });
  }
  for (const role of Object.keys(snapshot.roles)) {
    const set = access.setOf([role]);
    if (!seen.has(set)) found.push({ roles: [role], as });
    seen.add(set);
  }
  return found;
}

/** The members among these people, and all who vouch for what somebody was given. */
export function membersAmong(people: readonly Somebody[], { members }: Snapshot): ById<AccessMember> {
  const ids = new Set(people.flatMap((one) => ("member" in one ? one.member : [])));
  for (const id of [...ids]) {
    for (const { by, bound } of entry(members, id)?.grants ?? []) if (bound && by !== undefined) ids.add(by);
  }
  return Object.fromEntries(
    [...ids].flatMap((id) => {
      const member = entry(members, id);
      return member ? [[id, member]] : [];
    }),
  );
}

function namesIn(access: Access): ReadonlySet<string> {
  const names = new Set(access.space.names);
  for (const id of Object.keys(access.snapshot.channels)) {
    for (const name of access.channel(id)?.names ?? []) names.add(name);
  }
  return names;
}

/** The space and every channel. */
export function placesOf(access: Access): readonly CompiledSettings[] {
  return [access.space, ...Object.keys(access.snapshot.channels).flatMap((id) => access.channel(id) ?? [])];
}
