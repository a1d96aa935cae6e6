import { entry } from "../kernel/record.js";
import type { Instant } from "../kernel/time.js";
import type { Grant, Override, Period, Role } from "../model/access.js";
import { common, union, type Words, without } from "./bits.js";
import { rawWords } from "./cells.js";
import { type Change, sameSubject } from "./change.js";
import type { Access, CompiledMember, CompiledSettings } from "./compiled.js";
import { below, newChannelIn, placesOf } from "./places.js";
import { first, namesOf, type Refused, refuse } from "./refused.js";

/** What the change itself gives, whoever it may reach and whenever: nobody writes down what they do not have. */
export function forbidGiving(
  access: Access,
  who: CompiledMember,
  change: Change,
  at: Instant | undefined,
): Refused | undefined {
  if (change.type === "ownership.pass") {
    // As for whoever steps down: what one had, and what ranks lower than oneself.
    const rankOf = (role: string): number => access.role(role)?.rank ?? who.rank;
    const more = change.keep.find((role) => !who.set.ids.has(role) && !(rankOf(role) < who.rank));
    return more === undefined ? undefined : refuse("RAISES_ONESELF", more);
  }
  if (who.set.bypass) return undefined;
  switch (change.type) {
    case "role.define":
      return forbidRole(access, who, change, at);
    case "override.set":
      return forbidOverrides(access, who, change, at);
    case "grant.give":
      return forbidGrant(access, who, change.member, change.grant, at);
    case "member.add":
      return first(change.data.grants ?? [], (grant) => forbidGrant(access, who, change.member, grant, at));
    default:
      return undefined;
  }
}

function forbidRole(
  access: Access,
  who: CompiledMember,
  { role, to }: Extract<Change, { type: "role.define" }>,
  at: Instant | undefined,
): Refused | undefined {
  if (to?.bypass) return refuse("GIVES_MORE_THAN_OWN", role);
  const { vocabulary, snapshot } = access;
  const old = entry(snapshot.roles, role);
  const givenBy = (one: Role | null | undefined, kind: string | null): Words =>
    union(
      vocabulary.given(one?.allow),
      common(vocabulary.given(kind === null ? [] : entry(one?.kinds ?? {}, kind)), vocabulary.inChannels),
    );
  const places = [
    access.space,
    ...placesOf(access),
    ...Object.keys(to?.kinds ?? {}).map(newChannelIn(access)),
  ];
  return first(places, (place) => {
    const added = without(givenBy(to, place.kind), givenBy(old, place.kind));
    return forbidWords(access, rawWords(access, who, place, at), place, added, role);
  });
}

function forbidOverrides(
  access: Access,
  who: CompiledMember,
  { channel, subject, overrides }: Extract<Change, { type: "override.set" }>,
  at: Instant | undefined,
): Refused | undefined {
  const { vocabulary } = access;
  const place = channel === null ? access.space : access.channel(channel);
  if (!place) return undefined;
  const old = (place.data.overrides ?? []).filter((one) => sameSubject(one.subject, subject));
  const isOver = ({ until }: Period): boolean => at !== undefined && until !== undefined && until < at;
  /** What is in some of these and not, for at least as long, in one of those. */
  const beyond = (these: readonly Entry[], those: readonly Entry[], words: (one: Entry) => Words): Words =>
    these
      .filter((one) => !isOver(one))
      .map((one) =>
        those
          .filter((other) => outlasts(other, one))
          .reduce((left, other) => without(left, words(other)), words(one)),
      )
      .reduce(union, vocabulary.named([]));
  const more = union(
    beyond(overrides, old, ({ allow }) => vocabulary.given(allow)),
    beyond(old, overrides, ({ deny }) => vocabulary.named(deny)),
  );
  const places = channel === null ? [place, ...placesOf(access)] : [place, ...below(access, place)];
  return first(places, (one) =>
    forbidWords(access, rawWords(access, who, one, at), one, more, nameOf(subject)),
  );
}

type Entry = Omit<Override, "subject">;

/** Whether one holds whenever the other does. */
function outlasts(one: Period, other: Period): boolean {
  return (
    (one.from === undefined || (other.from !== undefined && one.from <= other.from)) &&
    (one.until === undefined || (other.until !== undefined && other.until <= one.until))
  );
}

function forbidGrant(
  access: Access,
  who: CompiledMember,
  member: string,
  { allow, channel }: Grant,
  at: Instant | undefined,
): Refused | undefined {
  const words = access.vocabulary.given(allow);
  const only = channel === undefined ? undefined : access.channel(channel);
  const places = only ? [only] : [access.space, ...placesOf(access)];
  return first(places, (place) =>
    forbidWords(access, rawWords(access, who, place, at), place, words, member),
  );
}

function forbidWords(
  access: Access,
  own: Words,
  { id }: CompiledSettings,
  words: Words,
  about: string,
): Refused | undefined {
  const { inChannels } = access.vocabulary;
  // What is written down for the space holds in channels that are still to come.
  const reach = id === null ? words : common(words, inChannels);
  const names = namesOf(access, without(reach, own));
  return names.length === 0 ? undefined : refuse("GIVES_MORE_THAN_OWN", about, names);
}

function nameOf(subject: Override["subject"]): string {
  if (subject === "everyone") return subject;
  if ("role" in subject) return subject.role;
  return "group" in subject ? subject.group : subject.member;
}
