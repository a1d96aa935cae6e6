import type { Money } from "../kernel/money.js";
import type { Duration, InstantInput } from "../kernel/time.js";
import type { Role } from "./access.js";
import type { CohortCommands } from "./cohorts.js";
import type { DraftCommands } from "./drafts.js";
import type { DutyCommands } from "./duties.js";
import type { ClickClass } from "./events.js";
import type { IncidentCommands } from "./incidents.js";
import type { InviteCommands } from "./invites.js";
import type { ItemCommands } from "./items.js";
import type { Attachment } from "./message.js";
import type { SpacePlan } from "./plan.js";
import type { ExportPolicy, PolicyCommands, Visibility } from "./policy.js";
import type { RotaCommands } from "./rotas.js";
import type { SliceCommands } from "./slices.js";
import type { ChannelKind } from "./space.js";

/** Options that every command takes: who does it, and, for the record, why. */
export type Act = { readonly by: string; readonly reason?: string | undefined };

/** From when and for how long something holds: from now on and for good, unless it says otherwise. */
export type Lasting = {
  readonly startsAt?: InstantInput | undefined;
  readonly expiresIn?: Duration | undefined;
};

/** What a ceiling is on: a member or a channel, one of both. */
type LimitedThing = { readonly member?: string | undefined; readonly channel?: string | undefined };

/** What each command takes, by name. Commands on the charter first, then on a timeline, then traffic. */
export type CommandData = SpaceCommands &
  InviteCommands &
  CohortCommands &
  PolicyCommands &
  SliceCommands &
  DutyCommands &
  RotaCommands &
  DraftCommands &
  IncidentCommands &
  ItemCommands;

