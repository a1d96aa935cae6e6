import { entry } from "../kernel/record.js";
import type { Limit } from "../model/access.js";
import type { Applier, Draft } from "../model/draft.js";
import { sameSubject } from "./change.js";

export const roleDefined: Applier<"role.defined"> = (draft, { data: { role, to } }) => {
  if (to === null) draft.drop("roles", role);
  else draft.put("roles", role, to);
};

export const overrideChanged: Applier<"override.changed"> = (draft, { data: { channel: id, override } }) => {
  const channel = entry(draft.space.channels, id);
  if (!channel) return;
  const others = (channel.overrides ?? []).filter(({ subject }) => !sameSubject(subject, override.subject));
  const overrides = override.allow || override.deny ? [...others, override] : others;
  draft.put("channels", id, { ...channel, overrides });
};

export const grantGiven: Applier<"grant.given"> = (draft, { data: { member: id, grant } }) => {
  const member = entry(draft.space.members, id);
  if (member) draft.put("members", id, { ...member, grants: [...(member.grants ?? []), grant] });
};

export const grantRevoked: Applier<"grant.revoked"> = (draft, { data: { member: id, grant } }) => {
  const member = entry(draft.space.members, id);
  if (!member) return;
  const grants = (member.grants ?? []).filter((one) => one.id !== grant);
  draft.put("members", id, { ...member, grants });
};

export const limitAdded: Applier<"limit.added"> = (draft, { data: { member, channel, limit } }) =>
  setLimits(draft, member, channel, (limits) => [
    ...limits.filter(({ ceiling }) => ceiling !== limit.ceiling),
    limit,
  ]);

export const limitLifted: Applier<"limit.lifted"> = (draft, { data: { member, channel, ceiling } }) =>
  setLimits(draft, member, channel, (limits) => limits.filter((limit) => limit.ceiling !== ceiling));

function setLimits(
  draft: Draft,
  member: string | null,
  channel: string | null,
  set: (limits: readonly Limit[]) => readonly Limit[],
): void {
  const who = member === null ? undefined : entry(draft.space.members, member);
  if (who) draft.put("members", who.id, { ...who, limits: set(who.limits ?? []) });
  const where = channel === null ? undefined : entry(draft.space.channels, channel);
  if (where) draft.put("channels", where.id, { ...where, limits: set(where.limits ?? []) });
}
