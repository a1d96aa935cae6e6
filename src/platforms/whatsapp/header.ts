import { daysInMonth } from "../../kernel/time.js";

/**
 * The head of a line: when a message was written, in whatever way the phone's language writes it.
 *
 *     6/14/24, 9:07 PM - Mara: hi            [14.06.24, 21:07:09] Mara: hi
 *     2026/7/30 下午3:05 - Mara: hi           [31-05-19 16:58:01] Mara: hi
 *
 * One object is filled again and again: a chat of a million lines must not make a million of them.
 */
export type Header = {
  /** Day, month and year in the order they stand; which is which is not decided here, but for `yearFirst`. */
  first: number;
  second: number;
  third: number;
  hour: number;
  minute: number;
  second60: number;
  /** Where the author, or the notice, begins. */
  rest: number;
  /** How it is written, as a number: two lines of one export have the same. See {@link Style}. */
  style: number;
  /** A number was written without the zero that would make it two digits: `6/4/24`. */
  unpadded: boolean;
  /**
   * The head of the last line up to its time. Most lines are of the same day as the one before, and begin with
   * the same characters; they are not read again.
   */
  day: string;
  /** The part of the style that comes from it. */
  dayStyle: number;
};

/** The parts of a style number. */
export const Style = {
  BRACKET: 1,
  YEAR_FIRST: 2,
  YEAR_4: 4,
  COMMA: 8,
  SECONDS: 16,
  DOT_TIME: 32,
  /** There is a day period, such as PM. */
  TWELVE_HOURS: 64,
  /** It is exactly `AM` or `PM`. */
  PLAIN_AM_PM: 128,
  /** There is a word between date and time, as in `31.5.2019 klo 16.58`. */
  WORD: 256,
  SLASH: 512,
  DOT: 1024,
  DASH: 2048,
  /** What ends an unbracketed header: ` - ` (none of these), `: `, or a space alone. */
  COLON_END: 4096,
  SPACE_END: 8192,
} as const;

/** A header to be filled. */
export function emptyHeader(): Header {
  return {
    first: 0,
    second: 0,
    third: 0,
    hour: 0,
    minute: 0,
    second60: 0,
    rest: 0,
    style: 0,
    unpadded: false,
    day: "",
    dayStyle: 0,
  };
}

/** Years a chat can be from: WhatsApp is of 2009, and phones with a wrong clock exist. */
const MIN_YEAR = 1990;
const MAX_YEAR = 2199;
/** The Thai calendar counts from the death of the Buddha. */
const BUDDHIST_ERA = 543;

/** Whether a line may begin with this character: a digit, a bracket, or a mark before either. */
export function mayBegin(code: number): boolean {
  if (code < 128) return (code >= 48 && code <= 57) || code === 91;
  return isMark(code) || digitOf(code) >= 0;
}

/**
 * Reads the head of the line `text[start, end)` into `out`. `false` where the line has none; what `out` says of
 * the time is then undefined. Every step goes forward by at least one character: a hostile line costs time in
 * proportion to the few dozen characters a header can have.
 */
export function readHeader(text: string, start: number, end: number, out: Header): boolean {
  let at = start + out.day.length;
  if (out.day !== "" && text.startsWith(out.day, start)) {
    if (readPlainTime(text, at, end, out)) return true;
  } else {
    at = readDay(text, start, end, out);
  }
  return at >= 0 && readTime(text, at, end, out);
}

/**
 * Reads a time of 24 hours in plain digits, `21:07 - ` or `21:07:09] `, and nothing else. Says no more than
 * {@link readTime} would; it only says it sooner.
 */
function readPlainTime(text: string, start: number, end: number, out: Header): boolean {
  if (start + 11 > end) return false;
  const hour = plainTwo(text, start);
  const minute = plainTwo(text, start + 3);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || text.charCodeAt(start + 2) !== 58) return false;
  let at = start + 5;
  let seconds = 0;
  let style = out.dayStyle;
  if (text.charCodeAt(at) === 58) {
    seconds = plainTwo(text, at + 1);
    if (seconds < 0 || seconds > 59) return false;
    style |= Style.SECONDS;
    at += 3;
  }
  if (style & Style.BRACKET) {
    if (text.charCodeAt(at) !== 93 || text.charCodeAt(at + 1) !== 32) return false;
    at += 2;
  } else {
    if (text.charCodeAt(at) !== 32 || text.charCodeAt(at + 1) !== 45 || text.charCodeAt(at + 2) !== 32)
      return false;
    at += 3;
  }
  out.hour = hour;
  out.minute = minute;
  out.second60 = seconds;
  out.rest = at;
  out.style = style;
  return true;
}

