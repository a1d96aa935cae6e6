import { show, showKey } from "./show.js";

/** Where two values part, and what is there in each. */
export type Difference = { readonly at: string; readonly expected: string; readonly actual: string };

/**
 * The first difference between what was expected and what came, as JSON has it: the order of keys does not matter,
 * -0 is not 0, and a key that holds `undefined` is a key.
 */
export function difference(actual: unknown, expected: unknown, at = ""): Difference | undefined {
  if (typeof expected === "string" && typeof actual === "string") return textDifference(actual, expected, at);
  if (!isContainer(expected) || !isContainer(actual)) {
    return Object.is(actual, expected) ? undefined : shown(actual, expected, at);
  }
  if (Array.isArray(expected) !== Array.isArray(actual)) return shown(actual, expected, at);
  if (Array.isArray(expected) && Array.isArray(actual)) {
    for (let index = 0; index < Math.max(expected.length, actual.length); index++) {
      if (index >= expected.length || index >= actual.length) {
        const [one, other] = [actual, expected].map((list) => `${list.length} of them: ${show(list)}`);
        return { at, expected: other ?? "", actual: one ?? "" };
      }
      const found = difference(actual[index], expected[index], `${at}[${index}]`);
      if (found) return found;
    }
    return undefined;
  }
  const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  for (const key of keys) {
    const place = /^[A-Za-z_$][\w$]*$/.test(key) ? `${at}.${key}` : `${at}[${showKey(key)}]`;
    if (!Object.hasOwn(actual, key))
      return { at: place, expected: show(expected[key]), actual: "no such key" };
    if (!Object.hasOwn(expected, key))
      return { at: place, expected: "no such key", actual: show(actual[key]) };
    const found = difference(actual[key], expected[key], place);
    if (found) return found;
  }
  return undefined;
}

function isContainer(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null;
}

function shown(actual: unknown, expected: unknown, at: string): Difference {
  return { at, expected: show(expected), actual: show(actual) };
}

/** Of long texts only where they part. */
function textDifference(actual: string, expected: string, at: string): Difference | undefined {
  if (actual === expected) return undefined;
  if (actual.length <= 80 && expected.length <= 80) return shown(actual, expected, at);
  let from = 0;
  while (actual[from] === expected[from]) from++;
  const around = (text: string) =>
    `${show(text.slice(Math.max(0, from - 10), from + 20))} (of ${text.length} code units)`;
  return { at: `${at}, near character ${from}`, expected: around(expected), actual: around(actual) };
}
