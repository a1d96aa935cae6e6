import { RefusedError, StoreError } from "../kernel/errors.js";
import type { Instant } from "../kernel/time.js";
import type { Command, TimelineCommand } from "../model/commands.js";
import type { SpaceEvent } from "../model/events.js";
import { emptyTimeline, type Timeline } from "../model/message.js";
import { emptySpace, type Space } from "../model/space.js";
import { isTimelineCommand, streamOf, streams } from "../model/streams.js";
import type { Signer } from "../sharing/provenance/seal.js";
import type { PatternEngine } from "../sharing/redaction/patterns.js";
import { decide } from "../space/decide.js";
import { FOLD_VERSION, fold } from "../space/evolve.js";
import { deletionId } from "../space/messages.js";
import { foldTimeline } from "../space/timeline.js";
import type { NewEvent, SpaceStore, StoredEvent } from "../stores/contract.js";

/** What every session of a client shares. */
export type Environment = {
  readonly store: SpaceStore;
  readonly now: () => Instant;
  readonly newId: (prefix: string) => string;
  readonly newSecret: () => string;
  readonly maxAttempts: number;
  /** Who signs what the spaces share. */
  readonly signer: Signer | undefined;
  /** Finds what redactions that are patterns fit. */
  readonly patterns: PatternEngine | undefined;
  /** Tells the listeners what was appended. */
  readonly emit: (space: string, events: readonly SpaceEvent[]) => void;
};

/** How many events are read at once. */
const PAGE = 5_000;
/** How many events of the charter are folded anew rather than kept in another snapshot. */
const SNAPSHOT_EVERY = 500;

type LookUp = { readonly head: number; readonly timeline?: Timeline };

/**
 * One space as one client sees it: the folded charter and the way of a command through the house. Commands of a
 * session run one after the other; sessions of other clients and processes are met at the store.
 */
export type Session = {
  readonly id: string;
  /** The charter as of the last refresh or command. */
  space(): Space;
  /** How often this session has seen something being erased: what was made of the events before may hold it still. */
  erasures(): number;
  /** Brings the charter up to date. */
  refresh(): Promise<void>;
  /**
   * Decides a command and appends what follows. The events, or none where the case was settled already. `at` is the
   * instant of deciding. Default: the clock's.
   *
   * @throws RefusedError where it is refused, StoreError where the store fails or others are always first.
   */
  run(command: Command, at?: Instant): Promise<readonly SpaceEvent[]>;
  /** Appends events that were decided elsewhere, passing over those whose id the stream has. Gives the new ones. */
  appendNew(stream: string, events: readonly SpaceEvent[]): Promise<readonly SpaceEvent[]>;
  /** The last events of a stream, in order. */
  latest(stream: string, count: number): Promise<readonly SpaceEvent[]>;
  /** All events of a stream, page by page. */
  pages(stream: string): AsyncIterable<readonly SpaceEvent[]>;
};

