import type { ById } from "../kernel/record.js";
import type { Instant } from "../kernel/time.js";
import type { Grant, Limit, Override, Role } from "./access.js";
import type { ApprovalRule, Draft } from "./drafts.js";
import type { Duty, Handoff, Nudge, Thread } from "./duties.js";
import type { Incident } from "./incidents.js";
import type { Checklist, Item } from "./items.js";
import type { Rota, Swap } from "./rotas.js";

/** Where a space is in its life. `new` is the empty value before `space.created`; it is never stored. */
export type Stage = "new" | "staging" | "live" | "archived";

/**
 * Who can become a member: only people a host adds (`private`), whoever holds an invite link (`invite`), or
 * anybody (`public`).
 */
export type Visibility = "private" | "invite" | "public";

/** Who may take content out of the space, as a slice or a bundle: every member who may share, hosts only, nobody. */
export type ExportPolicy = "members" | "hosts" | "nobody";

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
  /** What they were given beside their roles, and the ceilings put on them. */
  readonly grants?: readonly Grant[];
  readonly limits?: readonly Limit[];
};

/** A link to join by. The token itself is never kept: only its SHA-256. */
export type Invite = {
  readonly id: string;
  readonly role: string;
  readonly hash: string;
  readonly createdBy: string;
  readonly createdAt: Instant;
  /** Joining is refused from this instant on; `null` is no end. */
  readonly expiresAt: Instant | null;
  readonly maxUses: number | null;
  readonly uses: number;
  readonly campaign: string | null;
  readonly revokedAt: Instant | null;
};

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

/** What was shared: the record of a slice, without its content. */
export type SliceRecord = {
  readonly id: string;
  readonly title: string;
  readonly channels: readonly string[];
  readonly messages: readonly string[];
  readonly redacted: readonly string[];
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
  readonly legalHold: LegalHold | null;
  readonly template: TemplateRef | null;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly channels: ById<Channel>;
  readonly members: ById<Member>;
  /** The team's own roles, beside the built-in ones. */
  readonly roles: ById<Role>;
  readonly invites: ById<Invite>;
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
    legalHold: null,
    template: null,
    createdBy: "",
    createdAt: 0,
    channels: {},
    members: {},
    roles: {},
    invites: {},
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
  };
}
