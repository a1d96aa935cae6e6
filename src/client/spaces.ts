import { EventEmitter } from "eventemitter3";
import { InvalidInputError, RefusedError } from "../kernel/errors.js";
import { refuse } from "../kernel/outcome.js";
import { type Instant, type InstantInput, toInstant } from "../kernel/time.js";
import type { EventType, SpaceEvent } from "../model/events.js";
import type { SliceUse } from "../model/slices.js";
import type { InvitePreview } from "../sharing/invites/preview.js";
import { readInviteToken } from "../sharing/invites/token.js";
import type { Signer } from "../sharing/provenance/seal.js";
import type { PatternEngine } from "../sharing/redaction/patterns.js";
import { readShareToken } from "../sharing/shares/token.js";
import type { Slice } from "../sharing/slices/slice.js";
import type { SpaceStore } from "../stores/contract.js";
import { randomId, randomSecret, systemNow } from "./defaults.js";
import { applyRetention, type ErasureReport, erasePerson } from "./erasing.js";
import { type FollowOptions, followingOf } from "./following.js";
import type { SpaceHandle } from "./handle.js";
import { previewOf } from "./invite-verbs.js";
import type { Options } from "./options.js";
import type { Environment } from "./session.js";
import { sessionsOf } from "./sessions.js";
import { type TickReport, tick } from "./ticking.js";
import { handleOf } from "./verbs.js";

/** What a client is made of. */
export type SpacesConfig = {
  /** Where the spaces are kept. */
  readonly store: SpaceStore;
  /** The clock, in epoch milliseconds. Default: the machine's. */
  readonly now?: (() => Instant) | undefined;
  /** Makes ids that never repeat; `prefix` says what for. Default: nanoid. */
  readonly newId?: ((prefix: string) => string) | undefined;
  /** Makes the secret part of invite tokens: 20 unguessable characters or more. Default: 192 random bits. */
  readonly newSecret?: (() => string) | undefined;
  /** Signs what the spaces share: `ed25519Signer` of `chat-spaces/provenance`. Default: nothing is signed. */
  readonly signer?: Signer | undefined;
  /** Finds what redactions that are patterns fit: `linearPatterns` of `chat-spaces/patterns`. */
  readonly patterns?: PatternEngine | undefined;
  /** How often to decide again where others were first. Default 100. */
  readonly maxAttempts?: number | undefined;
};

/** Called with an event and the space it happened in. */
export type Listener<T extends EventType> = (
  event: SpaceEvent<T>,
  context: { readonly space: string },
) => void;

/** All the spaces of a store. */
export type Spaces = {
  /**
   * Opens a new space. `by` becomes its host; `template` is a plan such as `productDrop({ ... })` gives.
   *
   * @throws RefusedError `SPACE_EXISTS` where there is one with this id.
   */
  create(options: Options<"space.create"> & { readonly id?: string | undefined }): Promise<SpaceHandle>;
  /**
   * Loads a space.
   *
   * @throws RefusedError `SPACE_UNKNOWN` where there is none.
   */
  open(id: string): Promise<SpaceHandle>;
  /**
   * Joins the space that an invite token names. Where somebody has to say yes first, or no place is free, it is a request at
   * first: `handle.join` says which.
   */
  join(options: {
    readonly token: string;
    readonly as: string;
    readonly name?: string | undefined;
    readonly note?: string | undefined;
  }): Promise<SpaceHandle>;
  /**
   * What an invite says to somebody who is no member, such as a page that a link leads to: the name of the space, what they
   * would be in it, what it costs. Nothing of who and what is in the space.
   *
   * @throws RefusedError as redeeming it would be refused, whoever it is.
   */
  previewInvite(token: string): Promise<InvitePreview>;
  /**
   * Reads the slice that the token of a link opens, in whichever space it is, and puts on record who did: `by` is what the host
   * calls whoever holds the link.
   *
   * @throws RefusedError `SHARE_INVALID`, `SHARE_EXPIRED`, `SHARE_REVOKED`, `SLICE_REVOKED` or `AI_FORBIDDEN`.
   */
  openSlice(options: {
    readonly token: string;
    readonly by: string;
    readonly use?: SliceUse | undefined;
  }): Promise<Slice>;
  /**
   * Hears of events that this client appended, after they are stored, and, while it follows, of what others append.
   * Gives a function that stops listening. An error that a listener throws cannot undo what happened: it surfaces
   * as an unhandled rejection.
   *
   * ```ts
   * spaces.on("member.joined", (event, { space }) => console.log(event.data.member, "joined", space));
   * ```
   */
  on<T extends EventType>(type: T, listener: Listener<T>): () => void;
  /**
   * Follows what other clients and processes append: open handles are brought up to date and listeners hear of it,
   * until the signal is aborted. Without a cursor only what comes from now on is told; the store's past is walked
   * through once to find where that is. With one, everything after it is, at least once.
   *
   * ```ts
   * const stop = new AbortController();
   * const following = spaces.follow({ signal: stop.signal });
   * // ...
   * stop.abort();
   * await following;
   * ```
   *
   * @throws StoreError `STORE_NO_FEED` where the store has none.
   */
  follow(options: FollowOptions): Promise<void>;
  /**
   * Erases what a person said and is called, in all spaces of the store: names, messages and how they were edited,
   * notes of handoffs, reasons. Ids, instants and counts stay, so that folds and metrics come out as before; what
   * others wrote about them stays too. It is put on record in each space. Safe to repeat. With `dryRun` nothing
   * changes, and the report says what would go. Reads the whole store.
   *
   * @throws RefusedError `LEGAL_HOLD` where one of the spaces is under a hold: then nothing goes anywhere.
   * @throws StoreError `STORE_CANNOT_ERASE` where the store cannot.
   */
  erasePerson(person: string, options?: ErasureOptions): Promise<ErasureReport>;
  /**
   * Erases what was said longer ago than its space keeps it (`configure({ retention: "90d" })`). Call it from time
   * to time; calling it late or twice does no harm. Spaces under a legal hold are passed over and named in `refused`.
   *
   * @throws StoreError `STORE_CANNOT_ERASE` where the store cannot.
   */
  applyRetention(now?: InstantInput, options?: ErasureOptions): Promise<ErasureReport>;
  /**
   * Does what is due by now, in all spaces of the store or in those named: offers that have lapsed, windows that have
   * begun or ended, reminders, escalations, drafts to publish. Call it from a timer, a queue or a cron job. Late, twice
   * or from several processes at once, each thing happens once. Who is to hear of it listens with `on`.
   *
   * ```ts
   * const { events, refused } = await spaces.tick();
   * ```
   *
   * Brings every space up to date that it looks at; where there are many, name those that have something coming up
   * (`drop.nextDueAt()`). What is refused, such as a scheduled draft whose approval no longer counts, stays due.
   */
  tick(now?: InstantInput, options?: TickOptions): Promise<TickReport>;
  /** Closes the store, where it opened something itself. */
  close(): Promise<void>;
};

