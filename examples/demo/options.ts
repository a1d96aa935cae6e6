import { basename, extname } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { DateOrder } from "chat-spaces/whatsapp";

/** What the demo runs on and where it puts things. */
export type DemoOptions = {
  /** Whether it runs on the invented chat beside it, with its own cast and its own today. */
  readonly invented: boolean;
  readonly chatFile: string;
  readonly ordersFile: string;
  readonly spaceId: string;
  readonly timeZone: string;
  readonly dateOrder: DateOrder | undefined;
  readonly outFolder: string;
  readonly now: () => number;
};

export const USAGE = `Usage: npm run demo -- [export.txt or export.zip] [options]

  --time-zone ZONE      where the phone was that made the export, such as Europe/Berlin (default: this machine's)
  --date-order ORDER    dmy, mdy or ymd, where the export itself does not tell
  --orders FILE         clicks and sales as CSV, in the columns of examples/demo/data/orders.csv
  --out FOLDER          where the database, the report and the slice go (default: out)`;

const DATA = new URL("data/", import.meta.url);
const CHAT = fileURLToPath(new URL("WhatsApp Chat with Tidewater Studio.txt", DATA));
const ORDERS = fileURLToPath(new URL("orders.csv", DATA));
/** The invented drop was on Friday, 1 May 2026; its story is told on the Monday after. */
const STORY_NOW = Date.parse("2026-05-04T09:00:00+01:00");

/** Reads the command line. */
export function readOptions(argv: readonly string[]): DemoOptions | "help" {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      "time-zone": { type: "string" },
      "date-order": { type: "string" },
      orders: { type: "string" },
      out: { type: "string", default: "out" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  const [chatFile, ...more] = positionals;
  if (more.length > 0) throw new TypeError(`One export at a time: what is ${more.join(" ")}?`);
  const invented = chatFile === undefined;
  return {
    invented,
    chatFile: chatFile ?? CHAT,
    ordersFile: values.orders ?? ORDERS,
    spaceId: invented ? "spring-drop" : idFrom(chatFile),
    timeZone:
      values["time-zone"] ??
      (invented ? "Europe/London" : new Intl.DateTimeFormat().resolvedOptions().timeZone),
    dateOrder: readDateOrder(values["date-order"]),
    outFolder: values.out,
    now: invented ? () => STORY_NOW : Date.now,
  };
}

/** Each export gets a space of its own, found again by the name of its file. */
function idFrom(file: string): string {
  const name = basename(file, extname(file)).toLowerCase();
  return name.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "chat";
}

function readDateOrder(text: string | undefined): DateOrder | undefined {
  if (text === undefined || text === "dmy" || text === "mdy" || text === "ymd") return text;
  throw new TypeError(`--date-order ${text} is none of dmy, mdy and ymd.`);
}
