import type { Message } from "../../model/message.js";
import { curateWithSources } from "../slices/curate.js";
import type { SliceRequest } from "../slices/request.js";
import type { RuleName } from "./rules.js";
import type { FindingField } from "./spans.js";

/** Something that redacting takes out of one place. */
export type Finding = {
  /** Names what was found wherever it is: hand it in as `spare`, and all of it stays. */
  readonly key: string;
  readonly rule: RuleName;
  /** The id of the message in the slice, or `null` for what stands around the messages. */
  readonly message: string | null;
  readonly field: FindingField;
  readonly text: string;
  readonly replacement: string;
  /** A little of what stands before and after it. */
  readonly before: string;
  readonly after: string;
};

/** How much is shown around a finding, in UTF-16 code units. */
const AROUND = 24;

/**
 * What redacting would take out, finding by finding, in the order of the slice: to be looked at before it is applied. It is exactly
 * what `curate` takes out of texts for the same request. Authors who appear under another name, and names of files that go because
 * all of them do, are not listed.
 *
 * ```ts
 * const findings = reviewRedactions(messages, request);
 * const wrong = findings.filter(({ text }) => text === "2 K").map(({ key }) => key);
 * curate(messages, { ...request, spare: wrong });
 * ```
 */
export function reviewRedactions(messages: readonly Message[], request: SliceRequest): readonly Finding[] {
  const findings: Finding[] = [];
  curateWithSources(messages, request, ({ message, field, text, span, replacement }) => {
    const { start, end, key, rule } = span;
    findings.push({
      ...{ key, rule, message, field, text: text.slice(start, end), replacement },
      before: text.slice(Math.max(0, start - AROUND), start),
      after: text.slice(end, end + AROUND),
    });
  });
  return findings;
}
