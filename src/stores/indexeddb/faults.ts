import type { StoreCode } from "../../kernel/codes.js";
import { StoreError } from "../../kernel/errors.js";
import { VERSION } from "./schema.js";

/** What browsers call their faults, as the `name` of a DOMException, that have names of their own here. */
const FAULTS: ReadonlyMap<string, readonly [StoreCode, string]> = new Map([
  [
    "QuotaExceededError",
    ["STORE_FULL", "The browser gives this page no more room. Nothing of the commit was kept."],
  ],
  ["SecurityError", ["STORE_CANNOT_OPEN", "The browser does not let this page keep anything."]],
  // How a transaction ends, or does not even begin, where the browser has closed the database by itself.
  ["AbortError", ["STORE_UNREACHABLE", "The browser closed the database while it was used."]],
  ["InvalidStateError", ["STORE_UNREACHABLE", "The browser closed the database while it was used."]],
]);

/** The browser's error as one of ours, with the browser's as its cause. */
export function asStoreError(error: unknown, name: string): StoreError {
  const kind = error instanceof Error ? error.name : "";
  if (kind === "VersionError") return newerVersion(name, undefined, error);
  const text = error instanceof Error ? `${kind}: ${error.message}` : String(error);
  const [code, message] = FAULTS.get(kind) ?? ["STORE_FAULT", `The database failed: ${text}`];
  return new StoreError(code, message, { name }, { cause: error });
}

/** The fault of a database that was made, or is about to be upgraded, by a newer version of the library. */
export function newerVersion(name: string, version: number | undefined, cause?: unknown): StoreError {
  return new StoreError(
    "STORE_NEWER_VERSION",
    `The database belongs to a newer chat-spaces; this one knows version ${VERSION}. Reload the page, or update chat-spaces.`,
    { name, ...(version === undefined ? {} : { version }), known: VERSION },
    { cause },
  );
}
