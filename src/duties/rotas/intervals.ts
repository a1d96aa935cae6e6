import type { Hours } from "../../model/rotas.js";

/** Hours without those that share no instant with a window, and without what is outside of it. */
export function within<T extends Hours>(hours: readonly T[], { start, end }: Hours): readonly T[] {
  return hours.flatMap((some) => {
    const cut = { ...some, start: Math.max(some.start, start), end: Math.min(some.end, end) };
    return cut.start < cut.end ? [cut] : [];
  });
}

/** The same instants as few hours as possible: in order, apart from each other. */
export function united(hours: readonly Hours[]): readonly Hours[] {
  const result: { start: number; end: number }[] = [];
  for (const { start, end } of [...hours].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

/** How long these are together, in milliseconds. Those that overlap count twice. */
export function lengthOf(hours: readonly Hours[]): number {
  return hours.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** Whether two windows share an instant. */
export function meet(a: Hours, b: Hours): boolean {
  return a.start < b.end && b.start < a.end;
}

/** The order of ids: by code units, the same everywhere. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
