import type {
  AccessChannel,
  AccessMember,
  CapabilityDefinition,
  Ceiling,
  Change,
  ChangeType,
  Condition,
  Grant,
  Limit,
  Override,
  Period,
  Question,
  Role,
  Selector,
  Settings,
  Snapshot,
  Subject,
} from "chat-spaces/access";
import fc from "fast-check";

// Small snapshots in which much happens: few ids, so that things refer to each other; ids that mean something to
// JavaScript, and some of which nothing is there; instants at the edges of the windows.

export const CAPABILITIES = ["view", "post", "pin", "moderate", "configure", "invite", "toString"];
export const MEMBERS = ["ana", "cora", "leo", "gus", "__proto__", ""];
export const ROLES = ["host", "mod", "guest", "constructor", "__proto__"];
export const CHANNELS = ["lounge", "news", "attic", "toString"];
export const GROUPS = ["crew", "friends", "valueOf"];
export const CEILINGS = ["mute", "closed", "hasOwnProperty"];
export const KINDS = ["discussion", "drafts", "constructor"];
/** The edges of all windows. */
export const EDGES = [10, 20, 30, 40];
export const INSTANTS = EDGES.flatMap((edge) => [edge - 1, edge, edge + 1]);

/** An object of these fields, each there or not. */
function some<T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> {
  return fc.record(fields, { requiredKeys: [] }) as unknown as fc.Arbitrary<Partial<T>>;
}

function several<T>(one: fc.Arbitrary<T>, maxLength = 3): fc.Arbitrary<T[]> {
  return fc.array(one, { maxLength });
}

/** Entries under some of the ids. */
export function byId<T>(ids: readonly string[], value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> {
  return fc
    .tuple(...ids.map((id) => fc.option(fc.tuple(fc.constant(id), value), { freq: 3 })))
    .map((entries) => Object.fromEntries(entries.filter((entry) => entry !== null)));
}

const capability = fc.constantFrom(...CAPABILITIES);
/** Mostly names that there are. */
const named = fc.oneof({ weight: 12, arbitrary: capability }, { weight: 1, arbitrary: fc.constant("ghost") });
const names = several(named, 4);
const memberId = fc.constantFrom(...MEMBERS, "nobody");
const roleId = fc.constantFrom(...ROLES, "ghost");
const channelId = fc.constantFrom(...CHANNELS, "nowhere");
const groupId = fc.constantFrom(...GROUPS, "ghost");
const rank = fc.constantFrom(0, 1, 2, 3);
const edge = fc.constantFrom(...EDGES);
export const instant: fc.Arbitrary<number | undefined> = fc.constantFrom(...INSTANTS, ...INSTANTS, undefined);

const period: fc.Arbitrary<Period> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: some<Period>({ from: edge, until: edge }) },
);

export const selector: fc.Arbitrary<Selector> = fc.oneof(
  { weight: 1, arbitrary: fc.constant("everyone" as const) },
  {
    weight: 6,
    arbitrary: some<Exclude<Selector, string>>({
      roles: several(roleId, 2),
      members: several(memberId, 2),
      groups: several(groupId, 2),
      rank,
    }),
  },
);

export const subject: fc.Arbitrary<Subject> = fc.oneof(
  fc.constant("everyone" as const),
  roleId.map((role) => ({ role })),
  groupId.map((group) => ({ group })),
  memberId.map((member) => ({ member })),
);

const entryOfOverride = fc
  .tuple(some<{ allow: string[]; deny: string[] }>({ allow: names, deny: names }), period)
  .map(([what, when]) => ({ ...what, ...when }));

export const override: fc.Arbitrary<Override> = fc
  .tuple(subject, entryOfOverride)
  .map(([whom, what]) => ({ subject: whom, ...what }));

export const limit: fc.Arbitrary<Limit> = fc
  .tuple(fc.constantFrom(...CEILINGS, ...CEILINGS, "ghost"), period)
  .map(([ceiling, when]) => ({ ceiling, ...when }));

export const grant: fc.Arbitrary<Grant> = fc
  .tuple(
    fc.record({ id: fc.constantFrom("g1", "g2", "g3"), allow: names }),
    some<{ channel: string; by: string; bound: boolean }>({
      channel: channelId,
      by: memberId,
      bound: fc.boolean(),
    }),
    period,
  )
  .map((parts) => Object.assign({}, ...parts));

