import { entry } from "../kernel/record.js";
import type { Applier } from "../model/draft.js";

export const inviteCreated: Applier<"invite.created"> = (draft, { at, by, data }) => {
  const { invite: id, role, hash, expiresAt, maxUses, campaign } = data;
  draft.put("invites", id, {
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

export const inviteRedeemed: Applier<"invite.redeemed"> = (draft, { data }) => {
  const invite = entry(draft.space.invites, data.invite);
  if (invite) draft.put("invites", invite.id, { ...invite, uses: invite.uses + 1 });
};

export const inviteRevoked: Applier<"invite.revoked"> = (draft, { at, data }) => {
  const invite = entry(draft.space.invites, data.invite);
  if (invite) draft.put("invites", invite.id, { ...invite, revokedAt: at });
};

export const sliceCreated: Applier<"slice.created"> = (draft, { at, by, data }) => {
  const { slice: id, title, channels, messages, redacted } = data;
  draft.put("slices", id, { id, title, channels, messages, redacted, createdBy: by, createdAt: at });
};