/** Two ASCII digits as a number, negative or beyond 99 for anything else. */
function plainTwo(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
}

/** Reads up to where the time, or what stands before it, begins; -1 where there is no date. */
function readDay(text: string, start: number, end: number, out: Header): number {
  let style = 0;
  let at = skipMarks(text, start, end);
  if (text.charCodeAt(at) === 91) {
    style |= Style.BRACKET;
    at = skipMarks(text, at + 1, end);
  }

  let read = readNumber(text, at, end, 4);
  if (read < 0) return -1;
  let unpadded = digits(read) === 1;
  const first = value(read);
  const firstDigits = digits(read);
  at = skipMarks(text, at + firstDigits, end);
  const separator = dateSeparator(text.charCodeAt(at));
  if (separator === 0) return -1;
  style |= separator;
  at = skipSpaces(text, at + 1, end);

  read = readNumber(text, at, end, 2);
  if (read < 0) return -1;
  unpadded ||= digits(read) === 1;
  const second = value(read);
  at = skipMarks(text, at + digits(read), end);
  if (dateSeparator(text.charCodeAt(at)) !== separator) return -1;
  at = skipSpaces(text, at + 1, end);

  read = readNumber(text, at, end, 4);
  if (read < 0) return -1;
  let third = value(read);
  const thirdDigits = digits(read);
  at += thirdDigits;
  let year: number;
  if (firstDigits === 4 && thirdDigits <= 2) {
    style |= Style.YEAR_FIRST | Style.YEAR_4;
    unpadded ||= thirdDigits === 1;
    year = first;
  } else if (firstDigits <= 2 && (thirdDigits === 2 || thirdDigits === 4)) {
    if (thirdDigits === 4) style |= Style.YEAR_4;
    year = thirdDigits === 2 ? 2000 + third : third;
    if (year >= MIN_YEAR + BUDDHIST_ERA) year -= BUDDHIST_ERA;
    third = year;
  } else {
    return -1;
  }
  if (year < MIN_YEAR || year > MAX_YEAR) return -1;

  // Between date and time: a full stop, a comma, spaces.
  let code = text.charCodeAt(at);
  if (code === 46 || code === 0x65e5) code = text.charCodeAt(++at); // "2026. 2. 25." or 日
  const gap = at;
  for (; at < end; code = text.charCodeAt(++at)) {
    if (isComma(code)) style |= Style.COMMA;
    else if (!isSpace(code) && !isMark(code)) break;
  }
  if (at === gap) return -1;

  out.first = first;
  out.second = second;
  out.third = third;
  out.unpadded = unpadded;
  out.dayStyle = style;
  // A mark before the line is not the day's: lines with one are few, and the next would not have it.
  out.day = isMark(text.charCodeAt(start)) ? "" : text.slice(start, at);
  return at;
}

