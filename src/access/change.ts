import { type ById, entry, setEntry } from "../kernel/record.js";
import type { Grant, Limit, Override, Role, Subject } from "../model/access.js";
import type { AccessChannel, AccessMember, ChangeType, Snapshot } from "./snapshot.js";

/** One change to who may do what. Setting something to nothing sets it to its default. */
export type Change<C extends string = string> = {
  readonly type: ChangeType;
} /** Defines, redefines or, with `null`, removes a role. */ & (
  | { readonly type: "role.define"; readonly role: string; readonly to: Role<C> | null }
  /** Gives a member these roles and no others. */
  | { readonly type: "role.assign"; readonly member: string; readonly roles: readonly string[] }
  /** Sets the overrides of a channel (`null`: of the space) for one subject. An empty list removes them. */
  | {
      readonly type: "override.set";
      readonly channel: string | null;
      readonly subject: Subject;
      readonly overrides: readonly Omit<Override<C>, "subject">[];
    }
  /** Gives a member something beside their roles, in the place of an earlier grant of the same id. */
  | { readonly type: "grant.give"; readonly member: string; readonly grant: Grant<C> }
  | { readonly type: "grant.revoke"; readonly member: string; readonly grant: string }
  /** Puts a ceiling on a member, a channel, or, with neither, the space, in the place of an earlier one of its name. */
  | ({ readonly type: "limit.put"; readonly limit: Limit } & On)
  /** Takes it off again. */
  | ({ readonly type: "limit.lift"; readonly ceiling: string } & On)
  /** Lets somebody in; also what a ticket with these roles does when it is redeemed. */
  | { readonly type: "member.add"; readonly member: string; readonly data: AccessMember<C> }
  | { readonly type: "member.remove"; readonly member: string }
  /** Makes another member take one's place: they get one's roles, and one keeps only `keep`. */
  | { readonly type: "ownership.pass"; readonly to: string; readonly keep: readonly string[] }
);

type On = { readonly member?: string | undefined; readonly channel?: string | undefined };

/**
 * The snapshot after a change, whether anybody may make it or not; `by` is who makes it. What the change does not
 * touch is shared with the snapshot before. What it names and is not there stays so.
 */
export function applyChange<C extends string>(
  snapshot: Snapshot<C>,
  change: Change<C>,
  by?: string,
): Snapshot<C> {
  switch (change.type) {
    case "role.define":
      return { ...snapshot, roles: withEntry(snapshot.roles, change.role, change.to) };
    case "role.assign":
      return withMember(snapshot, change.member, (member) => ({ ...member, roles: change.roles }));
    case "override.set": {
      const set = ({ overrides = [] }: { readonly overrides?: readonly Override<C>[] | undefined }) => [
        ...overrides.filter(({ subject }) => !sameSubject(subject, change.subject)),
        ...change.overrides.map((override) => ({ ...override, subject: change.subject })),
      ];
      return change.channel === null
        ? { ...snapshot, overrides: set(snapshot) }
        : withChannel(snapshot, change.channel, (channel) => ({ ...channel, overrides: set(channel) }));
    }
    case "grant.give":
      return withMember(snapshot, change.member, (member) => ({
        ...member,
        grants: [...(member.grants ?? []).filter(({ id }) => id !== change.grant.id), change.grant],
      }));
    case "grant.revoke":
      return withMember(snapshot, change.member, (member) => ({
        ...member,
        grants: (member.grants ?? []).filter(({ id }) => id !== change.grant),
      }));
    case "limit.put":
      return withLimits(snapshot, change, (limits) => [
        ...limits.filter(({ ceiling }) => ceiling !== change.limit.ceiling),
        change.limit,
      ]);
    case "limit.lift":
      return withLimits(snapshot, change, (limits) =>
        limits.filter(({ ceiling }) => ceiling !== change.ceiling),
      );
    case "member.add":
      return { ...snapshot, members: withEntry(snapshot.members, change.member, change.data) };
    case "member.remove":
      return { ...snapshot, members: withEntry(snapshot.members, change.member, null) };
    case "ownership.pass": {
      const from = by === undefined ? undefined : entry<AccessMember<C>>(snapshot.members, by);
      if (by === undefined || !from || by === change.to) return snapshot;
      const passed = withMember(snapshot, change.to, (member) => ({
        ...member,
        roles: [...new Set([...member.roles, ...from.roles])],
      }));
      return passed === snapshot
        ? snapshot
        : withMember(passed, by, (member) => ({ ...member, roles: change.keep }));
    }
    default:
      return change satisfies never;
  }
}

/** The channel it is about: what is put on a member holds everywhere, whatever channel is named beside. */
export function channelIn(change: Change): string | undefined {
  if (!("channel" in change) || ("member" in change && change.member !== undefined)) return undefined;
  return change.channel ?? undefined;
}

/** The member it is about. */
export function targetOf(change: Change): string | undefined {
  switch (change.type) {
    case "role.assign":
    case "grant.give":
    case "grant.revoke":
    case "member.add":
    case "member.remove":
      return change.member;
    case "limit.put":
    case "limit.lift":
      return change.member;
    case "override.set":
      return typeof change.subject === "object" && "member" in change.subject
        ? change.subject.member
        : undefined;
    case "ownership.pass":
      return change.to;
    case "role.define":
      return undefined;
    default:
      return change satisfies never;
  }
}

/** The roles that it names. */
export function rolesIn(change: Change): readonly string[] {
  if (change.type === "role.assign") return change.roles;
  if (change.type === "member.add") return change.data.roles;
  if (change.type === "ownership.pass") return change.keep;
  if (change.type !== "override.set" || typeof change.subject !== "object") return [];
  return "role" in change.subject ? [change.subject.role] : [];
}

/** Whether two overrides are for the same people. */
export function sameSubject(a: Subject, b: Subject): boolean {
  if (a === "everyone" || b === "everyone") return a === b;
  const [one, other]: readonly { role?: string; group?: string; member?: string }[] = [a, b];
  return one?.role === other?.role && one?.group === other?.group && one?.member === other?.member;
}

function withLimits<C extends string>(
  snapshot: Snapshot<C>,
  { member, channel }: On,
  set: (limits: readonly Limit[]) => readonly Limit[],
): Snapshot<C> {
  if (member !== undefined)
    return withMember(snapshot, member, (one) => ({ ...one, limits: set(one.limits ?? []) }));
  if (channel !== undefined)
    return withChannel(snapshot, channel, (one) => ({ ...one, limits: set(one.limits ?? []) }));
  return { ...snapshot, limits: set(snapshot.limits ?? []) };
}

function withMember<C extends string>(
  snapshot: Snapshot<C>,
  id: string,
  change: (member: AccessMember<C>) => AccessMember<C>,
): Snapshot<C> {
  const member = entry<AccessMember<C>>(snapshot.members, id);
  return member ? { ...snapshot, members: withEntry(snapshot.members, id, change(member)) } : snapshot;
}

function withChannel<C extends string>(
  snapshot: Snapshot<C>,
  id: string,
  change: (channel: AccessChannel<C>) => AccessChannel<C>,
): Snapshot<C> {
  const channel = entry<AccessChannel<C>>(snapshot.channels, id);
  return channel ? { ...snapshot, channels: withEntry(snapshot.channels, id, change(channel)) } : snapshot;
}

function withEntry<T>(record: ById<T>, id: string, value: T | null): ById<T> {
  const copy = { ...record };
  if (value === null) delete copy[id];
  else setEntry(copy, id, value);
  return copy;
}
