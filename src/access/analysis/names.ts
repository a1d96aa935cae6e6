import { type ById, entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Grant, Limit, Override, Selector, Settings } from "../../model/access.js";
import type { AccessChannel, AccessMember, ChangeType, Snapshot } from "../snapshot.js";
import type { CapabilityDefinition } from "../vocabulary.js";
import { type Finding, finding, type LintCode, type Part, partName } from "./findings.js";

// What can be seen by reading a snapshot: names of what is not there, circles, and windows.

/** A part of a snapshot that names another. */
type Mention = { readonly about: Part; readonly names: Part };

type Named = "capability" | "role" | "group" | "channel" | "ceiling" | "member";

const CODE_OF: { readonly [kind in Named]: LintCode } = {
  capability: "CAPABILITY_UNKNOWN",
  role: "ROLE_UNKNOWN",
  group: "GROUP_UNKNOWN",
  channel: "CHANNEL_UNKNOWN",
  ceiling: "CEILING_UNKNOWN",
  member: "MEMBER_UNKNOWN",
};

/** Names of capabilities, roles, groups, channels, ceilings and members that there are not. */
export function unknownNames(snapshot: Snapshot): readonly Finding[] {
  const lists: { readonly [kind in Named]: ById<unknown> } = {
    capability: snapshot.capabilities,
    role: snapshot.roles,
    group: snapshot.groups ?? {},
    channel: snapshot.channels,
    ceiling: snapshot.ceilings ?? {},
    member: snapshot.members,
  };
  return mentionsIn(snapshot).flatMap(({ about, names }) => {
    if (!("id" in names) || names.kind === "grant" || Object.hasOwn(lists[names.kind], names.id)) return [];
    return finding(
      CODE_OF[names.kind],
      about,
      `${upper(about)} names ${partName(names)}, which is not there.`,
      [names],
    );
  });
}

function mentionsIn(snapshot: Snapshot): readonly Mention[] {
  const mentions: Mention[] = [];
  const name = (about: Part, kind: Named, ids: readonly (string | undefined)[] | undefined): void => {
    for (const id of new Set(ids)) if (id !== undefined) mentions.push({ about, names: { kind, id } });
  };
  const select = (about: Part, selector: Selector | undefined): void => {
    if (selector === undefined || selector === "everyone") return;
    name(about, "role", selector.roles);
    name(about, "member", selector.members);
    name(about, "group", selector.groups);
  };
  const settings = (channel: string | null, data: Settings): void => {
    for (const [index, { subject, allow = [], deny = [] }] of (data.overrides ?? []).entries()) {
      const about: Part = { kind: "override", channel, subject, index };
      name(about, "capability", [...allow, ...deny]);
      if (subject === "everyone") continue;
      if ("role" in subject) name(about, "role", [subject.role]);
      else if ("group" in subject) name(about, "group", [subject.group]);
      else name(about, "member", [subject.member]);
    }
    for (const [index, { ceiling }] of (data.limits ?? []).entries()) {
      name({ kind: "limit", channel, index }, "ceiling", [ceiling]);
    }
    for (const [index, { on, exempt }] of (data.conditions ?? []).entries()) {
      name({ kind: "condition", channel, index }, "capability", on);
      select({ kind: "condition", channel, index }, exempt);
    }
    for (const capability of Object.keys(data.thresholds ?? {})) {
      name({ kind: "threshold", channel, capability }, "capability", [capability]);
    }
  };

  for (const [id, definition] of Object.entries<CapabilityDefinition>(snapshot.capabilities)) {
    const { requires = [], requiresIn = {}, implies = [], own } = definition;
    name({ kind: "capability", id }, "capability", [
      ...requires,
      ...Object.values(requiresIn).flat(),
      ...implies,
      own,
    ]);
  }
  for (const [id, { allow, kinds = {} }] of Object.entries(snapshot.roles)) {
    name({ kind: "role", id }, "capability", [...allow, ...Object.values(kinds).flat()]);
  }
  for (const [id, selector] of Object.entries(snapshot.groups ?? {})) select({ kind: "group", id }, selector);
  for (const [id, { keeps = [], removes = [], exempt }] of Object.entries(snapshot.ceilings ?? {})) {
    name({ kind: "ceiling", id }, "capability", [...keeps, ...removes]);
    select({ kind: "ceiling", id }, exempt);
  }
  for (const [id, { roles, grants = [], limits = [] }] of Object.entries(snapshot.members)) {
    name({ kind: "member", id }, "role", roles);
    for (const grant of grants) {
      const about: Part = { kind: "grant", member: id, id: grant.id };
      name(about, "capability", grant.allow);
      name(about, "channel", [grant.channel]);
      // Who gave it matters only where it holds no longer than they have it themselves.
      if (grant.bound) name(about, "member", [grant.by]);
    }
    for (const [index, { ceiling }] of limits.entries()) {
      name({ kind: "limit", member: id, channel: null, index }, "ceiling", [ceiling]);
    }
  }
  settings(null, snapshot);
  for (const [id, channel] of Object.entries(snapshot.channels)) {
    name({ kind: "channel", id }, "channel", [channel.parent]);
    name({ kind: "channel", id }, "member", [channel.lockedBy]);
    settings(id, channel);
  }
  for (const [change, capability] of Object.entries(snapshot.powers ?? {})) {
    name({ kind: "power", change: change as ChangeType }, "capability", [capability]);
  }
  return mentions;
}

