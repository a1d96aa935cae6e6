import { InvalidInputError } from "../kernel/errors.js";
import { type Instant, type InstantInput, toInstant } from "../kernel/time.js";
import type { Message, MessageKind } from "../model/message.js";
import { checkedText } from "./checked.js";

/** What `search` takes. */
export type SearchOptions = {
  /** Who asks: only channels that this member may view are searched. */
  readonly as: string;
  /** What to look for: words, `"words in quotes"`, `-word`. */
  readonly text: string;
  /** Only in these channels. Those that `as` may not view, or that there are not, have no hits. Default: all. */
  readonly channels?: readonly string[] | undefined;
  /** Only what these people said, by their ids. */
  readonly authors?: readonly string[] | undefined;
  /** Only messages of these kinds. */
  readonly kinds?: readonly MessageKind[] | undefined;
  /** Only what was said from this instant on, and before that one. */
  readonly from?: InstantInput | undefined;
  readonly to?: InstantInput | undefined;
  /** At most this many hits, 1 to 200. Default 20. */
  readonly limit?: number | undefined;
};

/** A message as a search gives it: what it says, without what others did with it since. */
export type FoundMessage = Omit<Message, "sequence" | "votes" | "reactions" | "pinned">;

/** A message that was found, and how well it fits: more is better. Compare scores within one answer only. */
export type SearchHit = {
  readonly message: FoundMessage;
  readonly channel: string;
  readonly score: number;
};

/** What was found, the best first, and whether there is more of it. */
export type SearchResult = { readonly hits: readonly SearchHit[]; readonly more: boolean };

const USUAL = 20;
const MOST = 200;

/** The options, checked. */
export type Asked = Omit<SearchOptions, "from" | "to" | "limit"> & {
  readonly from: Instant | undefined;
  readonly to: Instant | undefined;
  readonly limit: number;
};

/**
 * Checks what was asked.
 *
 * @throws InvalidInputError `INVALID_INPUT` where it cannot be searched for.
 */
export function readOptions({ from, to, limit = USUAL, ...rest }: SearchOptions): Asked {
  checkedText("as", rest.as);
  checkedText("text", rest.text);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw new InvalidInputError(
      "INVALID_INPUT",
      `\`limit\` of search must be a whole number from 1 to ${MOST}.`,
    );
  }
  return {
    ...rest,
    from: from === undefined ? undefined : toInstant(from),
    to: to === undefined ? undefined : toInstant(to),
    limit,
  };
}
