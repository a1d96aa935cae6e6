import { ConformanceError } from "./assert.js";

/** What a promise resolves to, if it does so in time; else a failure that says what did not come. */
export async function within<T>(
  milliseconds: number,
  promise: PromiseLike<T>,
  sentence: string | (() => string),
): Promise<T> {
  let stop = (): void => {};
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => {
      const text = typeof sentence === "string" ? sentence : sentence();
      reject(new ConformanceError(`${text}\n  came:     nothing within ${milliseconds} ms`));
    }, milliseconds);
    stop = () => clearTimeout(timer);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    stop();
  }
}
