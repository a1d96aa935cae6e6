import type { Instant } from "../kernel/time.js";
import type { Space } from "../model/space.js";
import { onDuty } from "./rotas/on-duty.js";
import { whoHolds } from "./tenure.js";

/**
 * Who looks after a duty at an instant: whoever is on shift by a rota, and where nobody is, who holds it. Nobody where
 * it is vacant.
 */
export function peopleOf(space: Space, duty: string, at: Instant): readonly string[] {
  const onShift = onDuty(space, duty, at);
  if (onShift.length > 0) return onShift;
  const holder = whoHolds(space, duty, at);
  return holder === null ? [] : [holder];
}
