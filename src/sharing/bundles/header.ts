import type * as z from "zod/mini";
import { ImportError } from "../../kernel/errors.js";
import { parse, sentence } from "../../kernel/schema.js";
import { invalid } from "./faults.js";
import { FORMAT, VERSION } from "./format.js";

/**
 * Reads the first line of a bundle, of a space or a slice.
 *
 * @throws ImportError `BUNDLE_INVALID`, or `BUNDLE_NEWER` where a later version of the library wrote it.
 */
export function readHeader<T>(line: string, schema: z.ZodMiniType<T>): T {
  const value = jsonOf(line);
  if (value?.format !== FORMAT) throw invalid("its first line does not say so", { line: 1 });
  const { version } = value;
  if (typeof version === "number" && version > VERSION) {
    throw new ImportError(
      "BUNDLE_NEWER",
      `The bundle is of version ${version}, and this library reads version ${VERSION}.`,
      { version },
    );
  }
  const parsed = parse(schema, value);
  if (!parsed.ok) throw invalid(`its first line is wrong: ${sentence(parsed.issues)}`, { line: 1 });
  return value as T;
}

type Loose = { readonly format?: unknown; readonly version?: unknown };

function jsonOf(line: string): Loose | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Loose) : undefined;
  } catch {
    return undefined;
  }
}
