import {
  grantGiven,
  grantRevoked,
  limitAdded,
  limitLifted,
  overrideChanged,
  roleDefined,
} from "../access/evolve.js";
import { linkCreated } from "../attribution/evolve.js";
import { dutyAppliers, endTenures } from "../duties/appliers.js";
import { draftAppliers } from "../duties/drafts/appliers.js";
import { incidentAppliers } from "../duties/incidents/appliers.js";
import { itemAppliers } from "../duties/items/appliers.js";
import { rotaAppliers } from "../duties/rotas/appliers.js";
import { entry } from "../kernel/record.js";
import type { Instant } from "../kernel/time.js";
import type { CharterEvent, CharterEvents, SpaceEvent } from "../model/events.js";
import { type Applier, type Appliers, type Folding, startFolding } from "../model/folding.js";
import type { Space } from "../model/space.js";
import { personErased } from "../privacy/evolve.js";
import { cohortAppliers } from "../sharing/cohorts/appliers.js";
import { freePlace, inviteAppliers } from "../sharing/invites/appliers.js";
import { sliceAppliers } from "../sharing/shares/appliers.js";

/** Names what folding makes of events. Changes whenever the same events fold to something else than before. */
export const FOLD_VERSION = "3";

const appliers: Appliers<keyof CharterEvents> = {
  ...inviteAppliers,
  ...cohortAppliers,
  ...sliceAppliers,
  ...dutyAppliers,
  ...rotaAppliers,
  ...draftAppliers,
  ...incidentAppliers,
  ...itemAppliers,
  "space.created": (folding, { at, by, data }) =>
    folding.set({ ...data, stage: "staging", createdBy: by, createdAt: at }),
  "space.configured": (folding, { data }) => folding.set(data),
  "space.held": (folding, { at, by }) => folding.set({ legalHold: { by, since: at } }),
  "space.released": (folding) => folding.set({ legalHold: null }),
  "person.erased": personErased,
  "retention.applied": () => {},
  "space.wentLive": (folding) => folding.set({ stage: "live" }),
  "space.archived": (folding) => folding.set({ stage: "archived" }),
  "channel.opened": (folding, { at, data: { channel: id, name, kind, topic } }) =>
    folding.put("channels", id, { id, name, kind, topic, openedAt: at, closedAt: null }),
  "channel.configured": (folding, { data: { channel: id, ...changes } }) => {
    const channel = entry(folding.space.channels, id);
    if (channel) folding.put("channels", id, { ...channel, ...changes });
  },
  "channel.closed": (folding, { at, data }) => {
    const channel = entry(folding.space.channels, data.channel);
    if (channel) folding.put("channels", channel.id, { ...channel, closedAt: at });
  },
  "member.joined": (folding, { at, data: { member: id, ...rest } }) => {
    // Whose membership had ended by itself comes in anew, under the ceilings that were put on them.
    const before = entry(folding.space.members, id);
    if (before) freePlace(folding, before);
    const { limits } = before ?? {};
    folding.put("members", id, { id, ...rest, joinedAt: at, ...(limits ? { limits } : {}) });
    if (entry(folding.space.former, id)) folding.drop("former", id);
  },
  "member.left": (folding, { at, data }) => {
    takeOut(folding, data.member, at);
    endTenures(folding, data.member);
  },
  "member.removed": (folding, { at, data }) => {
    takeOut(folding, data.member, at);
    endTenures(folding, data.member);
  },
  "role.assigned": (folding, { data }) => {
    const member = entry(folding.space.members, data.member);
    if (member) folding.put("members", member.id, { ...member, roles: data.roles });
  },
  "role.defined": roleDefined,
  "override.changed": overrideChanged,
  "grant.given": grantGiven,
  "grant.revoked": grantRevoked,
  "limit.added": limitAdded,
  "limit.lifted": limitLifted,
  "link.created": linkCreated,
};

function takeOut(folding: Folding, id: string, at: Instant): void {
  const member = entry(folding.space.members, id);
  if (member) {
    folding.put("former", id, { id, name: member.name, leftAt: at });
    freePlace(folding, member);
  }
  folding.drop("members", id);
}

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
  const folding = startFolding(space);
  for (const event of events) {
    // Erasure replaces the payload of a stored event by null.
    if (event.data === null) continue;
    const apply = entry<unknown>(appliers, event.type) as Applier<keyof CharterEvents> | undefined;
    apply?.(folding, event as CharterEvent);
  }
  return folding.space;
}
