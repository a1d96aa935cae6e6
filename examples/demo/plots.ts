import type { DayActivity } from "chat-spaces";
import { type Html, html } from "./html.js";
import { count } from "./terminal.js";
import { showDate, showMonth, WEEKDAYS } from "./words.js";

// Plots as SVG. Colours come from the classes of the page, so that they follow light and dark.

/** The plots are this many units wide; the page scales them. */
const WIDTH = 960;

/** A column for each day, with a line wherever a month begins. */
export function dayPlot(days: readonly DayActivity[]): Html {
  const [left, top, height] = [44, 14, 190];
  const bottom = top + height;
  const step = (WIDTH - left) / Math.max(1, days.length);
  const ticks = ticksTo(Math.max(1, ...days.map(({ messages }) => messages)));
  const most = ticks.at(-1) ?? 1;
  const y = (messages: number): number => round(bottom - (messages / most) * height);
  const x = (index: number): number => round(left + index * step);
  const months = days.flatMap(({ date }, index) =>
    index === 0 || date.endsWith("-01") ? [{ date, index }] : [],
  );
  const everyMonth = Math.ceil(months.length / 12);
  return html`<svg viewBox="0 0 ${WIDTH} ${bottom + 26}" role="img" aria-label="Messages per day">
${ticks.map(
  (tick) => html`<line class="grid" x1="${left}" x2="${WIDTH}" y1="${y(tick)}" y2="${y(tick)}"/>
<text class="tick" x="${left - 8}" y="${y(tick) + 4}" text-anchor="end">${count(tick)}</text>`,
)}
${months
  .filter((_, month) => month % everyMonth === 0)
  .map(
    ({
      date,
      index,
    }) => html`<line class="grid" x1="${x(index)}" x2="${x(index)}" y1="${top}" y2="${bottom + 6}"/>
<text class="tick" x="${Math.min(x(index) + 4, WIDTH - 60)}" y="${bottom + 18}">${showMonth(date)}</text>`,
  )}
${days.flatMap(({ date, messages, participants }, index) =>
  messages === 0
    ? []
    : html`<rect class="mark" x="${x(index)}" y="${y(messages)}" width="${round(Math.max(0.6, step - Math.min(2, step / 4)))}" height="${round(bottom - y(messages))}" rx="${round(Math.min(2, step / 5))}"><title>${showDate(date)}: ${count(messages)} messages by ${participants} people</title></rect>`,
)}
</svg>`;
}

/** A cell for each hour of the week: the more was said, the darker. */
export function weekPlot(hourByWeekday: readonly (readonly number[])[]): Html {
  const [left, cellWidth, cellHeight] = [44, (WIDTH - 44) / 24, 30];
  const most = Math.max(1, ...hourByWeekday.flat());
  return html`<svg viewBox="0 0 ${WIDTH} ${7 * cellHeight + 24}" role="img" aria-label="Messages by weekday and hour">
${hourByWeekday.flatMap((hours, day) => [
  html`<text class="tick" x="${left - 8}" y="${day * cellHeight + 19}" text-anchor="end">${WEEKDAYS[day] ?? ""}</text>`,
  ...hours.map(
    (messages, hour) =>
      html`<rect class="${messages === 0 ? "empty" : "mark"}" x="${round(left + hour * cellWidth + 1)}" y="${day * cellHeight + 1}" width="${round(cellWidth - 2)}" height="${cellHeight - 2}" rx="3"${strength(messages, most)}><title>${WEEKDAYS[day] ?? ""} ${twoDigits(hour)}:00–${twoDigits((hour + 1) % 24)}:00: ${count(messages)}</title></rect>`,
  ),
])}
${Array.from({ length: 8 }, (_, third) => html`<text class="tick" x="${round(left + (third * 3 + 0.5) * cellWidth)}" y="${7 * cellHeight + 18}" text-anchor="middle">${twoDigits(third * 3)}</text>`)}
</svg>`;
}

/** Names with a bar each, and what the bar stands for. */
export function barPlot(
  label: string,
  rows: readonly { readonly name: string; readonly value: number; readonly text: string }[],
): Html {
  const [width, left, right, rowHeight] = [460, 150, 76, 28];
  const most = Math.max(1, ...rows.map(({ value }) => value));
  return html`<svg viewBox="0 0 ${width} ${rows.length * rowHeight}" role="img" aria-label="${label}">
${rows.map(({ name, value, text }, row) => {
  const length = round((Math.max(0, value) / most) * (width - left - right));
  return html`<text class="name" x="${left - 10}" y="${row * rowHeight + 19}" text-anchor="end">${shorten(name, 20)}<title>${name}</title></text>
<rect class="mark" x="${left}" y="${row * rowHeight + 5}" width="${length}" height="${rowHeight - 10}" rx="3"/>
<text class="value" x="${left + length + 8}" y="${row * rowHeight + 19}">${text}</text>`;
})}
</svg>`;
}

/** Four round numbers from 0 to the first that is not below `most`. */
function ticksTo(most: number): readonly number[] {
  const rough = most / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(
    1,
    [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? 1,
  );
  return [0, 1, 2, 3].map((times) => Math.ceil(step) * times);
}

function strength(messages: number, most: number): Html {
  return messages === 0 ? html`` : html` opacity="${round(0.18 + 0.82 * Math.sqrt(messages / most))}"`;
}

function shorten(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join("")}…`;
}

function twoDigits(hour: number): string {
  return String(hour).padStart(2, "0");
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