/** How to erase. */
export type ErasureOptions = {
  /** Who is put on record as having erased it. Default `operator`. */
  readonly by?: string | undefined;
  /** Whether to change nothing and say what would go. */
  readonly dryRun?: boolean | undefined;
};

/** Where to look for what is due. */
export type TickOptions = {
  /** The ids of the spaces. Default: all that the store has. */
  readonly spaces?: readonly string[] | undefined;
  /** Who is put on record as having done it. Default `clock`. */
  readonly by?: string | undefined;
};

const MAX_ATTEMPTS = 100;
const OPERATOR = "operator";
const CLOCK = "clock";

/**
 * Makes a client: the one stateful piece of the library, which joins the rules to a store.
 *
 * ```ts
 * const spaces = createSpaces({ store: memoryStore() });
 * const drop = await spaces.create({ id: "spring-drop", by: "ana", visibility: "invite" });
 * ```
 */
export function createSpaces(config: SpacesConfig): Spaces {
  const {
    store,
    now = systemNow,
    newId = randomId,
    newSecret = randomSecret,
    maxAttempts = MAX_ATTEMPTS,
    signer,
    patterns,
  } = config;
  if (typeof store?.read !== "function" || typeof store.append !== "function") {
    throw new InvalidInputError(
      "INVALID_INPUT",
      "createSpaces needs a store: createSpaces({ store: memoryStore() }).",
    );
  }
  const emitter = new EventEmitter();
  const environment: Environment = {
    store,
    now,
    newId,
    newSecret,
    maxAttempts,
    signer,
    patterns,
    emit(space, events) {
      following.told(events);
      tell(space, events);
    },
  };
  const tell = (space: string, events: readonly SpaceEvent[]): void => {
    for (const event of events) emitter.emit(event.type, event, { space });
  };
  const sessions = sessionsOf(environment);
  const following = followingOf(store, sessions, tell);
  const enter = (id: string) => {
    const session = sessions.enter(id);
    return { session, handle: handleOf(session, environment) };
  };

  return {
    async create({ id = newId("spc"), ...options }) {
      const { session, handle } = enter(id);
      await session.run({ type: "space.create", ...options });
      for (const { channel, body, pinned } of options.template?.posts ?? []) {
        const { id: message } = await handle.post({ by: options.by, channel, body });
        if (pinned) await handle.pin({ by: options.by, channel, message });
      }
      return handle;
    },
    async open(id) {
      const { session, handle } = enter(id);
      await session.refresh();
      if (session.space().stage === "new") {
        throw new RefusedError(
          refuse("SPACE_UNKNOWN", `There is no space ${JSON.stringify(id)}.`, { space: id }).refusal,
        );
      }
      return handle;
    },
    async join({ token, ...who }) {
      const { handle } = enter(spaceOf(token));
      await handle.join({ token, ...who });
      return handle;
    },
    previewInvite: async (token) => previewOf(enter(spaceOf(token)).session, environment, token),
    async openSlice(options) {
      const parts = readShareToken(options.token);
      if (!parts)
        throw new RefusedError(
          refuse("SHARE_INVALID", "This link is not valid. Copy the whole link again.").refusal,
        );
      return enter(parts.space).handle.slices.open(options);
    },
    on(type, listener) {
      const guarded = (event: SpaceEvent<typeof type>, context: { space: string }): void => {
        try {
          listener(event, context);
        } catch (error) {
          void Promise.reject(error);
        }
      };
      emitter.on(type, guarded);
      return () => void emitter.off(type, guarded);
    },
    follow: (options) => following.run(options),
    erasePerson: (person, { by = OPERATOR, dryRun = false } = {}) =>
      erasePerson(store, sessions.enter, person, by, dryRun),
    applyRetention: (instant, { by = OPERATOR, dryRun = false } = {}) =>
      applyRetention(store, sessions.enter, instant === undefined ? now() : toInstant(instant), by, dryRun),
    tick: (instant, { by = CLOCK, spaces: named } = {}) =>
      tick(store, sessions.enter, instant === undefined ? now() : toInstant(instant), by, named),
    close: async () => store.close?.(),
  };
}

/** The space that a token names. */
function spaceOf(token: string): string {
  const parts = readInviteToken(token);
  if (parts) return parts.space;
  throw new RefusedError(
    refuse("INVITE_INVALID", "This invite link is not valid. Copy the whole link again.").refusal,
  );
}
