import type { ImportCode } from "../../kernel/codes.js";
import { ImportError } from "../../kernel/errors.js";
import { type Issue, sentence } from "../../kernel/schema.js";

/** The file is no bundle. */
export function invalid(why: string, details: { readonly line?: number } = {}): ImportError {
  return new ImportError("BUNDLE_INVALID", `This is not a bundle: ${why}.`, details);
}

/** The bundle is not the one that was written. */
export function altered(why: string, line?: number): ImportError {
  return about("BUNDLE_ALTERED", "The bundle was altered", why, line);
}

/** The bundle ends too early. */
export function truncated(): ImportError {
  return new ImportError("BUNDLE_TRUNCATED", "The bundle is cut short: its last line is missing.");
}

/** Something is larger than the limit. */
export function tooLarge(what: string, limit: number): ImportError {
  return new ImportError("BUNDLE_TOO_LARGE", `${what} is larger than the limit of ${limit}.`, { limit });
}

/** A line is no event that this version knows, or not where it stands. */
export function invalidEvent(line: number, issues: readonly Issue[]): ImportError {
  return new ImportError("BUNDLE_INVALID_EVENT", `Line ${line} is no event: ${sentence(issues)}.`, {
    line,
    issues,
  });
}

function about(code: ImportCode, what: string, why: string, line: number | undefined): ImportError {
  const where = line === undefined ? "" : ` at line ${line}`;
  return new ImportError(code, `${what}${where}: ${why}.`, line === undefined ? {} : { line });
}
