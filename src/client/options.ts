import type { Command, CommandType } from "../model/commands.js";

/** What a command takes, as the options of a verb. */
export type Options<T extends CommandType> = Omit<Command<T>, "type">;
