import type { Instant } from "../../kernel/time.js";
import type { MediaKind, MessageKind, Poll } from "../../model/message.js";
import type { Policy } from "../../model/policy.js";
import type { SliceMode } from "../../model/slices.js";

/**
 * A curated selection of a conversation, as its recipient sees it: what was redacted is not in here at all, so
 * showing this value is the preview, and every export is made from it.
 */
export type Slice = {
  readonly id: string;
  readonly title: string;
  readonly space: string;
  /** Who made it. */
  readonly by: string;
  /** When it was made. */
  readonly at: Instant;
  readonly mode: SliceMode;
  /** The share by which this copy was given; `null` for those who curate. */
  readonly share: string | null;
  /** Whom that share is for, as the team calls them. */
  readonly recipient: string | null;
  readonly messages: readonly SliceMessage[];
  /** How often each kind of redaction applied: `people`, `links`, ... */
  readonly redactions: { readonly [rule: string]: number };
  /** Messages that a shared one answers and that were left out. */
  readonly leftOut: number;
  /** What may be done with it. */
  readonly policy: Policy;
  /** The proof that it is genuine; `null` where it has none. */
  readonly seal: Seal | null;
};

/**
 * A message in a slice. Its id counts within the slice: the ids of imported messages are made from their
 * content, so they would tell what was redacted to whoever can guess it.
 */
export type SliceMessage = {
  readonly id: string;
  /** The name of its channel. */
  readonly channel: string;
  readonly at: Instant;
  readonly author: string | null;
  readonly kind: MessageKind;
  readonly body: string;
  readonly replyTo: string | null;
  readonly attachments: readonly { readonly kind: MediaKind; readonly name: string | null }[];
  readonly poll: (Poll & { readonly votes: readonly number[] }) | null;
  readonly pinned: boolean;
  readonly edited: boolean;
  /** Whether it was not picked, and is here because a picked one answers it. */
  readonly context: boolean;
  /** Whether something was taken out of it. */
  readonly redacted: boolean;
};

/** The proof that a slice is genuine: a hash tree over its header and messages and, with a key, a signature of its root. */
export type Seal = {
  readonly version: 1;
  /** The root of the hash tree (RFC 9162) over header and messages, 64 hexadecimal digits. */
  readonly root: string;
  /** One salt for each message, 32 hexadecimal digits: what keeps the messages beside a quoted one from being guessed. */
  readonly salts: readonly string[];
  /** For each message the salted hash of its source, so that what was taken out of it can still be proved, by those who have it. */
  readonly sources: readonly string[];
  /** The Ed25519 public key of the space, 64 hexadecimal digits; `null` where it was not signed. */
  readonly key: string | null;
  /** The signature of the root, 128 hexadecimal digits. */
  readonly signature: string | null;
};
