import type { Duration, Instant, InstantInput } from "../kernel/time.js";
import type { Policy, PolicyInput } from "./policy.js";

/**
 * Which messages to take. Several picks add up.
 *
 * - `{ ids }`: these messages. `{ first, last }`: from one message to another, both included, as they were said.
 * - `{ from, to }`: everything said from one instant up to, not including, another.
 * - `{ thread }`: a message and every reply to it, and replies to those.
 * - `{ pinned: true }`: what is pinned. `{ tag: "launch" }`: what has `#launch` in it. `{ author }`: what somebody said.
 * - `{ decisions: true }`: drafts that were approved and published.
 * - `{ search: "refund policy" }`: what a search for these words finds.
 */
export type SlicePick =
  | { readonly ids: readonly string[] }
  | { readonly first: string; readonly last: string }
  | { readonly from?: InstantInput | undefined; readonly to?: InstantInput | undefined }
  | { readonly thread: string }
  | { readonly pinned: true }
  | { readonly tag: string }
  | { readonly author: string }
  | { readonly decisions: true }
  | { readonly search: string };

/**
 * What to take out before sharing. A rule reaches everything a recipient would see: bodies, authors, polls, the names of
 * files, the title.
 *
 * - `{ person }`: the member or author with this id, or who goes by this name, becomes `Person 1`, `Person 2`, ...
 *   wherever they are named, by full name or a part of it of three letters or more; `alsoKnownAs` adds other spellings.
 * - `{ phrase }`: these words, wherever they are, also inside other words.
 * - `{ pattern }`: what a regular expression finds. It needs an engine that takes time in proportion to the length of the
 *   text: `linearPatterns` of `chat-spaces/patterns`.
 * - `"people"`: everybody. `"links"`, `"emails"`, `"phones"`, `"amounts"`, `"addresses"`: replaced by `[link]`, `[email]`, ...
 * - `"attachments"`: the names of files go, their kinds stay.
 *
 * In any case and normal form, also where invisible characters stand between.
 */
export type Redaction =
  | "people"
  | "links"
  | "emails"
  | "phones"
  | "amounts"
  | "addresses"
  | "attachments"
  | { readonly person: string; readonly alsoKnownAs?: readonly string[] | undefined }
  | { readonly phrase: string; readonly as?: string | undefined }
  | { readonly pattern: string; readonly as?: string | undefined; readonly ignoreCase?: boolean | undefined };

/** Whether a slice stays as it was when it was made, or shows what the source has become. */
export type SliceMode = "live" | "frozen";

/** How far a channel had come: the revision of its last event. */
export type Reach = { readonly channel: string; readonly revision: number };

/** What a slice is made of, said so that it can be made again. */
export type SliceRecord = {
  readonly id: string;
  readonly title: string;
  readonly channels: readonly string[];
  readonly pick: readonly SlicePick[];
  /** Messages that are left out although they were picked. */
  readonly except: readonly string[];
  readonly redact: readonly Redaction[];
  /** Findings that were looked at and are to stay, by their keys. */
  readonly spare: readonly string[];
  /** Whether the messages that picked ones answer come along. */
  readonly context: boolean;
  readonly mode: SliceMode;
  /** For a frozen slice: how far each of its channels had come. */
  readonly until: readonly Reach[];
  /** How many messages it had when it was made. */
  readonly count: number;
  /** What salts and marks are made from; nobody can guess it, and no recipient is given it. */
  readonly seed: string;
  readonly policy: Policy;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
};

/** Who was given a slice: members, or whoever holds a link. */
export type SliceShare = {
  readonly id: string;
  readonly slice: string;
  /** The cohorts it was shared with. */
  readonly cohorts: readonly string[];
  /** The members it was shared with, those of its cohorts included, as they were at that instant. */
  readonly audience: readonly string[];
  /** SHA-256 of the token of a link; `null` where it is for members only. */
  readonly hash: string | null;
  /** Whom the link is for, as the team calls them: `Acme, legal`. */
  readonly recipient: string | null;
  readonly expiresAt: Instant | null;
  readonly policy: Policy;
  /** Whether each copy is marked, so that it can be told whose it was. */
  readonly marked: boolean;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
};

