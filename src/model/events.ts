import type { Money } from "../kernel/money.js";
import type { Instant } from "../kernel/time.js";
import type { Grant, Limit, Override, Role } from "./access.js";
import type { CohortEvents } from "./cohorts.js";
import type { DraftEvents } from "./drafts.js";
import type { DutyEvents } from "./duties.js";
import type { IncidentEvents } from "./incidents.js";
import type { InviteEvents } from "./invites.js";
import type { ItemEvents } from "./items.js";
import type { Attachment, MessageKind, MessageSource, Poll } from "./message.js";
import type { ExportPolicy, PolicyEvents, Visibility } from "./policy.js";
import type { RotaEvents } from "./rotas.js";
import type { SliceEvents, SliceTraffic } from "./slices.js";
import type { ChannelKind, Link, TemplateRef } from "./space.js";

/** The charter: who belongs to the space, what it consists of, who answers for what. Stream `space/<id>`. */
export type CharterEvents = SpaceEvents &
  InviteEvents &
  CohortEvents &
  PolicyEvents &
  SliceEvents &
  DutyEvents &
  RotaEvents &
  DraftEvents &
  IncidentEvents &
  ItemEvents;

/** The space itself, its channels, members, permissions and links. */
export type SpaceEvents = {
  "space.created": {
    readonly name: string;
    readonly visibility: Visibility;
    readonly timeZone: string;
    readonly exportPolicy: ExportPolicy;
    readonly template: TemplateRef | null;
  };
  "space.configured": {
    readonly name?: string;
    readonly visibility?: Visibility;
    readonly timeZone?: string;
    readonly exportPolicy?: ExportPolicy;
    readonly retention?: number | null;
    readonly ai?: boolean;
    readonly forward?: boolean;
    readonly legal?: string | null;
    readonly disclosure?: string | null;
  };
  "space.held": Record<never, never>;
  "space.released": Record<never, never>;
  "person.erased": { readonly person: string };
  "retention.applied": { readonly before: Instant };
  "space.wentLive": Record<never, never>;
  "space.archived": Record<never, never>;
  "channel.opened": {
    readonly channel: string;
    readonly name: string;
    readonly kind: ChannelKind;
    readonly topic: string | null;
  };
  "channel.configured": {
    readonly channel: string;
    readonly name?: string;
    readonly kind?: ChannelKind;
    readonly topic?: string | null;
  };
  "channel.closed": { readonly channel: string };
  "member.joined": {
    readonly member: string;
    readonly name: string | null;
    readonly roles: readonly string[];
    readonly invite: string | null;
    readonly campaign: string | null;
    readonly cohorts?: readonly string[];
    readonly until?: Instant;
  };
  "member.left": { readonly member: string };
  "member.removed": { readonly member: string };
  "role.assigned": { readonly member: string; readonly roles: readonly string[] };
  "role.defined": { readonly role: string; readonly to: Role | null };
  "override.changed": { readonly channel: string; readonly override: Override };
  "grant.given": { readonly member: string; readonly grant: Grant };
  "grant.revoked": { readonly member: string; readonly grant: string };
  "limit.added": { readonly member: string | null; readonly channel: string | null; readonly limit: Limit };
  "limit.lifted": {
    readonly member: string | null;
    readonly channel: string | null;
    readonly ceiling: string;
  };
  "link.created": Omit<Link, "id" | "createdBy" | "createdAt"> & { readonly link: string };
};

/** What is said and done in one channel. Stream `timeline/<id>/<channel>`. The id of a message is its event's. */
export type TimelineEvents = {
  "message.posted": {
    readonly author: string | null;
    readonly authorName?: string;
    readonly kind: MessageKind;
    readonly body: string;
    readonly replyTo?: string;
    readonly attachments?: readonly Attachment[];
    readonly poll?: Poll;
    /** An import says so where the platform does: the text is not the first one. */
    readonly edited?: true;
    readonly source?: MessageSource;
  };
  "message.edited": { readonly message: string; readonly body: string };
  "message.deleted": { readonly message: string };
  "message.pinned": { readonly message: string };
  "message.unpinned": { readonly message: string };
  "poll.voted": { readonly message: string; readonly choices: readonly number[] };
  "reaction.added": { readonly message: string; readonly emoji: string };
  "reaction.removed": { readonly message: string; readonly emoji: string };
  "media.opened": { readonly message: string; readonly attachment: number };
};

/** How a click was classified. Only `human` clicks earn credit; the others are kept, never dropped. */
export type ClickClass = "human" | "preview" | "crawler" | "prefetch" | "suspect" | "unknown";

/** What comes in through links, and who read what was shared. Stream `traffic/<id>`. */
export type TrafficEvents = SliceTraffic & {
  "click.recorded": {
    readonly link: string;
    /** Who clicked, as a key of the host's that says nothing about the person; `null` where nobody knows. */
    readonly visitor: string | null;
    readonly class: ClickClass;
  };
  "conversion.recorded": {
    /** The host's order or sign-up number: all conversions of one order net to one amount. */
    readonly order: string;
    readonly kind: "sale" | "refund" | "signup";
    /** What the customer paid; what was paid back, as a positive amount, for a refund; `null` for a sign-up. */
    readonly amount: Money | null;
    readonly visitor: string | null;
    /** The link itself, where the order carries it; it then needs no click. */
    readonly link: string | null;
  };
};

/** Every event, by type, with its payload. */
export type EventData = CharterEvents & TimelineEvents & TrafficEvents;

/** The name of an event: `noun.verbed`. */
export type EventType = keyof EventData;

/**
 * Something that happened, as plain JSON. The union is discriminated by `type`:
 *
 * ```ts
 * if (event.type === "member.joined") greet(event.data.member);
 * ```
 */
export type SpaceEvent<T extends EventType = EventType> = {
  [K in T]: {
    readonly id: string;
    readonly type: K;
    /** When it happened: epoch milliseconds UTC. */
    readonly at: Instant;
    /** Who did it: a member's id, or whatever the host calls itself. */
    readonly by: string;
    readonly reason?: string;
    readonly data: EventData[K];
  };
}[T];

/** An event of the charter. */
export type CharterEvent = SpaceEvent<keyof CharterEvents>;
/** An event of a channel's timeline. */
export type TimelineEvent = SpaceEvent<keyof TimelineEvents>;
/** A click, a conversion, or somebody reading a slice. */
export type TrafficEvent = SpaceEvent<keyof TrafficEvents>;
