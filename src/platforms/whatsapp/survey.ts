import { createRoster, type Roster } from "./authors.js";
import { type DateOrder, type OrderDecision, type OrderSurvey, surveyOrder } from "./dates.js";
import { emptyHeader, existsAs, mayBegin, readHeader, Style } from "./header.js";
import { beginsNotice, firstColon } from "./lines.js";

/** What is known of a chat before its messages are read. */
export type Survey = {
  /** How many lines begin a message. */
  readonly headers: number;
  /** Whether every style of header has a date that can only be read one way. */
  readonly certain: boolean;
  /** The order of day and month in headers of a style. */
  orderOf(style: number): OrderDecision;
  readonly roster: Roster;
  /** Names that wrote something themselves, as opposed to groups that notices are put under. */
  readonly speakers: ReadonlySet<string>;
};

/**
 * Looks through the beginning of a text, up to a number of UTF-16 code units, without reading its messages. The
 * pieces are gone through one by one: joined, they would be slower to read from here on.
 */
export function surveyChat(
  pieces: readonly string[],
  limit: number,
  preferred: DateOrder | undefined,
): Survey {
  const header = emptyHeader();
  const styles = new Map<number, OrderSurvey>();
  const decided = new Map<number, OrderDecision>();
  const roster = createRoster();
  const speakers = new Set<string>();
  let headers = 0;
  let mainStyle = 0;

  let seen = 0;
  for (const piece of pieces) {
    if (seen >= limit) break;
    lookThrough(piece, Math.min(piece.length, limit - seen));
    seen += piece.length;
  }
  roster.settle();

  function lookThrough(text: string, stop: number): void {
    for (let start = 0; start < stop; ) {
      const newline = text.indexOf("\n", start);
      const end = newline < 0 ? text.length : newline;
      if (mayBegin(text.charCodeAt(start)) && readHeader(text, start, end, header)) noteLine(text, end);
      start = end + 1;
    }
  }

  function noteLine(text: string, end: number): void {
    if (!existsAs(header, true) && !existsAs(header, false)) return;
    if (headers === 0) mainStyle = header.style;
    headers += 1;
    let order = styles.get(header.style);
    if (!order) {
      order = surveyOrder(header.style, preferred);
      styles.set(header.style, order);
    }
    order.add(header);
    noteAuthor(text, header.rest, end);
  }

  function noteAuthor(text: string, rest: number, end: number): void {
    const colon = firstColon(text, rest, header.style);
    if (colon < 0 || beginsNotice(text.slice(rest, colon))) return;
    roster.add(text.slice(rest, end));
    // Behind the name, a notice begins with the platform's mark; what people write does not.
    const body = text.charCodeAt(colon + 1) === 32 ? colon + 2 : colon + 1;
    if (text.charCodeAt(body) !== 0x200e) speakers.add(text.slice(rest, colon));
  }

  return {
    headers,
    certain: [...styles.values()].every((order) => order.certain()),
    roster,
    speakers,
    orderOf(style) {
      let decision = decided.get(style);
      if (!decision) {
        decision = (styles.get(style) ?? surveyOrder(style, preferred)).decide();
        // A style that turns up late has little to say for itself: it follows the one the chat began with.
        if (
          decision.order === null &&
          style !== mainStyle &&
          !(mainStyle & Style.YEAR_FIRST) &&
          !styles.has(style)
        ) {
          decision = styles.get(mainStyle)?.decide() ?? decision;
        }
        decided.set(style, decision);
      }
      return decision;
    },
  };
}
