import { styleText } from "node:util";
import stringWidth from "string-width";

type Style = Parameters<typeof styleText>[0];

const colours = process.stdout.isTTY && process.env["NO_COLOR"] === undefined;

/** Text in a style, where the terminal shows any. */
export function paint(style: Style, text: string): string {
  return colours ? styleText(style, text) : text;
}

/** A heading over a part of the story. */
export function heading(number: number, text: string): void {
  console.log(`\n${paint("cyan", String(number).padStart(2))}  ${paint("bold", text)}`);
}

/** A line below a heading. */
export function say(text: string): void {
  console.log(`    ${text}`);
}

/** Rows of cells, columns lined up: to the left, or to the right where the name of the column ends in `>`. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): void {
  const names = columns.map((name) => name.replace(/>$/, ""));
  const widths = names.map((name, index) =>
    Math.max(stringWidth(name), ...rows.map((row) => stringWidth(row[index] ?? ""))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => {
        const space = " ".repeat(Math.max(0, (widths[index] ?? 0) - stringWidth(cell)));
        return columns[index]?.endsWith(">") ? space + cell : cell + space;
      })
      .join("  ")
      .trimEnd();
  say(paint("dim", line(names)));
  for (const row of rows) say(line(row));
}

/** A bar of eighths of a character, `width` characters long where `value` is `most`. */
export function bar(value: number, most: number, width: number): string {
  const eighths = most > 0 ? Math.round((value / most) * width * 8) : 0;
  return "█".repeat(eighths >> 3) + (["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths & 7] ?? "");
}

/** Values as columns one character wide. Whatever is not 0 can be seen. */
export function sparkline(values: readonly number[], most: number): string {
  return values.map((value) => "·▁▂▃▄▅▆▇█"[level(value, most, 8)]).join("");
}

/** Values as shades two characters wide. */
export function shades(values: readonly number[], most: number): string {
  return values.map((value) => [" ·", "░░", "▒▒", "▓▓", "██"][level(value, most, 4)]).join("");
}

/** 0 for nothing, otherwise 1 to `levels` by the square root: beside one huge day the others still differ. */
function level(value: number, most: number, levels: number): number {
  return value <= 0 || most <= 0 ? 0 : Math.ceil(Math.sqrt(value / most) * levels);
}

/** A bar that grows in place; where the output is no terminal, only the end of it is printed. */
export function progress(label: string): (done: number, total: number) => void {
  const width = 32;
  return (done, total) => {
    const filled = total === 0 ? width : Math.round((done / total) * width);
    const line = `    ${paint("green", "█".repeat(filled))}${paint("dim", "░".repeat(width - filled))}  ${count(done)} of ${count(total)} ${label}`;
    if (process.stdout.isTTY) process.stdout.write(`\r${line}${done >= total ? "\n" : ""}`);
    else if (done >= total) console.log(line);
  };
}

/** 1688 as 1,688. */
export function count(value: number): string {
  return value.toLocaleString("en");
}
