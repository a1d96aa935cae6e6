import { refuse } from "../../kernel/outcome.js";
import type { Instant } from "../../kernel/time.js";
import type { Hours, Swap } from "../../model/rotas.js";
import type { Space } from "../../model/space.js";
import { refuseUnfit } from "../fitness.js";
import { asOf } from "../handoffs/as-of.js";
import { refuseUnknownMember } from "../refusals.js";
import { findRota } from "./find.js";
import { coversAll, notHeld } from "./hours.js";
import { rostersOf } from "./roster.js";

type Offer = Pick<Swap, "rota" | "from" | "to" | "give" | "take">;

/** Hours that pass from one member to another. */
type PassedOn = { readonly giver: string; readonly taker: string; readonly hours: Hours };

/** What passes on with a swap that is accepted at an instant: of hours that have begun, the rest. */
export function passedOn({ from, to, give, take }: Offer, now: Instant): readonly PassedOn[] {
  const rest = ({ start, end }: Hours): Hours => ({ start: Math.max(start, now), end });
  return [
    { giver: from, taker: to, hours: rest(give) },
    ...(take ? [{ giver: to, taker: from, hours: rest(take) }] : []),
  ];
}

/**
 * The refusal of a swap that cannot take place: of hours that are over or not their giver's, or with somebody who cannot
 * look after the duty then, or has it already. The last would leave one person where the rota wants two.
 */
export function refuseSwap(space: Space, offer: Offer, now: Instant) {
  const found = findRota(space, offer.rota, now);
  if ("ok" in found) return found;
  const { rota, plan } = found;
  const passing = passedOn(offer, now);
  const over = passing.find(({ hours }) => hours.end <= now);
  if (over) {
    return refuse("SWAP_OVER", "Hours of the swap are over.", { rota: rota.id, end: over.hours.end });
  }
  for (const { giver, taker, hours } of passing) {
    const refused = refuseUnknownMember(space, giver) ?? refuseUnknownMember(space, taker);
    if (refused) return refused;
    if (!coversAll(rota, giver, hours)) return notHeld(rota.id, giver, hours);
    const unfit = refuseUnfit(asOf(space, hours.start), plan.duty, taker, hours.start);
    if (unfit) return unfit;
    if (rostersOf(space, plan.duty, hours).some(({ people }) => people.includes(taker))) {
      return refuse("ALREADY_ON_DUTY", `${taker} is on duty then already, and would cover it for two.`, {
        duty: plan.duty,
        member: taker,
        ...hours,
      });
    }
  }
  return undefined;
}
