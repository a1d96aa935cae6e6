import { existsAs, type Header, Style } from "./header.js";

/** Which number of a date is the day. */
export type DateOrder = "dmy" | "mdy" | "ymd";

/** What is known of the order in which one style of header writes its dates. */
export type OrderDecision = {
  /** `null` where it cannot be told. */
  readonly order: DateOrder | null;
  /** It rests on what is usual, not on a date that can only be read one way. */
  readonly assumed: boolean;
};

/** Gathers evidence over the headers of one style, then decides. */
export type OrderSurvey = {
  add(header: Header): void;
  /** Whether more dates would not change the decision. */
  certain(): boolean;
  decide(): OrderDecision;
};

/** From this many different days on, days that follow each other closely speak for themselves. */
const ENOUGH_DAYS = 4;
/** How much tighter the days must lie in one reading than in the other. */
const MUCH_TIGHTER = 3;

/** Starts a survey for headers of one style. `preferred` settles what the dates leave open. */
export function surveyOrder(style: number, preferred: DateOrder | undefined): OrderSurvey {
  // No locale writes the month first with dots or dashes (CLDR 45, short dates).
  const settled = (style & (Style.YEAR_FIRST | Style.DOT | Style.DASH)) !== 0 || preferred !== undefined;
  let dayFirst = 0;
  let monthFirst = 0;
  let unpadded = false;
  const asDmy = daySpread();
  const asMdy = daySpread();

  return {
    add(header) {
      const { first, second, third } = header;
      unpadded ||= header.unpadded;
      if (first > 12) dayFirst += 1;
      else if (second > 12) monthFirst += 1;
      else {
        asDmy.add(third, second, first);
        asMdy.add(third, first, second);
      }
    },
    certain: () => settled || dayFirst + monthFirst > 0,
    decide() {
      if (style & Style.YEAR_FIRST) return { order: "ymd", assumed: false };
      if (dayFirst !== monthFirst) return { order: dayFirst > monthFirst ? "dmy" : "mdy", assumed: false };
      if (preferred === "dmy" || preferred === "mdy") return { order: preferred, assumed: false };
      if (style & (Style.DOT | Style.DASH)) return { order: "dmy", assumed: false };
      // Chats go forward: a reading in which they keep jumping back is the wrong one.
      const back = asDmy.backwards - asMdy.backwards;
      if (back !== 0 && (asDmy.backwards === 0 || asMdy.backwards === 0)) {
        return { order: back > 0 ? "mdy" : "dmy", assumed: false };
      }
      if (asDmy.days() >= ENOUGH_DAYS) {
        if (asDmy.span() * MUCH_TIGHTER <= asMdy.span()) return { order: "dmy", assumed: true };
        if (asMdy.span() * MUCH_TIGHTER <= asDmy.span()) return { order: "mdy", assumed: true };
      }
      // American English alone writes 6/4/24 with PM in capitals: no leading zeros, a year of two digits.
      if (style & Style.PLAIN_AM_PM && unpadded && !(style & Style.YEAR_4))
        return { order: "mdy", assumed: true };
      return { order: null, assumed: false };
    },
  };
}

/** How dates lie in one reading: how often they go back, how many days there are and how far apart. */
function daySpread() {
  let previous = -Infinity;
  let earliest = Infinity;
  let latest = -Infinity;
  const seen = new Set<number>();
  return {
    backwards: 0,
    add(year: number, month: number, day: number): void {
      const date = Date.UTC(year, month - 1, day) / 86_400_000;
      if (date < previous) this.backwards += 1;
      previous = date;
      earliest = Math.min(earliest, date);
      latest = Math.max(latest, date);
      seen.add(date);
    },
    days: () => seen.size,
    span: () => latest - earliest,
  };
}

/**
 * Writes down what a header says as `2024-06-14T21:07:00`, and as epoch milliseconds of that reading taken for
 * UTC. Headers come in runs of the same day, so the date is worked out once a day.
 */
export type ClockReader = {
  /** Reads a header in this order. `false` where its date does not exist in it, whichever way it is turned. */
  read(header: Header, order: DateOrder | null): boolean;
  /** The reading, `null` where day and month cannot be told apart. */
  wallClock: string | null;
  /** The same as if it were UTC, in epoch milliseconds; NaN where the reading is `null`. */
  local: number;
};

/** Makes a reader of headers. */
export function clockReader(): ClockReader {
  let first = -1;
  let second = -1;
  let third = -1;
  let order: DateOrder | null = null;
  let exists = false;
  let known = false;
  let midnight = Number.NaN;
  let timeOfDay = -1;
  // The characters of the date, year first.
  const date = new Uint8Array(8);

  const newDay = (header: Header): void => {
    ({ first, second, third } = header);
    let dayFirst = order !== "mdy";
    exists = existsAs(header, dayFirst);
    if (!exists && order !== "ymd") {
      // One file may come from two phones: a date that is impossible in the usual order is in the other one.
      dayFirst = !dayFirst;
      exists = existsAs(header, dayFirst);
    }
    known = exists && (order !== null || first === second || first > 12 || second > 12);
    if (!known) return;
    const yearFirst = (header.style & Style.YEAR_FIRST) !== 0;
    const year = yearFirst ? first : third;
    const month = yearFirst || dayFirst ? second : first;
    const day = yearFirst ? third : dayFirst ? first : second;
    midnight = Date.UTC(year, month - 1, day);
    const century = Math.floor(year / 100);
    const parts = [century, year - century * 100, month, day];
    date.set(parts.flatMap((part) => [tens(part), ones(part)]));
  };

  const reader: ClockReader = {
    wallClock: null,
    local: Number.NaN,
    read(header, wanted) {
      if (header.first !== first || header.second !== second || header.third !== third || wanted !== order) {
        order = wanted;
        newDay(header);
        timeOfDay = -1;
      }
      if (known) {
        const { hour, minute, second60 } = header;
        const seconds = (hour * 60 + minute) * 60 + second60;
        // Messages come in bursts: those of one moment share the text for it.
        if (seconds === timeOfDay) return exists;
        timeOfDay = seconds;
        reader.wallClock = write(date, hour, minute, second60);
        reader.local = midnight + seconds * 1_000;
      } else {
        reader.wallClock = null;
        reader.local = Number.NaN;
      }
      return exists;
    },
  };
  return reader;
}

/** `2024-06-14T21:07:00`, in one go: joined from parts it would be a chain of texts, slower to make and to read. */
function write(date: Uint8Array, hour: number, minute: number, second: number): string {
  return String.fromCharCode(
    date[0] as number,
    date[1] as number,
    date[2] as number,
    date[3] as number,
    45,
    date[4] as number,
    date[5] as number,
    45,
    date[6] as number,
    date[7] as number,
    84,
    tens(hour),
    ones(hour),
    58,
    tens(minute),
    ones(minute),
    58,
    tens(second),
    ones(second),
  );
}

/** The character of a number's tens, for numbers below 100. n · 205 / 2048 is n / 10, without a division. */
function tens(number: number): number {
  return 48 + ((number * 205) >> 11);
}

/** The character of a number's ones, for numbers below 100. */
function ones(number: number): number {
  return 48 + (number | 0) - ((number * 205) >> 11) * 10;
}
