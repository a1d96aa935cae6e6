/** What a caller writes over what it holds. */
const SCRIBBLE = "written by the caller over its own copy";

/** Writes over everything in a value, as a careless caller might. A store that shares it with its caller shows. */
export function scribble(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const key of Object.keys(value)) {
    const inner: unknown = Reflect.get(value, key);
    if (typeof inner === "object" && inner !== null) scribble(inner);
    // Says false, and throws nothing, where the value is frozen.
    else Reflect.set(value, key, SCRIBBLE);
  }
  if (Array.isArray(value)) Reflect.set(value, value.length, SCRIBBLE);
}
