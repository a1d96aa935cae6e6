/**
 * Everything that can be done in a space, as `noun.verb`. `scope` says what it is asked about: the space as a
 * whole, or one channel.
 */
export const CAPABILITIES = {
  "space.configure": { scope: "space" },
  "space.goLive": { scope: "space" },
  "space.archive": { scope: "space" },
  "channel.open": { scope: "space" },
  "channel.configure": { scope: "space" },
  "channel.close": { scope: "space" },
  "member.invite": { scope: "space" },
  "member.remove": { scope: "space" },
  "role.assign": { scope: "space" },
  "duty.assign": { scope: "space" },
  "link.create": { scope: "space" },
  "metrics.view": { scope: "space" },
  "channel.view": { scope: "channel" },
  "message.post": { scope: "channel" },
  "message.pin": { scope: "channel" },
  /** Edit and delete what others wrote; one's own needs only `message.post`. */
  "message.moderate": { scope: "channel" },
  "poll.open": { scope: "channel" },
  "poll.vote": { scope: "channel" },
  "reaction.add": { scope: "channel" },
  "media.open": { scope: "channel" },
  "history.import": { scope: "channel" },
  "slice.create": { scope: "channel" },
} as const;

/** The name of something that can be done. */
export type Capability = keyof typeof CAPABILITIES;

/** Capabilities that only look: they stay when a space is archived or a channel closed. */
export const READING: ReadonlySet<string> = /* @__PURE__ */ new Set<Capability>([
  "channel.view",
  "media.open",
  "metrics.view",
  "slice.create",
]);
