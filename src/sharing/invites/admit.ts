import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { admittable } from "../../model/waiting.js";
import { refuseIssuer } from "./find.js";
import { enter, unknownRequest } from "./requests.js";

/**
 * Gives a free place to the first who waits for it: they come in, or, where somebody has to say yes, that is asked now. For
 * the clock; once it is done, again changes nothing.
 */
export function admitRequest(
  space: Space,
  command: Command<"request.admit">,
  context: Context,
): Outcome<SpaceEvent> {
  const request = entry(space.requests, command.request);
  const invite = request && entry(space.invites, request.invite);
  if (!request || !invite) return unknownRequest(command.request);
  if (request.status !== "waiting") return accept();
  // A link whose issuer may no longer give it out lets nobody in by itself; somebody can still say yes.
  if (!admittable(space, context.now).includes(request) || refuseIssuer(space, invite, context.now))
    return refuse("NOT_DUE", "There is no place yet for who made this request.", { request: request.id });
  if (!invite.approval) return accept(...enter(space, request, invite.createdBy, command, context));
  const { id, member, name, note } = request;
  const data = { request: id, member, name, invite: invite.id, status: "pending", note } as const;
  return accept(happened("request.made", data, command, context));
}
