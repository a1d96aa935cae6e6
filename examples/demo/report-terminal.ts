import type { DayActivity, SpaceReport } from "chat-spaces";
import { bar, count, paint, say, shades, sparkline, table } from "./terminal.js";
import { showDate, showDuration, showRevenue, showShare, WEEKDAYS } from "./words.js";

const MOST_PEOPLE = 12;
const MOST_MONTHS = 12;

/** Prints a report as tables and plots that fit 80 columns. */
export function printReport({ activity, credit }: SpaceReport, names: ReadonlyMap<string, string>): void {
  const { messages, participants, people, days, replies, timeZone, from, to } = activity;
  say(`${from ?? "–"} to ${to ?? "–"}, days of ${timeZone}`);
  say(`${paint("bold", count(messages))} messages by ${paint("bold", count(participants))} people`);
  if (replies.time.n > 0) {
    say(
      `Answers come after ${paint("bold", showDuration(replies.time.p50))} (median), 9 of 10 within ` +
        `${showDuration(replies.time.p90)}; ${showShare(replies.rate)} of turns are answered within a day`,
    );
  }

  part("Participants");
  const most = people[0]?.messages ?? 0;
  table(
    ["who", "messages>", ""],
    people
      .slice(0, MOST_PEOPLE)
      .map(({ person, messages: said }) => [
        names.get(person) ?? person,
        count(said),
        paint("cyan", bar(said, most, 30)),
      ]),
  );
  if (people.length > MOST_PEOPLE) say(`and ${people.length - MOST_PEOPLE} more`);

  part("Messages per day");
  const peak = Math.max(0, ...days.map((day) => day.messages));
  for (const [month, its] of [...byMonth(days)].slice(-MOST_MONTHS)) {
    say(
      `${month}  ${" ".repeat(firstDay(its) - 1)}${paint(
        "cyan",
        sparkline(
          its.map((day) => day.messages),
          peak,
        ),
      )}`,
    );
  }
  say(paint("dim", `█ is ${count(peak)} messages, · is none; heights go by the square root`));

  part("Hour by weekday");
  say(`     ${Array.from({ length: 8 }, (_, i) => String(i * 3).padEnd(6)).join("")}`);
  const busiest = Math.max(0, ...activity.hourByWeekday.flat());
  for (const [index, hours] of activity.hourByWeekday.entries())
    say(`${WEEKDAYS[index] ?? ""}  ${paint("cyan", shades(hours, busiest))}`);

  part("Busiest days");
  table(
    ["day", "messages>", "people>"],
    activity.busiestDays.map((day) => [showDate(day.date), count(day.messages), count(day.participants)]),
  );

  part("Sales per cohort (last touch)");
  const rows = [
    ...credit.rows.map((row) => ({ ...row, name: row.key ?? "" })),
    { ...credit.unattributed, name: "unattributed" },
    { ...credit.total, name: paint("bold", "total") },
  ];
  table(
    ["cohort", "clicks>", "visitors>", "sign-ups>", "sales>", "refunds>", "net revenue>"],
    rows.map(({ name, clicks, visitors, signups, sales, refunds, revenue }) => [
      name,
      ...[clicks, visitors, signups, sales, refunds].map(count),
      showRevenue(revenue),
    ]),
  );
}

function part(name: string): void {
  console.log();
  say(paint("underline", name));
}

function byMonth(days: readonly DayActivity[]): ReadonlyMap<string, readonly DayActivity[]> {
  const months = new Map<string, DayActivity[]>();
  for (const day of days) {
    const month = day.date.slice(0, 7);
    const its = months.get(month);
    if (its) its.push(day);
    else months.set(month, [day]);
  }
  return months;
}

function firstDay(days: readonly DayActivity[]): number {
  return Number(days[0]?.date.slice(8) ?? 1);
}
