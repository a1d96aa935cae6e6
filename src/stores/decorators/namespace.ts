import { InvalidInputError } from "../../kernel/errors.js";
import { quote } from "../../kernel/text.js";
import { isName } from "../commit.js";
import type { FeedCommit, FeedOptions, SpaceStore } from "../contract.js";
import { createClosing } from "./closing.js";
import { decorate, same } from "./decorate.js";

/**
 * The streams of one tenant in a store that several share. Nobody sees or touches what is in another namespace.
 *
 * ```ts
 * const shared = sqliteStore({ path: "spaces.db" });
 * const acme = createSpaces({ store: withNamespace(shared, "acme") });
 * const bolt = createSpaces({ store: withNamespace(shared, "bolt") });
 * ```
 *
 * A namespace is any text that could name a stream. The stream `space/drop` of `acme` is `@acme/space/drop` in the
 * shared store, where the name before the slash is percent-encoded (`encodeURIComponent`); nothing that a client
 * writes without a namespace starts with `@`. Cursors of the feed are those of the shared store: a namespace in which
 * little happens walks past what happens in the others.
 *
 * Closing it closes this view: its calls reject, its feeds end, and the shared store stays open.
 *
 * @throws InvalidInputError `INVALID_INPUT` where the namespace is empty or not well-formed text.
 */
export function withNamespace(store: SpaceStore, namespace: string): SpaceStore {
  if (!isName(namespace)) {
    throw new InvalidInputError(
      "INVALID_INPUT",
      `${quote(namespace)} is not a namespace: it must be well-formed text, not empty and without U+0000.`,
    );
  }
  const prefix = `@${encodeURIComponent(namespace)}/`;
  // What cannot name a stream stays as it is, so that the store refuses it and finds nothing under it.
  const inside = (stream: string): string => (isName(stream) ? prefix + stream : stream);
  const isInside = (name: string): boolean => name.startsWith(prefix) && name !== prefix;
  const outside = (name: string): string => name.slice(prefix.length);
  const closing = createClosing();

  return decorate(store, {
    capabilities: same,

    read: (read) => async (stream, options) => {
      closing.ensureOpen();
      return read(inside(stream), options);
    },

    append: (append) => async (stream, commit) => {
      closing.ensureOpen();
      return append(inside(stream), commit);
    },

    feed: (feed) => {
      async function* own(options: FeedOptions = {}): AsyncGenerator<FeedCommit, void, undefined> {
        for await (const commit of feed({ ...options, signal: closing.join(options.signal) })) {
          if (isInside(commit.stream)) yield { ...commit, stream: outside(commit.stream) };
        }
      }
      return (options) => closing.endFeed(own(options));
    },

    streams:
      (streams) =>
      async ({ prefix: start = "", after, limit } = {}) => {
        closing.ensureOpen();
        const names: string[] = [];
        const enough = Math.max(limit ?? 1, 1);
        for (let from = after === undefined ? undefined : prefix + after; ; ) {
          const most = limit === undefined ? undefined : enough - names.length;
          const page = await streams({ prefix: prefix + start, after: from, limit: most });
          names.push(...page.names.filter(isInside).map(outside));
          const last = names.at(-1);
          if (page.next === undefined) return { names };
          if (last !== undefined && names.length >= enough) return { names, next: last };
          // What else the store has listed is no reason to stop early: the names of this namespace may be still to come.
          from = page.next;
        }
      },

    erase: (erase) => async (stream, request) => {
      closing.ensureOpen();
      return erase(inside(stream), request);
    },

    // Whatever a cache takes for a name, it is in this namespace.
    snapshots: (snapshots) => ({
      async load(stream, version) {
        closing.ensureOpen();
        return snapshots.load(prefix + stream, version);
      },
      async save(stream, version, snapshot) {
        closing.ensureOpen();
        return snapshots.save(prefix + stream, version, snapshot);
      },
    }),

    search: (search) => ({
      async indexed(stream) {
        closing.ensureOpen();
        return search.indexed(inside(stream));
      },
      async put(stream, update) {
        closing.ensureOpen();
        return search.put(inside(stream), update);
      },
      async drop(stream) {
        closing.ensureOpen();
        return search.drop(inside(stream));
      },
      async query(query) {
        closing.ensureOpen();
        const hits = await search.query({ ...query, streams: query.streams.map(inside) });
        return hits.map((hit) => ({ ...hit, stream: outside(hit.stream) }));
      },
    }),

    close: () => async () => closing.close(),
  });
}
