import { InvalidInputError } from "./errors.js";

/**
 * An amount of money: an integer number of the currency's minor units (cents, yen, fils) and its ISO 4217 code.
 * Never a float, never a sum over two currencies.
 */
export type Money = { readonly minor: number; readonly currency: string };

/** Whether this can be an amount: a safe integer and a three-letter upper-case code. */
export function isMoney(value: unknown): value is Money {
  if (typeof value !== "object" || value === null) return false;
  const { minor, currency } = value as Partial<Money>;
  return Number.isSafeInteger(minor) && typeof currency === "string" && /^[A-Z]{3}$/.test(currency);
}

/**
 * Turns an exact sum back into a number.
 *
 * @throws InvalidInputError `INVALID_INPUT` where it is beyond 2^53, so that no cent is ever rounded away.
 */
export function toMinor(sum: bigint): number {
  const minor = Number(sum);
  if (!Number.isSafeInteger(minor)) {
    throw new InvalidInputError(
      "INVALID_INPUT",
      `The sum ${sum} is too large to be held exactly in minor units.`,
    );
  }
  return minor;
}

/** One share of an {@link allocate}: who gets it, and how much of the whole. Weights are never negative. */
export type Share = { readonly key: string; readonly weight: bigint };

/**
 * Splits a total over weighted shares so that the parts sum to the total exactly: the largest-remainder
 * (Hamilton) method on exact integers.
 *
 * Each share first gets the floor of its quota |total| · weight / Σ weight. What is left goes out one unit each
 * by descending fractional part, then larger weight, then key in UTF-8 byte order, then position. The sign comes
 * last, so that a refund mirrors its sale. Where all weights are 0 nothing can be split, and all parts are 0.
 *
 * ```ts
 * allocate(100n, [{ key: "a", weight: 1n }, { key: "b", weight: 1n }, { key: "c", weight: 1n }]);
 * // => [34n, 33n, 33n]
 * ```
 */
export function allocate(total: bigint, shares: readonly Share[]): bigint[] {
  const sum = shares.reduce((all, share) => all + share.weight, 0n);
  if (sum === 0n) return shares.map(() => 0n);
  const size = total < 0n ? -total : total;
  const parts = shares.map(({ weight }) => (size * weight) / sum);
  const remainders = shares.map(({ weight }) => (size * weight) % sum);
  let left = size - parts.reduce((all, part) => all + part, 0n);
  const order = shares
    .map((share, index) => ({ share, index, remainder: remainders[index] ?? 0n }))
    .sort(
      (a, b) =>
        compare(b.remainder, a.remainder) ||
        compare(b.share.weight, a.share.weight) ||
        compareBytes(a.share.key, b.share.key) ||
        a.index - b.index,
    );
  for (const { index } of order) {
    if (left === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return total < 0n ? parts.map((part) => -part) : parts;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** UTF-8 byte order is code point order; UTF-16 order differs from it beyond U+FFFF. */
function compareBytes(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
