import * as z from "zod/mini";
import { isWellFormed } from "./json.js";
import { quote } from "./text.js";

/** What was wrong with a field: where, and what was expected there. */
export type Issue = { readonly path: string; readonly expected: string };

/** The value, or what is wrong with it. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** As many issues as somebody would mend at once: the answer to a megabyte of them is not another megabyte. */
const MAX_ISSUES = 10;

/** Checks a value against a schema and says in words what is wrong. zod/mini's own messages carry no locale. */
export function parse<T>(schema: z.ZodMiniType<T>, value: unknown): Parsed<T> {
  const result = z.safeParse(schema, value, { reportInput: true });
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, issues: result.error.issues.slice(0, MAX_ISSUES).map(describe) };
}

/** The issues as one sentence: `role: one of "host", "guest"; maxUses: a whole number of at least 1`. */
export function sentence(issues: readonly Issue[]): string {
  return issues.map(({ path, expected }) => (path ? `${path}: ${expected}` : expected)).join("; ");
}

type ZodIssue = z.core.$ZodIssue;

function describe(issue: ZodIssue): Issue {
  return { path: issue.path.map(String).join("."), expected: expectation(issue) };
}

function expectation(issue: ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? `is missing (${article(issue.expected)})`
        : `must be ${article(issue.expected)}`;
    case "unrecognized_keys":
      return `has unknown ${issue.keys.slice(0, MAX_ISSUES).map(quote).join(", ")}`;
    case "invalid_value":
      return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "too_small":
      return `must have ${issue.origin === "number" || issue.origin === "int" ? "a value" : "a length"} of at least ${issue.minimum}`;
    case "too_big":
      return `must have ${issue.origin === "number" || issue.origin === "int" ? "a value" : "a length"} of at most ${issue.maximum}`;
    case "custom":
    case "invalid_union":
      return typeof issue.message === "string" && issue.message !== "Invalid input"
        ? issue.message
        : "is not valid";
    default:
      return "is not valid";
  }
}

function article(type: string): string {
  return type === "int" ? "a whole number" : /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}

/** Builds a schema at its first use: an import must not pay for schemas that are never asked. */
export function lazily<T>(build: () => T): () => T {
  let built: T | undefined;
  return () => {
    built ??= build();
    return built;
  };
}

const CONTROL = /\p{Cc}/u;

/** A check that speaks for itself. */
export function must<T>(test: (value: T) => boolean, expected: string): z.core.$ZodCheck<T> {
  return z.refine(test, { error: expected });
}

/** An id of the host's: 1 to 256 characters, well-formed, without control characters. Anything else goes. */
export const id: () => z.ZodMiniType<string> = lazily(() =>
  z.string().check(
    z.minLength(1),
    z.maxLength(256),
    must(
      (text) => isWellFormed(text) && !CONTROL.test(text),
      "must be well-formed text without control characters",
    ),
  ),
);

/** Text of people: well-formed, at most `max` characters (Unicode code points). */
export function text(max: number): z.ZodMiniType<string> {
  return z.string().check(z.maxLength(max), must(isWellFormed, "must be well-formed text"));
}
