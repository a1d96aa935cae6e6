import { entry } from "../../kernel/record.js";
import type { Appliers, Folding } from "../../model/folding.js";
import type { Rota, RotaEvents, Swap } from "../../model/rotas.js";

/** What the events of rotas change. */
export const rotaAppliers: Appliers<keyof RotaEvents> = {
  "rota.defined": (folding, { at, data: { rota: id, plan } }) => {
    const { plans = [], overrides = [] } = entry(folding.space.rotas, id) ?? {};
    const before = plans.filter(({ since }) => since < at);
    folding.put("rotas", id, { id, plans: [...before, { since: at, plan }], overrides });
  },

  "rota.overridden": (folding, { data: { rota: id, override } }) =>
    change(folding, id, ({ overrides }) => [...overrides, override]),

  // What it did up to now stays on record.
  "rota.restored": (folding, { at, data: { rota: id, override } }) =>
    change(folding, id, ({ overrides }) =>
      overrides.flatMap((one) => {
        if (one.id !== override || one.end <= at) return [one];
        return one.start < at ? [{ ...one, end: at }] : [];
      }),
    ),

  "swap.offered": (folding, { at, data: { swap: id, ...offer } }) =>
    folding.put("swaps", id, { id, ...offer, status: "offered", offeredAt: at, answeredAt: null }),

  "swap.accepted": (folding, { at, data }) => {
    const swap = answer(folding, data.swap, "accepted", at);
    if (swap) change(folding, swap.rota, ({ overrides }) => [...overrides, ...data.overrides]);
  },

  "swap.declined": (folding, { at, data }) => void answer(folding, data.swap, "declined", at),

  "swap.withdrawn": (folding, { at, data }) => void answer(folding, data.swap, "withdrawn", at),
};

function change(folding: Folding, id: string, overridesOf: (rota: Rota) => Rota["overrides"]): void {
  const rota = entry(folding.space.rotas, id);
  if (rota) folding.put("rotas", id, { ...rota, overrides: overridesOf(rota) });
}

function answer(folding: Folding, id: string, status: Swap["status"], at: number): Swap | undefined {
  const swap = entry(folding.space.swaps, id);
  if (!swap) return undefined;
  const answered: Swap = { ...swap, status, answeredAt: at };
  folding.put("swaps", id, answered);
  return answered;
}
