import type { ById } from "../kernel/record.js";
import type { Instant } from "../kernel/time.js";
import type { Grant, Limit, Override, Role } from "./access.js";
import type { Cohort } from "./cohorts.js";
import type { ApprovalRule, Draft } from "./drafts.js";
import type { Duty, Handoff, Nudge, Thread } from "./duties.js";
import type { Incident } from "./incidents.js";
import type { Ban, Invite, InvitePolicy, JoinRequest, Ticket } from "./invites.js";
import type { Checklist, Item } from "./items.js";
import type { BoundPolicy, ExportPolicy, Visibility } from "./policy.js";
import type { Rota, Swap } from "./rotas.js";
import type { SliceRecord, SliceShare, SpaceKey } from "./slices.js";

/** Where a space is in its life. `new` is the empty value before `space.created`; it is never stored. */
export type Stage = "new" | "staging" | "live" | "archived";

/** What a channel is for. It decides which capabilities a role has in it. */
export type ChannelKind = "discussion" | "announcement" | "drafts" | "operations" | "incident";

/** One lane of a space. Its messages live in a stream of their own. */
export type Channel = {
  readonly id: string;
  readonly name: string;
  readonly kind: ChannelKind;
  readonly topic: string | null;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  /** Who may do what here, where that is not what roles and kind say. */
  readonly overrides?: readonly Override[];
  readonly limits?: readonly Limit[];
  /** The duty that answers for what is said here. */
  readonly duty?: string;
  /** What it takes for a draft of this channel to be approved. */
  readonly approval?: ApprovalRule;
  /** Whether only drafts that were published appear here. */
  readonly staged?: true;
  /** What may be done with what is said here, beside the policy of the space: the stricter one holds. */
  readonly policy?: BoundPolicy;
};

/** A person in a space. What they may do is the union of what their roles give. */
export type Member = {
  readonly id: string;
  readonly name: string | null;
  readonly roles: readonly string[];
  readonly joinedAt: Instant;
  /** The invite that brought them, and its campaign: which link brought whom. */
  readonly invite: string | null;
  readonly campaign: string | null;
  /** The listed cohorts they belong to. */
  readonly cohorts?: readonly string[];
  /** When their membership ends by itself, such as that of a ticket. */
  readonly until?: Instant;
  /** What they were given beside their roles, and the ceilings put on them. */
  readonly grants?: readonly Grant[];
  readonly limits?: readonly Limit[];
};

/** Somebody who was a member: what they wrote and what was shared of it still has their name. */
export type FormerMember = { readonly id: string; readonly name: string | null; readonly leftAt: Instant };

/** An attribution link: where it leads, and which cohort and campaign get the credit for what it brings. */
export type Link = {
  readonly id: string;
  readonly target: string;
  readonly campaign: string;
  readonly cohort: string | null;
  /** The place it is published, such as `whatsapp`; becomes `utm_source`. */
  readonly source: string | null;
  readonly createdBy: string;
  readonly createdAt: Instant;
};

/** Which template a space was opened from. */
export type TemplateRef = { readonly name: string; readonly version: number };

/** Why nothing of a space may be erased for now, and since when. */
export type LegalHold = { readonly by: string; readonly since: Instant };

/**
 * A space: everything that deciding needs to know, as plain read-only data. It is the fold of the charter's
 * events; messages and clicks are not in it, so it stays small however much is said.
 */
export type Space = {
  readonly id: string;
  readonly stage: Stage;
  readonly name: string;
  readonly visibility: Visibility;
  /** The IANA zone in which the space counts its days. */
  readonly timeZone: string;
  readonly exportPolicy: ExportPolicy;
  /** How long what is said is kept, in milliseconds; `null` is for good. */
  readonly retention: number | null;
  /** Whether machines may be given what is said here to read. */
  readonly ai: boolean;
  /** Whether who was given something of it may share it on. */
  readonly forward: boolean;
  /** A text of the lawyers that has to be shown with all that is shared. */
  readonly legal: string | null;
  /** What has to be disclosed with all that is shared. */
  readonly disclosure: string | null;
  readonly legalHold: LegalHold | null;
  readonly template: TemplateRef | null;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly channels: ById<Channel>;
  readonly members: ById<Member>;
  /** Who was a member and is none any more. */
  readonly former: ById<FormerMember>;
  /** The team's own roles, beside the built-in ones. */
  readonly roles: ById<Role>;
  readonly invites: ById<Invite>;
  /** What invites must be like. */
  readonly invitePolicy: InvitePolicy;
  readonly requests: ById<JoinRequest>;
  /** Who may not come back, by the member's id. */
  readonly bans: ById<Ban>;
  readonly tickets: ById<Ticket>;
  readonly cohorts: ById<Cohort>;
  readonly duties: ById<Duty>;
  /** Threads and messages that somebody answers for in particular, by `threadKey`. */
  readonly threads: ById<Thread>;
  readonly handoffs: ById<Handoff>;
  readonly rotas: ById<Rota>;
  readonly swaps: ById<Swap>;
  readonly drafts: ById<Draft>;
  readonly incidents: ById<Incident>;
  readonly items: ById<Item>;
  readonly checklists: ById<Checklist>;
  /** Reminders and escalations, by `aboutKey`. */
  readonly nudges: ById<Nudge>;
  readonly links: ById<Link>;
  readonly slices: ById<SliceRecord>;
  readonly shares: ById<SliceShare>;
  /** The keys with which the space signs what it shares. */
  readonly keys: ById<SpaceKey>;
};

/** The value a space has before anything happened: what `fold` starts from. */
export function emptySpace(id: string): Space {
  return {
    id,
    stage: "new",
    name: "",
    visibility: "private",
    timeZone: "UTC",
    exportPolicy: "hosts",
    retention: null,
    ai: false,
    forward: false,
    legal: null,
    disclosure: null,
    legalHold: null,
    template: null,
    createdBy: "",
    createdAt: 0,
    channels: {},
    members: {},
    former: {},
    roles: {},
    invites: {},
    invitePolicy: { longest: null, longestOpen: null, mostUses: null, approval: false },
    requests: {},
    bans: {},
    tickets: {},
    cohorts: {},
    duties: {},
    threads: {},
    handoffs: {},
    rotas: {},
    swaps: {},
    drafts: {},
    incidents: {},
    items: {},
    checklists: {},
    nudges: {},
    links: {},
    slices: {},
    shares: {},
    keys: {},
  };
}
