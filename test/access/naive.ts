import type {
  AccessChannel,
  AccessMember,
  Ceiling,
  Condition,
  Decision,
  Limit,
  Override,
  Period,
  Question,
  Selector,
  Settings,
  Snapshot,
} from "chat-spaces/access";

// The rules once more, in the plainest way: sets of names, nothing remembered, nothing shared with the library. It
// reads the snapshot anew for every question, so whatever the compiled one does differently is a defect of one.

type At = number | undefined;
type Names = Set<string>;
type Place = string | null;

/** The entry with this id: an id such as `__proto__` finds only what was put there. */
function get<T>(record: { readonly [id: string]: T } | undefined, id: string): T | undefined {
  return record !== undefined && Object.keys(record).includes(id) ? record[id] : undefined;
}

function gives({ from, until }: Period, at: At): boolean {
  if (from === undefined && until === undefined) return true;
  return at !== undefined && (from === undefined || from <= at) && (until === undefined || at < until);
}

function takes({ from, until }: Period, at: At): boolean {
  if (from === undefined && until === undefined) return true;
  return at === undefined || ((from === undefined || from <= at) && (until === undefined || at <= until));
}

/** These names and all that they imply, as far as they are in the vocabulary. */
function given(snapshot: Snapshot, names: readonly string[] = []): Names {
  const all = new Set<string>();
  const visit = (name: string): void => {
    const definition = get(snapshot.capabilities, name);
    if (!definition || all.has(name)) return;
    all.add(name);
    for (const next of definition.implies ?? []) visit(next);
  };
  for (const name of names) visit(name);
  return all;
}

function isOfChannels(snapshot: Snapshot, name: string): boolean {
  return get(snapshot.capabilities, name)?.scope !== "space";
}

/** Where a question is answered: in a channel, in the space (`null`), or nowhere. */
function placeOf(snapshot: Snapshot, { capability, channel }: Question): Place | undefined {
  const { scope = "channel" } = get(snapshot.capabilities, capability) ?? {};
  if (scope === "space" || (scope === "both" && channel === undefined)) return null;
  return channel !== undefined && get(snapshot.channels, channel) ? channel : undefined;
}

/** What a channel can have a say about; the space has a say about everything. */
function within(snapshot: Snapshot, place: Place, names: Iterable<string>): Names {
  return new Set([...names].filter((name) => place === null || isOfChannels(snapshot, name)));
}

function memberOf(snapshot: Snapshot, id: string): AccessMember | undefined {
  return get(snapshot.members, id);
}

/** The roles of a member that there are, by id. */
function rolesOf(snapshot: Snapshot, member: AccessMember) {
  return [...new Set(member.roles)].sort().flatMap((id) => {
    const role = get(snapshot.roles, id);
    return role ? [{ id, ...role }] : [];
  });
}

export function rankOf(snapshot: Snapshot, id: string): number {
  const member = memberOf(snapshot, id);
  if (!member) return Number.NEGATIVE_INFINITY;
  const ranks = rolesOf(snapshot, member).map(({ rank }) => rank);
  return member.rank ?? Math.max(Number.NEGATIVE_INFINITY, ...ranks);
}

export function bypasses(snapshot: Snapshot, id: string): boolean {
  const member = memberOf(snapshot, id);
  return member !== undefined && rolesOf(snapshot, member).some(({ bypass }) => bypass === true);
}

export function isMember(snapshot: Snapshot, id: string, at: At): boolean {
  const member = memberOf(snapshot, id);
  return member !== undefined && (member.until === undefined || (at !== undefined && at < member.until));
}

function selects(snapshot: Snapshot, selector: Selector | undefined, id: string): boolean {
  const reached: Selector[] = [];
  const visit = (one: Selector | undefined): void => {
    if (one === undefined || reached.includes(one)) return;
    reached.push(one);
    if (one !== "everyone") for (const group of one.groups ?? []) visit(get(snapshot.groups, group));
  };
  visit(selector);
  const member = memberOf(snapshot, id);
  const roles = member ? rolesOf(snapshot, member).map((role) => role.id) : [];
  return reached.some(
    (one) =>
      one === "everyone" ||
      one.members?.includes(id) ||
      one.roles?.some((role) => roles.includes(role)) ||
      (one.rank !== undefined && rankOf(snapshot, id) >= one.rank),
  );
}

/** Whether a channel comes before itself, by way of its parents. */
function isInCircle(snapshot: Snapshot, id: string): boolean {
  const seen: string[] = [];
  let next = get(snapshot.channels, id)?.parent;
  while (next !== undefined && !seen.includes(next)) {
    seen.push(next);
    next = get(snapshot.channels, next)?.parent;
  }
  return seen.includes(id);
}