/** Commands on the space itself, its messages and its links. */
export type SpaceCommands = {
  /** Open a space. The creator becomes its host; `template` is a plan, and single fields override it. */
  "space.create": {
    readonly name?: string | undefined;
    readonly visibility?: Visibility | undefined;
    readonly timeZone?: string | undefined;
    readonly exportPolicy?: ExportPolicy | undefined;
    readonly template?: SpacePlan | undefined;
  };
  "space.configure": {
    readonly name?: string | undefined;
    readonly visibility?: Visibility | undefined;
    readonly timeZone?: string | undefined;
    readonly exportPolicy?: ExportPolicy | undefined;
    /** How long to keep what is said; `null` is for good. `applyRetention` erases what is older. */
    readonly retention?: Duration | null | undefined;
    /** Whether machines may be given what is said here to read. */
    readonly ai?: boolean | undefined;
    /** Whether who was given something may share it on. */
    readonly forward?: boolean | undefined;
    /** A text that has to be shown with all that is shared. */
    readonly legal?: string | null | undefined;
    /** What has to be disclosed with all that is shared. */
    readonly disclosure?: string | null | undefined;
  };
  /** Keep everything as it is, whatever retention says and whoever asks to be erased. */
  "space.hold": unknown;
  "space.release": unknown;
  /** Take out what a person said and is called. Decided for the operator, as traffic is: `by` need not be a member. */
  "person.erase": { readonly person: string };
  /** Take out what was said before an instant. */
  "retention.apply": { readonly before: InstantInput };
  "space.goLive": unknown;
  "space.archive": unknown;
  "channel.open": {
    readonly channel: string;
    readonly name?: string | undefined;
    readonly kind?: ChannelKind | undefined;
    readonly topic?: string | undefined;
  };
  "channel.configure": {
    readonly channel: string;
    readonly name?: string | undefined;
    readonly kind?: ChannelKind | undefined;
    readonly topic?: string | null | undefined;
  };
  "channel.close": { readonly channel: string };
  /** Enter a public space. */
  "member.join": { readonly name?: string | undefined };
  /** Let somebody in without a link. */
  "member.add": {
    readonly member: string;
    readonly name?: string | undefined;
    readonly roles?: readonly string[] | undefined;
  };
  "member.leave": unknown;
  "member.remove": { readonly member: string };
  /** Set the roles of a member: the ones given are theirs from now on, the others are not. */
  "role.assign": { readonly member: string; readonly roles: readonly string[] };
  /** Define a role of the team's own, define it anew, or, with `null`, take it away. */
  "role.define": { readonly role: string; readonly to: Role | null };
  /** Say who may do what in a channel, in the place of what was said for the same people. Nothing is: take it away. */
  "override.set": {
    readonly channel: string;
    readonly subject: "everyone" | { readonly role: string } | { readonly member: string };
    readonly allow?: readonly string[] | undefined;
    readonly deny?: readonly string[] | undefined;
  } & Lasting;
  /** Give a member something beside their roles: in one channel, or everywhere. */
  "grant.give": {
    readonly member: string;
    readonly allow: readonly string[];
    readonly channel?: string | undefined;
    /** Whether it holds only while the giver has it too. */
    readonly bound?: boolean | undefined;
  } & Lasting;
  "grant.revoke": { readonly member: string; readonly grant: string };
  /** Put a ceiling, such as `timeout`, on a member or a channel, in the place of an earlier one of that name. */
  "limit.put": { readonly ceiling: string } & LimitedThing & Lasting;
  "limit.lift": { readonly ceiling: string } & LimitedThing;
  "link.create": {
    readonly target: string;
    readonly campaign: string;
    readonly cohort?: string | undefined;
    readonly source?: string | undefined;
  };
  "message.post": {
    readonly channel: string;
    readonly body?: string | undefined;
    /** An id of the host's. Posting under the same id again changes nothing. */
    readonly id?: string | undefined;
    readonly replyTo?: string | undefined;
    readonly attachments?: readonly Attachment[] | undefined;
  };
  "message.edit": { readonly channel: string; readonly message: string; readonly body: string };
  "message.delete": { readonly channel: string; readonly message: string };
  "message.pin": { readonly channel: string; readonly message: string };
  "message.unpin": { readonly channel: string; readonly message: string };
  "poll.open": {
    readonly channel: string;
    readonly question: string;
    readonly options: readonly string[];
    readonly multiple?: boolean | undefined;
    readonly id?: string | undefined;
  };
  /** Choose options by their index; an empty list takes the vote back. The last vote counts. */
  "poll.vote": { readonly channel: string; readonly message: string; readonly choices: readonly number[] };
  "reaction.add": { readonly channel: string; readonly message: string; readonly emoji: string };
  "reaction.remove": { readonly channel: string; readonly message: string; readonly emoji: string };
  /** Note that a member opened an attachment by an act of their own; previews and downloads are no opens. */
  "media.open": {
    readonly channel: string;
    readonly message: string;
    readonly attachment?: number | undefined;
  };
  /** Bring a history into a channel. The events themselves come from `importHistory`. */
  "history.import": { readonly channel: string };
  "click.record": {
    readonly link: string;
    readonly visitor?: string | undefined;
    readonly class?: ClickClass | undefined;
    readonly at?: InstantInput | undefined;
    readonly id?: string | undefined;
  };
  "conversion.record": {
    readonly order: string;
    readonly kind?: "sale" | "refund" | "signup" | undefined;
    readonly amount?: Money | undefined;
    readonly visitor?: string | undefined;
    readonly link?: string | undefined;
    readonly at?: InstantInput | undefined;
    readonly id?: string | undefined;
  };
};

/** The name of a command: `noun.verb`. */
export type CommandType = keyof CommandData;

/** What somebody wants to happen. The union is discriminated by `type`. */
export type Command<T extends CommandType = CommandType> = {
  [K in T]: { readonly type: K } & Act & CommandData[K];
}[T];

/** Commands that concern the messages of one channel. They carry that channel. */
export type TimelineCommand = Command<
  | "message.post"
  | "message.edit"
  | "message.delete"
  | "message.pin"
  | "message.unpin"
  | "poll.open"
  | "poll.vote"
  | "reaction.add"
  | "reaction.remove"
  | "media.open"
  | "history.import"
>;

/** Commands that record clicks, conversions, and who read what was shared. */
export type TrafficCommand = Command<
  "click.record" | "conversion.record" | "slice.open" | "slice.export" | "slice.verify"
>;

/** Commands on the charter: everything else. */
export type CharterCommand = Exclude<Command, TimelineCommand | TrafficCommand>;
