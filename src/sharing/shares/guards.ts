import { forbid } from "../../access/guard.js";
import { refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Policy } from "../../model/policy.js";
import type { SliceRecord } from "../../model/slices.js";
import type { Space } from "../../model/space.js";
import { widened } from "./policy.js";

/**
 * The refusal of a policy that allows more than the one it comes from. Some may widen it all the same, save where it came
 * with content from elsewhere.
 */
export function refuseWider(
  space: Space,
  by: string,
  { policy, than, channels = [] }: { policy: Policy; than: Policy; channels?: readonly string[] },
  now: Instant,
) {
  const fields = widened(policy, than);
  if (fields.length === 0) return undefined;
  const inherited = channels.find((channel) => entry(space.channels, channel)?.policy?.origin);
  if (inherited !== undefined) {
    return refuse(
      "POLICY_INHERITED",
      `What is said in ${inherited} came with a policy of its own, which cannot be widened here: ${fields.join(", ")}.`,
      { fields: [...fields], channel: inherited },
    );
  }
  const forbidden = forbid(space, { member: by, capability: "policy.widen", at: now });
  if (!forbidden) return undefined;
  return refuse("POLICY_WIDENED", `${by} may narrow the policy and not widen it: ${fields.join(", ")}.`, {
    fields: [...fields],
  });
}

/** The refusal to take content out as a file. */
export function refuseExport(space: Space, by: string, { export: who }: Policy) {
  const isHost = entry(space.members, by)?.roles.includes("host") ?? false;
  if (who === "members" || (who === "hosts" && isHost)) return undefined;
  return refuse("EXPORT_FORBIDDEN", `The export policy is ${JSON.stringify(who)}.`, { exportPolicy: who });
}

/** The slice, or the refusal of a command on one that is not there or revoked. */
export function standingSlice(space: Space, id: string) {
  const slice = entry(space.slices, id);
  if (!slice) return refuse("SLICE_UNKNOWN", `There is no slice ${JSON.stringify(id)}.`, { slice: id });
  return slice.revokedAt === null
    ? slice
    : refuse("SLICE_REVOKED", "The slice has been revoked.", { slice: id });
}

/** Whether somebody may read everything a slice is made from, as those who curate it do. */
export function curates(space: Space, by: string, { channels }: SliceRecord, now: Instant): boolean {
  return channels.every(
    (channel) => !forbid(space, { member: by, capability: "slice.create", channel, at: now }),
  );
}
