import { type Coverage, type CoverageOptions, coverage } from "../duties/rotas/coverage.js";
import { type Handover, nextHandover } from "../duties/rotas/handover.js";
import { onDuty } from "../duties/rotas/on-duty.js";
import { overrideLike } from "../duties/rotas/override.js";
import type { Shift } from "../duties/rotas/roster.js";
import { shiftsOf } from "../duties/rotas/shifts.js";
import { entry } from "../kernel/record.js";
import { type InstantInput, toInstant } from "../kernel/time.js";
import type { Command } from "../model/commands.js";
import type { HoursInput, Rota, RotaOverride, Swap } from "../model/rotas.js";
import type { Space } from "../model/space.js";
import type { Options } from "./options.js";
import type { Environment, Session } from "./session.js";

/** An instant that a question is about. Default: now. */
type At = { readonly at?: InstantInput | undefined };

/**
 * Who covers a duty when. The questions read the loaded space and are synchronous; the verbs bring it up to date, decide,
 * append, and are promises.
 */
export type RotaVerbs = {
  /**
   * Plans who covers a duty, from now on; with `plan: null`, ends the rota. What was planned up to now stays on record.
   *
   * ```ts
   * await drop.rotas.define({
   *   by: "ana",
   *   rota: "weekends",
   *   plan: {
   *     duty: "ops",
   *     timeZone: "Europe/Berlin",
   *     grid: [{ weekdays: [6, 7], from: "10:00", to: "18:00", people: ["cid"] }],
   *   },
   * });
   * ```
   */
  define(options: Options<"rota.define">): Promise<Rota>;
  /**
   * Lets somebody else, or with `member: null` nobody, cover some hours: those of `replaces`, or everybody's. Nobody is
   * asked. What is in the past stays as it was.
   */
  override(options: Options<"rota.override">): Promise<RotaOverride>;
  /** Takes an override back, from now on: also one of the two that an exchange made. */
  restore(options: Options<"rota.restore">): Promise<Rota>;
  /** Asks `to` to take over hours of one's own, perhaps in exchange for hours of theirs. */
  offerSwap(options: Options<"swap.offer">): Promise<Swap>;
  /** Takes the hours over. Only the member they were offered to may. */
  acceptSwap(options: Options<"swap.accept">): Promise<Swap>;
  /** Says no to a swap. The hours stay where they are. */
  declineSwap(options: Options<"swap.decline">): Promise<Swap>;
  /** Takes an offer back that has not been answered. */
  withdrawSwap(options: Options<"swap.withdraw">): Promise<Swap>;
  /** Who covers a duty by the rotas, now or at another time: `drop.rotas.onDuty("ops")`. */
  onDuty(duty: string, options?: At): readonly string[];
  /** Who has which shifts of a duty within a window. */
  shifts(duty: string, window: HoursInput): readonly Shift[];
  /** How a duty is covered within a window: shifts, gaps, overlaps, hours and nights per person. */
  coverage(duty: string, options: HoursInput & CoverageOptions): Coverage;
  /** When it next changes who is on duty, and from whom to whom; `null` where it does not within 366 days. */
  nextHandover(duty: string, options?: At): Handover | null;
};

/** The verbs of rotas. */
export function rotaVerbs(session: Session, { now }: Environment): RotaVerbs {
  const instantOf = ({ at }: At = {}) => (at === undefined ? now() : toInstant(at));
  const hoursOf = ({ start, end }: HoursInput) => ({ start: toInstant(start), end: toInstant(end) });
  const rota = async (command: Command<"rota.define" | "rota.restore">): Promise<Rota> => {
    await session.run(command);
    return rotaOf(session.space(), command.rota);
  };
  const answer = async (
    command: Command<"swap.accept" | "swap.decline" | "swap.withdraw">,
  ): Promise<Swap> => {
    await session.run(command);
    return swapOf(session.space(), command.swap);
  };
  return {
    define: (options) => rota({ type: "rota.define", ...options }),
    async override(options) {
      const [event] = await session.run({ type: "rota.override", ...options });
      if (event?.type === "rota.overridden") return event.data.override;
      // No event means that it is just so already.
      const { start, end } = hoursOf(options);
      const wanted = { start: Math.max(start, now()), end, replaces: options.replaces ?? null };
      const known = overrideLike(rotaOf(session.space(), options.rota), {
        ...wanted,
        member: options.member,
      });
      return known ?? lost(options.rota);
    },
    restore: (options) => rota({ type: "rota.restore", ...options }),
    async offerSwap(options) {
      const [event] = await session.run({ type: "swap.offer", ...options });
      return event?.type === "swap.offered" ? swapOf(session.space(), event.data.swap) : lost(options.rota);
    },
    acceptSwap: (options) => answer({ type: "swap.accept", ...options }),
    declineSwap: (options) => answer({ type: "swap.decline", ...options }),
    withdrawSwap: (options) => answer({ type: "swap.withdraw", ...options }),
    onDuty: (duty, options) => onDuty(session.space(), duty, instantOf(options)),
    shifts: (duty, window) => shiftsOf(session.space(), duty, hoursOf(window)),
    coverage: (duty, { night, ...window }) => coverage(session.space(), duty, hoursOf(window), { night }),
    nextHandover: (duty, options) => nextHandover(session.space(), duty, instantOf(options)),
  };
}

function rotaOf(space: Space, id: string): Rota {
  return entry(space.rotas, id) ?? lost(id);
}

function swapOf(space: Space, id: string): Swap {
  return entry(space.swaps, id) ?? lost(id);
}

/** What an accepted command made must be there. */
function lost(id: string): never {
  throw new Error(`The fold has lost ${id}.`);
}
