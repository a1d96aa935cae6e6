import { forbid } from "../../access/guard.js";
import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import { cleanName } from "../../kernel/text.js";
import { type Instant, toMilliseconds } from "../../kernel/time.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Policy } from "../../model/policy.js";
import type { SliceRecord, SliceShare } from "../../model/slices.js";
import type { Space } from "../../model/space.js";
import { hashToken } from "../token.js";
import { refuseExport, refuseWider, standingSlice } from "./guards.js";
import { policyIn, strictest, withInput } from "./policy.js";
import { readShareToken } from "./token.js";

/**
 * Gives a slice to members, to cohorts as they are at that instant, or to whoever holds a link. What may be done with it is
 * at most what the slice, the space and its channels allow now; somebody who only received it may share it on where that is allowed.
 */
export function shareSlice(
  space: Space,
  command: Command<"slice.share">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, members = [], cohorts = [], recipient, expiresIn, token } = command;
  const { now } = context;
  const slice = standingSlice(space, command.slice);
  if ("ok" in slice) return slice;
  const from = mayShare(space, by, slice, now);
  if ("ok" in from) return from;
  const unknown = cohorts.find((cohort) => !entry(space.cohorts, cohort));
  if (unknown !== undefined) {
    return refuse("COHORT_UNKNOWN", `There is no cohort ${JSON.stringify(unknown)}.`, { cohort: unknown });
  }
  const audience = [...new Set([...members, ...(command.audience ?? [])])];
  if (audience.length === 0 && token === undefined) {
    return refuse(
      "SHARE_EMPTY",
      "Nobody would be given it: name members, a cohort that has some, or make a link.",
      {
        cohorts: [...cohorts],
      },
    );
  }
  const missing = audience.find((member) => !entry(space.members, member));
  if (missing !== undefined) {
    return refuse("MEMBER_UNKNOWN", `${JSON.stringify(missing)} is not a member of this space.`, {
      member: missing,
    });
  }
  const than = strictest(from, policyIn(space, slice.channels));
  const policy = withInput(than, command.policy);
  const unfit =
    refuseForwarding(space, slice) ??
    refuseWider(space, by, { policy, than, channels: slice.channels }, now) ??
    (token === undefined ? undefined : refuseLink(space, by, policy));
  if (unfit) return unfit;
  const share = token === undefined ? context.newId("shr") : readNew(space, token);
  if (share === undefined) {
    const expected = "must be a new token of this space, from shareToken()";
    return refuse("INVALID_COMMAND", `slice.share token ${expected}.`, {
      issues: [{ path: "token", expected }],
    });
  }
  const data = {
    share,
    slice: slice.id,
    cohorts,
    audience,
    hash: token === undefined ? null : hashToken(token),
    recipient: recipient === undefined ? null : cleanName(recipient),
    expiresAt: endOf(now, expiresIn === undefined ? null : toMilliseconds(expiresIn), policy),
    policy,
    marked: command.marked ?? false,
  };
  return accept(happened("slice.shared", data, command, context));
}

/** Takes back what was shared: from now on nobody reads it by that share. Doing it again changes nothing. */
export function revokeShare(
  space: Space,
  command: Command<"share.revoke">,
  context: Context,
): Outcome<SpaceEvent> {
  const share = entry(space.shares, command.share);
  if (!share) {
    return refuse("SHARE_UNKNOWN", `There is no share ${JSON.stringify(command.share)}.`, {
      share: command.share,
    });
  }
  const forbidden =
    share.createdBy === command.by
      ? undefined
      : forbid(space, { member: command.by, capability: "slice.share", at: context.now });
  if (forbidden) return forbidden;
  return share.revokedAt === null
    ? accept(happened("share.revoked", { share: share.id }, command, context))
    : accept();
}

/** Takes back a slice, and so everything that was shared of it. Doing it again changes nothing. */
export function revokeSlice(
  space: Space,
  command: Command<"slice.revoke">,
  context: Context,
): Outcome<SpaceEvent> {
  const slice = standingSlice(space, command.slice);
  if ("ok" in slice) return slice.refusal.code === "SLICE_REVOKED" ? accept() : slice;
  const forbidden =
    slice.createdBy === command.by
      ? undefined
      : forbid(space, { member: command.by, capability: "slice.share", at: context.now });
  return forbidden ?? accept(happened("slice.revoked", { slice: slice.id }, command, context));
}

/** The policy that somebody shares under: the slice's, or that of the share by which they may share it on. */
function mayShare(space: Space, by: string, slice: SliceRecord, now: Instant) {
  const forbidden = forbid(space, { member: by, capability: "slice.share", at: now });
  if (!forbidden) return slice.policy;
  if (!entry(space.members, by)) return forbidden;
  const given = Object.values(space.shares).filter(
    (share) => share.slice === slice.id && share.audience.includes(by) && !isOver(share, now),
  );
  if (given.length === 0) return forbidden;
  return (
    given.find(({ policy }) => policy.forward)?.policy ??
    refuse("FORWARD_FORBIDDEN", "It was shared with you alone: its policy does not let you share it on.", {
      slice: slice.id,
    })
  );
}

/** Whether a share has been taken back or has ended. */
export function isOver({ revokedAt, expiresAt }: SliceShare, now: Instant): boolean {
  return revokedAt !== null || (expiresAt !== null && now >= expiresAt);
}

/** What came from elsewhere may be shared on where its policy lets it. */
function refuseForwarding(space: Space, { id, channels }: SliceRecord) {
  const kept = channels.find((channel) => {
    const bound = entry(space.channels, channel)?.policy;
    return bound?.origin && !bound.policy.forward;
  });
  return kept === undefined
    ? undefined
    : refuse("FORWARD_FORBIDDEN", `What is said in ${kept} came from elsewhere and may not be shared on.`, {
        slice: id,
        channel: kept,
      });
}

/** A link takes content out of the space, to whoever holds it. */
function refuseLink(space: Space, by: string, policy: Policy) {
  if (policy.visibility === "private") {
    return refuse("LINKS_FORBIDDEN", "Its visibility is private: share it with members by name.", {
      visibility: policy.visibility,
    });
  }
  return refuseExport(space, by, policy);
}

function readNew(space: Space, token: string): string | undefined {
  const parts = readShareToken(token);
  return parts?.space === space.id && !entry(space.shares, parts.share) ? parts.share : undefined;
}

/** It ends when it was meant to, and no later than it may be kept. */
function endOf(now: Instant, expiresIn: number | null, { retention }: Policy): Instant | null {
  const ends = [expiresIn, retention].filter((length) => length !== null);
  return ends.length === 0 ? null : now + Math.min(...ends);
}
