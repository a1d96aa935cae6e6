import { decide } from "../access/decide.js";
import { accessOf } from "../access/of-space.js";
import { asOf } from "../duties/handoffs/as-of.js";
import type { Space } from "../model/space.js";
import { streams } from "../model/streams.js";
import { isSearchable, type Names, wordsOf } from "../sharing/search/document.js";
import { matches } from "../sharing/search/matching.js";
import { readQuery, type SearchQuery } from "../sharing/search/query.js";
import type { TextHit, TextIndex, TextQuery } from "../stores/text-index.js";
import { readOptions, type SearchHit, type SearchOptions, type SearchResult } from "./search-options.js";
import type { Environment, Session } from "./session.js";
import { memoryText } from "./text-memory.js";
import { catchUp, type Lane, readById } from "./text-updates.js";

/** How a handle searches. */
export type SearchVerbs = {
  /**
   * Searches what was said: the messages that fit best first, from channels that `as` may view now. Who may view none
   * finds nothing.
   *
   * ```ts
   * const { hits, more } = await drop.search({ as: "cora", text: 'refund "spring kit" -test', authors: ["leo"] });
   * ```
   *
   * All words must occur, in the body, a poll, the name of a file, or the name of the author, which counts less. The last
   * word may be the beginning of one; `"words in quotes"` must stand together; `-word` must not occur. Case, accents and
   * invisible characters make no difference. Deleted messages and notices of the platform are never found, and an empty
   * text finds nothing. Of the text the first 32 words count.
   *
   * The first search of a channel reads all of it, later ones what is new. Where the store has an index over words
   * (SQLite, PostgreSQL), it is kept there, for all clients; otherwise in memory, for as long as the handle lives.
   *
   * @throws InvalidInputError `INVALID_INPUT` for a limit or an instant that is none.
   */
  search(options: SearchOptions): Promise<SearchResult>;
};

/** How many times as many documents are asked for where those that came were not enough. */
const GROWTH = 4;

type SessionText = { readonly index: TextIndex; readonly erasures: number };

// Kept with the session, which all handles of a space share.
const inMemory = new WeakMap<Session, SessionText>();

/** The verbs of searching. */
export function searchVerbs(session: Session, { store, now, maxAttempts }: Environment): SearchVerbs {
  const indexOf = (): TextIndex => {
    if (store.search) return store.search;
    const known = inMemory.get(session);
    const erasures = session.erasures();
    // What was erased since may be in it.
    if (known?.erasures === erasures) return known.index;
    const index = memoryText();
    inMemory.set(session, { index, erasures });
    return index;
  };

  const visible = (space: Space, as: string, channels: readonly string[] | undefined): readonly string[] => {
    const at = now();
    const access = accessOf(asOf(space, at));
    const wanted = channels === undefined ? undefined : new Set(channels);
    return Object.keys(space.channels).filter(
      (channel) =>
        (wanted?.has(channel) ?? true) &&
        decide(access, { member: as, capability: "channel.view", channel, at }).effect === "allow",
    );
  };

  return {
    async search(options) {
      const { as, text, channels, authors, kinds, from, to, limit } = readOptions(options);
      const query = readQuery(text);
      if (query.wanted.length === 0) return { hits: [], more: false };
      await session.refresh();
      const space = session.space();
      const names = namesOf(space);
      const lanes = new Map(
        visible(space, as, channels).map((channel): [string, Lane] => {
          const stream = streams.timeline(session.id, channel);
          return [stream, { stream, channel, names }];
        }),
      );
      const index = indexOf();
      for (const lane of lanes.values()) await catchUp(store, index, lane, maxAttempts);

      const hits: SearchHit[] = [];
      const seen = new Set<string>();
      const wanted = { ...wordsIn(query), streams: [...lanes.keys()], by: authors, kinds, from, to };
      for (let most = limit + 1; lanes.size > 0; most *= GROWTH) {
        const found = await index.query({ ...wanted, limit: most });
        const fresh = found.filter(({ stream, id }) => isNew(seen, JSON.stringify([stream, id])));
        // An index says where to look; whether it is there, and is there still, the messages say themselves.
        hits.push(...(await readHits(fresh, lanes, query)));
        if (hits.length > limit || found.length < most) break;
      }
      return { hits: hits.sort(byRank).slice(0, limit), more: hits.length > limit };
    },
  };

  async function readHits(
    found: readonly TextHit[],
    lanes: ReadonlyMap<string, Lane>,
    query: SearchQuery,
  ): Promise<readonly SearchHit[]> {
    const hits: SearchHit[] = [];
    for (const { stream, channel, names } of lanes.values()) {
      const here = found.filter((hit) => hit.stream === stream);
      if (here.length === 0) continue;
      const messages = await readById(
        store,
        stream,
        channel,
        here.map(({ events }) => events),
      );
      for (const [place, message] of messages.entries()) {
        if (!message || !isSearchable(message) || !matches(wordsOf(message, names), query)) continue;
        const { sequence: _, votes: __, reactions: ___, pinned: ____, ...said } = message;
        hits.push({ message: said, channel, score: here[place]?.score ?? 0 });
      }
    }
    return hits;
  }
}

function namesOf(space: Space): Names {
  return new Map(Object.values(space.members).flatMap(({ id, name }) => (name === null ? [] : [[id, name]])));
}

/** The words of a query, as an index is asked for them. Whether they stand together it need not know. */
function wordsIn({ wanted }: SearchQuery): Pick<TextQuery, "words" | "beginnings"> {
  const words = wanted.flatMap(({ terms, prefix }) => (prefix ? terms.slice(0, -1) : terms));
  const beginnings = wanted.flatMap(({ terms, prefix }) => (prefix ? terms.slice(-1) : []));
  return { words: [...new Set(words)], beginnings };
}

function isNew(seen: Set<string>, key: string): boolean {
  const { size } = seen;
  return seen.add(key).size > size;
}

function byRank(one: SearchHit, other: SearchHit): number {
  return (
    other.score - one.score ||
    other.message.at - one.message.at ||
    (one.message.id < other.message.id ? -1 : one.message.id > other.message.id ? 1 : 0)
  );
}
