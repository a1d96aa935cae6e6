import {
  grantGiven,
  grantRevoked,
  limitAdded,
  limitLifted,
  overrideChanged,
  roleDefined,
} from "../access/evolve.js";
import { linkCreated } from "../attribution/evolve.js";
import {
  dutyAssigned,
  endTenures,
  handoffAccepted,
  handoffDeclined,
  handoffOffered,
  handoffWithdrawn,
} from "../duties/evolve.js";
import { entry } from "../kernel/record.js";
import { type Applier, draftOf } from "../model/draft.js";
import type { CharterEvent, CharterEvents, SpaceEvent } from "../model/events.js";
import type { Space } from "../model/space.js";
import { personErased } from "../privacy/evolve.js";
import { inviteCreated, inviteRedeemed, inviteRevoked, sliceCreated } from "../sharing/evolve.js";

/** Names what folding makes of events. Changes whenever the same events fold to something else than before. */
export const FOLD_VERSION = "1";

const appliers: { readonly [T in keyof CharterEvents]: Applier<T> } = {
  "space.created": (draft, { at, by, data }) =>
    draft.set({ ...data, stage: "staging", createdBy: by, createdAt: at }),
  "space.configured": (draft, { data }) => draft.set(data),
  "space.held": (draft, { at, by }) => draft.set({ legalHold: { by, since: at } }),
  "space.released": (draft) => draft.set({ legalHold: null }),
  "person.erased": personErased,
  "retention.applied": () => {},
  "space.wentLive": (draft) => draft.set({ stage: "live" }),
  "space.archived": (draft) => draft.set({ stage: "archived" }),
  "channel.opened": (draft, { at, data: { channel: id, name, kind, topic } }) =>
    draft.put("channels", id, { id, name, kind, topic, openedAt: at, closedAt: null }),
  "channel.configured": (draft, { data: { channel: id, ...changes } }) => {
    const channel = entry(draft.space.channels, id);
    if (channel) draft.put("channels", id, { ...channel, ...changes });
  },
  "channel.closed": (draft, { at, data }) => {
    const channel = entry(draft.space.channels, data.channel);
    if (channel) draft.put("channels", channel.id, { ...channel, closedAt: at });
  },
  "member.joined": (draft, { at, data: { member: id, name, roles, invite, campaign } }) =>
    draft.put("members", id, { id, name, roles, joinedAt: at, invite, campaign }),
  "member.left": (draft, { data }) => {
    draft.drop("members", data.member);
    endTenures(draft, data.member);
  },
  "member.removed": (draft, { data }) => {
    draft.drop("members", data.member);
    endTenures(draft, data.member);
  },
  "role.assigned": (draft, { data }) => {
    const member = entry(draft.space.members, data.member);
    if (member) draft.put("members", member.id, { ...member, roles: data.roles });
  },
  "role.defined": roleDefined,
  "override.changed": overrideChanged,
  "grant.given": grantGiven,
  "grant.revoked": grantRevoked,
  "limit.added": limitAdded,
  "limit.lifted": limitLifted,
  "invite.created": inviteCreated,
  "invite.redeemed": inviteRedeemed,
  "invite.revoked": inviteRevoked,
  "duty.assigned": dutyAssigned,
  "handoff.offered": handoffOffered,
  "handoff.accepted": handoffAccepted,
  "handoff.declined": handoffDeclined,
  "handoff.withdrawn": handoffWithdrawn,
  "link.created": linkCreated,
  "slice.created": sliceCreated,
};

/**
 * The space after one event. Total: events of other streams, of newer versions and erased ones, whose `data` is
 * `null`, leave the space as it is.
 *
 * ```ts
 * const next = outcome.events.reduce(evolve, space);
 * ```
 */
export function evolve(space: Space, event: SpaceEvent): Space {
  return fold(space, [event]);
}

/**
 * The space after many events: what reducing with {@link evolve} gives, in time linear in their number.
 *
 * ```ts
 * const space = fold(emptySpace("spring-drop"), events);
 * ```
 */
export function fold(space: Space, events: readonly SpaceEvent[]): Space {
  const draft = draftOf(space);
  for (const event of events) {
    // Erasure replaces the payload of a stored event by null.
    if (event.data === null) continue;
    const apply = entry<unknown>(appliers, event.type) as Applier<keyof CharterEvents> | undefined;
    apply?.(draft, event as CharterEvent);
  }
  return draft.space;
}
