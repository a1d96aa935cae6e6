import { RefusedError } from "../kernel/errors.js";
import { refuse } from "../kernel/outcome.js";
import { entry } from "../kernel/record.js";
import type { Instant } from "../kernel/time.js";
import { zoneOf } from "../kernel/zone.js";
import type { Command } from "../model/commands.js";
import type { SpaceEvent } from "../model/events.js";
import type { Redaction, SlicePick, SliceRecord, SliceShare } from "../model/slices.js";
import type { Space } from "../model/space.js";
import { streams } from "../model/streams.js";
import { type Copy, type Suspect, traceLeak } from "../sharing/provenance/trace.js";
import { type Finding, reviewRedactions } from "../sharing/redaction/review.js";
import { patternsOf } from "../sharing/redaction/rules.js";
import { type RenderedSlice, renderSlice } from "../sharing/rendering/render.js";
import { type AccessEvent, accessLog } from "../sharing/shares/access-log.js";
import { type Reading, readingOf } from "../sharing/shares/open.js";
import { policyIn, strictest } from "../sharing/shares/policy.js";
import { decisionsOf, namesOf, previewSlice } from "../sharing/shares/preview.js";
import { readShareToken, shareToken } from "../sharing/shares/token.js";
import { select } from "../sharing/slices/select.js";
import type { Slice } from "../sharing/slices/slice.js";
import { checked, checkedText } from "./checked.js";
import { cohortAudience } from "./cohort-verbs.js";
import type { Options } from "./options.js";
import { eventOf, found, type ImportResult } from "./results.js";
import type { Environment, Session } from "./session.js";
import { importSlice, type SliceImportOptions } from "./slice-import.js";
import { readChannels, readSources } from "./slice-reading.js";

/** Who reads a slice: a member it was shared with or who curates, or whoever holds the token of a link. */
export type SliceReader = {
  readonly by: string;
  /** The slice. With a token it need not be named. */
  readonly slice?: string | undefined;
  readonly token?: string | undefined;
  readonly reason?: string | undefined;
};

/** A slice written as a file, and what was written. */
export type SliceFile = RenderedSlice & { readonly slice: Slice };

