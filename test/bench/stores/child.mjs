import { writeSync } from "node:fs";

/** Hands a result to the process that started this one: one JSON object on the last line. */
export function answer(result) {
  writeSync(1, `\n${JSON.stringify(result)}\n`);
}

/** Does what a peer may fail at, being installed here or not. Then the answer is to leave it out, and this process ends. */
export async function need(act) {
  try {
    return await act();
  } catch (error) {
    answer({ leftOut: reason(error) });
    process.exit();
  }
}

/** What an error says, in one line. */
export function reason(error) {
  return String(error?.message ?? error)
    .replace(/\s+/g, " ")
    .slice(0, 200);
}
