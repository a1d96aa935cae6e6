import { defineCapabilities } from "./vocabulary.js";

/** Everything that can be done in a space, as `noun.verb`. */
export const CAPABILITIES = /* @__PURE__ */ defineCapabilities({
  "space.configure": { scope: "space" },
  "space.goLive": { scope: "space" },
  "space.archive": { scope: "space" },
  /** Put the space under a legal hold, so that nothing is erased, and release it. */
  "space.hold": { scope: "space" },
  "channel.open": { scope: "space" },
  "channel.configure": { scope: "space" },
  "channel.close": { scope: "space" },
  "member.invite": { scope: "space" },
  "member.remove": { scope: "space", guard: "outrank" },
  /** Put ceilings such as a time-out on members, and take them off. */
  "member.restrict": { scope: "space", guard: "outrank" },
  "role.define": { scope: "space" },
  "role.assign": { scope: "space", guard: "outrank" },
  /** Give single capabilities to a member, beside their roles. */
  "grant.give": { scope: "space", guard: "outrank" },
  /** Say what the space asks of a duty: whether it may be vacant, and who steps in. */
  "duty.define": { scope: "space" },
  "duty.assign": { scope: "space" },
  /** Plan who covers a duty when. */
  "rota.manage": { scope: "space" },
  "incident.declare": { scope: "space" },
  /** Acknowledge, lead, contain and resolve incidents. */
  "incident.handle": { scope: "space" },
  /** Raise something to be done, open checklists, and do what is one's own. */
  "item.raise": { scope: "space" },
  /** Change, do and drop what others are to do. */
  "item.manage": { scope: "space" },
  /** Name segments of members. */
  "cohort.manage": { scope: "space" },
  /** Give slices to members, cohorts and outsiders, and see who read them. */
  "slice.share": { scope: "space" },
  /** Allow more to be done with content than was allowed before. */
  "policy.widen": { scope: "space" },
  /** Take the whole space out as a file. */
  "space.export": { scope: "space" },
  "link.create": { scope: "space" },
  "metrics.view": { scope: "space" },
  "channel.view": {},
  /** Say who may do what in a channel: overrides and ceilings. */
  "channel.moderate": { requires: ["channel.view"] },
  "message.post": { requires: ["channel.view"] },
  "message.pin": { requires: ["channel.view"] },
  /** Edit and delete what others wrote; for one's own, `message.post` is enough. */
  "message.moderate": { requires: ["channel.view"], own: "message.post" },
  /** Write drafts and suggest edits to those of others. */
  "draft.propose": { requires: ["channel.view"] },
  "draft.approve": { requires: ["channel.view"] },
  /** Let approved drafts go out, and take them back. */
  "draft.publish": { requires: ["channel.view"] },
  "poll.open": { requires: ["message.post"] },
  "poll.vote": { requires: ["channel.view"] },
  "reaction.add": { requires: ["channel.view"] },
  "media.open": { requires: ["channel.view"] },
  "history.import": { requires: ["channel.view"] },
  "slice.create": { requires: ["channel.view"] },
} as const);

/** The name of something that can be done. */
export type Capability = keyof typeof CAPABILITIES;