/** What a handle does with slices. */
export type SliceVerbs = {
  /**
   * What redacting would take out, one finding for each place: to look at before anything is shared. Findings that are wrong
   * are kept by naming their keys in `spare`.
   */
  review(options: {
    readonly by: string;
    readonly channels: readonly string[];
    readonly pick: readonly SlicePick[];
    readonly except?: readonly string[] | undefined;
    readonly redact: readonly Redaction[];
    readonly spare?: readonly string[] | undefined;
    readonly context?: boolean | undefined;
  }): Promise<readonly Finding[]>;
  /**
   * Makes a slice: says what is in it, what is taken out of it, and what may be done with it. Nobody is given it yet.
   *
   * ```ts
   * const slice = await drop.slices.create({
   *   by: "ana", title: "Launch quotes", channels: ["lounge"], pick: [{ pinned: true }], redact: ["people", "phones"],
   * });
   * ```
   *
   * @throws RefusedError `POLICY_WIDENED` where it would allow more than the space and its channels do.
   */
  create(options: Omit<Options<"slice.create">, "count" | "until">): Promise<SliceRecord>;
  /** Gives a slice to members and to cohorts. Who belongs to the cohorts now is put on record. */
  share(options: Omit<Options<"slice.share">, "token" | "audience">): Promise<SliceShare>;
  /**
   * Gives a slice to whoever holds the link. The token is given here and nowhere else: only its hash is kept.
   *
   * ```ts
   * const { token } = await drop.slices.shareByLink({ by: "ana", slice: slice.id, recipient: "Acme", expiresIn: "7d" });
   * ```
   *
   * @throws RefusedError `LINKS_FORBIDDEN` or `EXPORT_FORBIDDEN` where its policy lets it not leave the space.
   */
  shareByLink(
    options: Omit<Options<"slice.share">, "token" | "audience" | "members" | "cohorts">,
  ): Promise<SliceShare & { readonly token: string }>;
  /** Takes a share back. Takes effect at the next read. */
  revokeShare(options: Options<"share.revoke">): Promise<Space>;
  /** Takes a slice back, and everything that was shared of it. */
  revoke(options: Options<"slice.revoke">): Promise<Space>;
  /**
   * What a recipient of a share gets, byte for byte: the same slice that `open` gives them and that `export` writes. Not put on
   * record. For those who may share; `as` is who would read it.
   */
  preview(options: { readonly by: string; readonly share: string; readonly as: string }): Promise<Slice>;
  /**
   * Reads a slice, and puts on record who did. With `use: "ai"`, for a machine, where its policy lets one.
   *
   * @throws RefusedError `SHARE_EXPIRED`, `SHARE_REVOKED`, `SLICE_REVOKED`, `SHARE_INVALID`, `AI_FORBIDDEN`.
   */
  open(options: SliceReader & { readonly use?: Command<"slice.open">["use"] }): Promise<Slice>;
  /**
   * Reads a slice and writes it as a file, where its policy lets that be. Times are those of `timeZone`, by default the space's.
   *
   * @throws RefusedError `EXPORT_FORBIDDEN`, or as `open` does.
   */
  export(
    options: SliceReader & {
      readonly format: Command<"slice.export">["format"];
      readonly timeZone?: string | undefined;
    },
  ): Promise<SliceFile>;
  /** Puts on record that somebody checked a copy, and how it came out. */
  recordVerification(options: Options<"slice.verify">): Promise<void>;
  /**
   * Brings a slice that was received from elsewhere into a channel, with its policy, which nobody here may widen.
   * Bringing it in again adds nothing twice.
   */
  import(options: SliceImportOptions): Promise<ImportResult>;
  /** What happened to a slice, oldest first: who shared, read, exported, checked and revoked it. For those who may share. */
  log(options: { readonly by: string; readonly slice: string }): Promise<readonly AccessEvent[]>;
  /** Whose marked copy a text was taken from, the likeliest first. For those who may share. */
  trace(options: {
    readonly by: string;
    readonly slice: string;
    readonly text: string;
  }): Promise<readonly Suspect[]>;
};

/** Refuses where a member may not do something. */
type Demand = (
  member: string,
  capability: "slice.share" | "slice.create",
  where?: { channel?: string },
) => void;

/** What stands for the title where there is none to check yet. */
const TITLE = "review";

