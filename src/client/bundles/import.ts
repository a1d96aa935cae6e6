import { ImportError, InvalidInputError } from "../../kernel/errors.js";
import type { SpaceEvent } from "../../model/events.js";
import { streams } from "../../model/streams.js";
import { altered, truncated } from "../../sharing/bundles/faults.js";
import type { BundleHeader, BundleLoss, BundlePart, BundleTrailer } from "../../sharing/bundles/format.js";
import { type BundleLimits, type BundleSource, scanBundle } from "../../sharing/bundles/scan.js";
import type { SpaceStore } from "../../stores/contract.js";
import type { Session } from "../session.js";
import { sessionAt } from "./session-at.js";

/** What to bring in. */
export type ImportSpaceOptions = {
  readonly store: SpaceStore;
  /** Opens the bundle. It is called twice, to check it and to bring it in, and must give the same both times. */
  readonly source: () => BundleSource;
  /** The public keys one of which must have signed it, each 64 hexadecimal digits. Default: anybody's bundle, signed or not. */
  readonly trusted?: readonly string[] | undefined;
  readonly limits?: BundleLimits | undefined;
  /** Called from time to time with how many events were checked, and then with how many were brought in. */
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
};

/** How far an import has come. */
export type ImportProgress = { readonly phase: "checking" | "importing"; readonly events: number };

/** What became of the events of a bundle. */
export type ImportReport = {
  /** The id of the space. */
  readonly space: string;
  /** How many events are new in the store, and how many it had already. */
  readonly added: number;
  readonly known: number;
  readonly byStream: readonly { readonly stream: string; readonly added: number; readonly known: number }[];
  /** What the bundle does not hold of the space that it was made of. */
  readonly losses: readonly BundleLoss[];
  /** The root of its hash tree. */
  readonly root: string;
  /** The public key that signed it; `null` where none did. */
  readonly signedBy: string | null;
};

/** How many events are appended at once. */
const BATCH = 1_000;

/**
 * Brings a space in from a bundle. The bundle is read twice: first everything in it is checked, so that a damaged file changes
 * nothing; then its events are appended, save those that the store has already. So it can be repeated, also after it broke off, and
 * two bundles of one space give the space with what either has.
 *
 * ```ts
 * const report = await importSpace({ store, source: () => createReadStream("spring-drop.jsonl"), trusted: [key] });
 * ```
 *
 * It asks nobody's permission and decides nothing: whoever may call it owns the store, and an event in the bundle counts as if it had
 * been decided here. Take bundles of strangers with `trusted` only, or into a store of their own. Clients that have the space open hear
 * of it where they follow the store.
 *
 * @throws ImportError with a code that begins with `BUNDLE_`; InvalidInputError `INVALID_INPUT` where `source` is no function or
 *   `trusted` no list; StoreError where the store fails.
 */
export async function importSpace(options: ImportSpaceOptions): Promise<ImportReport> {
  const { store, source, trusted, limits, onProgress } = options;
  if (typeof source !== "function") {
    throw new InvalidInputError(
      "INVALID_INPUT",
      "`source` must be a function that opens the bundle: it is read twice. For a file: () => createReadStream(path).",
    );
  }
  // A text is no list of keys: whatever stands in it would be trusted.
  if (trusted !== undefined && !Array.isArray(trusted))
    throw new InvalidInputError("INVALID_INPUT", "`trusted` must be a list of public keys.");
  const checked = await check(source(), limits, (events) => onProgress?.({ phase: "checking", events }));
  const { header, trailer } = checked;
  const { root, key: signedBy, losses } = trailer;
  if (trusted && (signedBy === null || !trusted.includes(signedBy))) {
    throw new ImportError(
      "BUNDLE_UNTRUSTED",
      signedBy === null
        ? "Nobody signed the bundle."
        : "The bundle is signed with a key that is not trusted.",
      { signedBy },
    );
  }
  const { space } = header;
  await refuseOther(store, space, checked.first);

  const session = sessionAt(store, space);
  const byStream: { stream: string; added: number; known: number }[] = [];
  let events = 0;
  for await (const { stream, batch, fromStart } of batchesOf(source(), limits, space, root)) {
    if (fromStart) byStream.push({ stream, added: 0, known: 0 });
    const added = await append(session, stream, batch);
    const last = byStream.at(-1);
    if (last) {
      last.added += added;
      last.known += batch.length - added;
    }
    events += batch.length;
    onProgress?.({ phase: "importing", events });
  }
  const sum = (of: "added" | "known") => byStream.reduce((all, one) => all + one[of], 0);
  return { space, added: sum("added"), known: sum("known"), byStream, losses, root, signedBy };
}

type Checked = {
  readonly header: BundleHeader;
  readonly trailer: BundleTrailer;
  /** The id of the event with which the space began. */
  readonly first: string;
};

async function check(
  source: BundleSource,
  limits: BundleLimits | undefined,
  tell: (events: number) => void,
): Promise<Checked> {
  let header: BundleHeader | undefined;
  let trailer: BundleTrailer | undefined;
  let first: string | undefined;
  let events = 0;
  for await (const lines of scanBundle(source, limits)) {
    for (const line of lines) {
      if (line.is === "header") header = line.header;
      if (line.is === "trailer") trailer = line.trailer;
      if (line.is === "event") {
        first ??= line.event.id;
        events++;
      }
    }
    tell(events);
  }
  if (!header || !trailer || first === undefined) throw truncated();
  return { header, trailer, first };
}

/** Two spaces that were made one by one are never the same, whatever they are called: they have not begun with the same event. */
async function refuseOther(store: SpaceStore, space: string, first: string): Promise<void> {
  const { head, events } = await store.read(streams.charter(space), { limit: 1 });
  if (head === 0 || events[0]?.id === first) return;
  throw new ImportError(
    "BUNDLE_OTHER_SPACE",
    `The store has another space under the id ${JSON.stringify(space)}. Nothing was imported.`,
    { space },
  );
}

type Batch = { readonly stream: string; readonly batch: readonly SpaceEvent[]; readonly fromStart: boolean };

/** The events of a bundle that was checked, a thousand of one stream at a time. */
async function* batchesOf(
  source: BundleSource,
  limits: BundleLimits | undefined,
  space: string,
  root: string,
): AsyncGenerator<Batch> {
  let stream = "";
  let batch: SpaceEvent[] = [];
  let fromStart = true;
  for await (const lines of scanBundle(source, limits)) {
    for (const line of lines) {
      if (line.is === "event") batch.push(line.event);
      if (batch.length > 0 && (batch.length === BATCH || line.is === "part" || line.is === "trailer")) {
        yield { stream, batch, fromStart };
        batch = [];
        fromStart = false;
      }
      if (line.is === "part") {
        stream = streamOf(space, line.part);
        fromStart = true;
      }
      if (line.is === "trailer" && line.trailer.root !== root) {
        throw altered("it is not the one that was checked: the source gave something else the second time");
      }
    }
  }
}

function streamOf(space: string, part: BundlePart): string {
  switch (part.part) {
    case "charter":
      return streams.charter(space);
    case "timeline":
      return streams.timeline(space, part.channel);
    case "traffic":
      return streams.traffic(space);
    default:
      return part satisfies never;
  }
}

/** Appends what is new, each event once. Gives how many were. */
async function append(session: Session, stream: string, batch: readonly SpaceEvent[]): Promise<number> {
  const once = [...new Map(batch.map((event) => [event.id, event])).values()];
  return (await session.appendNew(stream, once)).length;
}
