/** How much of one text, list or object is shown. */
const SHOWN = 12;
const SHOWN_TEXT = 120;

/**
 * A value as it is written in code, cut where it is long. What cannot be told apart by eye is escaped: two texts that
 * are not the same do not look the same.
 */
export function show(value: unknown, depth = 0): string {
  if (typeof value === "string") return showText(value);
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Error) return showError(value);
  if (depth > 5) return Array.isArray(value) ? "[...]" : "{ ... }";
  if (Array.isArray(value)) {
    const items = value.slice(0, SHOWN).map((item) => show(item, depth + 1));
    if (value.length > SHOWN) items.push(`... ${value.length} in all`);
    return `[${items.join(", ")}]`;
  }
  if (value instanceof Date) return `a Date, ${value.toISOString()}`;
  const keys = Object.keys(value);
  if (keys.length === 0) return "{}";
  const entries = keys
    .slice(0, SHOWN)
    .map((key) => `${showKey(key)}: ${show(Reflect.get(value, key), depth + 1)}`);
  if (keys.length > SHOWN) entries.push(`... ${keys.length} in all`);
  return `{ ${entries.join(", ")} }`;
}

/** A key as it is written in code. */
export function showKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : showText(key);
}

/** What was thrown, in one line. */
export function showError(error: unknown): string {
  if (!(error instanceof Error)) return show(error);
  const code: unknown = Reflect.get(error, "code");
  return `${error.name}${typeof code === "string" ? ` ${code}` : ""}: ${error.message}`;
}

function showText(text: string): string {
  const shown = text.length > SHOWN_TEXT ? text.slice(0, SHOWN_TEXT) : text;
  const escaped = JSON.stringify(shown).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return shown === text ? escaped : `${escaped}... (${text.length} code units)`;
}
