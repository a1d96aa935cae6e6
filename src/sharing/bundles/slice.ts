import { canonicalJson } from "../../kernel/canonical.js";
import { parse, sentence } from "../../kernel/schema.js";
import type { Slice, SliceMessage } from "../slices/slice.js";
import { blocksOf } from "./blocks.js";
import { altered, invalid, truncated } from "./faults.js";
import { FORMAT, VERSION } from "./format.js";
import { readHeader } from "./header.js";
import { lineSplitter } from "./lines.js";
import { MAX_LINE } from "./scan.js";
import { sliceHeaderSchema, sliceMessageSchema } from "./slice-shapes.js";

/**
 * A slice as a bundle: a line that says what it is, its policy and its seal included, a line for each message, and a last one with
 * their number and the root of the hash tree over what comes before. The same slice gives the same text.
 *
 * ```ts
 * const text = sliceToBundle(slice);
 * readSliceBundle(text); // the same slice
 * ```
 */
export function sliceToBundle({ messages, ...rest }: Slice): string {
  const blocks = blocksOf();
  const lines = [{ ...rest, format: FORMAT, kind: "slice", version: VERSION }, ...messages].map(
    canonicalJson,
  );
  for (const line of lines) blocks.add(line);
  const count = messages.length;
  const { root } = blocks.end(summaryOf(count));
  return `${lines.join("\n")}\n${canonicalJson({ messages: count, root })}\n`;
}

/**
 * The slice in a bundle. It is checked that it is whole and as it was written; who sealed it is for `verifySlice` of
 * `chat-spaces/provenance` to say.
 *
 * @throws ImportError with a code that begins with `BUNDLE_`.
 */
export function readSliceBundle(source: string | Uint8Array): Slice {
  const splitter = lineSplitter(MAX_LINE);
  const lines = [...splitter.push(source)];
  const rest = splitter.end();
  const first = lines.shift();
  if (first === undefined) throw invalid("it has no line");
  const header = readHeader(first, sliceHeaderSchema());
  const last = lines.pop();
  if (last === undefined || rest !== "") throw truncated();
  const blocks = blocksOf();
  blocks.add(first);
  const messages = lines.map((line, index) => {
    blocks.add(line);
    return messageOf(line, index + 2);
  });
  const { root } = blocks.end(summaryOf(messages.length));
  if (last !== canonicalJson({ messages: messages.length, root })) {
    throw jsonOf(last)?.["root"] === undefined
      ? truncated()
      : altered("something in it is not as it was written");
  }
  const { format: _, kind: __, version: ___, ...slice } = header;
  return { ...slice, messages };
}

function summaryOf(messages: number): string {
  return canonicalJson({ messages });
}

function messageOf(line: string, number: number): SliceMessage {
  const value = jsonOf(line);
  const parsed = parse(sliceMessageSchema(), value);
  if (!parsed.ok) throw altered(`it is no message: ${sentence(parsed.issues)}`, number);
  return value as SliceMessage;
}

function jsonOf(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
