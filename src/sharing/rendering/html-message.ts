import type { SliceMessage } from "../slices/slice.js";
import type { Clock } from "./clock.js";
import { bdi, escapeHtml, withPills } from "./html-text.js";
import { counted, pollResults } from "./poll.js";
import { flagsOf, gist, type NumberedMessage, shownLines, shownName } from "./shown.js";

/** How many colours there are for the people of a slice. */
const COLOURS = 6;

/** What messages are written with. */
export type MessageStyle = {
  readonly clock: Clock;
  /** Whether each says which channel it is from. */
  readonly channels: boolean;
  /** The people, by the order in which they speak first. */
  readonly people: ReadonlyMap<string | null, number>;
};

/** A message as an article. Its anchor is its number: ids are up to whoever wrote the slice. */
export function messageHtml(
  { number, message, answers }: NumberedMessage,
  { clock, channels, people }: MessageStyle,
): string {
  const { author, at, body, poll, attachments, context, redacted } = message;
  const colour = (people.get(author) ?? 0) % COLOURS;
  const text = shownLines(body).join("\n");
  const parts = [
    `<header>${avatar(author, colour)}<span class="author">${bdi(author)}</span> `,
    `<time datetime="${clock.machine(at)}">${clock.time(at)}</time>`,
    channels ? ` <span class="note">${bdi(message.channel)}</span>` : "",
    ...flagsOf(message).map((flag) => ` <span class="note">${flag}</span>`),
    "</header>",
    answers ? answerHtml(answers) : "",
    text === "" ? "" : `<div class="body" dir="auto" lang="">${withPills(text, redacted)}</div>`,
    poll ? pollHtml(poll, redacted) : "",
    attachments.length > 0
      ? `<ul class="files">${attachments.map((file) => fileHtml(file, redacted)).join("")}</ul>`
      : "",
  ];
  return `<article id="m${number}"${context ? ' class="context"' : ""}>${parts.join("")}</article>`;
}

function answerHtml({ number, message }: NonNullable<NumberedMessage["answers"]>): string {
  const said = `<span dir="auto" lang="">${escapeHtml(gist(message))}</span>`;
  return `<a class="answers" href="#m${number}"><b><span class="sr">Answers </span>${bdi(message.author)}</b> ${said}</a>`;
}

function pollHtml(poll: NonNullable<SliceMessage["poll"]>, redacted: boolean): string {
  const rows = pollResults(poll).map(
    ({ option, votes, percent, leads }) =>
      `<li${leads ? ' class="leads"' : ""}><span dir="auto" lang="">${withPills(shownName(option), redacted)}</span> ` +
      `<span class="count">${counted(votes, "vote")} <i>${percent}%</i></span>` +
      `<div class="bar" aria-hidden="true"><div style="width:${percent}%"></div></div></li>`,
  );
  const several = poll.multiple ? ' <span class="note">several answers</span>' : "";
  const question = `<figcaption><span dir="auto" lang="">${withPills(shownName(poll.question), redacted)}</span>${several}</figcaption>`;
  return `<figure class="poll">${question}<ul>${rows.join("")}</ul></figure>`;
}

function fileHtml({ kind, name }: SliceMessage["attachments"][number], redacted: boolean): string {
  const shown = name === null ? "" : ` <bdi lang="">${withPills(shownName(name), redacted)}</bdi>`;
  return `<li><span class="kind">${escapeHtml(shownName(kind))}</span>${shown}</li>`;
}

/** A circle with a first letter, or the number of a person without a name. */
function avatar(author: string | null, colour: number): string {
  const name = shownName(author);
  const [letter = ""] = /\p{L}|\p{N}/u.exec(name) ?? [];
  const sign = /^Person (\d{1,3})$/.exec(name)?.[1] ?? letter.toUpperCase();
  return `<span class="avatar c${colour}" aria-hidden="true">${escapeHtml(sign)}</span>`;
}
