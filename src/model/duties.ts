import type { Duration, Instant, InstantInput } from "../kernel/time.js";

/** When something holds: from `start` up to, not including, `end`; without an end it is for good. */
export type Window = { readonly start: Instant; readonly end: Instant | null };

/** A window as callers name it. Without an end it is for good. */
export type WindowInput = { readonly start: InstantInput; readonly end?: InstantInput | undefined };

/** Who looks after something and when. Tenures may overlap; `whoHolds` says which one counts. */
export type Tenure = Window & { readonly holder: string };

/** What the space asks of a duty. */
export type DutyRules = {
  /** Whether it must never be vacant. Who holds it cannot leave before it has passed on. */
  readonly required: boolean;
  /** What a member has to be allowed to do to look after it: capabilities. */
  readonly needs: readonly string[];
  /** Who may take it without being asked while nobody can look after it. */
  readonly fallback: readonly string[];
  /** The duty that is asked next where nobody has acted for so many milliseconds. */
  readonly escalation: Escalation | null;
};

/** Who is asked next, and after how many milliseconds without action. */
export type Escalation = { readonly to: string; readonly after: number };

/** Something to look after, and who does, when. */
export type Duty = DutyRules & { readonly id: string; readonly tenures: readonly Tenure[] };

/** A message, named by its channel and its id. */
export type MessageRef = { readonly channel: string; readonly message: string };

/** A thread, or a single message, that somebody answers for in particular: a duty, and perhaps one person of it. */
export type Thread = MessageRef & { readonly duty: string | null; readonly tenures: readonly Tenure[] };

/**
 * What a handoff passes on. With the ownership of a space go the duty `host` and the `roles` of who has it, who has the
 * roles in `keep` instead.
 */
export type Charge =
  | { readonly duty: string }
  | { readonly role: string }
  | { readonly thread: MessageRef }
  | { readonly ownership: true; readonly roles: readonly string[]; readonly keep: readonly string[] };

/** Something that is still open, as a handover note lists it. */
export type OpenItem = {
  readonly kind: "draft" | "post" | "incident" | "item" | "question";
  /** Of the draft, the incident, the item, or the message that asks. */
  readonly id: string;
  readonly title: string;
  /** Who wrote it. */
  readonly by: string;
  readonly since: Instant;
  readonly dueAt: Instant | null;
};

/** Something passing from one member to another. */
export type Handoff = {
  readonly id: string;
  readonly of: Charge;
  readonly from: string;
  readonly to: string;
  readonly note: string | null;
  /** `null` is at once and for good. */
  readonly window: Window | null;
  /** What was open when it was offered. */
  readonly items: readonly OpenItem[];
  readonly status: "offered" | "accepted" | "declined" | "withdrawn" | "lapsed" | "returned";
  readonly offeredAt: Instant;
  /** It can be accepted up to, not including, this instant. */
  readonly expiresAt: Instant;
  readonly answeredAt: Instant | null;
  /** When it took effect, as far as that is on record; `null` before. */
  readonly startedAt: Instant | null;
  /** When it came back; `null` before, or where it is for good. */
  readonly returnedAt: Instant | null;
};

/** What somebody is reminded of. */
export type About = {
  readonly kind: "handoff" | "draft" | "incident" | "item" | "duty";
  readonly id: string;
};

/** How often people were reminded of something, and who is asked by now. */
export type Nudge = {
  readonly about: About;
  readonly reminders: number;
  readonly remindedAt: Instant | null;
  /** The duties it was escalated to, in order. */
  readonly escalations: readonly { readonly to: string; readonly at: Instant }[];
};

/** The events of duties, handoffs and of what is due. */
export type DutyEvents = {
  "duty.defined": DutyRules & { readonly duty: string };
  "duty.assigned": { readonly duty: string; readonly member: string };
  /** Somebody stepped in for a duty that nobody could look after: for good, or until who holds it can again. */
  "duty.taken": { readonly duty: string; readonly member: string; readonly until: Instant | null };
  /** Nobody holds a required duty any more, because this member was removed. */
  "duty.vacated": { readonly duty: string; readonly member: string };
  "channel.assigned": { readonly channel: string; readonly duty: string | null };
  /** What is not there is as it was. */
  "thread.assigned": MessageRef & { readonly duty?: string | null; readonly member?: string | null };
  "handoff.offered": {
    readonly handoff: string;
    readonly of: Charge;
    readonly from: string;
    readonly to: string;
    readonly note: string | null;
    readonly window: Window | null;
    readonly expiresAt: Instant;
    readonly items: readonly OpenItem[];
  };
  "handoff.accepted": { readonly handoff: string };
  "handoff.declined": { readonly handoff: string };
  "handoff.withdrawn": { readonly handoff: string };
  "handoff.lapsed": { readonly handoff: string };
  "handoff.started": { readonly handoff: string };
  /** It went back: its window had ended, or who had it was gone. */
  "handoff.returned": { readonly handoff: string; readonly because: "ended" | "gone" };
  "reminder.sent": { readonly about: About; readonly people: readonly string[] };
  "escalation.raised": { readonly about: About; readonly to: string; readonly people: readonly string[] };
};

/** The commands of duties, handoffs and of what is due. */
export type DutyCommands = {
  /** Say what the space asks of a duty. What is left out is as it was. */
  "duty.define": {
    readonly duty: string;
    readonly required?: boolean | undefined;
    readonly needs?: readonly string[] | undefined;
    readonly fallback?: readonly string[] | undefined;
    readonly escalation?: { readonly to: string; readonly after: Duration } | null | undefined;
  };
  /** Give a duty to a member at once, whoever held it. */
  "duty.assign": { readonly duty: string; readonly member: string };
  /** Step in for a duty that nobody can look after. */
  "duty.take": { readonly duty: string };
  /** Say which duty answers for a channel; with `null`, none in particular. */
  "channel.assign": { readonly channel: string; readonly duty: string | null };
  /** Say which duty, and who of it, answers for a thread or a message; with `null`, none in particular. */
  "thread.assign": MessageRef & {
    readonly duty?: string | null | undefined;
    readonly member?: string | null | undefined;
  };
  /** Offer a duty, a role, a thread, or the ownership of the space: exactly one of them. */
  "handoff.offer": {
    readonly duty?: string | undefined;
    readonly role?: string | undefined;
    readonly thread?: MessageRef | undefined;
    readonly ownership?: true | undefined;
    /** The roles of who gives the ownership away from then on. Default: `co-moderator`. */
    readonly keep?: readonly string[] | undefined;
    readonly from: string;
    readonly to: string;
    readonly note?: string | undefined;
    readonly window?: WindowInput | undefined;
    /** How long the offer stands. Default `7d`, or the end of the window where that is earlier. */
    readonly expiresIn?: Duration | undefined;
    /** What is open beside what the space knows of itself, such as questions in its channels. */
    readonly items?: readonly OpenItem[] | undefined;
  };
  "handoff.accept": { readonly handoff: string };
  "handoff.decline": { readonly handoff: string };
  "handoff.withdraw": { readonly handoff: string };
  /** Put on record that an offer has run out. For the clock, as the next ones are: `by` need not be a member. */
  "handoff.lapse": { readonly handoff: string };
  /** Put on record that a window has begun. */
  "handoff.start": { readonly handoff: string };
  /** Put on record that a window has ended. */
  "handoff.return": { readonly handoff: string };
  "reminder.send": { readonly about: About };
  "escalation.raise": { readonly about: About };
};