/** The space, then the channels before this one, then this one. A channel that is before itself has none before it. */
function scopesOf(snapshot: Snapshot, place: Place): readonly { place: Place; settings: Settings }[] {
  const line: { place: Place; settings: Settings }[] = [];
  for (let next = place ?? undefined; next !== undefined; ) {
    const channel = get<AccessChannel>(snapshot.channels, next);
    if (!channel) break;
    line.unshift({ place: next, settings: channel });
    next = isInCircle(snapshot, next) ? undefined : channel.parent;
  }
  return [{ place: null, settings: snapshot }, ...line];
}

/** What a member is given in a place before anything limits it, if `issuers` have this much themselves. */
function raw(
  snapshot: Snapshot,
  id: string,
  place: Place,
  at: At,
  issuers: ReadonlyMap<string, Names>,
): Names {
  const member = memberOf(snapshot, id);
  if (!member) return new Set();
  if (bypasses(snapshot, id)) return new Set(Object.keys(snapshot.capabilities));
  const roles = rolesOf(snapshot, member);
  const have = new Set<string>();
  const give = (names: Iterable<string>): void => {
    for (const name of names) have.add(name);
  };
  const take = (names: Iterable<string>): void => {
    for (const name of names) have.delete(name);
  };

  const kind = place === null ? undefined : get(snapshot.channels, place)?.kind;
  for (const role of roles) {
    give(given(snapshot, role.allow));
    if (kind !== undefined) give(within(snapshot, place, given(snapshot, get(role.kinds, kind))));
  }
  const scopes = scopesOf(snapshot, place);
  for (const scope of scopes) {
    for (const [name, rank] of Object.entries(scope.settings.thresholds ?? {})) {
      if (rankOf(snapshot, id) >= (rank as number))
        give(within(snapshot, scope.place, given(snapshot, [name])));
    }
  }
  for (const grant of member.grants ?? []) {
    if (grant.channel !== undefined && grant.channel !== place) continue;
    if (!gives(grant, at)) continue;
    const words = within(snapshot, grant.channel === undefined ? null : place, given(snapshot, grant.allow));
    const vouched =
      grant.by !== undefined && isMember(snapshot, grant.by, at) ? issuers.get(grant.by) : undefined;
    give(grant.bound ? [...words].filter((name) => vouched?.has(name)) : words);
  }

  for (const scope of scopes) {
    const all = scope.settings.overrides ?? [];
    const allow = (list: readonly Override[]): void => {
      for (const one of list) {
        if (gives(one, at)) give(within(snapshot, scope.place, given(snapshot, one.allow)));
      }
    };
    const deny = (list: readonly Override[]): void => {
      for (const one of list) if (takes(one, at)) take(within(snapshot, scope.place, one.deny ?? []));
    };
    const everyone = all.filter(({ subject }) => subject === "everyone");
    deny(everyone);
    allow(everyone);
    const forRole = (role: string): readonly Override[] =>
      all.filter(({ subject }) => typeof subject === "object" && "role" in subject && subject.role === role);
    const groups = new Set(
      all.flatMap(({ subject }) =>
        typeof subject === "object" && "group" in subject ? [subject.group] : [],
      ),
    );
    const tier: (readonly Override[])[] = [];
    for (const group of [...groups].sort()) {
      if (!selects(snapshot, get(snapshot.groups, group), id)) continue;
      tier.push(
        all.filter(
          ({ subject }) => typeof subject === "object" && "group" in subject && subject.group === group,
        ),
      );
    }
    for (const role of [...roles].sort((a, b) => a.rank - b.rank)) tier.push(forRole(role.id));
    if (snapshot.collisions === "ranked") {
      for (const list of tier) {
        allow(list);
        deny(list);
      }
    } else if (snapshot.collisions === "deny-wins") {
      allow(tier.flat());
      deny(tier.flat());
    } else {
      deny(tier.flat());
      allow(tier.flat());
    }
    const own = all.filter(
      ({ subject }) => typeof subject === "object" && "member" in subject && subject.member === id,
    );
    deny(own);
    allow(own);
  }
  return have;
}

/**
 * What a member has in a place before ceilings and requirements. What is bound to others' permissions is found by
 * starting from nobody vouching for anything, and going on until nothing is added.
 */
export function rawSet(snapshot: Snapshot, id: string, place: Place, at: At): Names {
  const ids = Object.keys(snapshot.members);
  const isBound = ids.some((one) => memberOf(snapshot, one)?.grants?.some(({ bound }) => bound));
  if (!isBound) return raw(snapshot, id, place, at, new Map());
  let known = new Map<string, Names>(ids.map((one) => [one, new Set()]));
  for (;;) {
    const next = new Map(ids.map((one) => [one, raw(snapshot, one, place, at, known)]));
    if (ids.every((one) => next.get(one)?.size === known.get(one)?.size)) break;
    known = next;
  }
  return known.get(id) ?? new Set();
}