/** Starts a session with nothing loaded. */
export function sessionOf(id: string, environment: Environment): Session {
  const { store, now, newId, maxAttempts, emit } = environment;
  let space = emptySpace(id);
  let revision = 0;
  let saved = 0;
  let erasures = 0;
  let queue: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    // The next command waits for this one, whatever came of it; the caller gets the error.
    queue = result.catch(() => undefined);
    return result;
  };

  const load = async (): Promise<void> => {
    if (revision === 0) await loadSnapshot();
    for (;;) {
      const { head, events } = await store.read(streams.charter(id), { after: revision, limit: PAGE });
      if (events.length > 0) {
        space = fold(space, events.map(asSpaceEvent));
        if (events.some(erases)) erasures++;
        revision = events.at(-1)?.revision ?? revision;
      }
      if (revision > head) startOver();
      else if (revision === head || events.length === 0) break;
    }
    await saveSnapshot();
  };

  const loadSnapshot = async (): Promise<void> => {
    const snapshot = await store.snapshots?.load(streams.charter(id), FOLD_VERSION);
    if (!snapshot) return;
    space = snapshot.state as Space;
    revision = snapshot.revision;
    saved = revision;
  };

  const saveSnapshot = async (): Promise<void> => {
    if (!store.snapshots || revision - saved < SNAPSHOT_EVERY) return;
    await store.snapshots.save(streams.charter(id), FOLD_VERSION, { revision, state: space });
    saved = revision;
  };

  // A snapshot of more than there is comes from before the store was put back to an earlier state.
  const startOver = (): void => {
    space = emptySpace(id);
    revision = 0;
    saved = 0;
    erasures++;
  };

  // What a command on a timeline is decided on and appended after: one read, so that nothing comes between.
  const lookUp = async (command: TimelineCommand, stream: string): Promise<LookUp> => {
    const ids = idsNamed(command);
    const { head, events } = await store.read(stream, ids.length === 0 ? { limit: 0 } : { ids });
    return { head, timeline: foldTimeline(emptyTimeline(command.channel), events.map(asSpaceEvent)) };
  };

  const decided = (command: Command, at: Instant, timeline?: Timeline): readonly SpaceEvent[] => {
    const outcome = decide(space, command, { now: at, newId, timeline });
    if (!outcome.ok) throw new RefusedError(outcome.refusal);
    return outcome.events;
  };

  const attempts = async <T>(attempt: () => Promise<T | undefined>, stream: string): Promise<T> => {
    for (let tried = 0; tried < maxAttempts; tried++) {
      const result = await attempt();
      if (result !== undefined) return result;
    }
    throw new StoreError(
      "STORE_CONTENTION",
      `Others wrote to ${stream} at each of ${maxAttempts} attempts. Repeat the command later.`,
      { stream, attempts: maxAttempts },
    );
  };

  const run = async (command: Command, at?: Instant): Promise<readonly SpaceEvent[]> => {
    const commitId = newId("cmt");
    const stream = streamOf(id, command);
    const onCharter = stream === streams.charter(id);
    if (stream === streams.traffic(id)) {
      await load();
      return appendNew(stream, decided(command, at ?? now()));
    }
    return attempts(async () => {
      await load();
      const { head, timeline }: LookUp = isTimelineCommand(command)
        ? await lookUp(command, stream)
        : { head: revision };
      const events = decided(command, at ?? now(), timeline);
      if (events.length === 0) return events;
      const result = await store.append(stream, {
        id: commitId,
        expected: head,
        events: events.map(asNewEvent),
      });
      if (!result.ok) return undefined;
      if (onCharter) {
        space = fold(space, events);
        if (events.some(erases)) erasures++;
        revision = result.head;
      }
      emit(id, events);
      return events;
    }, stream);
  };

  const appendNew = (stream: string, events: readonly SpaceEvent[]): Promise<readonly SpaceEvent[]> => {
    const commitId = newId("cmt");
    return attempts(async () => {
      const known = await store.read(stream, { ids: events.map((event) => event.id) });
      const ids = new Set(known.events.map((event) => event.id));
      const fresh = events.filter((event) => !ids.has(event.id));
      if (fresh.length === 0) return fresh;
      const result = await store.append(stream, {
        id: commitId,
        expected: known.head,
        events: fresh.map(asNewEvent),
      });
      if (!result.ok) return undefined;
      emit(id, fresh);
      return fresh;
    }, stream);
  };

  return {
    id,
    space: () => space,
    erasures: () => erasures,
    refresh: () => inTurn(load),
    run: (command, at) => inTurn(() => run(command, at)),
    appendNew: (stream, events) => inTurn(() => appendNew(stream, events)),
    async latest(stream, count) {
      const { events } = await store.read(stream, { backwards: true, limit: count });
      return events.map(asSpaceEvent).reverse();
    },
    async *pages(stream) {
      for (let after = 0; ; ) {
        const { head, events } = await store.read(stream, { after, limit: PAGE });
        if (events.length > 0) yield events.map(asSpaceEvent);
        after = events.at(-1)?.revision ?? head;
        if (after >= head) return;
      }
    },
  };
}

/** The ids under which a stream can tell what deciding a command needs to know. */
function idsNamed(command: TimelineCommand): readonly string[] {
  const named = [
    "message" in command ? command.message : undefined,
    "replyTo" in command ? command.replyTo : undefined,
    "id" in command ? command.id : undefined,
  ];
  return named.flatMap((id) => (typeof id === "string" ? [id, deletionId(id)] : []));
}

function erases({ type }: { readonly type: string }): boolean {
  return type === "person.erased" || type === "retention.applied";
}

// A store keeps plain JSON and gives back what it was given; the events in it were decided by this library.
function asSpaceEvent(event: StoredEvent): SpaceEvent {
  return event as unknown as SpaceEvent;
}

function asNewEvent(event: SpaceEvent): NewEvent {
  return event;
}
