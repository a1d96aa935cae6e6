import { forbidChange } from "../../access/guard.js";
import { accessOf } from "../../access/of-space.js";
import { refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Handoff, Window } from "../../model/duties.js";
import type { Space } from "../../model/space.js";
import { refuseAbsent, refuseUnfit } from "../fitness.js";
import { describeCharge } from "../keys.js";
import { asOf } from "./as-of.js";
import { heldUntil } from "./held.js";

/**
 * The refusal of a handoff that cannot or must not take place: of what its giver does not have for so long, to somebody
 * who cannot look after it, or of more than the giver may give. Asked when it is offered, and when it is accepted: much
 * can happen in between.
 */
export function refuseHandoff(
  space: Space,
  { of, from, to }: Pick<Handoff, "of" | "from" | "to">,
  { start, end }: Window,
) {
  const then = asOf(space, start);
  const refused = refuseAbsent(then, from, start) ?? refuseAbsent(then, to, start);
  if (refused) return refused;
  const until = heldUntil(space, of, from, start);
  if (until === undefined) {
    return refuse("HANDOFF_NOT_HELD", `${from} does not have ${describeCharge(of)} then, to hand it over.`, {
      of: describeCharge(of),
      from,
    });
  }
  if (until !== null && (end === null || end > until)) {
    return refuse(
      "HANDOFF_OUTLASTS",
      `${from} has ${describeCharge(of)} for a while only, and no longer to give.`,
      {
        of: describeCharge(of),
        from,
        until,
      },
    );
  }
  if ("duty" in of) return refuseUnfit(then, of.duty, to, start);
  if ("thread" in of) return undefined;
  if ("ownership" in of)
    return forbidChange(then, from, { type: "ownership.pass", to, keep: of.keep }, start);
  if (accessOf(then).role(of.role)?.bypass) {
    return refuse("ROLE_IS_OWNERSHIP", `The role ${of.role} passes with the ownership of the space.`, {
      role: of.role,
    });
  }
  const roles = new Set([...(entry(then.members, to)?.roles ?? []), of.role]);
  return forbidChange(then, from, { type: "role.assign", member: to, roles: [...roles] }, start);
}
