import type { Capability } from "../access/capabilities.js";
import type { Explained } from "../access/explain.js";
import type { Question } from "../access/question.js";
import type { CeilingName } from "../access/roles.js";
import type { CreditKey, CreditReport } from "../attribution/credit.js";
import type { Duration, InstantInput } from "../kernel/time.js";
import type { ActivityOptions, ActivityReport } from "../metrics/activity.js";
import type { OperationsReport } from "../metrics/operations.js";
import type { OperationsOptions } from "../metrics/operations-frame.js";
import type { Grant, Role } from "../model/access.js";
import type { ChatHistory } from "../model/history.js";
import type { Message } from "../model/message.js";
import type { Link, Member, Space } from "../model/space.js";
import type { CohortVerbs } from "./cohort-verbs.js";
import type { DraftVerbs } from "./draft-verbs.js";
import type { DutyVerbs } from "./duty-verbs.js";
import type { IncidentVerbs } from "./incident-verbs.js";
import type { InviteVerbs } from "./invite-verbs.js";
import type { ChecklistVerbs, ItemVerbs } from "./item-verbs.js";
import type { KeyVerbs } from "./key-verbs.js";
import type { Options } from "./options.js";
import type { ImportResult } from "./results.js";
import type { RotaVerbs } from "./rota-verbs.js";
import type { SearchVerbs } from "./search-verbs.js";
import type { SliceVerbs } from "./slice-verbs.js";

/**
 * What a capability is asked about: a channel, a member, a message of one's own, another time. Without `at` it is
 * now.
 */
export type Where = Pick<Question, "channel" | "target" | "own"> & {
  readonly at?: InstantInput | undefined;
  /** When the member last did it, for slow mode; `null` is never. */
  readonly lastAt?: InstantInput | null | undefined;
  /** When what is acted on was made, for time limits. */
  readonly madeAt?: InstantInput | undefined;
  /** When the member's account was made, for a minimum age. */
  readonly accountAt?: InstantInput | undefined;
};

/** A decision with everything that had a say in it, what would change it, and a sentence for people. */
export type Explanation = Explained<Capability> & { readonly message: string };

/** The ceilings that are put on by hand. */
type Ceilings = Exclude<CeilingName, "staging" | "archived" | "closed">;

/** What `import` takes. */
export type HandleImportOptions = {
  readonly by: string;
  readonly channel: string;
  /** What a parser gave, such as `parseWhatsApp`. */
  readonly history: ChatHistory;
  /** Participants, by id or name, to members of the space. */
  readonly people?: { readonly [participant: string]: string } | undefined;
  /** The zone of the phone that made the export. Default: the zone of the space. */
  readonly timeZone?: string | undefined;
  /** Called after each batch. */
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
};

/** What `metrics` takes: days are those of the space's zone unless another is named, up to now. */
export type MetricsOptions = Partial<ActivityOptions> & {
  /** Channels to count. Default: all of them. */
  readonly channels?: readonly string[] | undefined;
  /** What the credit for conversions is summed by. Default `cohort`. */
  readonly per?: CreditKey | undefined;
  /** How long after a click a conversion counts for it. Default `30d`. */
  readonly window?: Duration | undefined;
};

/** What `operations` takes: days are those of the space's zone unless another is named, up to now. */
export type HandleOperationsOptions = Partial<OperationsOptions> & {
  /** Channels whose messages are looked at. Default: all of them. */
  readonly channels?: readonly string[] | undefined;
};

/** How a space is doing, and what its links brought. */
export type SpaceReport = { readonly activity: ActivityReport; readonly credit: CreditReport };

/**
 * One space. Reading what is loaded (`space`, `can`, `explain`) is synchronous; every verb brings the space up to
 * date, decides, and appends, and is a promise.
 *
 * Verbs throw `RefusedError` where the command is refused, and `StoreError` where the store fails. Either way
 * nothing changed.
 */
