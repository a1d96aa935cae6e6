import type { Commit } from "chat-spaces";

/** The batch of three events with this number, 0, 1, 2, ..., as large as it takes for it to be written in parts. */
export function batch(number: number): Commit {
  const events = ["a", "b", "c"].map((name) => ({
    id: `${number}-${name}`,
    type: "note.written",
    at: Date.parse("2026-05-01T12:00:00Z") + number,
    by: "ana",
    data: name.repeat(20_000),
  }));
  return { id: `batch-${number}`, expected: 3 * number, events };
}
