import type { GridLine, RotaOverride, RotaPlan, Space } from "chat-spaces";
import { emptySpace } from "chat-spaces";
import { fold } from "../../../src/space/evolve.js";

/** The instant of an ISO text. */
export const at = (iso: string): number => Date.parse(iso);

/** Every day of the week. */
export const DAILY = [1, 2, 3, 4, 5, 6, 7] as const;

/** A line of a grid. */
export function line(
  weekdays: GridLine["weekdays"],
  from: string,
  to: string,
  ...people: string[]
): GridLine {
  return { weekdays, from, to, people };
}

/** A plan for the duty `ops`. */
export function plan(fields: Partial<RotaPlan> = {}): RotaPlan {
  return { duty: "ops", timeZone: "Europe/Berlin", grid: [], rotation: null, ...fields };
}

/** A space of these members with these plans as rotas `rota-0`, `rota-1`, ..., from the beginning of time on. */
export function spaceOf(
  people: readonly string[],
  plans: readonly RotaPlan[],
  overrides: readonly RotaOverride[] = [],
): Space {
  const joined = people.map((member, index) => ({
    id: `join-${index}`,
    type: "member.joined" as const,
    at: 0,
    by: member,
    data: { member, name: null, roles: ["guest"], invite: null, campaign: null },
  }));
  const space = fold(emptySpace("drop"), joined);
  const rotas = plans.map((one, index) => {
    const id = `rota-${index}`;
    return [id, { id, plans: [{ since: -8.64e15, plan: one }], overrides }];
  });
  return { ...space, rotas: Object.fromEntries(rotas) };
}
