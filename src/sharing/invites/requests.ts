import { forbid } from "../../access/guard.js";
import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { JoinRequest } from "../../model/invites.js";
import type { Space } from "../../model/space.js";
import { isMember } from "../../model/standing.js";
import { refuseBanned } from "./banned.js";
import { forbidGiving } from "./giving.js";
import { joinBy } from "./join.js";
import { openRequestsOf } from "./open-requests.js";
import { refuseUnpaid } from "./unpaid.js";

/** Lets somebody in who asked to: also who waits, beyond the limit, and after the link was revoked. */
export function approveRequest(
  space: Space,
  command: Command<"request.approve">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by } = command;
  const { now } = context;
  const forbidden = forbid(space, { member: by, capability: "member.invite", at: now });
  if (forbidden) return forbidden;
  const request = findOpen(space, command.request);
  if ("ok" in request) return request;
  const { member } = request;
  const invite = entry(space.invites, request.invite);
  if (!invite) return unknownRequest(request.id);
  const refused = forbidGiving(space, by, invite, now) ?? refuseBanned(space, member, now);
  if (refused) return refused;
  if (isMember(space, member, now))
    return refuse("ALREADY_A_MEMBER", `${member} is a member of this space already.`, { member });
  return refuseUnpaid(space, invite, member, now) ?? accept(...enter(space, request, by, command, context));
}

/** Answers no. Who asked may ask again, as long as the link holds. */
export function declineRequest(
  space: Space,
  command: Command<"request.decline">,
  context: Context,
): Outcome<SpaceEvent> {
  const forbidden = forbid(space, { member: command.by, capability: "member.invite", at: context.now });
  if (forbidden) return forbidden;
  const request = findOpen(space, command.request);
  return "ok" in request
    ? request
    : accept(happened("request.declined", { request: request.id }, command, context));
}

/** Takes one's own request back. */
export function withdrawRequest(
  space: Space,
  command: Command<"request.withdraw">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, request: id } = command;
  // Who asked what is no stranger's business.
  if (entry(space.requests, id)?.member !== by) return unknownRequest(id);
  const request = findOpen(space, id);
  return "ok" in request
    ? request
    : accept(happened("request.withdrawn", { request: request.id }, command, context));
}

/** What follows when a request is granted: it gives its place up, and joining takes it. */
export function enter(
  space: Space,
  request: JoinRequest,
  giver: string,
  act: Command,
  context: Context,
): readonly SpaceEvent[] {
  const invite = entry(space.invites, request.invite);
  if (!invite) return [];
  const { id, member, name } = request;
  return [
    happened("request.approved", { request: id }, act, context),
    ...openRequestsOf(space, member)
      .filter((other) => other.id !== id)
      .map((other) => happened("request.withdrawn", { request: other.id }, act, context)),
    ...joinBy(space, invite, { member, name, giver }, act, context),
  ];
}

/** The request, or the refusal of a command on one that is not there or has been settled. */
function findOpen({ requests }: Space, id: string) {
  const request = entry(requests, id);
  if (!request) return unknownRequest(id);
  const { status } = request;
  return status === "pending" || status === "waiting"
    ? request
    : refuse("REQUEST_SETTLED", `The request has been ${status} already.`, { request: id, status });
}

/** The refusal of a command on a request that there is not. */
export function unknownRequest(request: string) {
  return refuse("REQUEST_UNKNOWN", `There is no request ${JSON.stringify(request)}.`, { request });
}