const condition: fc.Arbitrary<Condition> = fc
  .tuple(
    fc.record({ on: fc.array(capability, { minLength: 1, maxLength: 3 }) }),
    some<{ exempt: Selector }>({ exempt: selector }),
    fc.oneof(
      fc.record({ kind: fc.constant("slow-mode"), every: fc.constantFrom(0, 5, 10) }),
      fc.record({ kind: fc.constant("time-limit"), within: fc.constantFrom(5, 10) }),
      fc.record({
        kind: fc.constant("age"),
        of: fc.constantFrom("membership", "account"),
        atLeast: fc.constantFrom(0, 10, 20),
      }),
      fc.record({ kind: fc.constant("approval") }),
    ),
  )
  .map((parts) => Object.assign({}, ...parts));

const thresholds = byId(CAPABILITIES, rank).map((all) =>
  Object.fromEntries(Object.entries(all).slice(0, 2)),
) as fc.Arbitrary<Record<string, number>>;

const settings: fc.Arbitrary<Partial<Settings>> = some<Required<Settings>>({
  overrides: several(override, 4),
  limits: several(limit, 1),
  conditions: several(condition, 1),
  thresholds,
});

export const role: fc.Arbitrary<Role> = fc
  .tuple(
    fc.record({ rank, allow: names }),
    some<{ kinds: Record<string, string[]> }>({ kinds: byId(KINDS, names) }),
    fc.constantFrom(...Array.from({ length: 7 }, () => ({})), { bypass: true }),
  )
  .map((parts) => Object.assign({}, ...parts));

export const member: fc.Arbitrary<AccessMember> = fc
  .tuple(
    fc.record({ roles: several(roleId) }),
    some({
      joinedAt: fc.constantFrom(0, 10, 20),
      appointedBy: memberId,
      grants: fc.uniqueArray(grant, { selector: ({ id }) => id, maxLength: 2 }),
      limits: several(limit, 1),
    }),
    fc.oneof(
      { weight: 6, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: fc.record({ rank }) },
      { weight: 1, arbitrary: fc.record({ until: edge }) },
    ),
  )
  .map((parts) => Object.assign({}, ...parts));

const channel: fc.Arbitrary<AccessChannel> = fc
  .tuple(
    fc.record({ kind: fc.constantFrom(...KINDS) }),
    settings,
    some<{ parent: string; lockedBy: string }>({ parent: channelId, lockedBy: memberId }),
  )
  .map((parts) => Object.assign({}, ...parts));

export const ceiling: fc.Arbitrary<Ceiling> = some({
  keeps: names,
  removes: names,
  exempt: selector,
  hard: fc.boolean(),
});

const definition: fc.Arbitrary<CapabilityDefinition> = fc
  .tuple(
    fc.constantFrom({}, {}, { scope: "space" }, { scope: "channel" }, { scope: "both" }),
    fc.oneof(
      { weight: 2, arbitrary: fc.constant({}) },
      {
        weight: 1,
        arbitrary: some({
          requires: several(named, 2),
          requiresIn: byId(KINDS, several(named, 1)),
          implies: several(named, 2),
          kinds: several(fc.constantFrom(...KINDS), 2),
          own: named,
        }),
      },
    ),
    some({ guard: fc.constantFrom("outrank", "appointed", "lock-holder"), sparesBypass: fc.boolean() }),
  )
  .map((parts) => Object.assign({}, ...parts));

/** The vocabulary, sometimes filled up to sizes at which the words of bits are full. */
const vocabulary = fc
  .tuple(
    fc.tuple(...CAPABILITIES.map((name) => fc.tuple(fc.constant(name), definition))),
    fc.constantFrom(0, 0, 31, 32, 33, 64),
  )
  .map(([definitions, size]) => {
    const more = Array.from({ length: Math.max(0, size - definitions.length) }, (_, i) => [`more ${i}`, {}]);
    return Object.fromEntries(size % 2 === 0 ? [...more, ...definitions] : [...definitions, ...more]);
  });

