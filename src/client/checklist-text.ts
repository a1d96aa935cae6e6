import { localTime } from "../duties/show-time.js";
import { entry } from "../kernel/record.js";
import { zoneOf } from "../kernel/zone.js";
import type { Checklist, Item } from "../model/items.js";
import type { Space } from "../model/space.js";

/** How long the message of a list may become, in UTF-16 code units. Longer ones are cut, and say so. */
const LONGEST = 8_000;

/** The id of the message that shows a checklist. It is made from the list's, so that it is posted once. */
export function checklistMessage(checklist: string): string {
  return `${checklist}~list`;
}

/** A checklist as a message shows it: one line for each item, with who is to do it and until when. */
export function checklistText(space: Space, { id, title }: Checklist): string {
  const zone = zoneOf(space.timeZone);
  const items = Object.values(space.items).filter(({ checklist }) => checklist === id);
  const lines: string[] = [];
  let length = title.length;
  for (const item of items) {
    const line = lineOf(space, item, (at) => localTime(zone, at));
    length += line.length + 1;
    if (length > LONGEST) break;
    lines.push(line);
  }
  const more = items.length - lines.length;
  return [title, "", ...lines, ...(more > 0 ? [`and ${more} more`] : [])].join("\n").trimEnd();
}

function lineOf(space: Space, { title, owner, duty, dueAt }: Item, local: (at: number) => string): string {
  const notes = [
    ...(owner === null ? [] : [entry(space.members, owner)?.name ?? owner]),
    ...(duty === null ? [] : [duty]),
    ...(dueAt === null ? [] : [`until ${local(dueAt)}`]),
  ];
  return `\u2610 ${title}${notes.length === 0 ? "" : ` (${notes.join(", ")})`}`;
}
