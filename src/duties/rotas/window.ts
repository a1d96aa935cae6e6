import { InvalidInputError } from "../../kernel/errors.js";
import { readInstant } from "../../kernel/time.js";
import type { Hours } from "../../model/rotas.js";
import { DAY } from "./local-time.js";

/** How long a window may be that is laid out at once: five years, in milliseconds. */
const LONGEST = 5 * 366 * DAY;

/**
 * The window itself.
 *
 * @throws InvalidInputError `INVALID_INPUT` where it does not end after it starts, or lasts longer than {@link LONGEST}.
 */
export function checked({ start, end }: Hours): Hours {
  if (readInstant(start) !== start || readInstant(end) !== end || start >= end || end - start > LONGEST) {
    throw new InvalidInputError(
      "INVALID_INPUT",
      "A window starts and ends at instants in epoch milliseconds, ends after it starts, and lasts five years at most.",
    );
  }
  return { start, end };
}
