import { inline, quotation } from "../../kernel/markdown.js";
import type { Instant } from "../../kernel/time.js";
import { type Zone, zoneOf } from "../../kernel/zone.js";
import type { IncidentEntry } from "../../model/incidents.js";
import { localTime } from "../show-time.js";
import type { PostMortem, PostMortemItem, PostMortemPerson } from "./post-mortem.js";

/**
 * A post-mortem as Markdown. What people wrote is escaped, so that none of it becomes markup. The same post-mortem gives
 * the same text.
 *
 * ```ts
 * const text = renderPostMortem(found, { timeZone: "Europe/Berlin" });
 * ```
 *
 * `timeZone` is the IANA zone in which times are written. Default `UTC`.
 *
 * @throws InvalidInputError `INVALID_INPUT` where it is not a zone.
 */
export function renderPostMortem(
  found: PostMortem,
  { timeZone = "UTC" }: { readonly timeZone?: string | undefined } = {},
): string {
  const zone = zoneOf(timeZone);
  const names = new Map(found.people.map((person) => [person.id, person]));
  const titles = new Map(found.duplicates.map(({ incident, title }) => [incident, title]));
  const titleOf = (id: string): string => inline(titles.get(id) ?? id);
  const nameOf = (id: string): string => personName(names.get(id) ?? { id, name: null });
  const sections = [
    [`# Post-mortem: ${inline(found.title)}`],
    factsOf(found, zone),
    section(
      "What happened",
      found.timeline.flatMap((one) => showEntry(one, { nameOf, titleOf }, zone)),
    ),
    section(
      "What was said in public",
      found.updates.flatMap(({ title, body, publishedAt, channel }) => [
        `- ${localTime(zone, publishedAt)}: ${inline(title)}${channel === null ? "" : `, in ${inline(channel)}`}`,
        ...quotation(body),
      ]),
    ),
    section(
      "Not published",
      found.openDrafts.map(({ title, status }) => `- ${inline(title)} (${status})`),
    ),
    section(
      "What is to be done",
      found.items.map((item) => showItem(item, zone)),
    ),
    section(
      "Duplicates",
      found.duplicates.map(
        ({ title, openedAt, openedBy }) =>
          `- ${inline(title)}, declared by ${personName(openedBy)} at ${localTime(zone, openedAt)}`,
      ),
    ),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n").trimEnd())
    .join("\n\n")}\n`;
}

function factsOf(found: PostMortem, zone: Zone): readonly string[] {
  const { times, durations, commander, people, reopenings } = found;
  // What was not done by the end never was; until then it may come.
  const not = times.resolved === null ? "not yet" : "no";
  const row = (what: string, at: Instant | null, took: number | null, after: string): string =>
    at === null || took === null
      ? `| ${what} | ${not} | |`
      : `| ${what} | ${localTime(zone, at)} | ${span(took)} after it ${after} |`;
  return [
    `- Severity: ${found.severity}`,
    `- Status: ${found.status}${reopenings === 0 ? "" : `, reopened ${reopenings === 1 ? "once" : `${reopenings} times`}`}`,
    `- Answers for it: ${inline(found.duty)}`,
    `- Led by: ${commander === null ? "nobody" : personName(commander)}`,
    `- Involved: ${people.map(personName).join(", ")}`,
    `- Times in ${zone.name}, as of ${localTime(zone, found.asOf)}`,
    "",
    "| | When | How long |",
    "| --- | --- | --- |",
    `| Began | ${localTime(zone, times.occurred)} | |`,
    row("Declared", times.opened, durations.detect, "began"),
    row("Acknowledged", times.acknowledged, durations.acknowledge, "was declared"),
    row("Contained", times.contained, durations.contain, "was declared"),
    row("Resolved", times.resolved, durations.resolve, "was declared"),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, "", ...lines];
}

/** How people and incidents are called in the text. */
type Named = { readonly nameOf: (id: string) => string; readonly titleOf: (id: string) => string };

function showEntry(one: IncidentEntry, named: Named, zone: Zone): readonly string[] {
  const { does, said } = wordsOf(one, named);
  return [`- ${localTime(zone, one.at)}: ${named.nameOf(one.by)} ${does}`, ...quotation(said)];
}

/** An entry in words: what was done, and, in their own words, what was said. */
function wordsOf({ kind, text }: IncidentEntry, { nameOf, titleOf }: Named) {
  switch (kind) {
    case "declared":
      return { does: "declared it", said: text };
    case "acknowledged":
      return { does: "acknowledged it", said: text };
    case "contained":
      return { does: "contained it", said: text };
    case "updated":
      return { does: "wrote", said: text };
    case "resolved":
      return { does: "resolved it", said: text };
    case "reopened":
      return { does: "reopened it", said: text };
    case "merged":
      return { does: `merged "${titleOf(text)}" into it`, said: "" };
    case "classified":
      return { does: `set its severity to ${inline(text)}`, said: "" };
    case "commanded":
      return { does: `gave the lead to ${nameOf(text)}`, said: "" };
    default:
      return kind satisfies never;
  }
}

function showItem(item: PostMortemItem, zone: Zone): string {
  const { title, status, owner, duty, dueAt, overdue } = item;
  const notes = [
    ...(owner === null ? [] : [personName(owner)]),
    ...(duty === null ? [] : [inline(duty)]),
    ...(dueAt === null ? [] : [`due ${localTime(zone, dueAt)}`]),
    ...(overdue ? ["overdue"] : []),
    ...(status === "dropped" ? ["dropped"] : []),
  ];
  return `- [${status === "done" ? "x" : " "}] ${inline(title)}${notes.length === 0 ? "" : ` (${notes.join(", ")})`}`;
}

function personName({ id, name }: PostMortemPerson): string {
  return inline(name ?? id);
}

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
] as const;

/** `2 d 3 h`, `5 min 10 s`: the two largest units that there are something of. */
function span(milliseconds: number): string {
  const parts: string[] = [];
  let rest = milliseconds;
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.slice(0, 2).join(" ") || "0 s";
}
