import type { SliceMessage } from "../slices/slice.js";

/** One option of a poll: its votes, and which part of all votes they are, in per cent. */
export type PollResult = {
  readonly option: string;
  readonly votes: number;
  readonly percent: number;
  readonly leads: boolean;
};

/** The results of a poll, in the order of its options. */
export function pollResults({ options, votes }: NonNullable<SliceMessage["poll"]>): readonly PollResult[] {
  const counts = options.map((_, index) => Math.max(0, votes[index] ?? 0) || 0);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const most = Math.max(...counts, 1);
  return options.map((option, index) => {
    const count = counts[index] ?? 0;
    return {
      option,
      votes: count,
      percent: all > 0 ? Math.round((count / all) * 100) : 0,
      leads: count === most,
    };
  });
}

/** `1 vote`, `2 votes`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
