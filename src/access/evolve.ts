import { entry } from "../kernel/record.js";
import type { Limit } from "../model/access.js";
import type { Applier, Folding } from "../model/folding.js";
import { sameSubject } from "./change.js";

export const roleDefined: Applier<"role.defined"> = (folding, { data: { role, to } }) => {
  if (to === null) folding.drop("roles", role);
  else folding.put("roles", role, to);
};

export const overrideChanged: Applier<"override.changed"> = (
  folding,
  { data: { channel: id, override } },
) => {
  const channel = entry(folding.space.channels, id);
  if (!channel) return;
  const others = (channel.overrides ?? []).filter(({ subject }) => !sameSubject(subject, override.subject));
  const overrides = override.allow || override.deny ? [...others, override] : others;
  folding.put("channels", id, { ...channel, overrides });
};

export const grantGiven: Applier<"grant.given"> = (folding, { data: { member: id, grant } }) => {
  const member = entry(folding.space.members, id);
  if (member) folding.put("members", id, { ...member, grants: [...(member.grants ?? []), grant] });
};

export const grantRevoked: Applier<"grant.revoked"> = (folding, { data: { member: id, grant } }) => {
  const member = entry(folding.space.members, id);
  if (!member) return;
  const grants = (member.grants ?? []).filter((one) => one.id !== grant);
  folding.put("members", id, { ...member, grants });
};

export const limitAdded: Applier<"limit.added"> = (folding, { data: { member, channel, limit } }) =>
  setLimits(folding, member, channel, (limits) => [
    ...limits.filter(({ ceiling }) => ceiling !== limit.ceiling),
    limit,
  ]);

export const limitLifted: Applier<"limit.lifted"> = (folding, { data: { member, channel, ceiling } }) =>
  setLimits(folding, member, channel, (limits) => limits.filter((limit) => limit.ceiling !== ceiling));

function setLimits(
  folding: Folding,
  member: string | null,
  channel: string | null,
  set: (limits: readonly Limit[]) => readonly Limit[],
): void {
  const who = member === null ? undefined : entry(folding.space.members, member);
  if (who) folding.put("members", who.id, { ...who, limits: set(who.limits ?? []) });
  const where = channel === null ? undefined : entry(folding.space.channels, channel);
  if (where) folding.put("channels", where.id, { ...where, limits: set(where.limits ?? []) });
}
