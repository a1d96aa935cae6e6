import type { Outcome } from "../kernel/outcome.js";
import type { Instant } from "../kernel/time.js";
import type { Command, CommandType } from "./commands.js";
import type { EventData, EventType, SpaceEvent } from "./events.js";
import type { Timeline } from "./message.js";
import type { Space } from "./space.js";

/**
 * What a decision may use beside the space and the command. Nothing else is read: no clock, no randomness.
 */
export type Context = {
  /** The instant at which the command is decided, epoch milliseconds. */
  readonly now: Instant;
  /**
   * Makes a new unique id; `prefix` says what for (`evt`, `inv`, `hdo`, `lnk`, `slc`, `msg`, `ovr`, `swp`, `drf`, `sug`, `inc`, `itm`, `chk`, `req`, `shr`, `sed`). Must not repeat.
   */
  readonly newId: (prefix: string) => string;
  /**
   * The messages that the command names, for commands on a timeline: as they were posted, and deleted if they
   * were. What else happened to them is not asked.
   */
  readonly timeline?: Timeline | undefined;
};

/** One capability's part of deciding: the events of a command, or why it is refused. */
export type Decider<T extends CommandType> = (
  space: Space,
  command: Command<T>,
  context: Context,
) => Outcome<SpaceEvent>;

/** One capability's deciders, by the commands they decide. */
export type Deciders<T extends CommandType> = { readonly [K in T]: Decider<K> };

/** Makes an event of a command: its `by` and `reason`, the instant and a new id, unless the event has its own. */
export function happened<T extends EventType>(
  type: T,
  data: EventData[T],
  { by, reason }: { readonly by: string; readonly reason?: string | undefined },
  { now, newId }: Pick<Context, "now" | "newId">,
  id: string = newId("evt"),
): SpaceEvent<T> {
  const event = { id, type, at: now, by, ...(reason === undefined ? {} : { reason }), data };
  return event as SpaceEvent<T>;
}
