import { CAPABILITIES, type Capability } from "./capabilities.js";
import type { Ceiling, Snapshot } from "./snapshot.js";
import { defineRoles } from "./vocabulary.js";

const READ = ["channel.view", "media.open"] as const;
const REACT = [...READ, "poll.vote", "reaction.add"] as const;
const TALK = [...REACT, "message.post", "poll.open"] as const;
const CURATE = [
  ...TALK,
  "channel.moderate",
  "message.pin",
  "message.moderate",
  "history.import",
  "slice.create",
] as const;

/** What each built-in role may do. A member with several roles may do what any of them gives. */
export const ROLES = /* @__PURE__ */ defineRoles(CAPABILITIES, {
  host: { rank: 100, allow: [], bypass: true },
  "co-moderator": {
    rank: 75,
    allow: [
      ...CURATE,
      "channel.open",
      "channel.configure",
      "channel.close",
      "member.invite",
      "member.remove",
      "member.restrict",
      "role.assign",
      "cohort.manage",
      "slice.share",
      "link.create",
      "metrics.view",
      "rota.manage",
      "incident.declare",
      "incident.handle",
      "item.raise",
      "item.manage",
    ],
    kinds: { drafts: ["draft.propose", "draft.approve", "draft.publish"] },
  },
  contributor: {
    rank: 50,
    allow: [...REACT, "metrics.view", "incident.declare", "incident.handle", "item.raise"],
    kinds: {
      discussion: TALK,
      drafts: [...TALK, "draft.propose", "draft.approve"],
      operations: TALK,
    },
  },
  guest: { rank: 25, allow: [], kinds: { discussion: TALK, announcement: REACT } },
  "read-only": { rank: 0, allow: [], kinds: { discussion: READ, announcement: READ } },
} as const);

/** The five built-in roles. */
export type RoleName = keyof typeof ROLES;

/** What stays possible where nothing is to change any more. */
const READING = [
  "channel.view",
  "media.open",
  "metrics.view",
  "slice.create",
  "slice.share",
  "space.export",
] as const;

/** The rank from which on a role is one of the team, who work in a space before it is live. */
const TEAM = 50;

/** The ceilings that there are: on a space by its stage, on a closed channel, and to put on members and channels. */
export const CEILINGS = {
  staging: { keeps: [], exempt: { rank: TEAM } },
  archived: { keeps: [...READING, "space.hold"], hard: true },
  closed: { keeps: READING, hard: true },
  /** Look, and nothing else. */
  timeout: { keeps: READ },
  /** Look, vote and react, and nothing said. */
  mute: { removes: ["message.post", "poll.open"] },
  /** For a channel in which only the team speaks for now. */
  "team-only": { keeps: REACT, exempt: { rank: TEAM } },
} as const satisfies { readonly [name: string]: Ceiling<Capability> };

/** The name of a ceiling. */
export type CeilingName = keyof typeof CEILINGS;

/** What it takes to change who may do what. */
export const POWERS: Snapshot<Capability>["powers"] = {
  "role.define": "role.define",
  "role.assign": "role.assign",
  "override.set": "channel.moderate",
  "grant.give": "grant.give",
  "grant.revoke": "grant.give",
  "limit.put": "member.restrict",
  "limit.lift": "member.restrict",
  "member.add": "member.invite",
  "member.remove": "member.remove",
};
