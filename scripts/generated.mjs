// Shared by the scripts that make a page: writes it, or with --check says that it is out of date.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Writes `text` to `page`, a path from the root; with --check only compares, and names `command` as the remedy. */
export function keepUpToDate(page, text, command) {
  const path = join(root, page);
  const current = existsSync(path) ? readFileSync(path, "utf8").replaceAll("\r\n", "\n") : undefined;
  if (current === text) {
    console.log(`${page} is up to date.`);
  } else if (process.argv.includes("--check")) {
    console.error(`${page} is ${current === undefined ? "missing" : "out of date"}. Run: ${command}`);
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`${page} written.`);
  }
}
