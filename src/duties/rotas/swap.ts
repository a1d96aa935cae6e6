import { forbid } from "../../access/guard.js";
import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { toInstant } from "../../kernel/time.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Hours, HoursInput } from "../../model/rotas.js";
import type { Space } from "../../model/space.js";
import { findSwap, notYourSwap } from "./find.js";
import { findMisfit } from "./hours.js";
import { meet } from "./intervals.js";
import { passedOn, refuseSwap } from "./swap-safety.js";

/** Asks another member to take over hours of one's own, perhaps in exchange for theirs. Nothing changes until they accept. */
export function offerSwap(
  space: Space,
  command: Command<"swap.offer">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by: from, rota, to, note = null } = command;
  const { now, newId } = context;
  const give = readHours(command.give);
  const take = command.take ? readHours(command.take) : null;
  const offer = { rota, from, to, give, take };
  return (
    refuseMisfit(offer, now) ??
    refuseSwap(space, offer, now) ??
    refusePending(space, offer, now) ??
    accept(happened("swap.offered", { swap: newId("swp"), ...offer, note }, command, context))
  );
}

/** Takes the hours over. Much can have happened since they were offered, so everything is asked again. */
export function acceptSwap(
  space: Space,
  command: Command<"swap.accept">,
  context: Context,
): Outcome<SpaceEvent> {
  const { now, newId } = context;
  const found = findSwap(space, command.swap);
  if ("ok" in found) return found;
  if (found.to !== command.by) return notYourSwap(found, command.by);
  const refused = refuseSwap(space, found, now);
  if (refused) return refused;
  const overrides = passedOn(found, now).map(({ giver, taker, hours: { start, end } }) => ({
    id: newId("ovr"),
    start,
    end,
    replaces: giver,
    member: taker,
  }));
  return accept(happened("swap.accepted", { swap: found.id, overrides }, command, context));
}

/** Says no to a swap. */
export function declineSwap(
  space: Space,
  command: Command<"swap.decline">,
  context: Context,
): Outcome<SpaceEvent> {
  const found = findSwap(space, command.swap);
  if ("ok" in found) return found;
  if (found.to !== command.by) return notYourSwap(found, command.by);
  return accept(happened("swap.declined", { swap: found.id }, command, context));
}

/** Takes an offer back before it is answered: who made it may, and who plans the rotas. */
export function withdrawSwap(
  space: Space,
  command: Command<"swap.withdraw">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, swap } = command;
  const found = findSwap(space, swap);
  if ("ok" in found) return found;
  if (found.from !== by && forbid(space, { member: by, capability: "rota.manage", at: context.now }))
    return notYourSwap(found, by);
  return accept(happened("swap.withdrawn", { swap: found.id }, command, context));
}

function readHours({ start, end }: HoursInput): Hours {
  return { start: toInstant(start), end: toInstant(end) };
}

type Offer = Parameters<typeof refuseSwap>[1];

function refuseMisfit({ from, to, give, take }: Offer, now: number) {
  const wrong = (path: string, expected: string) =>
    refuse("INVALID_COMMAND", `swap.offer ${path} ${expected}.`, { issues: [{ path, expected }] });
  if (from === to) return wrong("to", "must be another member than `by`");
  const [giving, taking] = [findMisfit(give, now), take ? findMisfit(take, now) : undefined];
  if (giving) return wrong("give.end", giving);
  if (taking) return wrong("take.end", taking);
  // Where both have hours at once already, to exchange these would change nothing.
  return take && meet(give, take) ? wrong("take", "must not overlap `give`") : undefined;
}

function refusePending(space: Space, { rota, from, to, give }: Offer, now: number) {
  const pending = Object.values(space.swaps).find(
    (other) =>
      other.status === "offered" &&
      other.rota === rota &&
      other.from === from &&
      other.to === to &&
      other.give.end > now &&
      meet(other.give, give),
  );
  return (
    pending &&
    refuse("SWAP_PENDING", `${to} has been offered some of these hours already.`, { swap: pending.id })
  );
}
