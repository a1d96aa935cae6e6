import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "vitest";
import { corpus } from "../../helpers/corpus.js";

/** A published table of decisions, read where it lies. */
export function readTable<T>(name: string): T {
  return JSON.parse(readFileSync(join(corpus ?? "", "cases", name), "utf8")) as T;
}

/** Tests over a published table. Skipped, and said to be, where there is none. */
export function describeTable<T>(what: string, name: string, body: (table: T) => void): void {
  if (corpus === undefined) {
    test.skip(`${what}: set CHAT_SPACES_CORPUS`);
    return;
  }
  describe(what, () => body(readTable<T>(name)));
}
