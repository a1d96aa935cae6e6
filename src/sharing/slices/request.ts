import type { Instant } from "../../kernel/time.js";
import type { Message } from "../../model/message.js";
import type { Policy } from "../../model/policy.js";
import type { Redaction, SliceMode, SlicePick } from "../../model/slices.js";
import type { PatternEngine } from "../redaction/patterns.js";
import type { FindingField, Span } from "../redaction/spans.js";
import type { Slice } from "./slice.js";

/** What a slice is made from. */
export type SliceRequest = {
  readonly id: string;
  readonly title: string;
  readonly space: string;
  readonly by: string;
  readonly at: Instant;
  readonly pick: readonly SlicePick[];
  /** Messages that are left out although they were picked. */
  readonly except?: readonly string[] | undefined;
  readonly redact?: readonly Redaction[] | undefined;
  /** Findings that were looked at and are to stay, by their keys. */
  readonly spare?: readonly string[] | undefined;
  /** Whether the messages that picked ones answer come along. */
  readonly context?: boolean | undefined;
  readonly mode?: SliceMode | undefined;
  readonly policy?: Policy | undefined;
  /** The share by which this copy is given, and whom it is for. */
  readonly share?: string | undefined;
  readonly recipient?: string | undefined;
  /** Names of the people who may appear, by id; authors of imports bring their own. */
  readonly names?: ReadonlyMap<string, string> | undefined;
  /** Names of the channels, by id. */
  readonly channels?: ReadonlyMap<string, string> | undefined;
  /** The messages that are decisions: published drafts. */
  readonly decisions?: ReadonlySet<string> | undefined;
  /** The engine for rules that are patterns. */
  readonly patterns?: PatternEngine | undefined;
};

/** A slice, and for each of its messages the one it was made of. */
export type Curated = { readonly slice: Slice; readonly sources: readonly Message[] };

/** Something that was taken out while a slice was made. */
export type Taken = {
  /** The id of the message in the slice, or `null` for what stands around the messages. */
  readonly message: string | null;
  readonly field: FindingField;
  /** The text before anything was taken out of it, and which stretch of it went. */
  readonly text: string;
  readonly span: Span;
  readonly replacement: string;
};