/** Reads the time and what ends the head. */
function readTime(text: string, from: number, end: number, out: Header): boolean {
  let style = out.dayStyle;
  let at = from;
  let code = text.charCodeAt(at);
  let read: number;
  let period = 0;
  if (digitOf(code) < 0) {
    // A day period, or a word, may stand before the time.
    read = readPeriod(text, at, end);
    if (read > 0) {
      period = value(read);
      at = skipSpaces(text, at + digits(read), end);
    } else {
      const word = readWord(text, at, end);
      if (word === 0) return false;
      style |= Style.WORD;
      at = skipSpaces(text, at + word, end);
    }
  }

  read = readNumber(text, at, end, 2);
  if (read < 0) return false;
  let hour = value(read);
  at += digits(read);
  const separator = text.charCodeAt(at);
  if (separator === 46) style |= Style.DOT_TIME;
  else if (separator !== 58) return false;
  const minute = readTwo(text, at + 1, end);
  if (minute < 0) return false;
  at += 3;
  let seconds = 0;
  if (text.charCodeAt(at) === separator) {
    const two = readTwo(text, at + 1, end);
    if (two >= 0) {
      seconds = two;
      style |= Style.SECONDS;
      at += 3;
    }
  }
  if (hour > 24 || minute > 59 || seconds > 59) return false;

  // A day period may stand after the time.
  code = text.charCodeAt(at);
  if (period === 0 && code !== 93 && code !== 58) {
    const marker = skipSpaces(text, at, end);
    code = text.charCodeAt(marker);
    read = code < 65 || code === 93 ? 0 : readPeriod(text, marker, end);
    if (read > 0) {
      period = value(read);
      at = marker + digits(read);
      if (digits(read) === 2 && isUpperM(text.charCodeAt(at - 1))) style |= Style.PLAIN_AM_PM;
    }
  }
  if (period !== 0) {
    style |= Style.TWELVE_HOURS;
    // "13:05 PM" exists: the hour says all there is to say. "0:30 PM" is how Japanese writes half past noon.
    if (period === AM) {
      if (hour > 12) return false;
      if (hour === 12) hour = 0;
    } else if (hour < 12) {
      hour += 12;
    }
  }
  if (hour === 24) hour = 0;

  // What ends the head.
  if (style & Style.BRACKET) {
    at = skipSpaces(text, at, end);
    if (text.charCodeAt(at) !== 93) return false;
    at += 1;
    if (text.charCodeAt(at) === 32) at += 1;
  } else if (text.charCodeAt(at) === 58) {
    if (text.charCodeAt(at + 1) !== 32) return false;
    style |= Style.COLON_END;
    at += 2;
  } else {
    const dash = skipSpaces(text, at, end);
    if (dash === at) return false;
    code = text.charCodeAt(dash);
    if (code === 45 || code === 0x2013 || code === 0x2014) {
      at = dash + 1;
      if (at < end) {
        if (!isSpace(text.charCodeAt(at))) return false;
        at += 1;
      }
    } else {
      style |= Style.SPACE_END;
      at = dash;
    }
  }

  out.hour = hour;
  out.minute = minute;
  out.second60 = seconds;
  out.rest = Math.min(at, end);
  out.style = style;
  return true;
}

/** Whether the date exists in this order of day and month. `yearFirst` dates are always year, month, day. */
export function existsAs(header: Header, dayFirst: boolean): boolean {
  if (header.style & Style.YEAR_FIRST) return validDate(header.first, header.second, header.third);
  return dayFirst
    ? validDate(header.third, header.second, header.first)
    : validDate(header.third, header.first, header.second);
}

