import { accept, type Outcome } from "../../kernel/outcome.js";
import { cleanName } from "../../kernel/text.js";
import { type Instant, toInstant } from "../../kernel/time.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Item } from "../../model/items.js";
import type { Space } from "../../model/space.js";
import { refuseUnknownMember } from "../refusals.js";
import { findItem, refuseSettled } from "./find.js";
import { refusePast } from "./plan.js";

/** Changes what is to be done, by whom, until when. Whoever owns it now, an acknowledgement that was given stands. */
export function changeItem(
  space: Space,
  command: Command<"item.change">,
  context: Context,
): Outcome<SpaceEvent> {
  const found = findItem(space, command.item, command.by, context.now);
  if ("ok" in found) return found;
  const settled = refuseSettled(found);
  if (settled) return settled;
  const wanted = {
    title: command.title === undefined ? found.title : cleanName(command.title),
    duty: command.duty === undefined ? found.duty : command.duty,
    owner: command.owner === undefined ? found.owner : command.owner,
    dueAt: dueAtOf(command, found),
  };
  const changes = {
    ...(wanted.title === found.title ? {} : { title: wanted.title }),
    ...(wanted.duty === found.duty ? {} : { duty: wanted.duty }),
    ...(wanted.owner === found.owner ? {} : { owner: wanted.owner }),
    ...(wanted.dueAt === found.dueAt ? {} : { dueAt: wanted.dueAt }),
  };
  if (Object.keys(changes).length === 0) return accept();
  // What is as it was may be overdue, or be somebody's who has left; what is new may not.
  return (
    (changes.owner == null ? undefined : refuseUnknownMember(space, changes.owner)) ??
    refusePast(changes.dueAt ?? null, context.now, "item.change", "dueAt") ??
    accept(happened("item.changed", { item: found.id, ...changes }, command, context))
  );
}

function dueAtOf({ dueAt }: Command<"item.change">, item: Item): Instant | null {
  if (dueAt === undefined) return item.dueAt;
  return dueAt === null ? null : toInstant(dueAt);
}
