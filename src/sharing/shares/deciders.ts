import type { Deciders } from "../../model/decider.js";
import type { PolicyCommands } from "../../model/policy.js";
import type { SliceCommands } from "../../model/slices.js";
import { bindPolicy } from "./bind-policy.js";
import { createSlice } from "./create.js";
import { exportSpace } from "./export-space.js";
import { addKey, revokeKey } from "./keys.js";
import { exportSlice, openSlice, verifySlice } from "./open.js";
import { revokeShare, revokeSlice, shareSlice } from "./share.js";

/** How the commands of slices, shares, keys and policies are decided. */
export const sliceDeciders: Deciders<keyof SliceCommands | keyof PolicyCommands> = {
  "slice.create": createSlice,
  "slice.revoke": revokeSlice,
  "slice.share": shareSlice,
  "share.revoke": revokeShare,
  "slice.open": openSlice,
  "slice.export": exportSlice,
  "slice.verify": verifySlice,
  "key.add": addKey,
  "key.revoke": revokeKey,
  "space.export": exportSpace,
  "policy.bind": bindPolicy,
};
