/** How long something takes, over many cases. Durations in milliseconds; `null` where there is no case. */
export type Summary = {
  readonly n: number;
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly max: number | null;
};

/** Summarises values: mean, maximum and type-7 quantiles. No value gives `n: 0` and `null`, never 0 or NaN. */
export function summarise(values: readonly number[]): Summary {
  return summariseSorted(new Float64Array(values).sort());
}

/** Like {@link summarise}, of values that are in ascending order. */
export function summariseSorted(sorted: Float64Array): Summary {
  if (sorted.length === 0) return { n: 0, mean: null, p50: null, p90: null, p95: null, max: null };
  const sum = sorted.reduce((all, value) => all + value, 0);
  return {
    n: sorted.length,
    mean: sum / sorted.length,
    p50: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    p95: quantile(sorted, 0.95),
    max: sorted[sorted.length - 1] ?? null,
  };
}

/**
 * The quantile `p` (0 to 1) of values in ascending order, interpolated linearly: type 7 of Hyndman and Fan
 * (1996), the default of R and NumPy and `PERCENTILE_CONT` of SQL. `null` of nothing.
 */
export function quantile(sorted: ArrayLike<number>, p: number): number | null {
  if (sorted.length === 0) return null;
  const h = (sorted.length - 1) * p;
  const low = Math.floor(h);
  const below = sorted[low] ?? 0;
  const above = sorted[Math.min(low + 1, sorted.length - 1)] ?? below;
  return below + (h - low) * (above - below);
}
