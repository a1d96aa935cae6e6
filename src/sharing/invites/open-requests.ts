import type { Act } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { JoinRequest } from "../../model/invites.js";
import type { Space } from "../../model/space.js";
import { openRequests } from "../../model/waiting.js";

/** What somebody has asked for and has no answer to. */
export function openRequestsOf({ requests }: Space, member: string): readonly JoinRequest[] {
  return openRequests(requests).filter((request) => request.member === member);
}

/** What becomes of somebody's requests when they need none any more: none of them keeps a place from others. */
export function eventsOfEntering(
  space: Space,
  member: string,
  act: Act,
  context: Context,
): readonly SpaceEvent[] {
  return openRequestsOf(space, member).map(({ id }) =>
    happened("request.withdrawn", { request: id }, act, context),
  );
}

/** What becomes of somebody's requests when they may not come in. */
export function eventsOfBanning(
  space: Space,
  member: string,
  act: Act,
  context: Context,
): readonly SpaceEvent[] {
  return openRequestsOf(space, member).map(({ id }) =>
    happened("request.declined", { request: id }, act, context),
  );
}
