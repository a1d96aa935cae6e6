import { entry } from "../kernel/record.js";
import type { Applier } from "../model/folding.js";

export const inviteCreated: Applier<"invite.created"> = (folding, { at, by, data }) => {
  const { invite: id, role, hash, expiresAt, maxUses, campaign } = data;
  folding.put("invites", id, {
    id,
    role,
    hash,
    createdBy: by,
    createdAt: at,
    expiresAt,
    maxUses,
    uses: 0,
    campaign,
    revokedAt: null,
  });
};

export const inviteRedeemed: Applier<"invite.redeemed"> = (folding, { data }) => {
  const invite = entry(folding.space.invites, data.invite);
  if (invite) folding.put("invites", invite.id, { ...invite, uses: invite.uses + 1 });
};

export const inviteRevoked: Applier<"invite.revoked"> = (folding, { at, data }) => {
  const invite = entry(folding.space.invites, data.invite);
  if (invite) folding.put("invites", invite.id, { ...invite, revokedAt: at });
};

export const sliceCreated: Applier<"slice.created"> = (folding, { at, by, data }) => {
  const { slice: id, title, channels, messages, redacted } = data;
  folding.put("slices", id, { id, title, channels, messages, redacted, createdBy: by, createdAt: at });
};
