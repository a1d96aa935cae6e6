import type { Space, SpaceReport } from "chat-spaces";
import { type Html, html } from "./html.js";
import { barPlot, dayPlot, weekPlot } from "./plots.js";
import { count } from "./terminal.js";
import { showDate, showDuration, showMoney, showRevenue, showShare } from "./words.js";

const MOST_PEOPLE = 14;

/** The report as one page that loads nothing: the plots are in it, and names and topics stand in it as text. */
export function reportHtml(
  space: Space,
  { activity, credit }: SpaceReport,
  names: ReadonlyMap<string, string>,
): string {
  const { messages, participants, people, days, replies, timeZone, from, to } = activity;
  const cohorts = [
    ...credit.rows.map((row) => ({ ...row, name: row.key ?? "" })),
    { ...credit.unattributed, name: "unattributed" },
  ];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${space.name}: report</title>
<style>${{ html: CSS }}</style>
</head>
<body>
<main>
<header>
<h1>${space.name}</h1>
<p>${from === null || to === null ? "Nothing has been said yet" : `${showDate(from)} to ${showDate(to)}, ${to.slice(0, 4)}`} · days of ${timeZone}</p>
</header>
<section class="tiles">
${tile(count(messages), "messages")}
${tile(count(participants), "people")}
${tile(showDuration(replies.time.p50), "to an answer, median")}
${tile(showDuration(replies.time.p90), "to an answer, 9 of 10")}
${tile(showShare(replies.rate), "of turns answered in a day")}
${tile(showRevenue(credit.total.revenue), "net revenue")}
</section>
${figure("Messages per day", dayPlot(days))}
${figure("When people talk", weekPlot(activity.hourByWeekday), "Messages by weekday and local hour")}
<div class="pair">
${figure(
  "Who talks",
  barPlot(
    "Messages per person",
    people.slice(0, MOST_PEOPLE).map((row) => ({
      name: names.get(row.person) ?? row.person,
      value: row.messages,
      text: count(row.messages),
    })),
  ),
  people.length > MOST_PEOPLE ? `The first ${MOST_PEOPLE} of ${count(people.length)}` : "",
)}
${figure(
  "Busiest days",
  table(
    ["Day", "Messages", "People"],
    activity.busiestDays.map((day) => [showDate(day.date), count(day.messages), count(day.participants)]),
  ),
)}
</div>
${figure(
  "Sales per cohort",
  html`<div class="pair">${barPlot(
    "Net revenue per cohort",
    cohorts.map(({ name, revenue: [first] }) => ({
      name,
      value: first?.minor ?? 0,
      text: first ? showMoney(first) : "–",
    })),
  )}${table(
    ["Cohort", "Clicks", "Visitors", "Sign-ups", "Sales", "Refunds", "Net revenue"],
    [...cohorts, { ...credit.total, name: "total" }].map((row) => [
      row.name,
      ...[row.clicks, row.visitors, row.signups, row.sales, row.refunds].map(count),
      showRevenue(row.revenue),
    ]),
  )}</div>`,
  "Each sale is credited to the last link its buyer followed; refunds are taken off",
)}
<footer>Made by the chat-spaces demo. This page loads nothing and sends nothing.</footer>
</main>
</body>
</html>
`;
  return page.html;
}

function tile(value: string, label: string): Html {
  return html`<div><strong>${value}</strong><span>${label}</span></div>`;
}

function figure(title: string, content: Html, note = ""): Html {
  return html`<section class="card"><h2>${title}</h2>${note ? html`<p>${note}</p>` : html``}${content}</section>`;
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): Html {
  return html`<table><thead><tr>${columns.map((name) => html`<th>${name}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>`;
}

const CSS = `
:root {
  color-scheme: light dark;
  --page: #f6f5f1; --card: #fffefb; --ink: #1f2a2e; --soft: #66757a; --line: #e3e1d8; --mark: #0e7c86; --empty: #efede5;
}
@media (prefers-color-scheme: dark) {
  :root { --page: #12191b; --card: #1a2326; --ink: #e7edec; --soft: #93a3a6; --line: #2c383b; --mark: #45b8bd; --empty: #222d30; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1040px; margin: 0 auto; padding: 40px 20px; }
header { margin-bottom: 24px; }
h1 { margin: 0; font-size: 30px; line-height: 1.2; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { margin: 0 0 12px; font-size: 16px; }
p, footer { margin: 4px 0 0; color: var(--soft); }
h2 + p { margin: -10px 0 12px; font-size: 13px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(145px, 1fr)); gap: 12px; margin-bottom: 16px; }
.tiles div, .card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.tiles div { padding: 14px; }
.tiles strong { display: block; font-size: 20px; line-height: 1.4; white-space: nowrap; font-variant-numeric: tabular-nums; }
.tiles span { color: var(--soft); font-size: 13px; }
.card { padding: 18px 20px; margin-bottom: 16px; overflow-x: auto; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); column-gap: 16px; align-items: start; }
svg { display: block; width: 100%; height: auto; font: 12px system-ui, sans-serif; }
.grid { stroke: var(--line); } .mark { fill: var(--mark); } .empty { fill: var(--empty); }
.tick { fill: var(--soft); } .name { fill: var(--ink); } .value { fill: var(--soft); }
table { width: 100%; border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
th { color: var(--soft); font-weight: 500; font-size: 13px; white-space: nowrap; }
th, td { padding: 6px 0 6px 10px; border-bottom: 1px solid var(--line); text-align: right; }
th:first-child, td:first-child { padding-left: 0; text-align: left; }
tr:last-child td { border-bottom: 0; }
footer { font-size: 13px; padding: 8px 2px; }
`;
