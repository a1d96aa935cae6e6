import type { Instant } from "../../kernel/time.js";
import type { EventType } from "../../model/events.js";
import type { Policy } from "../../model/policy.js";

/** What the first line of every bundle says. */
export const FORMAT = "chat-spaces/bundle";

/** The version that this library writes. It reads this one. */
export const VERSION = 1;

/** The first line of a bundle of a space. */
export type BundleHeader = {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  readonly kind: "space";
  /** The id of the space. */
  readonly space: string;
  readonly name: string;
  readonly exportedAt: Instant;
  /** Who took it out. */
  readonly by: string;
  /** What may be done with what is in it. */
  readonly policy: Policy;
};

/**
 * Opens a part: the events on the lines after it are of this stream, in its order. First the charter, then the channels in the
 * order of their ids' UTF-16 code units, then the traffic. A stream without events has no part.
 */
export type BundlePart =
  | { readonly part: "charter" }
  | { readonly part: "timeline"; readonly channel: string }
  | { readonly part: "traffic" };

/** How many events of each type there are. */
export type EventCounts = { readonly [type in EventType]?: number };

/** Something of the space that is not in the bundle. */
export type BundleLoss = {
  /** The field that it would have been in. */
  readonly field: "data" | "data.body" | "data.attachments";
  readonly type: EventType;
  /** How many events, or for attachments how many files. */
  readonly count: number;
  /**
   * `erased`: it was erased from the space. `not-handed-in`: the library never holds files, and this one was not packed beside the
   * bundle. `unnamed`: nobody kept the name of the file, so nobody can find it.
   */
  readonly why: "erased" | "not-handed-in" | "unnamed";
};

/** The last line of a bundle. */
export type BundleTrailer = {
  readonly counts: EventCounts;
  readonly losses: readonly BundleLoss[];
  /** The root of the hash tree over everything else in the bundle, 64 hexadecimal digits. */
  readonly root: string;
  /** The Ed25519 public key of who signed it, 64 hexadecimal digits; `null` where nobody did. */
  readonly key: string | null;
  /** The signature of the root, 128 hexadecimal digits. */
  readonly signature: string | null;
};