export const snapshot: fc.Arbitrary<Snapshot> = fc
  .tuple(
    fc.record({
      capabilities: vocabulary,
      roles: byId(ROLES, role),
      members: byId(MEMBERS, member),
      channels: byId(CHANNELS, channel),
    }),
    some({
      groups: byId(GROUPS, selector),
      ceilings: byId(CEILINGS, ceiling),
      collisions: fc.constantFrom("allow-wins", "deny-wins", "ranked"),
    }),
    settings,
  )
  .map((parts) => Object.assign({}, ...parts));

export const question: fc.Arbitrary<Question> = fc
  .tuple(
    fc.record({ member: memberId, capability: named }),
    fc.oneof(
      { weight: 8, arbitrary: fc.record({ channel: fc.constantFrom(...CHANNELS) }) },
      { weight: 1, arbitrary: fc.constantFrom({}, { channel: "nowhere" }) },
    ),
    fc.record({ at: instant }),
    fc.oneof(
      fc.constant({}),
      some({
        target: memberId,
        own: fc.boolean(),
        lastAt: fc.constantFrom(null, 5, 15, 25),
        madeAt: fc.constantFrom(5, 15, 25),
        accountAt: fc.constantFrom(0, 10, 20),
      }),
    ),
  )
  .map((parts) => Object.assign({}, ...parts));

const on = fc.oneof(
  fc.constant({}),
  memberId.map((id) => ({ member: id })),
  channelId.map((id) => ({ channel: id })),
);

/** Any change, sensible or not. */
export const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    type: fc.constant("role.define" as const),
    role: roleId,
    to: fc.option(role, { freq: 4 }),
  }),
  fc.record({ type: fc.constant("role.assign" as const), member: memberId, roles: several(roleId, 2) }),
  fc.record({
    type: fc.constant("override.set" as const),
    channel: fc.option(channelId, { freq: 3 }),
    subject,
    overrides: several(entryOfOverride, 2),
  }),
  fc.record({ type: fc.constant("grant.give" as const), member: memberId, grant }),
  fc.record({
    type: fc.constant("grant.revoke" as const),
    member: memberId,
    grant: fc.constantFrom("g1", "g2", "g3"),
  }),
  fc
    .tuple(fc.record({ type: fc.constant("limit.put" as const), limit }), on)
    .map(([what, where]) => ({ ...what, ...where })),
  fc
    .tuple(
      fc.record({ type: fc.constant("limit.lift" as const), ceiling: fc.constantFrom(...CEILINGS, "ghost") }),
      on,
    )
    .map(([what, where]) => ({ ...what, ...where })),
  fc.record({ type: fc.constant("member.add" as const), member: memberId, data: member }),
  fc.record({ type: fc.constant("member.remove" as const), member: memberId }),
  fc.record({ type: fc.constant("ownership.pass" as const), to: memberId, keep: several(roleId, 2) }),
);

/** Every place of a snapshot: the space, and its channels. */
export function placesOf({ channels }: Snapshot): readonly (string | null)[] {
  return [null, ...Object.keys(channels)];
}

const CHANGES: readonly ChangeType[] = [
  "role.define",
  "role.assign",
  "override.set",
  "grant.give",
  "grant.revoke",
  "limit.put",
  "limit.lift",
  "member.add",
  "member.remove",
  "ownership.pass",
];

/** Snapshots in which many may change much: the power is one that most roles give, and few bypass. */
export const politics: fc.Arbitrary<Snapshot> = fc
  .tuple(snapshot, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), fc.constantFrom(0, 1, 1, 2))
  .map(([rules, powerful, bypassing]) => ({
    ...rules,
    capabilities: { ...rules.capabilities, configure: { scope: "both" } },
    roles: Object.fromEntries(
      Object.entries(rules.roles).map(([id, { bypass, ...one }], i) => [
        id,
        {
          ...one,
          allow: powerful[i] ? [...one.allow, "configure"] : one.allow,
          ...(i < bypassing && bypass ? { bypass } : {}),
        },
      ]),
    ),
    powers: Object.fromEntries(CHANGES.map((type) => [type, "configure"])),
  }));

/** The same thing with every list and every record in another order, save those of conditions, which have one. */
export function reordered<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reordered).reverse() as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [
    key,
    key === "conditions" ? one : reordered(one),
  ]);
  return Object.fromEntries(entries.reverse()) as T;
}

/** The same thing, and no part of it can be changed any more. */
export function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) for (const one of Object.values(value)) frozen(one);
  return Object.freeze(value);
}