export type SpaceHandle = DutyVerbs &
  InviteVerbs &
  SearchVerbs & {
    readonly id: string;
    /** The space as of the last verb or `refresh`. */
    readonly space: Space;
    /** Brings `space` up to date with what others did. */
    refresh(): Promise<void>;

    // --- What teams do with a space, by what it is done with -------------------------------------------------------
    /** Who covers a duty when: rotas, overrides, swaps, coverage. */
    readonly rotas: RotaVerbs;
    /** Texts and assets before they go out: suggestions, approvals, publishing. */
    readonly drafts: DraftVerbs;
    /** What went wrong, until it is put right. */
    readonly incidents: IncidentVerbs;
    /** What is to be done, by whom, until when. */
    readonly items: ItemVerbs;
    /** Items pinned in a channel as a list. */
    readonly checklists: ChecklistVerbs;
    /** Named segments of the members, by rule or by list. */
    readonly cohorts: CohortVerbs;

    /** Parts of the conversation for others to read: made, redacted, shared, read, taken back. */
    readonly slices: SliceVerbs;
    /** The keys with which the space signs what it shares. */
    readonly keys: KeyVerbs;

    // --- Questions ---------------------------------------------------------------------------------------------
    /** Whether a member may do something: `drop.can("leo", "message.post", { channel: "countdown" })`. */
    can(member: string, capability: Capability, where?: Where): boolean;
    /** The same with the reason: the code, what decided and in which order, what would make it a yes, a sentence. */
    explain(member: string, capability: Capability, where?: Where): Explanation;

    // --- The space and its channels ----------------------------------------------------------------------------
    /**
     * Changes the name, the visibility, the time zone, the export policy or the retention (`"90d"`; `null` is for
     * good): what is left out stays.
     */
    configure(options: Options<"space.configure">): Promise<Space>;
    /** Puts the space under a legal hold: from now on nothing of it is erased. */
    hold(options: Options<"space.hold">): Promise<Space>;
    /** Releases the hold. */
    release(options: Options<"space.release">): Promise<Space>;
    /** Ends the staging: from now on members other than the team may come in and take part. */
    goLive(options: Options<"space.goLive">): Promise<Space>;
    /** Closes the space for good: it can be read, and nothing in it changes any more. */
    archive(options: Options<"space.archive">): Promise<Space>;
    /** Opens a channel. Without a `kind` it is a `discussion`. */
    openChannel(options: Options<"channel.open">): Promise<Space>;
    /** Changes the name, the kind or the topic of a channel: what is left out stays. */
    configureChannel(options: Options<"channel.configure">): Promise<Space>;
    /** Closes a channel: it can still be read. Doing it again changes nothing. */
    closeChannel(options: Options<"channel.close">): Promise<Space>;

    // --- Members -----------------------------------------------------------------------------------------------
    /** Lets somebody in without a link. */
    add(options: Options<"member.add">): Promise<Member>;
    /** Leaves. The last host cannot: they hand the host duty over or assign another host first. */
    leave(options: Options<"member.leave">): Promise<Space>;
    /** Removes a member. Only who outranks them may. */
    remove(options: Options<"member.remove">): Promise<Space>;
    /** Sets the roles of a member: these and no others. */
    assign(options: Options<"role.assign">): Promise<Member>;

    // --- Who may do what ---------------------------------------------------------------------------------------
    /** Defines a role of the team's own, defines it anew, or, with `to: null`, takes it away. */
    defineRole(
      options: Omit<Options<"role.define">, "to"> & { readonly to: Role<Capability> | null },
    ): Promise<Space>;
    /**
     * Says who may do what in a channel, where that is not what roles and kind say.
     *
     * ```ts
     * await drop.setOverride({ by: "ana", channel: "countdown", subject: { member: "leo" }, allow: ["message.post"] });
     * ```
     */
    setOverride(
      options: Omit<Options<"override.set">, "allow" | "deny"> & {
        readonly allow?: readonly Capability[] | undefined;
        readonly deny?: readonly Capability[] | undefined;
      },
    ): Promise<Space>;
    /** Gives a member something beside their roles. */
    grant(
      options: Omit<Options<"grant.give">, "allow"> & { readonly allow: readonly Capability[] },
    ): Promise<Grant>;
    /** Takes a grant back. */
    revokeGrant(options: Options<"grant.revoke">): Promise<Space>;
    /** Puts a ceiling on a member or a channel: `drop.limit({ by, member: "leo", ceiling: "timeout", expiresIn: "10m" })`. */
    limit(options: Options<"limit.put"> & { readonly ceiling: Ceilings }): Promise<Space>;
    /** Takes it off again. */
    liftLimit(options: Options<"limit.lift"> & { readonly ceiling: Ceilings }): Promise<Space>;

    // --- Messages ----------------------------------------------------------------------------------------------
    /** Says something; gives the id of the message. */
    post(options: Options<"message.post">): Promise<{ readonly id: string }>;
    /** Changes the text of a message. Its earlier text stays on record. */
    edit(options: Options<"message.edit">): Promise<void>;
    /** Deletes a message: its text and attachments are no longer given to anybody. */
    delete(options: Options<"message.delete">): Promise<void>;
    /** Pins a message. Doing it again changes nothing. */
    pin(options: Options<"message.pin">): Promise<void>;
    /** Unpins a message. */
    unpin(options: Options<"message.unpin">): Promise<void>;
    /** Asks a question with options to vote for; gives the id of the message that holds it. */
    poll(options: Options<"poll.open">): Promise<{ readonly id: string }>;
    /** Votes. A member's later vote takes the place of the earlier one. */
    vote(options: Options<"poll.vote">): Promise<void>;
    /** Reacts to a message with an emoji. Doing it again changes nothing. */
    react(options: Options<"reaction.add">): Promise<void>;
    /** Takes a reaction back. */
    unreact(options: Options<"reaction.remove">): Promise<void>;
    /** Puts on record that a member opened the attachment of a message. Previews and downloads are no opens. */
    opened(options: Options<"media.open">): Promise<void>;
    /**
     * The messages of a channel in the order they were said. With `as`, only if that member may view it. Reads the
     * whole timeline.
     */
    messages(channel: string, options?: { readonly as?: string | undefined }): Promise<readonly Message[]>;
    /** Brings a chat history into a channel. Importing it again, or one that overlaps it, adds nothing twice. */
    import(options: HandleImportOptions): Promise<ImportResult>;

    // --- Sharing, attribution, metrics -------------------------------------------------------------------------
    /**
     * Says what may be done with what is said in a channel, beside the policy of the space: the stricter one holds.
     *
     * ```ts
     * await drop.bindPolicy({ by: "ana", channel: "legal", policy: { export: "nobody" } });
     * ```
     */
    bindPolicy(options: Omit<Options<"policy.bind">, "origin">): Promise<Space>;
    /** Creates an attribution link; `url` is what to publish. */
    createLink(options: Options<"link.create">): Promise<Link & { readonly url: string }>;
    /** Records a visit. `by` defaults to `traffic`, for the host's redirect. Says whether it was new. */
    recordClick(
      options: Omit<Options<"click.record">, "by"> & Partial<{ by: string }>,
    ): Promise<{ readonly recorded: boolean }>;
    /** Records a sale, refund or sign-up. Says whether it was new. */
    recordConversion(
      options: Omit<Options<"conversion.record">, "by"> & Partial<{ by: string }>,
    ): Promise<{ readonly recorded: boolean }>;
    /**
     * How the space is doing: who talks, when, how fast answers come, and what its links brought. With `as`, only
     * if that member may view it.
     */
    metrics(options?: MetricsOptions & { readonly as?: string | undefined }): Promise<SpaceReport>;
    /**
     * How fast the team is, and what waits for it: messages acted on, items done, drafts approved, incidents dealt with,
     * handoffs answered, by duty and person. With `as`, only if that member may view it.
     *
     * ```ts
     * const { messages } = await drop.operations({ last: "28d", exclude: ["bot"], targets: { "messages.action": "1h" } });
     * ```
     */
    operations(
      options?: HandleOperationsOptions & { readonly as?: string | undefined },
    ): Promise<OperationsReport>;
  };