/** The verbs of slices. */
export function sliceVerbs(session: Session, environment: Environment, demand: Demand): SliceVerbs {
  const { now, newId, newSecret, patterns, signer } = environment;
  const change = async (command: Command<"share.revoke" | "slice.revoke">): Promise<Space> => {
    await session.run(command);
    return session.space();
  };
  const shared = async (command: Command<"slice.share">): Promise<SliceShare> => {
    const events = await session.run(command);
    return found(session.space().shares, eventOf(events, "slice.shared").data.share);
  };
  const made = async (reading: Reading, reader: string): Promise<Slice> => {
    const { messages } = await readSources(session, reading.slice);
    return previewSlice(session.space(), reading, reader, { messages, patterns, signer });
  };
  const read = async (command: Command<"slice.open" | "slice.export">): Promise<Slice> => {
    const at = now();
    await session.run(command, at);
    return made(readingAt(session.space(), command, at), command.by);
  };
  const named = ({ slice, token, ...rest }: SliceReader) => {
    const meant = slice ?? sliceOfToken(session.space(), token);
    if (meant !== undefined) return { ...rest, token, slice: meant };
    throw new RefusedError(
      refuse("SHARE_INVALID", "The link is not one of this space, or is not whole.").refusal,
    );
  };
  const logOf = async (slice: string): Promise<readonly AccessEvent[]> => {
    const events: SpaceEvent[] = [];
    for (const stream of [streams.charter(session.id), streams.traffic(session.id)]) {
      for await (const page of session.pages(stream)) events.push(...page);
    }
    return accessLog(events, slice);
  };

  return {
    async review(options) {
      const { by, channels, ...request } = options;
      checked({ type: "slice.create", ...options, title: TITLE, count: 1 });
      await session.refresh();
      for (const channel of channels) demand(by, "slice.create", { channel });
      const { messages } = await readChannels(session, channels);
      const space = session.space();
      const at = now();
      return reviewRedactions(messages, {
        ...{ id: "", title: "", space: session.id, by, at, ...request, patterns },
        names: namesOf(space),
        decisions: decisionsOf(space),
      });
    },
    async create(options) {
      const { channels, pick, except, redact = [] } = checked({ type: "slice.create", ...options, count: 1 });
      // A pattern that nothing can match would make a slice that nobody can read.
      patternsOf(redact, patterns);
      await session.refresh();
      const { messages, until } = await readChannels(session, channels);
      const { length: count } = select(messages, pick, { except, decisions: decisionsOf(session.space()) });
      const frozen = options.mode === "frozen" ? { until } : {};
      const events = await session.run({ type: "slice.create", ...options, count, ...frozen });
      // No event means that the host's own id is known already.
      const id = events.length === 0 ? (options.id ?? "") : eventOf(events, "slice.created").data.slice;
      return found(session.space().slices, id);
    },
    async share(options) {
      const { cohorts = [] } = checked({ type: "slice.share", ...options });
      await session.refresh();
      const audience = await cohortAudience(session, cohorts, now());
      return shared({ type: "slice.share", ...options, audience });
    },
    async shareByLink(options) {
      const token = shareToken({ space: session.id, share: newId("shr"), secret: newSecret() });
      return { ...(await shared({ type: "slice.share", ...options, token })), token };
    },
    revokeShare: (options) => change({ type: "share.revoke", ...options }),
    revoke: (options) => change({ type: "slice.revoke", ...options }),
    async preview({ by, share: id, as }) {
      await session.refresh();
      demand(by, "slice.share");
      return made(readingOfShare(session.space(), id), as);
    },
    async open({ use, ...reader }) {
      await session.refresh();
      return read({ type: "slice.open", ...named(reader), use });
    },
    async export({ format, timeZone, ...reader }) {
      if (timeZone !== undefined) zoneOf(timeZone);
      await session.refresh();
      const slice = await read({ type: "slice.export", ...named(reader), format });
      return { ...renderSlice(slice, format, { timeZone: timeZone ?? session.space().timeZone }), slice };
    },
    async recordVerification(options) {
      await session.run({ type: "slice.verify", ...options });
    },
    import: (options) => importSlice(session, options),
    async log({ by, slice }) {
      await session.refresh();
      demand(by, "slice.share");
      return logOf(slice);
    },
    async trace({ by, slice, text }) {
      checkedText("text", text);
      await session.refresh();
      demand(by, "slice.share");
      const given = new Map<string, Copy>();
      for (const event of await logOf(slice)) {
        if (event.type !== "slice.opened" && event.type !== "slice.exported") continue;
        const { share } = event.data;
        const key = JSON.stringify([share, event.by]);
        if (share === null || given.has(key) || !entry(session.space().shares, share)?.marked) continue;
        const copy = await made(readingOfShare(session.space(), share), event.by);
        given.set(key, { who: event.by, slice: copy });
      }
      return traceLeak(text, [...given.values()]);
    },
  };
}

function readingAt(space: Space, command: Command<"slice.open" | "slice.export">, at: Instant): Reading {
  const reading = readingOf(space, command, at);
  if ("ok" in reading) throw new RefusedError(reading.refusal);
  return reading;
}

/** A share as its recipient reads it, whether it has ended or not. */
function readingOfShare(space: Space, id: string): Reading {
  const share = entry(space.shares, id);
  const slice = share && entry(space.slices, share.slice);
  if (!slice) {
    throw new RefusedError(
      refuse("SHARE_UNKNOWN", `There is no share ${JSON.stringify(id)}.`, { share: id }).refusal,
    );
  }
  return { slice, share, policy: strictest(share.policy, policyIn(space, slice.channels)) };
}

function sliceOfToken(space: Space, token: string | undefined): string | undefined {
  const share = token === undefined ? undefined : readShareToken(token)?.share;
  return share === undefined ? undefined : entry(space.shares, share)?.slice;
}
