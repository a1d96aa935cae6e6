import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Draft } from "../../model/drafts.js";
import type { Incident, IncidentEntry, IncidentStatus, Severity } from "../../model/incidents.js";
import type { Item } from "../../model/items.js";
import type { Space } from "../../model/space.js";
import { isOverdue } from "../items/lists.js";
import { survivorOf } from "./find.js";

/** Somebody who had a part in an incident. */
export type PostMortemPerson = { readonly id: string; readonly name: string | null };

/** What was said about an incident to others than those who dealt with it. */
export type PostMortemUpdate = {
  readonly draft: string;
  readonly title: string;
  readonly body: string;
  readonly publishedAt: Instant;
  /** The channel in which it appeared. */
  readonly channel: string | null;
};

/** Something to be done because of an incident. */
export type PostMortemItem = Pick<Item, "id" | "title" | "status" | "duty" | "dueAt"> & {
  readonly owner: PostMortemPerson | null;
  readonly overdue: boolean;
};

/** What the record has of an incident, as plain data. Instants in epoch milliseconds. */
export type PostMortem = {
  readonly incident: string;
  readonly title: string;
  readonly severity: Severity;
  readonly status: IncidentStatus;
  readonly duty: string;
  /** When it was made: what is open is open at this instant. */
  readonly asOf: Instant;
  readonly times: {
    readonly occurred: Instant;
    readonly opened: Instant;
    readonly acknowledged: Instant | null;
    readonly contained: Instant | null;
    readonly resolved: Instant | null;
  };
  /**
   * How long things took, in milliseconds; `null` is: not yet, or never. `detect` is from when it began to when it was
   * declared, the others are from then on. `resolve` is up to the last time that it was put right.
   */
  readonly durations: {
    readonly detect: number;
    readonly acknowledge: number | null;
    readonly contain: number | null;
    readonly resolve: number | null;
  };
  readonly reopenings: number;
  readonly openedBy: PostMortemPerson;
  readonly commander: PostMortemPerson | null;
  /** Everybody who had a part in it, in the order in which they came in. */
  readonly people: readonly PostMortemPerson[];
  readonly timeline: readonly IncidentEntry[];
  /** The public updates that went out, in that order, and what was prepared and has not. */
  readonly updates: readonly PostMortemUpdate[];
  readonly openDrafts: readonly {
    readonly draft: string;
    readonly title: string;
    readonly status: Draft["status"];
  }[];
  /** Items that were raised about it, or from messages in its channel; also those of its duplicates. */
  readonly items: readonly PostMortemItem[];
  readonly duplicates: readonly {
    readonly incident: string;
    readonly title: string;
    readonly openedAt: Instant;
    readonly openedBy: PostMortemPerson;
  }[];
};

/**
 * What the record has of an incident, to learn from: times, who, what happened, what was said in public, what is still to
 * be done. Of a duplicate it is that of the incident it was merged into; `undefined` where there is none with this id.
 * What is in it is not curated: it is for the team.
 *
 * ```ts
 * const found = postMortem(space, "inc_1", now);
 * found?.durations; // { detect: 300000, acknowledge: 120000, contain: null, resolve: 3600000 }
 * found && renderPostMortem(found, { timeZone: "Europe/Berlin" });
 * ```
 */
export function postMortem(space: Space, incident: string, at: Instant): PostMortem | undefined {
  const named = entry(space.incidents, incident);
  if (!named) return undefined;
  const about = survivorOf(space, named);
  const duplicates = Object.values(space.incidents)
    .filter((one) => one !== about && survivorOf(space, one) === about)
    .sort((a, b) => a.openedAt - b.openedAt);
  const ids = new Set([about, ...duplicates].map(({ id }) => id));
  const rooms = new Set([about, ...duplicates].flatMap(({ channel }) => channel ?? []));
  const drafts = Object.values(space.drafts).filter(
    (draft) => draft.incident !== null && ids.has(draft.incident),
  );
  const person = (id: string): PostMortemPerson => ({ id, name: entry(space.members, id)?.name ?? null });
  return {
    incident: about.id,
    title: about.title,
    severity: about.severity,
    status: about.status,
    duty: about.duty,
    asOf: at,
    times: {
      occurred: about.occurredAt,
      opened: about.openedAt,
      acknowledged: about.acknowledgedAt,
      contained: about.containedAt,
      resolved: about.resolvedAt,
    },
    durations: durationsOf(about),
    reopenings: about.reopenings,
    openedBy: person(about.openedBy),
    commander: about.commander === null ? null : person(about.commander),
    people: peopleIn(about).map(person),
    timeline: about.entries,
    updates: drafts.flatMap(updateOf).sort((a, b) => a.publishedAt - b.publishedAt),
    openDrafts: drafts
      .filter(({ status }) => status !== "published" && status !== "withdrawn")
      .map(({ id, title, status }) => ({ draft: id, title, status })),
    items: Object.values(space.items)
      .filter(
        ({ incident: of, source }) =>
          (of !== null && ids.has(of)) || (source !== null && rooms.has(source.channel)),
      )
      .sort((a, b) => a.raisedAt - b.raisedAt)
      .map((item) => {
        const { id, title, status, duty, owner, dueAt } = item;
        return {
          id,
          title,
          status,
          duty,
          owner: owner === null ? null : person(owner),
          dueAt,
          overdue: isOverdue(item, at),
        };
      }),
    duplicates: duplicates.map(({ id, title, openedAt, openedBy }) => ({
      incident: id,
      title,
      openedAt,
      openedBy: person(openedBy),
    })),
  };
}

function durationsOf({
  occurredAt,
  openedAt,
  acknowledgedAt,
  containedAt,
  resolvedAt,
}: Incident): PostMortem["durations"] {
  // The clocks of two processes may differ a little: what comes before its beginning took no time.
  const since = (start: Instant, end: Instant): number => Math.max(0, end - start);
  return {
    detect: since(occurredAt, openedAt),
    acknowledge: acknowledgedAt === null ? null : since(openedAt, acknowledgedAt),
    contain: containedAt === null ? null : since(openedAt, containedAt),
    resolve: resolvedAt === null ? null : since(openedAt, resolvedAt),
  };
}

function peopleIn({ entries }: Incident): readonly string[] {
  return [...new Set(entries.flatMap(({ by, kind, text }) => (kind === "commanded" ? [by, text] : [by])))];
}

function updateOf({ id, title, status, target, revisions, publishedAt }: Draft): readonly PostMortemUpdate[] {
  if (status !== "published" || publishedAt === null) return [];
  // Nothing is written on what has gone out: the last revision is what was published.
  return [{ draft: id, title, body: revisions.at(-1)?.body ?? "", publishedAt, channel: target }];
}
