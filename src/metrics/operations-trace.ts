import type { Instant } from "../kernel/time.js";
import type { Frame } from "./operations-frame.js";
import type { ActionKind, MessageLink } from "./operations-links.js";
import { type TimelineFacts, withoutRepeats } from "./operations-timeline.js";

/** Where there is no such thing. */
export const NONE = -1;

/**
 * The messages of a channel by row, and what was done about each. Columns of numbers, because a channel may hold
 * millions of messages, of which few matter.
 */
export type Traced = {
  /** When each was written, NaN for one that has no clock, and by whom, as a place in `people`. */
  readonly starts: Float64Array;
  readonly authors: Int32Array;
  readonly people: readonly string[];
  /** The first action of another on each message, `NONE` for none, and how many there are. */
  readonly firsts: Int32Array;
  readonly counts: Int32Array;
  /** Of each action: when, by whom, and what it was. */
  readonly actedAt: readonly Instant[];
  readonly actedBy: readonly number[];
  readonly acted: readonly ActionKind[];
  /** Which messages were flagged, and the first duty that was named in it. */
  readonly isFlagged: Uint8Array;
  readonly duties: ReadonlyMap<number, string>;
  /** The rows of messages that were deleted. */
  readonly deleted: ReadonlySet<number>;
  /** The row of a message that something in the charter has to do with. */
  rowOf(message: string): number | undefined;
};

/** Finds out what was done about the messages of a channel, and by whom. */
export function trace(
  stretches: readonly TimelineFacts[],
  links: readonly MessageLink[],
  { asOf, excluded }: Frame,
): Traced {
  const parts = withoutRepeats(stretches);
  const { starts, authors, people, places } = flatten(parts);
  const gone = deletedIn(parts, asOf);
  const rows = rowsOf(parts, wanted(parts, links, gone));
  const deleted = new Set([...gone].map((id) => rows.get(id) ?? NONE));
  const isPerson = people.map((person) => !excluded.has(person));

  const firsts = new Int32Array(starts.length).fill(NONE);
  const counts = new Int32Array(starts.length);
  const actedAt: number[] = [];
  const actedBy: number[] = [];
  const acted: ActionKind[] = [];
  const actionIds: string[] = [];
  const act = (row: number, at: Instant, by: number, kind: ActionKind, id: string): void => {
    if (row === NONE || at > asOf || !isPerson[by] || by === authors[row]) return;
    counts[row] = (counts[row] ?? 0) + 1;
    const first = firsts[row] ?? NONE;
    const firstAt = first === NONE ? Number.POSITIVE_INFINITY : (actedAt[first] ?? 0);
    if (at > firstAt || (at === firstAt && id >= (actionIds[first] ?? ""))) return;
    firsts[row] = actedAt.length;
    actedAt.push(at);
    actedBy.push(by);
    acted.push(kind);
    actionIds.push(id);
  };

  let offset = 0;
  for (const { ids, ats, replies, answers } of parts) {
    const answer = (own: number, to: number): void => {
      const row = offset + own;
      if (!deleted.has(row)) act(to, ats[own] ?? 0, authors[row] ?? NONE, "reply", ids[own] ?? "");
    };
    for (let i = 0; i < replies.rows.length; i++) answer(replies.rows[i] ?? 0, offset + (replies.to[i] ?? 0));
    for (let i = 0; i < answers.rows.length; i++)
      answer(answers.rows[i] ?? 0, rows.get(answers.to[i] ?? "") ?? NONE);
    offset += ids.length;
  }
  const isFlagged = new Uint8Array(starts.length);
  const duties = new Map<number, string>();
  for (const { message, id, at, by, kind, flags, duty } of links) {
    const row = rows.get(message) ?? NONE;
    if (row === NONE) continue;
    if (flags) isFlagged[row] = 1;
    if (duty !== null && !duties.has(row)) duties.set(row, duty);
    let person = places.get(by);
    if (person === undefined) {
      person = people.length;
      places.set(by, person);
      people.push(by);
      isPerson.push(!excluded.has(by));
    }
    act(row, at, person, kind, id);
  }
  for (let row = 0; row < starts.length; row++) {
    if ((starts[row] ?? 0) > asOf || !isPerson[authors[row] ?? NONE]) starts[row] = Number.NaN;
  }
  const rowOf = (message: string): number | undefined => rows.get(message);
  return {
    starts,
    authors,
    people,
    firsts,
    counts,
    actedAt,
    actedBy,
    acted,
    isFlagged,
    duties,
    deleted,
    rowOf,
  };
}

/** The rows of all stretches, one after the other, and one list of people. */
function flatten(parts: readonly TimelineFacts[]) {
  const total = parts.reduce((all, { ids }) => all + ids.length, 0);
  const starts = new Float64Array(total);
  const authors = new Int32Array(total);
  const people: string[] = [];
  const places = new Map<string, number>();
  let row = 0;
  for (const part of parts) {
    const placeOf = part.people.map((person) => {
      let place = places.get(person);
      if (place === undefined) {
        place = people.length;
        places.set(person, place);
        people.push(person);
      }
      return place;
    });
    for (let i = 0; i < part.ids.length; i++) {
      starts[row] = part.ats[i] ?? 0;
      authors[row] = placeOf[part.authors[i] ?? NONE] ?? NONE;
      row += 1;
    }
  }
  return { starts, authors, people, places };
}

/** The messages that have to be found by their id. */
function wanted(
  parts: readonly TimelineFacts[],
  links: readonly MessageLink[],
  gone: ReadonlySet<string>,
): Map<string, number> {
  const rows = new Map<string, number>();
  for (const { message } of links) rows.set(message, NONE);
  for (const id of gone) rows.set(id, NONE);
  for (const { answers } of parts) {
    for (const to of answers.to) rows.set(to, NONE);
  }
  return rows;
}

function rowsOf(parts: readonly TimelineFacts[], rows: Map<string, number>): ReadonlyMap<string, number> {
  let offset = 0;
  for (const { ids } of rows.size > 0 ? parts : []) {
    for (let row = 0; row < ids.length; row++) {
      const id = ids[row] ?? "";
      if (rows.get(id) === NONE) rows.set(id, offset + row);
    }
    offset += ids.length;
  }
  return rows;
}

function deletedIn(parts: readonly TimelineFacts[], asOf: Instant): ReadonlySet<string> {
  const deleted = new Set<string>();
  for (const { deletions } of parts) {
    for (let i = 0; i < deletions.ids.length; i++) {
      if ((deletions.ats[i] ?? 0) <= asOf) deleted.add(deletions.ids[i] ?? "");
    }
  }
  return deleted;
}

/** What belongs to each channel. */
export function byChannel<T extends { readonly channel: string }>(
  all: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(one.channel);
    if (group) group.push(one);
    else groups.set(one.channel, [one]);
  }
  return groups;
}
