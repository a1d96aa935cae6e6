import type { Instant } from "../../kernel/time.js";
import type { SpaceEvent } from "../../model/events.js";
import { streams } from "../../model/streams.js";
import {
  type BundleHeader,
  type BundleLoss,
  type BundlePart,
  FORMAT,
  VERSION,
} from "../../sharing/bundles/format.js";
import { bundleWriter } from "../../sharing/bundles/write.js";
import type { Signer } from "../../sharing/provenance/seal.js";
import { policyIn } from "../../sharing/shares/policy.js";
import type { SpaceStore } from "../../stores/contract.js";
import { systemNow } from "../defaults.js";
import { sessionAt } from "./session-at.js";

/** What to take out, and who does. */
export type ExportOptions = {
  readonly store: SpaceStore;
  /** The id of the space. */
  readonly space: string;
  /** Who takes it out: a member who has `space.export`, under a policy that lets them. */
  readonly by: string;
  readonly reason?: string | undefined;
  /** The clock, in epoch milliseconds. Default: the machine's. */
  readonly now?: (() => Instant) | undefined;
  /** Signs the bundle, so that whoever imports it can tell whose it is. */
  readonly signer?: Signer | undefined;
  /** The names of the files that are packed beside it (`zipBundle`): attachments that are not among them count as lost. */
  readonly media?: Iterable<string> | undefined;
  /** Called from time to time with how many events were written, of how many. */
  readonly onProgress?: ((progress: { readonly events: number; readonly of: number }) => void) | undefined;
  /** Called at the end with each thing that the bundle does not hold. The same list is in its last line. */
  readonly onLoss?: ((loss: BundleLoss) => void) | undefined;
};

/** How many events are read at once. */
const PAGE = 5_000;

/**
 * Takes a whole space out as a bundle: JSON Lines in UTF-8, in chunks of about 64 kB. It is put on record first, and refused there
 * where it may not be. What happens after that instant is not in the bundle, and neither is the record itself.
 *
 * ```ts
 * await writeFile("spring-drop.jsonl", exportSpace({ store, space: "spring-drop", by: "ana" }));
 * ```
 *
 * Reads 5,000 events at a time and never holds a stream. Equal spaces give equal lines, whatever store they are in, save the first.
 *
 * @throws RefusedError where it may not be, with the first chunk; StoreError where the store fails.
 */
export async function* exportSpace(options: ExportOptions): AsyncGenerator<Uint8Array> {
  const { store, space: id, by, reason, now = systemNow, signer, media = [], onProgress, onLoss } = options;
  const session = sessionAt(store, id, now);
  await session.refresh();
  const parts = await partsOf(store, id, Object.keys(session.space().channels));
  const total = parts.reduce((sum, { head }) => sum + head, 0);
  await session.run({ type: "space.export", by, events: total, ...(reason === undefined ? {} : { reason }) });
  const space = session.space();

  const header: BundleHeader = {
    format: FORMAT,
    version: VERSION,
    kind: "space",
    space: id,
    name: space.name,
    exportedAt: now(),
    by,
    policy: policyIn(space, Object.keys(space.channels)),
  };
  const writer = bundleWriter(header, { signer, media: new Set(media) });
  let written = 0;
  for (const { part, stream, head } of parts) {
    if (head === 0) continue;
    const opened = writer.part(part);
    if (opened) yield opened;
    for await (const events of pagesOf(store, stream, head)) {
      for (const event of events) {
        const chunk = writer.event(event);
        if (chunk) yield chunk;
      }
      written += events.length;
      onProgress?.({ events: written, of: total });
    }
  }
  const { bytes, trailer } = await writer.end();
  yield bytes;
  if (onLoss) for (const loss of trailer.losses) onLoss(loss);
}

type Part = { readonly part: BundlePart; readonly stream: string; readonly head: number };

/** The streams of a space in the order of a bundle, and how far each has come. The charter is looked at last, so that it knows who speaks. */
async function partsOf(store: SpaceStore, id: string, channels: readonly string[]): Promise<readonly Part[]> {
  const headOf = async (stream: string): Promise<number> => (await store.read(stream, { limit: 0 })).head;
  const timelines: Part[] = [];
  for (const channel of [...channels].sort((a, b) => (a < b ? -1 : 1))) {
    const stream = streams.timeline(id, channel);
    timelines.push({ part: { part: "timeline", channel }, stream, head: await headOf(stream) });
  }
  const [traffic, charter] = [streams.traffic(id), streams.charter(id)];
  const trafficHead = await headOf(traffic);
  return [
    { part: { part: "charter" }, stream: charter, head: await headOf(charter) },
    ...timelines,
    { part: { part: "traffic" }, stream: traffic, head: trafficHead },
  ];
}

async function* pagesOf(
  store: SpaceStore,
  stream: string,
  head: number,
): AsyncGenerator<readonly SpaceEvent[]> {
  for (let after = 0; after < head; ) {
    const { events } = await store.read(stream, { after, before: head + 1, limit: PAGE });
    const last = events.at(-1);
    if (!last) return;
    yield events as unknown as readonly SpaceEvent[];
    after = last.revision;
  }
}
