import { type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Handoff } from "../../model/duties.js";
import type { Space } from "../../model/space.js";

type Refused = Extract<Outcome<never>, { ok: false }>;

/** A handoff, or the refusal of a command on one that is not there. */
export function findHandoff(space: Space, id: string): Handoff | Refused {
  return (
    entry(space.handoffs, id) ??
    refuse("HANDOFF_UNKNOWN", `There is no handoff ${JSON.stringify(id)}.`, { handoff: id })
  );
}

/** A handoff that can still be answered. */
export function findOpen(space: Space, id: string, now: Instant): Handoff | Refused {
  const handoff = findHandoff(space, id);
  if ("ok" in handoff) return handoff;
  if (handoff.status === "lapsed" || (handoff.status === "offered" && !isOpen(handoff, now))) {
    return refuse("HANDOFF_LAPSED", "The handoff was not accepted in time.", {
      handoff: id,
      expiresAt: handoff.expiresAt,
    });
  }
  if (handoff.status !== "offered") {
    return refuse("HANDOFF_SETTLED", `The handoff has been ${handoff.status} already.`, {
      handoff: id,
      status: handoff.status,
    });
  }
  return handoff;
}

/** Whether an offer stands. */
export function isOpen({ status, expiresAt }: Handoff, now: Instant): boolean {
  return status === "offered" && now < expiresAt;
}

/** The refusal to answer somebody else's handoff. */
export function notYours({ id, from, to }: Handoff, by: string) {
  return refuse("HANDOFF_NOT_YOURS", `The handoff from ${from} to ${to} is not ${by}'s to answer.`, {
    handoff: id,
  });
}
