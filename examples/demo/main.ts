import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import {
  ChatSpacesError,
  CODES,
  createSpaces,
  linkUrl,
  type Remedy,
  type Slice,
  type SliceFormat,
} from "chat-spaces";
import { sqliteStore } from "chat-spaces/sqlite";
import { parseWhatsApp } from "chat-spaces/whatsapp";
import { type DemoOptions, readOptions, USAGE } from "./options.js";
import { readOrders } from "./orders.js";
import { reportHtml } from "./report-html.js";
import { printReport } from "./report-terminal.js";
import {
  bringIn,
  followLinks,
  handOverHost,
  inviteFans,
  namesIn,
  openSpace,
  report,
  shareBusiestHour,
} from "./story.js";
import { count, heading, paint, progress, say, table } from "./terminal.js";
import { showInstant } from "./words.js";

// npm run demo -- [export.txt or export.zip] [options]
// The main job of the library, on a SQLite file: see story.ts for the verbs, and this file for what is shown.

async function main(options: DemoOptions): Promise<void> {
  const { chatFile, dateOrder, invented, outFolder, spaceId, timeZone, now } = options;
  const orders = await readOrders(options.ordersFile);
  const history = await parseWhatsApp(await readFile(chatFile), { timeZone, dateOrder });
  await mkdir(outFolder, { recursive: true });
  const out = (name: string): string => join(outFolder, name);

  const spaces = createSpaces({ store: sqliteStore({ path: out("demo.db") }), now });
  const arrived: string[] = [];
  spaces.on("member.joined", ({ data, by }) => {
    if (data.invite !== null) arrived.push(by);
  });

  heading(1, "A space from a template");
  const product = invented ? "Spring kit" : (history.name ?? spaceId);
  const drop = await openSpace(spaces, { id: spaceId, product, timeZone });
  const { space } = drop;
  say(`${space.name}, ${space.stage}, by ${space.visibility} only, days in ${space.timeZone}`);
  table(
    ["channel", "kind", "topic"],
    Object.values(space.channels).map(({ id, kind, topic }) => [id, kind, topic ?? ""]),
  );

  heading(2, "A chat that was there before");
  say(relative("", chatFile));
  say(`"${history.name ?? "a chat"}" on WhatsApp, ${history.participants.length} people`);
  for (const { code, message } of history.warnings) say(paint("yellow", `${code}: ${message}`));
  const { added, known } = await bringIn(drop, history, timeZone, progress("messages"));
  say(`${count(added)} new, ${count(known)} known already`);

  heading(3, "People join by link");
  const token = await inviteFans(drop);
  if (token === undefined) say("jonah, priya and greta joined the last time");
  else say(`guest, 50 uses, 7 days: ${token.slice(0, 16)}… (only its hash is stored)`);
  for (const { campaign, uses, maxUses } of Object.values(drop.space.invites))
    say(`campaign ${campaign}: ${uses} of ${maxUses} uses`);
  if (arrived.length > 0) say(`joined: ${arrived.join(", ")}`);

  heading(4, "Who may do what, and why");
  for (const [who, capability, channel] of [
    ["jonah", "message.post", "lounge"],
    ["jonah", "message.post", "countdown"],
    ["sam", "message.post", "countdown"],
  ] as const) {
    const { effect, code, message, wouldAllow } = drop.explain(who, capability, { channel });
    say(`${effect === "allow" ? paint("green", "✓") : paint("red", "✗")} ${message}  ${paint("dim", code)}`);
    for (const changes of wouldAllow)
      say(paint("dim", `    it would take: ${changes.map(showRemedy).join(" and ")}`));
  }

  heading(5, "The host duty passes on");
  await handOverHost(drop, now());
  for (const { of, from, to, note, window, status } of Object.values(drop.space.handoffs)) {
    const [start, end] = [window?.start ?? now(), window?.end].map((at) => at && showInstant(at, timeZone));
    const what = "duty" in of ? of.duty : "more than a duty";
    say(`${what}: ${from} to ${to}, ${start} to ${end}, ${status}. "${note}"`);
  }

  heading(6, "A slice to share");
  const shared = await shareBusiestHour(drop);
  if (shared) {
    const file = (format: SliceFormat) =>
      drop.slices.export({ by: "ana", slice: shared.id, format, timeZone });
    const { slice, body } = await file("json");
    await writeFile(out("slice.json"), body);
    await writeFile(out("slice.md"), (await file("markdown")).body);
    await writeFile(out("slice.html"), (await file("html")).body);
    showSlice(slice, timeZone);
  } else say("nobody has said anything yet");

  heading(7, "A link for each cohort, and what came of it");
  if (!invented) say(`Clicks and sales are from ${relative("", options.ordersFile)}.`);
  const recorded = await followLinks(drop, orders);
  for (const link of Object.values(drop.space.links)) say(`${link.cohort}: ${paint("dim", linkUrl(link))}`);
  say(`${count(recorded.added)} clicks and orders recorded, ${count(recorded.known)} known already`);

  heading(8, "How it is doing");
  const names = namesIn(await drop.messages("lounge"));
  const result = await report(drop);
  printReport(result, names);
  await writeFile(out("report.html"), reportHtml(drop.space, result, names));
  await spaces.close();

  console.log(
    `\n    ${paint("bold", "Written:")} ${["report.html", "slice.html", "slice.md", "slice.json", "demo.db"].map(out).join(", ")}`,
  );
  console.log("    Nothing left this machine. Run it again: what is known stays as it is.\n");
}

function showRemedy(remedy: Remedy): string {
  if (remedy.type === "role.assign") return `the roles ${remedy.roles.join(", ")}`;
  if (remedy.type === "override.set") return `an override in ${remedy.channel ?? "the space"} for them alone`;
  return remedy.type;
}

function showSlice({ title, messages, redactions }: Slice, timeZone: string): void {
  const hidden = Object.entries(redactions).map(([rule, times]) => `${rule} ${times}×`);
  say(`"${title}": ${messages.length} messages, redacted: ${hidden.join(", ") || "nothing"}`);
  for (const { at, author, body, kind } of messages.slice(0, 6)) {
    const text = body.replace(/\s+/g, " ") || `(${kind})`;
    say(
      paint(
        "dim",
        `${showInstant(at, timeZone)}  ${author ?? ""}: ${text.length > 70 ? `${text.slice(0, 69)}…` : text}`,
      ),
    );
  }
}

/** What went wrong, and what to do about it, for somebody who has not read the code. */
function explain(error: unknown): string {
  if (error instanceof ChatSpacesError) {
    const here =
      error.code === "IMPORT_AMBIGUOUS_DATES" ? " Here: --date-order dmy, or --date-order mdy." : "";
    return `${error.code}: ${error.message}\n${CODES[error.code].todo}${here}`;
  }
  if (!(error instanceof Error)) return String(error);
  if (error instanceof TypeError) return `${error.message}\n\n${USAGE}`;
  // A file that is not there says so by itself; anything else is a defect, and its stack helps.
  return "syscall" in error ? error.message : (error.stack ?? error.message);
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") console.log(USAGE);
  else await main(options);
} catch (error) {
  console.error(`\n${explain(error)}`);
  process.exitCode = 1;
}
