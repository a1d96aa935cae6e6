import type { Message } from "../../model/message.js";
import type { SliceShare } from "../../model/slices.js";
import type { Space } from "../../model/space.js";
import { markSlice } from "../provenance/marks.js";
import { type Signer, sealSlice } from "../provenance/seal.js";
import type { PatternEngine } from "../redaction/patterns.js";
import { curateWithSources } from "../slices/curate.js";
import type { Curated } from "../slices/request.js";
import type { Slice } from "../slices/slice.js";
import type { Reading } from "./open.js";

/** What a slice is made with, beside its record. */
export type PreviewOptions = {
  /** The messages of its channels: as they are for a live slice, as they were at its `until` for a frozen one. */
  readonly messages: readonly Message[];
  /** The engine for redactions that are patterns. */
  readonly patterns?: PatternEngine | undefined;
  /** Who signs for the space. */
  readonly signer?: Signer | undefined;
};

/**
 * A slice as one reader gets it, sealed and, where the share says so, marked. Reading, previewing and exporting all go through
 * here, so that a preview is, byte for byte, what that reader's export has. `reader` is who reads it.
 */
export async function previewSlice(
  space: Space,
  reading: Reading,
  reader: string,
  { messages, patterns, signer }: PreviewOptions,
): Promise<Slice> {
  const { slice: record, share } = reading;
  const curated = curateRecord(space, reading, messages, patterns);
  const own: Curated = share?.marked
    ? { ...curated, slice: markSlice(curated.slice, { seed: record.seed, share: share.id, reader }) }
    : curated;
  return sealSlice(own, { seed: record.seed, signer });
}

function curateRecord(
  space: Space,
  { slice: record, share, policy }: Reading,
  messages: readonly Message[],
  patterns: PatternEngine | undefined,
): Curated {
  const { id, title, pick, except, redact, spare, context, mode, createdBy, createdAt } = record;
  return curateWithSources(messages, {
    ...{ id, title, space: space.id, by: createdBy, at: createdAt },
    ...{ pick, except, redact, spare, context, mode, policy, patterns },
    share: share?.id,
    recipient: recipientOf(share),
    names: namesOf(space),
    channels: new Map(Object.values(space.channels).map((channel) => [channel.id, channel.name])),
    decisions: decisionsOf(space),
  });
}

function recipientOf(share: SliceShare | null): string | undefined {
  return share?.recipient ?? undefined;
}

/** What people of a space are called, by their ids: also those who have left, whose names are to be taken out all the same. */
export function namesOf(space: Space): ReadonlyMap<string, string> {
  const everybody = [...Object.values(space.former), ...Object.values(space.members)];
  return new Map(everybody.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])));
}

/** The messages that are decisions: drafts that were approved and published. */
export function decisionsOf(space: Space): ReadonlySet<string> {
  return new Set(
    Object.values(space.drafts).flatMap(({ status, message }) =>
      status === "published" && message !== null ? [message] : [],
    ),
  );
}
