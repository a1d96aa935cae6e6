import type { Selector } from "../../model/access.js";
import type { AccessChannel, AccessMember, Ceiling, Snapshot } from "../snapshot.js";
import { defineCapabilities } from "../vocabulary.js";

// How Slack decides: slack.com/help/articles/360004635551, 4409225141907 and 201314026; the fields are those of
// docs.slack.dev `users.list`, `conversations.info` and `admin.conversations.getConversationPrefs` (as of 2026-08).

/** A workspace, as far as permissions go. */
export type SlackWorkspace = {
  readonly members: readonly SlackMember[];
  readonly channels: readonly SlackChannel[];
  readonly prefs?:
    | {
        /** Who may say who may post in a channel. Default: every member. */
        readonly who_can_manage_posting?: SlackSelector | undefined;
      }
    | undefined;
};

/** A member, by the flags of Slack's user object. */
export type SlackMember = {
  readonly id: string;
  readonly deleted?: boolean | undefined;
  readonly is_primary_owner?: boolean | undefined;
  readonly is_owner?: boolean | undefined;
  readonly is_admin?: boolean | undefined;
  /** A guest, of some channels or of one. */
  readonly is_restricted?: boolean | undefined;
  /** A guest of one channel. */
  readonly is_ultra_restricted?: boolean | undefined;
  /** What they are to the whole organisation. */
  readonly enterprise_user?:
    | { readonly is_owner?: boolean | undefined; readonly is_admin?: boolean | undefined }
    | undefined;
};

/** A channel with its members and its preferences. */
export type SlackChannel = {
  readonly id: string;
  readonly is_private?: boolean | undefined;
  readonly is_archived?: boolean | undefined;
  /** Whether it is shared by several workspaces of an organisation. */
  readonly is_org_shared?: boolean | undefined;
  readonly members: readonly string[];
  readonly prefs?: SlackChannelPrefs | undefined;
};

/** What is set for a channel. What is not set is open to everybody in it. */
export type SlackChannelPrefs = {
  readonly who_can_post?: SlackSelector | undefined;
  /** Who may reply in threads. */
  readonly can_thread?: SlackSelector | undefined;
  readonly can_huddle?: { readonly enabled: boolean } | undefined;
  readonly enable_at_here?: { readonly enabled: boolean } | undefined;
  readonly enable_at_channel?: { readonly enabled: boolean } | undefined;
  readonly membership_limit?: { readonly enabled: boolean; readonly limit?: number | undefined } | undefined;
  /** Who has set who may post: from then on only they, owners and admins may change it. */
  readonly posting_set_by?: string | undefined;
};

/** Kinds of people and single people: whoever is either. A kind that Slack does not document is nobody. */
export type SlackSelector = {
  readonly type?: readonly string[] | undefined;
  readonly user?: readonly string[] | undefined;
};

/** What can be done in a workspace. Where Slack has a name for it, it is the name of its preference. */
export const SLACK_CAPABILITIES = /* @__PURE__ */ defineCapabilities({
  view: {},
  join: {},
  who_can_post: { requires: ["view"] },
  can_thread: { requires: ["view"] },
  can_huddle: { requires: ["view"] },
  enable_at_here: { requires: ["who_can_post"] },
  enable_at_channel: { requires: ["who_can_post"] },
  /** To say who may post. */
  manage_posting: { requires: ["view"] },
} as const);

/** The name of something that can be done in a workspace. */
export type SlackCapability = keyof typeof SLACK_CAPABILITIES;

const EVERYTHING = /* @__PURE__ */ (() => Object.keys(SLACK_CAPABILITIES) as SlackCapability[])();
const FOR_GUESTS: readonly SlackCapability[] = /* @__PURE__ */ EVERYTHING.filter(
  (one) => one !== "join" && one !== "manage_posting",
);

/** The roles, from the highest. Guests are at home only where they were put. */
const ORG: readonly string[] = ["org_owner", "org_admin"];
const OWNERS: readonly string[] = ["primary_owner", "owner"];
const MANAGERS: readonly string[] = [...ORG, ...OWNERS, "admin"];
const MEMBERS: readonly string[] = [...MANAGERS, "member"];
const GUESTS: readonly string[] = ["multi_channel_guest", "single_channel_guest"];
const LADDER: readonly string[] = [...MEMBERS, ...GUESTS];

/** Whom the kinds of a selector mean. */
const KINDS: { readonly [kind: string]: readonly string[] } = {
  everyone: LADDER,
  regular: MEMBERS,
  admin: MANAGERS,
  owner: [...ORG, ...OWNERS],
  org_admin: ORG,
  org_owner: ["org_owner"],
  ra: GUESTS,
};