/** A public key with which the space signs what it shares. */
export type SpaceKey = {
  /** The first 16 hexadecimal digits of the SHA-256 of the public key. */
  readonly id: string;
  /** The Ed25519 public key, 64 hexadecimal digits. */
  readonly publicKey: string;
  readonly addedAt: Instant;
  /** What was signed from this instant on is not the space's. */
  readonly revokedAt: Instant | null;
};

/** What a slice is wanted for. */
export type SliceUse = "read" | "ai";

/** What a slice can be written as. */
export type SliceFormat = "json" | "markdown" | "html" | "text";

type OfSlice = { readonly slice: string };

/** The events of slices, shares and keys, on the charter. */
export type SliceEvents = {
  "slice.created": OfSlice & Omit<SliceRecord, "id" | "createdBy" | "createdAt" | "revokedAt">;
  "slice.revoked": OfSlice;
  "slice.shared": { readonly share: string } & Omit<
    SliceShare,
    "id" | "createdBy" | "createdAt" | "revokedAt"
  >;
  "share.revoked": { readonly share: string };
  "key.added": { readonly key: string; readonly publicKey: string };
  "key.revoked": { readonly key: string };
  "space.exported": { readonly events: number };
};

type Seen = {
  readonly slice: string;
  /** By which share; `null` for those who curate. */
  readonly share: string | null;
};

/** What became of slices: the access log, in the stream of traffic. */
export type SliceTraffic = {
  "slice.opened": Seen & { readonly use: SliceUse };
  "slice.exported": Seen & { readonly format: SliceFormat };
  "slice.verified": Seen & { readonly genuine: boolean };
};

/** How a reader shows that a slice is for them: by being in an audience, or by the token of a link. */
type Shown = { readonly slice: string; readonly token?: string | undefined };

/** The commands of slices, shares and keys. */
export type SliceCommands = {
  /** Put on record that a slice was made. A handle's `slices.create` counts the messages and hands in the rest. */
  "slice.create": {
    readonly title: string;
    readonly channels: readonly string[];
    readonly pick: readonly SlicePick[];
    readonly except?: readonly string[] | undefined;
    readonly redact?: readonly Redaction[] | undefined;
    readonly spare?: readonly string[] | undefined;
    readonly context?: boolean | undefined;
    readonly mode?: SliceMode | undefined;
    readonly until?: readonly Reach[] | undefined;
    readonly count: number;
    readonly policy?: PolicyInput | undefined;
    readonly id?: string | undefined;
  };
  "slice.revoke": { readonly slice: string };
  /** Give a slice to members, cohorts, or, with a token from `shareToken`, to whoever holds it. */
  "slice.share": {
    readonly slice: string;
    readonly members?: readonly string[] | undefined;
    readonly cohorts?: readonly string[] | undefined;
    /** Who is in these cohorts now. A handle works it out. */
    readonly audience?: readonly string[] | undefined;
    readonly token?: string | undefined;
    readonly recipient?: string | undefined;
    readonly expiresIn?: Duration | undefined;
    readonly policy?: PolicyInput | undefined;
    readonly marked?: boolean | undefined;
  };
  "share.revoke": { readonly share: string };
  /** Read a slice. `by` is who reads: a member, or what the host calls who holds the link. */
  "slice.open": Shown & { readonly use?: SliceUse | undefined };
  "slice.export": Shown & { readonly format: SliceFormat };
  /** Note that somebody checked whether a copy is genuine. */
  "slice.verify": Shown & { readonly genuine: boolean };
  "key.add": { readonly publicKey: string };
  "key.revoke": { readonly key: string };
  /** Note that the whole space is taken out as a bundle, and see that it may be. */
  "space.export": { readonly events?: number | undefined };
};