/** Groups, parents and requirements that come back to where they began. */
export function circles(snapshot: Snapshot): readonly Finding[] {
  const { groups = {}, channels, capabilities } = snapshot;
  const look = (code: LintCode, kind: Named, all: ById<unknown>, next: (id: string) => readonly string[]) =>
    circlesIn(Object.keys(all), next).map((circle) => {
      const [about, ...others] = circle.map((id): Part => ({ kind, id }));
      const way = [...circle, circle[0]].join(", ");
      return finding(code, about as Part, `${upper(about as Part)} comes back to itself: ${way}.`, others);
    });
  return [
    ...look("GROUP_CYCLE", "group", groups, (id) => {
      const selector = entry<Selector>(groups, id);
      return selector === undefined || selector === "everyone" ? [] : (selector.groups ?? []);
    }),
    ...look("PARENT_CYCLE", "channel", channels, (id) => {
      const parent = entry<AccessChannel>(channels, id)?.parent;
      return parent === undefined ? [] : [parent];
    }),
    ...look("REQUIRES_CYCLE", "capability", capabilities, (id) => {
      return entry<CapabilityDefinition>(capabilities, id)?.requires ?? [];
    }),
  ];
}

/** The sets of ids of which each leads to each other, in order of their first. */
function circlesIn(
  ids: readonly string[],
  next: (id: string) => readonly string[],
): readonly (readonly string[])[] {
  const reach = (start: string): ReadonlySet<string> => {
    const reached = new Set<string>();
    const open = [...next(start)];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (reached.has(id)) continue;
      reached.add(id);
      open.push(...next(id));
    }
    return reached;
  };
  const done = new Set<string>();
  return ids.flatMap((id) => {
    if (done.has(id)) return [];
    const from = reach(id);
    if (!from.has(id)) return [];
    const circle = [id, ...[...from].filter((other) => other !== id && reach(other).has(id))];
    for (const one of circle) done.add(one);
    return [circle];
  });
}

/** Windows that never open, and those that are over for good. */
export function windows(snapshot: Snapshot, at: Instant | undefined): readonly Finding[] {
  return periodsIn(snapshot).flatMap(({ about, from, until, takes }) => {
    if (neverOpens({ from, until, takes })) {
      return finding("WINDOW_NEVER_OPENS", about, `${upper(about)} ends before it begins.`);
    }
    if (isOver({ until, takes }, at)) return finding("WINDOW_OVER", about, `${upper(about)} is over.`);
    return [];
  });
}

type Dated = {
  readonly from?: Instant | undefined;
  readonly until?: Instant | undefined;
  readonly takes: boolean;
};

/** What gives is over at `until`; what takes away still holds at that instant. */
function neverOpens({ from, until, takes }: Dated): boolean {
  return from !== undefined && until !== undefined && (takes ? until < from : until <= from);
}

function isOver({ until, takes }: Dated, at: Instant | undefined): boolean {
  return at !== undefined && until !== undefined && (takes ? until < at : until <= at);
}

/** Whether there is anybody whom the override is for. Where not, that is a finding of its own. */
export function isThere({ roles, groups = {}, members }: Snapshot, { subject }: Override): boolean {
  if (subject === "everyone") return true;
  if ("role" in subject) return Object.hasOwn(roles, subject.role);
  if ("group" in subject) return Object.hasOwn(groups, subject.group);
  return Object.hasOwn(members, subject.member);
}

/** Whether an override has no instant left at which it holds. */
export function overrideIsOver(override: Override, at: Instant | undefined): boolean {
  const dated = { ...override, takes: takesAway(override) };
  return neverOpens(dated) || isOver(dated, at);
}

/** The same for a grant. */
export function grantIsOver(grant: Grant, at: Instant | undefined): boolean {
  return neverOpens({ ...grant, takes: false }) || isOver({ ...grant, takes: false }, at);
}

function takesAway({ deny }: Override): boolean {
  return deny !== undefined && deny.length > 0;
}

function periodsIn(snapshot: Snapshot): readonly (Dated & { readonly about: Part })[] {
  const found: (Dated & { readonly about: Part })[] = [];
  const limited = (about: (index: number) => Part, limits: readonly Limit[] = []): void => {
    for (const [index, { from, until }] of limits.entries()) {
      found.push({ about: about(index), from, until, takes: true });
    }
  };
  const settings = (channel: string | null, { overrides = [], limits }: Settings): void => {
    for (const [index, override] of overrides.entries()) {
      const { subject, from, until } = override;
      found.push({
        about: { kind: "override", channel, subject, index },
        from,
        until,
        takes: takesAway(override),
      });
    }
    limited((index) => ({ kind: "limit", channel, index }), limits);
  };
  for (const [id, { grants = [], limits, until }] of Object.entries<AccessMember>(snapshot.members)) {
    if (until !== undefined) found.push({ about: { kind: "member", id }, until, takes: false });
    for (const grant of grants) {
      const about: Part = { kind: "grant", member: id, id: grant.id };
      found.push({ about, from: grant.from, until: grant.until, takes: false });
    }
    limited((index) => ({ kind: "limit", member: id, channel: null, index }), limits);
  }
  settings(null, snapshot);
  for (const [id, channel] of Object.entries(snapshot.channels)) settings(id, channel);
  return found;
}

/** The name of a part as the beginning of a sentence. */
export function upper(part: Part): string {
  const name = partName(part);
  return `${name[0]?.toUpperCase() ?? ""}${name.slice(1)}`;
}
