import type { Deciders } from "../../model/decider.js";
import type { RotaCommands } from "../../model/rotas.js";
import { defineRota } from "./define.js";
import { overrideRota, restoreRota } from "./override.js";
import { acceptSwap, declineSwap, offerSwap, withdrawSwap } from "./swap.js";

/** How the commands of rotas are decided. */
export const rotaDeciders: Deciders<keyof RotaCommands> = {
  "rota.define": defineRota,
  "rota.override": overrideRota,
  "rota.restore": restoreRota,
  "swap.offer": offerSwap,
  "swap.accept": acceptSwap,
  "swap.decline": declineSwap,
  "swap.withdraw": withdrawSwap,
};
