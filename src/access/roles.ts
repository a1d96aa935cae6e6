import type { ChannelKind } from "../model/space.js";
import { CAPABILITIES, type Capability } from "./capabilities.js";

/** The five built-in roles. */
export type RoleName = "host" | "co-moderator" | "contributor" | "guest" | "read-only";

/** What a role gives: in the space as a whole, and in channels of each kind. */
export type Role = {
  /** Who outranks whom: a member acts only on members of a strictly lower rank. */
  readonly rank: number;
  /** Whether the role belongs to the team, who work in the space before it is live. */
  readonly team: boolean;
  readonly space: readonly Capability[];
  readonly channels: { readonly [kind in ChannelKind]: readonly Capability[] };
};

const READ = ["channel.view", "media.open"] as const;
const REACT = [...READ, "poll.vote", "reaction.add"] as const;
const TALK = [...REACT, "message.post", "poll.open"] as const;
const CURATE = [...TALK, "message.pin", "message.moderate", "history.import", "slice.create"] as const;
const NOTHING = [] as const;

const everywhere = (capabilities: readonly Capability[]): Role["channels"] => ({
  discussion: capabilities,
  announcement: capabilities,
  drafts: capabilities,
  operations: capabilities,
  incident: capabilities,
});

/** What each built-in role may do. A member with several roles may do what any of them gives. */
export const ROLES: { readonly [name in RoleName]: Role } = {
  host: {
    rank: 100,
    team: true,
    space: Object.keys(CAPABILITIES) as Capability[],
    channels: /* @__PURE__ */ everywhere(CURATE),
  },
  "co-moderator": {
    rank: 75,
    team: true,
    space: [
      "channel.open",
      "channel.configure",
      "channel.close",
      "member.invite",
      "member.remove",
      "role.assign",
      "link.create",
      "metrics.view",
    ],
    channels: /* @__PURE__ */ everywhere(CURATE),
  },
  contributor: {
    rank: 50,
    team: true,
    space: ["metrics.view"],
    channels: {
      discussion: TALK,
      announcement: REACT,
      drafts: TALK,
      operations: TALK,
      incident: REACT,
    },
  },
  guest: {
    rank: 25,
    team: false,
    space: NOTHING,
    channels: {
      discussion: TALK,
      announcement: REACT,
      drafts: NOTHING,
      operations: NOTHING,
      incident: NOTHING,
    },
  },
  "read-only": {
    rank: 0,
    team: false,
    space: NOTHING,
    channels: {
      discussion: READ,
      announcement: READ,
      drafts: NOTHING,
      operations: NOTHING,
      incident: NOTHING,
    },
  },
};