function ceilingTakes(
  snapshot: Snapshot,
  { ceiling: name, ...period }: Limit,
  id: string,
  at: At,
): (capability: string) => boolean {
  const unknown: Ceiling = { keeps: [], hard: true };
  const ceiling = get<Ceiling>(snapshot.ceilings, name) ?? unknown;
  const { keeps, removes, exempt, hard } = ceiling;
  const free = selects(snapshot, exempt, id) || (bypasses(snapshot, id) && !hard);
  if (free || !takes(period, at)) return () => false;
  return (capability) => {
    if (removes?.includes(capability)) return true;
    return keeps ? !keeps.includes(capability) : removes === undefined;
  };
}

/** What a member has in a place after ceilings, the kind of the channel, and requirements. */
export function usableSet(snapshot: Snapshot, id: string, place: Place, at: At): Names {
  const have = rawSet(snapshot, id, place, at);
  const channel = place === null ? undefined : get(snapshot.channels, place);
  const member = memberOf(snapshot, id);
  for (const name of [...have]) {
    const inChannels = isOfChannels(snapshot, name);
    const { kinds } = get(snapshot.capabilities, name) ?? {};
    const limits = [
      ...(snapshot.limits ?? []),
      ...(inChannels ? (channel?.limits ?? []) : []),
      ...(member?.limits ?? []),
    ];
    const limited = limits.some((limit) => ceilingTakes(snapshot, limit, id, at)(name));
    const misplaced =
      channel !== undefined && inChannels && kinds !== undefined && !kinds.includes(channel.kind);
    if (limited || misplaced) have.delete(name);
  }
  for (let before = -1; before !== have.size; ) {
    before = have.size;
    for (const name of [...have]) {
      const { requires = [], requiresIn } = get(snapshot.capabilities, name) ?? {};
      const besides = channel === undefined ? undefined : get(requiresIn, channel.kind);
      if (![...requires, ...(besides ?? [])].every((other) => have.has(other))) have.delete(name);
    }
  }
  return have;
}

function meets(condition: Condition, member: AccessMember, question: Question): Decision["effect"] {
  const { at, lastAt, madeAt, accountAt } = question;
  const passed = (since: At, time: number): boolean =>
    at !== undefined && since !== undefined && at >= since + time;
  switch (condition.kind) {
    case "approval":
      return "pending";
    case "slow-mode":
      return lastAt === null || passed(lastAt, condition.every) ? "allow" : "deny";
    case "age":
      return passed(condition.of === "account" ? accountAt : member.joinedAt, condition.atLeast)
        ? "allow"
        : "deny";
    case "time-limit":
      return at !== undefined && madeAt !== undefined && at < madeAt + condition.within ? "allow" : "deny";
  }
}

function isInTheWay(snapshot: Snapshot, question: Question, place: Place): boolean {
  const { member: id, target } = question;
  const { guard, sparesBypass } = get(snapshot.capabilities, question.capability) ?? {};
  const rank = rankOf(snapshot, id);
  if (guard === "lock-holder") {
    const lockedBy = place === null ? undefined : get(snapshot.channels, place)?.lockedBy;
    if (lockedBy === undefined || lockedBy === id) return false;
    if (!memberOf(snapshot, lockedBy)) return !bypasses(snapshot, id);
    return rank <= rankOf(snapshot, lockedBy);
  }
  if (target === undefined || target === id || (guard === undefined && !sparesBypass)) return false;
  const other = memberOf(snapshot, target);
  if (!other || (sparesBypass && bypasses(snapshot, target))) return true;
  if (guard === undefined) return false;
  if (guard === "outrank" || other.appointedBy === undefined) return rank <= rankOf(snapshot, target);
  if (bypasses(snapshot, id) && rank > rankOf(snapshot, target)) return false;
  const line: string[] = [];
  for (let next = other.appointedBy as string | undefined; next !== undefined && !line.includes(next); ) {
    line.push(next);
    next = memberOf(snapshot, next)?.appointedBy;
  }
  return !line.includes(id);
}

/** The answer to a question. */
export function naive(snapshot: Snapshot, question: Question): Decision["effect"] {
  const { capability, member: id, at, own } = question;
  const definition = get(snapshot.capabilities, capability);
  const member = memberOf(snapshot, id);
  if (!definition || !member || !isMember(snapshot, id, at)) return "deny";
  const place = placeOf(snapshot, question);
  if (place === undefined) return "deny";
  const usable = usableSet(snapshot, id, place, at);
  const enough = own === true && definition.own !== undefined ? [capability, definition.own] : [capability];
  if (!enough.some((name) => usable.has(name))) return "deny";
  const conditions = [
    ...(snapshot.conditions ?? []),
    ...(place === null ? [] : (get(snapshot.channels, place)?.conditions ?? [])),
  ];
  const effects = conditions
    .filter(({ on, exempt }) => on.includes(capability) && !selects(snapshot, exempt, id))
    .map((condition) => (bypasses(snapshot, id) ? "allow" : meets(condition, member, question)));
  if (effects.includes("deny") || isInTheWay(snapshot, question, place)) return "deny";
  return effects.includes("pending") ? "pending" : "allow";
}
