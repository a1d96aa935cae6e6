import type { Duration } from "../kernel/time.js";
/**
 * Who can become a member: only people a host adds (`private`), whoever holds an invite link (`invite`), or
 * anybody (`public`).
 */
export type Visibility = "private" | "invite" | "public";

/** Who may take content out of the space, as a slice or a bundle: every member who may share, hosts only, nobody. */
export type ExportPolicy = "members" | "hosts" | "nobody";

/**
 * What may be done with content. It rides on the space, a channel, a slice, a share and a bundle, and is looked at whenever
 * something is shared, exported or brought in elsewhere. Narrowing it is free, widening it needs the right to.
 */
export type Policy = {
  /** How far it may go: to people a host names, to who holds a link, to anybody. */
  readonly visibility: Visibility;
  /** Who may take it out as a file: everybody who may read it (`members`), hosts only, nobody. */
  readonly export: ExportPolicy;
  /** Whether a machine may be given it to read: summaries, training, assistants. */
  readonly ai: boolean;
  /** Whether who received it may share it on. */
  readonly forward: boolean;
  /** How long who received it may read it, in milliseconds from when it was shared; `null` is for good. */
  readonly retention: number | null;
  /** A text of the lawyers that has to be shown with it. */
  readonly legal: string | null;
  /** What has to be disclosed with it, such as `Paid partnership`. */
  readonly disclosure: string | null;
};

/** Where content that was brought in comes from. */
export type Origin = {
  /** The space it was shared from. */
  readonly space: string;
  /** The slice it was shared as. */
  readonly slice: string;
  /** The root of its hash tree, where it had one. */
  readonly root: string | null;
};

/** A policy that holds in a channel beside that of the space. One that came with content (`origin`) nobody here may widen. */
export type BoundPolicy = { readonly policy: Policy; readonly origin: Origin | null };

/** The events of policies. */
export type PolicyEvents = {
  "policy.bound": { readonly channel: string; readonly policy: Policy; readonly origin: Origin | null };
};

/** The commands of policies. */
export type PolicyCommands = {
  /** Say what may be done with what is said in a channel; what is left out stays as it is. */
  "policy.bind": {
    readonly channel: string;
    readonly policy: PolicyInput;
    readonly origin?: Origin | undefined;
  };
};

/** A policy as it is asked for: what is left out stays as the one before it has it. */
export type PolicyInput = {
  readonly visibility?: Visibility | undefined;
  readonly export?: ExportPolicy | undefined;
  readonly ai?: boolean | undefined;
  readonly forward?: boolean | undefined;
  /** How long it may be read. */
  readonly retention?: Duration | null | undefined;
  readonly legal?: string | null | undefined;
  readonly disclosure?: string | null | undefined;
};
