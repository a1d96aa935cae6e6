import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Grant, Settings } from "../../model/access.js";
import { add, common, has, none, type Words } from "../bits.js";
import { close } from "../cells.js";
import { compile } from "../compile.js";
import type { Access, CompiledSettings } from "../compiled.js";
import type { AccessMember, Snapshot } from "../snapshot.js";
import { type Finding, finding, type Part } from "./findings.js";
import { placesOf, withImaginedChannels } from "./imagined.js";
import { grantIsOver, isThere, overrideIsOver, upper } from "./names.js";

// What is out of everybody's reach, and what is not out of anybody's.

/** Capabilities that are never given, or never with what they require. */
export function unreachable(snapshot: Snapshot, at: Instant | undefined): readonly Finding[] {
  const access = compile(withImaginedChannels(snapshot));
  const { vocabulary } = access;
  const members = Object.values<AccessMember>(snapshot.members);
  const grants = members.flatMap((member) => member.grants ?? []).filter((grant) => !grantIsOver(grant, at));
  const highest = highestRank(snapshot);
  const most = placesOf(access).map((place) => ({
    place,
    words: mostIn(access, place, grants, highest, at),
  }));
  return vocabulary.names.flatMap((id, index): readonly Finding[] => {
    const given = most.filter(
      ({ place, words }) =>
        has(place.id === null ? vocabulary.inSpace : vocabulary.inChannels, index) && has(words, index),
    );
    if (given.some(({ place, words }) => has(close(access, words, place.kind), index))) return [];
    const about: Part = { kind: "capability", id };
    if (given.length === 0) {
      return [finding("CAPABILITY_UNREACHABLE", about, `Nothing gives ${id} to anybody.`)];
    }
    const missing = vocabulary.names.filter((_, i) =>
      given.every(({ place, words }) => {
        const needed = vocabulary.needsIn(place.kind)[index];
        return needed !== undefined && has(needed, i) && !has(words, i);
      }),
    );
    const by = missing.map((name): Part => ({ kind: "capability", id: name }));
    return [
      finding("CAPABILITY_UNREACHABLE", about, `${id} is given only where what it requires is not.`, by),
    ];
  });
}

/** Thresholds that nobody reaches, and those that everybody is above. */
export function idleThresholds({ roles, members, ...snapshot }: Snapshot): readonly Finding[] {
  const ranks = [
    ...Object.values(roles).map(({ rank }) => rank),
    ...Object.values<AccessMember>(members).map(
      ({ rank, roles: theirs }) =>
        rank ??
        Math.max(Number.NEGATIVE_INFINITY, ...theirs.map((id) => entry(roles, id)?.rank ?? -Infinity)),
    ),
  ];
  if (ranks.length === 0) return [];
  const lowest = ranks.reduce((a, b) => Math.min(a, b));
  const highest = ranks.reduce((a, b) => Math.max(a, b));
  const look = (channel: string | null, { thresholds = {} }: Settings): readonly Finding[] =>
    Object.entries(thresholds).flatMap(([capability, rank = 0]) => {
      const about: Part = { kind: "threshold", channel, capability };
      const name = upper(about);
      if (rank > highest) {
        return finding(
          "THRESHOLD_ABOVE_ALL",
          about,
          `${name} is ${rank}: nobody ranks higher than ${highest}.`,
        );
      }
      if (rank < lowest) {
        return finding(
          "THRESHOLD_BELOW_ALL",
          about,
          `${name} is ${rank}: nobody ranks lower than ${lowest}.`,
        );
      }
      return [];
    });
  return [
    ...look(null, snapshot),
    ...Object.entries<Settings>(snapshot.channels).flatMap(([id, channel]) => look(id, channel)),
  ];
}

/** Everything that anything could give to anybody in a place. */
function mostIn(
  access: Access,
  place: CompiledSettings,
  grants: readonly Grant[],
  highest: number,
  at: Instant | undefined,
): Words {
  const { snapshot, vocabulary } = access;
  const words = none(vocabulary.all.length);
  for (const id of Object.keys(snapshot.roles)) {
    const role = access.role(id);
    if (!role) continue;
    add(words, role.step.words);
    add(words, (place.kind === null ? undefined : role.inKind(place.kind)?.words) ?? words);
  }
  for (const { allow, channel } of grants) {
    if (channel === undefined || channel === place.id) add(words, vocabulary.given(allow));
  }
  const scopes = [access.space];
  for (let one: CompiledSettings | undefined = place; one && one.id !== null; one = one.parent)
    scopes.push(one);
  for (const scope of scopes) {
    for (const threshold of scope.thresholds) if (threshold.rank <= highest) add(words, threshold.step.words);
    for (const override of scope.data.overrides ?? []) {
      if (overrideIsOver(override, at) || !isThere(snapshot, override)) continue;
      const given = vocabulary.given(override.allow);
      add(words, scope.id === null ? given : common(given, vocabulary.inChannels));
    }
  }
  return place.kind === null ? words : common(words, vocabulary.inKind(place.kind));
}

function highestRank({ roles, members }: Snapshot): number {
  const ranks = [...Object.values(roles), ...Object.values<AccessMember>(members)].map(({ rank }) => rank);
  return ranks.reduce<number>(
    (highest, rank) => Math.max(highest, rank ?? highest),
    Number.NEGATIVE_INFINITY,
  );
}
