import type { Condition, Grant, Selector } from "../../model/access.js";
import type { AccessChannel, AccessMember, Ceiling, Snapshot } from "../snapshot.js";
import { defineCapabilities } from "../vocabulary.js";

// How WhatsApp decides: faq.whatsapp.com/526742385997912, 1905967136259857 and 738722034697984; the fields are those
// of WhiskeySockets/Baileys at 78e7e4e `src/Types/GroupMetadata.ts` (as of 2026-08).

/** A group, as far as permissions go. */
export type WhatsAppGroup = {
  readonly id: string;
  readonly participants: readonly WhatsAppParticipant[];
  /** Whether only admins send. */
  readonly announce?: boolean | undefined;
  /**
   * Whether only admins edit the group's info, pin and set disappearing messages. Where nobody has said, it is so
   * in groups of more than 256.
   */
  readonly restrict?: boolean | undefined;
  /** Whether members add others. Otherwise only admins do. */
  readonly memberAddMode?: boolean | undefined;
  /** Whether an admin has to approve whoever joins. */
  readonly joinApprovalMode?: boolean | undefined;
  /** Whether it is the announcement group of a community. */
  readonly isCommunityAnnounce?: boolean | undefined;
};

/** Somebody in a group. The creator is the `superadmin`. */
export type WhatsAppParticipant = {
  readonly id: string;
  readonly admin?: "admin" | "superadmin" | null | undefined;
};

/** A community: the people in it, its announcement group and the groups linked to it. */
export type WhatsAppCommunity = {
  readonly participants: readonly WhatsAppParticipant[];
  readonly groups: readonly WhatsAppGroup[];
  /** Whether members add groups. Otherwise theirs are suggestions that an admin approves. */
  readonly membersAddGroups?: boolean | undefined;
};

/** What can be done in a group, and in a community as a whole. */
export const WHATSAPP_CAPABILITIES = /* @__PURE__ */ defineCapabilities({
  view: {},
  join: {},
  send: { requires: ["view"] },
  edit_info: { requires: ["view"] },
  pin: { requires: ["view"] },
  set_disappearing: { requires: ["view"] },
  add_members: { requires: ["view"] },
  /** Set who may send, edit, add and join. */
  change_settings: { requires: ["view"] },
  approve_joins: { requires: ["view"] },
  promote: { requires: ["view"] },
  dismiss: { requires: ["view"], sparesBypass: true },
  remove: { requires: ["view"], sparesBypass: true },
  delete_for_everyone: { requires: ["view"], own: "send" },
  add_group: { scope: "space" },
  approve_group: { scope: "space" },
  deactivate: { scope: "space" },
} as const);

/** The name of something that can be done on WhatsApp. */
export type WhatsAppCapability = keyof typeof WHATSAPP_CAPABILITIES;

/** Above so many members, groups of which nobody has said otherwise are edited by admins only. */
const LARGE = 256;

const MEMBER: readonly WhatsAppCapability[] = [
  "view",
  "join",
  "send",
  "edit_info",
  "pin",
  "set_disappearing",
  "add_members",
  "add_group",
];
const ADMIN: readonly WhatsAppCapability[] = [
  "change_settings",
  "approve_joins",
  "promote",
  "dismiss",
  "remove",
  "delete_for_everyone",
];

/**
 * Who may do what in a WhatsApp group, as WhatsApp decides it. Its toggles are ceilings that hold for all but
 * admins. `join` comes out as `pending` where an admin has to approve.
 *
 * ```ts
 * const access = compile(whatsapp(await socket.groupMetadata("120363@g.us")));
 * can(access, "49151@s.whatsapp.net", "send", "120363@g.us");
 * ```
 */
export function whatsapp(group: WhatsAppGroup): Snapshot<WhatsAppCapability> {
  const { participants } = group;
  return build(participants, [group], [], new Set(), {
    removes: ["add_group", "approve_group", "deactivate"],
    hard: true,
  });
}

/**
 * Who may do what in a WhatsApp community and its groups. Community admins join and manage every group, and only
 * they post in the announcement group; what members suggest (`add_group`) is `pending` until one of them approves;
 * only the creator deactivates it. What is set in one group holds there alone.
 *
 * ```ts
 * const access = compile(whatsappCommunity(community));
 * decide(access, { member: "49151@s.whatsapp.net", capability: "add_group" }).effect; // "pending"
 * ```
 */
export function whatsappCommunity(community: WhatsAppCommunity): Snapshot<WhatsAppCapability> {
  const { participants, groups, membersAddGroups = false } = community;
  const admins = new Set(participants.filter(isAdmin).map(({ id }) => id));
  const approval: Condition<WhatsAppCapability> = {
    kind: "approval",
    on: ["add_group"],
    exempt: { members: [...admins] },
  };
  return build(participants, groups, membersAddGroups ? [] : [approval], admins, undefined);
}

