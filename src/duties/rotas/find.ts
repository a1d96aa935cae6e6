import { type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Rota, RotaPlan, Swap } from "../../model/rotas.js";
import type { Space } from "../../model/space.js";
import { planAt } from "./plans.js";

type Refused = Extract<Outcome<never>, { ok: false }>;

/** A rota with the plan it has now, or the refusal of a command on one that is not there or has ended. */
export function findRota(
  space: Space,
  id: string,
  now: Instant,
): { readonly rota: Rota; readonly plan: RotaPlan } | Refused {
  const rota = entry(space.rotas, id);
  const plan = rota && planAt(rota, now);
  return rota && plan ? { rota, plan } : unknownRota(id);
}

/** The refusal of a command on a rota that is not there. */
export function unknownRota(rota: string): Refused {
  return refuse("ROTA_UNKNOWN", `There is no rota ${JSON.stringify(rota)}, or it has ended.`, { rota });
}

/** A swap that can still be answered, or the refusal of an answer. */
export function findSwap(space: Space, id: string): Swap | Refused {
  const swap = entry(space.swaps, id);
  if (!swap) return refuse("SWAP_UNKNOWN", `There is no swap ${JSON.stringify(id)}.`, { swap: id });
  const { status } = swap;
  return status === "offered"
    ? swap
    : refuse("SWAP_SETTLED", `The swap has been ${status} already.`, { swap: id, status });
}

/** The refusal to answer somebody else's swap. */
export function notYourSwap({ id, from, to }: Swap, by: string): Refused {
  return refuse("SWAP_NOT_YOURS", `The swap between ${from} and ${to} is not ${by}'s to answer.`, {
    swap: id,
  });
}
