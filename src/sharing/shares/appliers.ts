import { entry } from "../../kernel/record.js";
import type { Appliers } from "../../model/folding.js";
import type { PolicyEvents } from "../../model/policy.js";
import type { SliceEvents } from "../../model/slices.js";

/** What the events of slices, shares, keys and policies change. */
export const sliceAppliers: Appliers<keyof SliceEvents | keyof PolicyEvents> = {
  "slice.created": (folding, { at, by, data: { slice: id, ...rest } }) =>
    folding.put("slices", id, { id, ...rest, createdBy: by, createdAt: at, revokedAt: null }),
  "slice.revoked": (folding, { at, data }) => {
    const slice = entry(folding.space.slices, data.slice);
    if (slice) folding.put("slices", slice.id, { ...slice, revokedAt: at });
  },
  "slice.shared": (folding, { at, by, data: { share: id, ...rest } }) =>
    folding.put("shares", id, { id, ...rest, createdBy: by, createdAt: at, revokedAt: null }),
  "share.revoked": (folding, { at, data }) => {
    const share = entry(folding.space.shares, data.share);
    if (share) folding.put("shares", share.id, { ...share, revokedAt: at });
  },
  "key.added": (folding, { at, data: { key: id, publicKey } }) =>
    folding.put("keys", id, { id, publicKey, addedAt: at, revokedAt: null }),
  "key.revoked": (folding, { at, data }) => {
    const key = entry(folding.space.keys, data.key);
    if (key) folding.put("keys", key.id, { ...key, revokedAt: at });
  },
  "space.exported": () => {},
  "policy.bound": (folding, { data: { channel: id, policy, origin } }) => {
    const channel = entry(folding.space.channels, id);
    if (channel) folding.put("channels", id, { ...channel, policy: { policy, origin } });
  },
};