function validDate(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

const AM = 1;
const PM = 2;

/**
 * Day periods beside AM and PM, by language (CLDR 45, `dayPeriods`), and what they do to an hour of 1 to 12.
 * Longer ones come before those they begin with.
 */
const PERIODS: readonly (readonly [string, number])[] = [
  ["午前", AM],
  ["午後", PM],
  ["上午", AM],
  ["下午", PM],
  ["中午", PM],
  ["凌晨", AM],
  ["清晨", AM],
  ["早上", AM],
  ["晚上", PM],
  ["傍晚", PM],
  ["오전", AM],
  ["오후", PM],
  ["ص", AM],
  ["م", PM],
  ["قبل‌ازظهر", AM],
  ["بعدازظهر", PM],
  ["ق.ظ.", AM],
  ["ب.ظ.", PM],
  ["vormittags", AM],
  ["vorm.", AM],
  ["nachmittags", PM],
  ["nachm.", PM],
  ["morgens", AM],
  ["mittags", PM],
  ["abends", PM],
  ["nachts", AM],
  ["früh", AM],
  ["π.μ.", AM],
  ["μ.μ.", PM],
  ["πμ", AM],
  ["μμ", PM],
  ["ÖÖ", AM],
  ["ÖS", PM],
  ["SA", AM],
  ["CH", PM],
  ["dop.", AM],
  ["odp.", PM],
  ["de.", AM],
  ["du.", PM],
  ["ap.", AM],
  ["ip.", PM],
  ["fm", AM],
  ["em", PM],
  ["पूर्वाह्न", AM],
  ["अपराह्न", PM],
  ["ก่อนเที่ยง", AM],
  ["หลังเที่ยง", PM],
  ["לפנה״צ", AM],
  ["אחה״צ", PM],
  ["PTG", PM],
  ["PG", AM],
];

/** The period at this place: what it is and how long, packed as numbers are; 0 where there is none. */
function readPeriod(text: string, at: number, end: number): number {
  const code = text.charCodeAt(at) | 32;
  if (code === 97 || code === 112) {
    // a or p, then m: "PM", "pm", "p.m.", "p. m.", with whatever spaces.
    let next = at + 1;
    if (text.charCodeAt(next) === 46) next = skipSpaces(text, next + 1, end);
    if ((text.charCodeAt(next) | 32) === 109) {
      next += 1;
      if (text.charCodeAt(next) === 46 && next - at > 2) next += 1;
      if (!isLetter(text.charCodeAt(next))) return pack(code === 97 ? AM : PM, next - at);
    }
  }
  for (const [word, period] of PERIODS) {
    if (text.startsWith(word, at)) return pack(period, word.length);
  }
  return 0;
}

const MAX_WORD = 6;

/** The length of a short word between date and time (`à`, `klo`, `um`), 0 where there is none. */
function readWord(text: string, at: number, end: number): number {
  let next = at;
  while (next < end && next - at < MAX_WORD && isLetter(text.charCodeAt(next))) next += 1;
  if (next > at && text.charCodeAt(next) === 46) next += 1; // "kl."
  return next > at && isSpace(text.charCodeAt(next)) ? next - at : 0;
}

// Numbers and lengths are passed packed in one integer: this is the innermost loop of the parser.
function pack(number: number, length: number): number {
  return (length << 16) | number;
}

function value(packed: number): number {
  return packed & 0xffff;
}

function digits(packed: number): number {
  return packed >>> 16;
}

/** A number of exactly two digits; -1 where there is none. */
function readTwo(text: string, at: number, end: number): number {
  if (at + 2 > end) return -1;
  const tens = digitOf(text.charCodeAt(at));
  const ones = digitOf(text.charCodeAt(at + 1));
  return tens < 0 || ones < 0 || (at + 2 < end && digitOf(text.charCodeAt(at + 2)) >= 0)
    ? -1
    : tens * 10 + ones;
}

/** A number of at most `max` digits, packed with how many it has; -1 where there is none or it is longer. */
function readNumber(text: string, at: number, end: number, max: number): number {
  let number = 0;
  let next = at;
  for (; next < end; next++) {
    const digit = digitOf(text.charCodeAt(next));
    if (digit < 0) break;
    if (next - at === max) return -1;
    number = number * 10 + digit;
  }
  return next === at ? -1 : pack(number, next - at);
}

/** The value of a decimal digit, -1 for anything else: ASCII, Arabic-Indic, Persian, Devanagari, Bengali, Thai, fullwidth. */
export function digitOf(code: number): number {
  if (code <= 57) return code >= 48 ? code - 48 : -1;
  if (code < 0x660) return -1;
  if (code <= 0x669) return code - 0x660;
  if (code >= 0x6f0 && code <= 0x6f9) return code - 0x6f0;
  if (code >= 0x966 && code <= 0x96f) return code - 0x966;
  if (code >= 0x9e6 && code <= 0x9ef) return code - 0x9e6;
  if (code >= 0xe50 && code <= 0xe59) return code - 0xe50;
  if (code >= 0xff10 && code <= 0xff19) return code - 0xff10;
  return -1;
}

/** The style bit of a separator between the numbers of a date; 0 where it is none. */
function dateSeparator(code: number): number {
  if (code === 47 || code === 0x5e74 || code === 0x6708) return Style.SLASH; // / 年 月
  if (code === 46) return Style.DOT;
  if (code === 45 || code === 0x2010 || code === 0x2011) return Style.DASH;
  return 0;
}

function isComma(code: number): boolean {
  return code === 44 || code === 0x60c || code === 0x3001 || code === 0xff0c;
}

/** Spaces that phones put into headers; not the line breaks. */
function isSpace(code: number): boolean {
  return (
    code === 32 ||
    code === 9 ||
    code === 0xa0 ||
    code === 0x202f ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x3000
  );
}

/** Marks that are not seen: directions, embeddings, isolates, the byte order mark. */
function isMark(code: number): boolean {
  return (
    code >= 0x200e &&
    (code <= 0x200f ||
      (code >= 0x202a && code <= 0x202e) ||
      (code >= 0x2066 && code <= 0x2069) ||
      code === 0xfeff)
  );
}

function isLetter(code: number): boolean {
  const lower = code | 32;
  return (lower >= 97 && lower <= 122) || (code >= 0xc0 && !isSpace(code) && !isMark(code) && !isComma(code));
}

function isUpperM(code: number): boolean {
  return code === 77;
}

function skipMarks(text: string, at: number, end: number): number {
  let next = at;
  while (next < end && isMark(text.charCodeAt(next))) next += 1;
  return next;
}

function skipSpaces(text: string, at: number, end: number): number {
  let next = at;
  while (next < end) {
    const code = text.charCodeAt(next);
    if (!isSpace(code) && !isMark(code)) break;
    next += 1;
  }
  return next;
}
