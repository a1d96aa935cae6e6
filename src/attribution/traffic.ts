import { accept, type Outcome, refuse } from "../kernel/outcome.js";
import { entry } from "../kernel/record.js";
import { toInstant } from "../kernel/time.js";
import type { Command } from "../model/commands.js";
import { type Context, happened } from "../model/decider.js";
import type { SpaceEvent } from "../model/events.js";
import type { Space } from "../model/space.js";

/**
 * Records a visit through a link. No permission is asked: whoever runs the redirect reports what it saw. Give
 * `id`, the id of the request, where a report could arrive twice.
 */
export function recordClick(
  space: Space,
  command: Command<"click.record">,
  context: Context,
): Outcome<SpaceEvent> {
  const { link, visitor = null, class: kind = "human" } = command;
  if (!entry(space.links, link)) return unknownLink(link);
  return accept(
    happened("click.recorded", { link, visitor, class: kind }, command, at(command, context), command.id),
  );
}

/**
 * Records a sale, a refund or a sign-up. An order has one sale: reporting it again changes nothing, so a payment
 * webhook may be delivered twice. An order may be refunded in parts, so each refund needs an id of its own.
 */
export function recordConversion(
  space: Space,
  command: Command<"conversion.record">,
  context: Context,
): Outcome<SpaceEvent> {
  const { order, kind = "sale", amount = null, visitor = null, link = null } = command;
  if (link !== null && !entry(space.links, link)) return unknownLink(link);
  if (kind === "refund" && command.id === undefined) {
    return invalid("id", "is missing: a refund needs an id, so that it is not counted twice");
  }
  if ((kind === "signup") !== (amount === null)) {
    return invalid("amount", kind === "signup" ? "does not belong to a sign-up" : `is missing for a ${kind}`);
  }
  const id = command.id ?? `${kind}:${order}`;
  return accept(
    happened(
      "conversion.recorded",
      { order, kind, amount, visitor, link },
      command,
      at(command, context),
      id,
    ),
  );
}

/** What comes from elsewhere may be older than now. */
function at({ at: reported }: { at?: Command<"click.record">["at"] }, context: Context): Context {
  return reported === undefined ? context : { ...context, now: toInstant(reported) };
}

function unknownLink(link: string) {
  return refuse("LINK_UNKNOWN", `There is no link ${JSON.stringify(link)}.`, { link });
}

function invalid(path: string, expected: string) {
  return refuse("INVALID_COMMAND", `conversion.record ${path} ${expected}.`, {
    issues: [{ path, expected }],
  });
}
