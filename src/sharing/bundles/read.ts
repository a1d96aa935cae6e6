import { canonicalJson } from "../../kernel/canonical.js";
import { isWellFormed } from "../../kernel/json.js";
import { type Issue, parse, sentence } from "../../kernel/schema.js";
import type { SpaceEvent } from "../../model/events.js";
import { blocksOf } from "./blocks.js";
import { eventSchema } from "./events/event.js";
import { altered, invalid, invalidEvent, truncated } from "./faults.js";
import type { BundleHeader, BundlePart, BundleTrailer } from "./format.js";
import { readHeader } from "./header.js";
import { headerSchema, partSchema, trailerSchema } from "./shapes.js";
import { isSignedRight } from "./signing.js";
import { summaryOf, tallyOf } from "./tally.js";

/** A line of a bundle that was checked. */
export type BundleLine =
  | { readonly is: "header"; readonly header: BundleHeader }
  | { readonly is: "part"; readonly part: BundlePart }
  | { readonly is: "event"; readonly event: SpaceEvent }
  | { readonly is: "trailer"; readonly trailer: BundleTrailer };

/** Reads a bundle line by line and checks each: its shape, its place, and with the last one counts, root and signature. */
export type BundleReader = {
  /** @throws ImportError where the line cannot be where it is. */
  read(line: string): BundleLine;
  /** @throws ImportError where there has to be more. */
  end(rest: string): void;
};

/** Starts before the header. */
export function bundleReader(): BundleReader {
  const blocks = blocksOf();
  const tally = tallyOf();
  let number = 0;
  let part: BundlePart | undefined;
  let ended = false;
  let hasCharter = false;

  const readPart = (value: object): BundleLine => {
    const parsed = parse(partSchema(), value);
    if (!parsed.ok)
      throw invalid(`line ${number} opens no part: ${sentence(parsed.issues)}`, { line: number });
    const next = parsed.value;
    if (part ? !isAfter(next, part) : next.part !== "charter") {
      throw invalid(`the part that line ${number} opens is not in its place`, { line: number });
    }
    part = next;
    return { is: "part", part: next };
  };

  const readEvent = (value: object, line: string): BundleLine => {
    if (!part) throw invalidEvent(number, [{ path: "", expected: "must come after the line of its part" }]);
    const issues = issuesOf(part, value, hasCharter);
    if (issues.length > 0) throw invalidEvent(number, issues);
    // Half a surrogate pair is JSON and no text: no store takes it.
    if (line.includes("\\ud") && !isDeeplyWellFormed(value)) {
      throw invalidEvent(number, [{ path: "", expected: "must be well-formed text" }]);
    }
    hasCharter = true;
    const event = value as SpaceEvent;
    tally.add(event);
    return { is: "event", event };
  };

  const readTrailer = (value: object, line: string): BundleLine => {
    const parsed = parse(trailerSchema(), value);
    if (!parsed.ok) throw altered(`the last line is none: ${sentence(parsed.issues)}`, number);
    const trailer = value as BundleTrailer;
    if (canonicalJson(trailer) !== line) throw altered("the last line is not as it was written", number);
    if (canonicalJson(trailer.counts) !== canonicalJson(tally.counts())) {
      throw altered("it has other events than it says", number);
    }
    if (!hasCharter) throw invalid("it holds no space", { line: number });
    const { root, size } = blocks.end(summaryOf(trailer));
    if (trailer.root !== root) throw altered("something in it is not as it was written", number);
    if (!isSignedRight(trailer, size)) throw altered("the signature is not that of the key", number);
    ended = true;
    return { is: "trailer", trailer };
  };

  return {
    read(line) {
      number++;
      if (ended) throw altered("something stands after the last line", number);
      if (number === 1) {
        const header = readHeader(line, headerSchema());
        blocks.add(line);
        return { is: "header", header };
      }
      const value = jsonOf(line, number);
      if (Object.hasOwn(value, "root")) return readTrailer(value, line);
      blocks.add(line);
      return Object.hasOwn(value, "part") ? readPart(value) : readEvent(value, line);
    },
    end(rest) {
      if (number === 0 && !rest.includes(FORMAT_FIELD))
        throw invalid(rest === "" ? "it is empty" : "it has no line");
      if (!ended) throw truncated();
      if (rest !== "") throw altered("something stands after the last line");
    },
  };
}

const FORMAT_FIELD = '"format":"chat-spaces/bundle"';

/** Parts come in one order: the charter, the channels by their ids, the traffic. */
function isAfter(part: BundlePart, before: BundlePart): boolean {
  const order = ["charter", "timeline", "traffic"] as const;
  if (part.part === "timeline" && before.part === "timeline") return part.channel > before.channel;
  return order.indexOf(part.part) > order.indexOf(before.part);
}

function issuesOf({ part }: BundlePart, value: object, hasCharter: boolean): readonly Issue[] {
  const type = (value as { readonly type?: unknown }).type;
  const schema = typeof type === "string" ? eventSchema(part, type) : undefined;
  if (!schema) return [{ path: "type", expected: `must be the type of an event of the ${part}` }];
  if (!hasCharter && type !== "space.created")
    return [{ path: "type", expected: 'must be "space.created" first' }];
  const parsed = parse(schema, value);
  return parsed.ok ? [] : parsed.issues;
}

function jsonOf(line: string, number: number): object {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below.
  }
  throw altered("the line is no JSON object", number);
}

function isDeeplyWellFormed(value: unknown): boolean {
  if (typeof value === "string") return isWellFormed(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, item]) => isWellFormed(key) && isDeeplyWellFormed(item));
}
