import { forbid } from "../../access/guard.js";
import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { RotaPlan } from "../../model/rotas.js";
import type { Space } from "../../model/space.js";
import { refuseUnknownMember } from "../refusals.js";
import { unknownRota } from "./find.js";
import { planAt } from "./plans.js";

/** Plans who covers a duty, from now on. What was planned up to now stays on record. */
export function defineRota(
  space: Space,
  command: Command<"rota.define">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, rota: id } = command;
  const forbidden = forbid(space, { member: by, capability: "rota.manage", at: context.now });
  if (forbidden) return forbidden;
  const rota = entry(space.rotas, id);
  const before = rota ? planAt(rota, context.now) : null;
  if (command.plan === null) {
    if (!rota) return unknownRota(id);
    return before ? accept(happened("rota.defined", { rota: id, plan: null }, command, context)) : accept();
  }
  const plan = planFrom(command.plan, space);
  const refused = refuseEmpty(id, plan) ?? refuseStrangers(space, plan);
  if (refused) return refused;
  return before && isSame(before, plan)
    ? accept()
    : accept(happened("rota.defined", { rota: id, plan }, command, context));
}

type PlanInput = NonNullable<Command<"rota.define">["plan"]>;

/** A plan with everything it may leave out, and its keys in one order. */
function planFrom(
  { duty, timeZone, grid = [], rotation }: PlanInput,
  space: Pick<Space, "timeZone">,
): RotaPlan {
  return {
    duty,
    timeZone: timeZone ?? space.timeZone,
    grid: grid.map(({ weekdays, from, to, people }) => ({
      weekdays: [...new Set(weekdays)].sort(),
      from,
      to,
      people: [...new Set(people)],
    })),
    rotation: rotation
      ? {
          people: rotation.people,
          every: rotation.every,
          unit: rotation.unit,
          firstDay: rotation.firstDay,
          handoverAt: rotation.handoverAt ?? "00:00",
          hours: rotation.hours ? { from: rotation.hours.from, to: rotation.hours.to } : null,
        }
      : null,
  };
}

function isSame(before: RotaPlan, plan: RotaPlan): boolean {
  // A store may give keys back in another order; made anew, equal plans are equal texts.
  const again = planFrom({ ...before, rotation: before.rotation ?? undefined }, before);
  return JSON.stringify(again) === JSON.stringify(plan);
}

function refuseEmpty(rota: string, { grid, rotation }: RotaPlan) {
  const lists = [...grid, ...(rotation ? [rotation] : [])].map(({ people }) => people);
  return lists.length > 0 && lists.every((people) => people.length > 0)
    ? undefined
    : refuse("ROTA_EMPTY", "A rota needs a grid or a rotation, with people in each line of it.", { rota });
}

function refuseStrangers(space: Space, { grid, rotation }: RotaPlan) {
  const people = [...grid.flatMap((line) => line.people), ...(rotation?.people ?? [])];
  const stranger = people.find((member) => !entry(space.members, member));
  return stranger === undefined ? undefined : refuseUnknownMember(space, stranger);
}