/**
 * Who may do what in a Slack workspace, as Slack decides it. Slack gives everything to whoever is in a channel and
 * takes away by preference, so every preference is a ceiling with those it does not hold for. Owners and admins may
 * always post, in channels of several workspaces only those of the organisation. Nobody, owners included, does
 * anything in a channel without being in it, save joining one that is public.
 *
 * ```ts
 * const access = compile(slack(workspace));
 * can(access, "U1", "who_can_post", "C1");
 * ```
 */
export function slack(workspace: SlackWorkspace): Snapshot<SlackCapability> {
  const present = workspace.members.filter(({ deleted }) => !deleted);
  const ceilings: [string, Ceiling<SlackCapability>][] = [];
  const channels = workspace.channels.map((channel): [string, AccessChannel<SlackCapability>] => {
    const its = ceilingsOf(channel);
    ceilings.push(
      ...its.map(([name, ceiling]): [string, Ceiling<SlackCapability>] => [`${name} ${channel.id}`, ceiling]),
    );
    const kind = channel.is_private ? "private" : "public";
    return [channel.id, { kind, limits: its.map(([name]) => ({ ceiling: `${name} ${channel.id}` })) }];
  });
  const managing = workspace.prefs?.who_can_manage_posting;
  if (managing)
    ceilings.push(["who_can_manage_posting", { removes: ["manage_posting"], exempt: whom(managing) }]);
  return {
    capabilities: SLACK_CAPABILITIES,
    roles: Object.fromEntries(
      [...LADDER]
        .reverse()
        .map((role, rank) => [role, { rank, allow: GUESTS.includes(role) ? FOR_GUESTS : EVERYTHING }]),
    ),
    members: Object.fromEntries(present.map((member) => [member.id, memberOf(member)])),
    channels: Object.fromEntries(channels),
    ceilings: Object.fromEntries(ceilings),
    limits: managing ? [{ ceiling: "who_can_manage_posting" }] : [],
  };
}

function memberOf(member: SlackMember): AccessMember<SlackCapability> {
  const { enterprise_user: org = {} } = member;
  const roles: string[] = [];
  if (org.is_owner) roles.push("org_owner");
  if (org.is_admin) roles.push("org_admin");
  if (member.is_primary_owner) roles.push("primary_owner");
  if (member.is_owner) roles.push("owner");
  if (member.is_admin) roles.push("admin");
  // Of a guest of one channel Slack sets both flags.
  if (member.is_ultra_restricted) roles.push("single_channel_guest");
  else if (member.is_restricted) roles.push("multi_channel_guest");
  return { roles: roles.length > 0 ? roles : ["member"] };
}

/** What is closed in a channel, and to whom it is not. */
function ceilingsOf(channel: SlackChannel): readonly (readonly [string, Ceiling<SlackCapability>])[] {
  const { members, prefs = {}, is_org_shared, is_private, is_archived } = channel;
  const always = is_org_shared ? ORG : MANAGERS;
  const list: (readonly [string, Ceiling<SlackCapability>])[] = [
    ["members", { keeps: is_private ? [] : ["join"], exempt: { members } }],
  ];
  const selected = (name: "who_can_post" | "can_thread"): void => {
    const selector = prefs[name];
    if (selector) list.push([name, { removes: [name], exempt: whom(selector, always) }]);
  };
  selected("who_can_post");
  selected("can_thread");
  for (const name of ["can_huddle", "enable_at_here", "enable_at_channel"] as const) {
    if (prefs[name]?.enabled === false) list.push([name, { removes: [name] }]);
  }
  const { membership_limit: most, posting_set_by: setter } = prefs;
  if (most?.enabled && most.limit !== undefined && members.length >= most.limit) {
    list.push(["membership_limit", { removes: ["join"] }]);
  }
  if (setter !== undefined) {
    list.push([
      "posting_set_by",
      { removes: ["manage_posting"], exempt: { roles: MANAGERS, members: [setter] } },
    ]);
  }
  if (is_archived) list.push(["archived", { keeps: ["view"] }]);
  return list;
}

function whom({ type = [], user = [] }: SlackSelector, also: readonly string[] = []): Selector {
  const kinds = type.flatMap((kind) => (Object.hasOwn(KINDS, kind) ? (KINDS[kind] ?? []) : []));
  return { roles: [...new Set([...also, ...kinds])], members: user };
}
