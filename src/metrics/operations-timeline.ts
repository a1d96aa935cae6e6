import type { Instant } from "../kernel/time.js";
import type { SpaceEvent } from "../model/events.js";

/**
 * What is left of a stretch of a timeline, in columns: a row of `ids`, `ats` and `authors` for each message that
 * somebody wrote, the author as a place in `people`. `replies` are the rows that answer another one, and which;
 * `answers` those that answer a message that was not among the last ones before it, by its id.
 */
export type TimelineFacts = {
  readonly channel: string;
  /**
   * The first and the last revision, where these rise all the way, so that no event is in it twice, nor in a stretch of
   * other revisions. `null` where that is not known.
   */
  readonly span: readonly [number, number] | null;
  readonly people: readonly string[];
  readonly ids: readonly string[];
  readonly ats: readonly Instant[];
  readonly authors: readonly number[];
  readonly replies: { readonly rows: readonly number[]; readonly to: readonly number[] };
  readonly answers: { readonly rows: readonly number[]; readonly to: readonly string[] };
  readonly deletions: { readonly ids: readonly string[]; readonly ats: readonly Instant[] };
};

/** How many messages back an answer is looked for at once, at least. Small enough for the look-up to stay in cache. */
const RECENT = 500;

/** Takes down a stretch of a timeline: nothing where nobody said or deleted anything. */
export function timelineFacts(
  channel: string,
  events: readonly (SpaceEvent & { readonly revision?: number })[],
): readonly TimelineFacts[] {
  const ids: string[] = [];
  const ats: number[] = [];
  const authors: number[] = [];
  const people = new Map<string, number>();
  const replies = { rows: [] as number[], to: [] as number[] };
  const answers = { rows: [] as number[], to: [] as string[] };
  const deletions = { ids: [] as string[], ats: [] as number[] };
  let recent = new Map<string, number>();
  let before = recent;
  for (const { id, type, at, data } of events) {
    if (data === null) continue;
    if (type === "message.posted") {
      const { author, kind, replyTo } = data;
      if (author === null || kind === "system") continue;
      const row = ids.length;
      if (kind === "deleted") {
        deletions.ids.push(id);
        deletions.ats.push(at);
      } else if (replyTo !== undefined) {
        const to = recent.get(replyTo) ?? before.get(replyTo);
        if (to === undefined) {
          answers.rows.push(row);
          answers.to.push(replyTo);
        } else {
          replies.rows.push(row);
          replies.to.push(to);
        }
      }
      let person = people.get(author);
      if (person === undefined) {
        person = people.size;
        people.set(author, person);
      }
      ids.push(id);
      ats.push(at);
      authors.push(person);
      if (recent.size === RECENT) {
        before = recent;
        recent = new Map();
      }
      recent.set(id, row);
    } else if (type === "message.deleted") {
      deletions.ids.push(data.message);
      deletions.ats.push(at);
    }
  }
  if (ids.length === 0 && deletions.ids.length === 0) return [];
  const span = spanOf(events);
  return [{ channel, span, people: [...people.keys()], ids, ats, authors, replies, answers, deletions }];
}

function spanOf(events: readonly { readonly revision?: number }[]): readonly [number, number] | null {
  let last = 0;
  for (const { revision = 0 } of events) {
    if (revision <= last) return null;
    last = revision;
  }
  return [events[0]?.revision ?? 0, last];
}

/** Stretches of one timeline with nothing in them twice, in an order that does not depend on the one they come in. */
export function withoutRepeats(parts: readonly TimelineFacts[]): readonly TimelineFacts[] {
  const sorted = [...parts].sort((a, b) => (a.span?.[0] ?? 0) - (b.span?.[0] ?? 0));
  let last = 0;
  for (const { span } of sorted) {
    if (span === null || span[0] <= last) return [joined(parts)];
    last = span[1];
  }
  return sorted;
}

/** One stretch of all of them, each message once: the slow way, for what comes without revisions or overlaps. */
function joined(parts: readonly TimelineFacts[]): TimelineFacts {
  type Row = { id: string; at: number; author: string; to: string | null };
  const rows = new Map<string, Row>();
  const deletions = { ids: [] as string[], ats: [] as number[] };
  for (const { ids, ats, authors, people, replies, answers, deletions: gone } of parts) {
    const to = new Map<number, string>();
    for (const [i, row] of replies.rows.entries()) to.set(row, ids[replies.to[i] ?? 0] ?? "");
    for (const [i, row] of answers.rows.entries()) to.set(row, answers.to[i] ?? "");
    for (const [row, id] of ids.entries()) {
      const one = { id, at: ats[row] ?? 0, author: people[authors[row] ?? 0] ?? "", to: to.get(row) ?? null };
      const known = rows.get(id);
      // Of two messages with one id, which should not be, it is always the same one that counts.
      if (!known || one.at < known.at || (one.at === known.at && one.author < known.author))
        rows.set(id, one);
    }
    deletions.ids.push(...gone.ids);
    deletions.ats.push(...gone.ats);
  }
  const people = new Map<string, number>();
  const all = [...rows.values()];
  const answering = [...all.entries()].filter(([, { to }]) => to !== null);
  return {
    channel: parts[0]?.channel ?? "",
    span: null,
    ids: all.map(({ id }) => id),
    ats: all.map(({ at }) => at),
    authors: all.map(({ author }) => {
      const person = people.get(author) ?? people.size;
      people.set(author, person);
      return person;
    }),
    people: [...people.keys()],
    replies: { rows: [], to: [] },
    answers: { rows: answering.map(([row]) => row), to: answering.map(([, { to }]) => to ?? "") },
    deletions,
  };
}
