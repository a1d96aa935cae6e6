import { InvalidInputError, RefusedError } from "../kernel/errors.js";
import { parseCommand, refuseInvalid } from "../model/command-schemas.js";
import type { Command, CommandType } from "../model/commands.js";

/**
 * A command whose shape is right: for verbs that read what it names before it is decided.
 *
 * @throws RefusedError `INVALID_COMMAND`, as deciding it would be refused.
 */
export function checked<T extends CommandType>(command: Command<T>): Command<T> {
  const parsed = parseCommand(command);
  if (!parsed.ok) throw new RefusedError(refuseInvalid(command, parsed.issues).refusal);
  return command;
}

/**
 * A text that a verb was handed beside a command.
 *
 * @throws InvalidInputError `INVALID_INPUT` where it is none.
 */
export function checkedText(name: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw new InvalidInputError("INVALID_INPUT", `\`${name}\` must be a text.`);
}
