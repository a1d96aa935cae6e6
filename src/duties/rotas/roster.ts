import { entry } from "../../kernel/record.js";
import type { Hours, RotaPlan } from "../../model/rotas.js";
import type { Space } from "../../model/space.js";
import { compare, united } from "./intervals.js";
import { stretchesOf } from "./stretches.js";

/** Hours that a member covers without a break by one rota. */
export type Shift = Hours & { readonly rota: string; readonly member: string };

/** A time in which a rota has the same people on duty. */
export type Roster = Hours & {
  readonly rota: string;
  readonly plan: RotaPlan;
  readonly people: readonly string[];
};

/** A time in which the same people are on duty, by whichever rotas: all of them, and no longer. */
export type Watch = Hours & { readonly people: readonly string[] };

/** Who of the members covers a duty within a window, rota by rota. Those of one rota are in order. */
export function rostersOf(space: Space, duty: string, window: Hours): readonly Roster[] {
  return Object.values(space.rotas).flatMap((rota) =>
    [...stretchesOf(rota, window)].flatMap(({ start, end, plan, people: planned }) => {
      if (plan.duty !== duty) return [];
      const people = [...planned].filter((member) => entry(space.members, member));
      return people.length > 0 ? [{ rota: rota.id, start, end, plan, people }] : [];
    }),
  );
}

/** The shifts of rosters, by when they start. */
export function shiftsIn(rosters: readonly Roster[]): readonly Shift[] {
  type Making = { rota: string; member: string; start: number; end: number };
  const shifts: Making[] = [];
  const latest = new Map<string, Making>();
  for (const { rota, start, end, people } of rosters) {
    for (const member of people) {
      const key = JSON.stringify([rota, member]);
      const before = latest.get(key);
      if (before?.end === start) {
        before.end = end;
      } else {
        const shift = { rota, member, start, end };
        shifts.push(shift);
        latest.set(key, shift);
      }
    }
  }
  return shifts.sort(
    (a, b) => a.start - b.start || a.end - b.end || compare(a.rota, b.rota) || compare(a.member, b.member),
  );
}

/** A whole window by who is on duty: watches in order that adjoin, also those in which nobody is. */
export function watchesIn(rosters: readonly Roster[], window: Hours): readonly Watch[] {
  const byMember = new Map<string, Hours[]>();
  for (const { people, ...hours } of rosters) {
    for (const member of people) {
      const own = byMember.get(member);
      if (own) own.push(hours);
      else byMember.set(member, [hours]);
    }
  }
  const turns = new Map<number, { readonly on: string[]; readonly off: string[] }>();
  const turnAt = (at: number) => {
    const turn = turns.get(at) ?? { on: [], off: [] };
    turns.set(at, turn);
    return turn;
  };
  for (const [member, hours] of byMember) {
    for (const { start, end } of united(hours)) {
      turnAt(start).on.push(member);
      turnAt(end).off.push(member);
    }
  }
  turnAt(window.start);
  turnAt(window.end);
  const watches: Watch[] = [];
  const people = new Set<string>();
  let start = window.start;
  for (const [at, { on, off }] of [...turns].sort(([a], [b]) => a - b)) {
    if (at > start) watches.push({ start, end: at, people: [...people].sort(compare) });
    for (const member of off) people.delete(member);
    for (const member of on) people.add(member);
    start = at;
  }
  return watches;
}
