import { readFile } from "node:fs/promises";
import type { Money, SpaceHandle } from "chat-spaces";
import { CsvError, parse } from "csv-parse/sync";

/** A row of orders.csv. Its id stays the same whenever it is read, so that nothing is recorded twice. */
type Row =
  | {
      readonly cohort: string;
      readonly click: { readonly id: string; readonly at: string; readonly visitor: string };
    }
  | { readonly conversion: Parameters<SpaceHandle["recordConversion"]>[0] };

/** What a redirect and a shop would report one by one, as a file. */
export type Orders = { readonly rows: readonly Row[]; readonly cohorts: readonly string[] };

const COLUMNS = ["kind", "at", "cohort", "visitor", "order", "amount", "currency", "refund_id"] as const;

/** Reads a CSV file with the columns of examples/demo/data/orders.csv. */
export async function readOrders(file: string): Promise<Orders> {
  const records = readRecords(file, await readFile(file));
  const rows = records.map((record, index) => readRow(record, index + 2));
  return { rows, cohorts: [...new Set(rows.flatMap((row) => ("click" in row ? [row.cohort] : [])))] };
}

/** Records every row. Reading the same file again records nothing. */
export async function recordOrders(
  drop: SpaceHandle,
  { rows }: Orders,
): Promise<{ readonly added: number; readonly known: number }> {
  const linkOf = new Map(Object.values(drop.space.links).map(({ id, cohort }) => [cohort, id]));
  let added = 0;
  for (const row of rows) {
    const { recorded } =
      "click" in row
        ? await drop.recordClick({ ...row.click, link: linkOf.get(row.cohort) ?? "" })
        : await drop.recordConversion(row.conversion);
    if (recorded) added += 1;
  }
  return { added, known: rows.length - added };
}

function readRecords(file: string, content: Buffer): readonly Record<string, string>[] {
  const columns = (header: string[]): string[] => {
    const missing = COLUMNS.filter((column) => !header.includes(column));
    if (missing.length > 0) throw new TypeError(`${file} lacks the columns ${missing.join(", ")}.`);
    return header;
  };
  try {
    return parse(content, { bom: true, columns, skip_empty_lines: true });
  } catch (error) {
    throw error instanceof CsvError ? new TypeError(`${file}: ${error.message}.`) : error;
  }
}

function readRow(record: Record<string, string>, line: number): Row {
  const { kind, at = "", visitor = "", cohort = "", order = "" } = record;
  switch (kind) {
    case "click":
      return { cohort, click: { id: `click:${line}`, at, visitor } };
    case "signup":
      return { conversion: { kind, at, visitor, order } };
    case "sale":
      return { conversion: { kind, at, visitor, order, amount: readMoney(record, line) } };
    case "refund":
      // An order may be refunded in parts, so a refund has an id; a sale and a sign-up go by their order.
      return {
        conversion: { kind, id: record["refund_id"], at, visitor, order, amount: readMoney(record, line) },
      };
    default:
      throw new TypeError(`Line ${line}: the kind ${kind} is none of click, sale, refund and signup.`);
  }
}

/** 38.10 GBP is 3810 pence. Read digit by digit: 38.1 times 100 is not 3810 in floating point. */
function readMoney({ amount = "", currency = "" }: Record<string, string>, line: number): Money {
  const digits = fractionDigits(currency);
  const [whole = "", fraction = ""] = amount.split(".");
  if (!/^\d+$/.test(whole) || !/^\d*$/.test(fraction) || fraction.length > digits) {
    throw new TypeError(`Line ${line}: ${amount} is not an amount in ${currency}.`);
  }
  return { minor: Number(whole + fraction.padEnd(digits, "0")), currency };
}

/** How many digits a currency has after the point: 2 for GBP, 0 for JPY (ISO 4217). */
export function fractionDigits(currency: string): number {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}
