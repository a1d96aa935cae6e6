import { forbid } from "../../access/guard.js";
import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { toInstant } from "../../kernel/time.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Hours, Rota, RotaOverride } from "../../model/rotas.js";
import type { Space } from "../../model/space.js";
import { refuseUnfit } from "../fitness.js";
import { asOf } from "../handoffs/as-of.js";
import { findRota } from "./find.js";
import { findMisfit, notHeld } from "./hours.js";
import { meet } from "./intervals.js";
import { stretchesOf } from "./stretches.js";

/**
 * Lets somebody else, or nobody, cover some hours, from now on at the earliest: who was on duty stays on record. Nobody is
 * asked; that is what swaps are for.
 */
export function overrideRota(
  space: Space,
  command: Command<"rota.override">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, rota: id, replaces = null, member } = command;
  const { now, newId } = context;
  const forbidden = forbid(space, { member: by, capability: "rota.manage", at: now });
  if (forbidden) return forbidden;
  const found = findRota(space, id, now);
  if ("ok" in found) return found;
  const given = { start: toInstant(command.start), end: toInstant(command.end) };
  const wrong = findMisfit(given, now);
  if (wrong)
    return refuse("INVALID_COMMAND", `rota.override end ${wrong}.`, {
      issues: [{ path: "end", expected: wrong }],
    });
  const wanted = { start: Math.max(given.start, now), end: given.end, replaces, member };
  const { rota, plan } = found;
  const unfit =
    member === null ? undefined : refuseUnfit(asOf(space, wanted.start), plan.duty, member, wanted.start);
  if (unfit) return unfit;
  if (overrideLike(rota, wanted)) return accept();
  if (replaces !== null && !isAnybodys(rota, replaces, wanted)) return notHeld(id, replaces, wanted);
  const override = { id: newId("ovr"), ...wanted };
  return accept(happened("rota.overridden", { rota: id, override }, command, context));
}

/** Takes an override back. Whoever was on duty by it up to now was. */
export function restoreRota(
  space: Space,
  command: Command<"rota.restore">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, rota: id, override } = command;
  const forbidden = forbid(space, { member: by, capability: "rota.manage", at: context.now });
  if (forbidden) return forbidden;
  const found = findRota(space, id, context.now);
  if ("ok" in found) return found;
  const known = found.rota.overrides.find((one) => one.id === override);
  if (!known) {
    return refuse(
      "ROTA_OVERRIDE_UNKNOWN",
      `The rota ${JSON.stringify(id)} has no override ${JSON.stringify(override)}.`,
      { rota: id, override },
    );
  }
  if (known.end <= context.now) return accept();
  return accept(happened("rota.restored", { rota: id, override }, command, context));
}

/** The override that has the last word on these hours and says the same already. */
export function overrideLike(rota: Rota, wanted: Omit<RotaOverride, "id">): RotaOverride | undefined {
  const last = rota.overrides.findLast((override) => meet(override, wanted));
  return last &&
    last.replaces === wanted.replaces &&
    last.member === wanted.member &&
    last.start <= wanted.start &&
    last.end >= wanted.end
    ? last
    : undefined;
}

/** Whether somebody has some of these hours, as things stand or by plan: an override of theirs changes something. */
function isAnybodys(rota: Rota, replaces: string, hours: Hours): boolean {
  // Nobody has an empty id, so it shows where the override would count.
  const probe = { id: "", ...hours, replaces, member: "" };
  for (const { people } of stretchesOf({ ...rota, overrides: [...rota.overrides, probe] }, hours)) {
    if (people.has(probe.member)) return true;
  }
  return false;
}