/**
 * Who becomes admin when somebody leaves: WhatsApp picks one of these at random. Empty where the group keeps an
 * admin, or nobody is left.
 */
export function whatsappSuccessors({ participants }: WhatsAppGroup, leaving: string): readonly string[] {
  const rest = participants.filter(({ id }) => id !== leaving);
  return rest.some(isAdmin) ? [] : rest.map(({ id }) => id);
}

function build(
  people: readonly WhatsAppParticipant[],
  groups: readonly WhatsAppGroup[],
  conditions: readonly Condition<WhatsAppCapability>[],
  community: ReadonlySet<string>,
  closed: Ceiling<WhatsAppCapability> | undefined,
): Snapshot<WhatsAppCapability> {
  const creator = people.find(({ admin }) => admin === "superadmin")?.id;
  const ceilings: [string, Ceiling<WhatsAppCapability>][] = closed ? [["not a community", closed]] : [];
  const channels = groups.map((group): [string, AccessChannel<WhatsAppCapability>] => {
    const its = ceilingsOf(group, community);
    const named = ([name, ceiling]: (typeof its)[number]): [string, Ceiling<WhatsAppCapability>] => [
      `${name} ${group.id}`,
      ceiling,
    ];
    ceilings.push(...its.map(named));
    return [
      group.id,
      {
        kind: group.isCommunityAnnounce ? "announcement" : "group",
        limits: its.map((one) => ({ ceiling: named(one)[0] })),
        conditions: approvalsOf(group, community),
      },
    ];
  });
  const everybody = new Set(
    [...people, ...groups.flatMap(({ participants }) => participants)].map(({ id }) => id),
  );
  return {
    capabilities: WHATSAPP_CAPABILITIES,
    roles: {
      member: { rank: 0, allow: MEMBER },
      "community-admin": { rank: 1, allow: [...MEMBER, ...ADMIN, "approve_group"] },
      creator: { rank: 2, allow: [], bypass: true },
    },
    members: Object.fromEntries(
      [...everybody].map((id): [string, AccessMember<WhatsAppCapability>] => {
        const role = id === creator ? "creator" : community.has(id) ? "community-admin" : "member";
        return [id, { roles: [role], grants: groups.flatMap((group) => adminGrant(group, id)) }];
      }),
    ),
    channels: Object.fromEntries(channels),
    ceilings: Object.fromEntries(ceilings),
    limits: closed ? [{ ceiling: "not a community" }] : [],
    conditions,
  };
}

/** An admin is one of their group alone. */
function adminGrant(
  { id: channel, participants }: WhatsAppGroup,
  member: string,
): Grant<WhatsAppCapability>[] {
  const admin = participants.some((one) => one.id === member && isAdmin(one));
  return admin ? [{ id: `admin ${channel}`, allow: ADMIN, channel }] : [];
}

/** What the toggles of a group close, and to whom they do not. */
function ceilingsOf(
  group: WhatsAppGroup,
  community: ReadonlySet<string>,
): readonly (readonly [string, Ceiling<WhatsAppCapability>])[] {
  const { participants, announce, isCommunityAnnounce, memberAddMode = false } = group;
  const { restrict = participants.length > LARGE } = group;
  const admins = adminsOf(group, community);
  // In the announcement group an admin is who administers the community.
  const senders: Selector = isCommunityAnnounce && community.size > 0 ? { members: [...community] } : admins;
  const inside = [...participants.map(({ id }) => id), ...community];
  const list: (readonly [string, Ceiling<WhatsAppCapability>])[] = [
    ["participants", { keeps: ["join"], exempt: { members: inside }, hard: true }],
  ];
  if (announce || isCommunityAnnounce) list.push(["announce", { removes: ["send"], exempt: senders }]);
  if (restrict) {
    list.push(["restrict", { removes: ["edit_info", "pin", "set_disappearing"], exempt: admins }]);
  }
  if (!memberAddMode) list.push(["memberAddMode", { removes: ["add_members"], exempt: admins }]);
  return list;
}

function approvalsOf(
  group: WhatsAppGroup,
  community: ReadonlySet<string>,
): readonly Condition<WhatsAppCapability>[] {
  if (!group.joinApprovalMode) return [];
  return [{ kind: "approval", on: ["join"], exempt: adminsOf(group, community) }];
}

function adminsOf({ participants }: WhatsAppGroup, community: ReadonlySet<string>): Selector {
  return { members: [...participants.filter(isAdmin).map(({ id }) => id), ...community] };
}

function isAdmin({ admin }: WhatsAppParticipant): boolean {
  return admin === "admin" || admin === "superadmin";
}
