import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Policy } from "../../model/policy.js";
import type { SliceRecord, SliceShare } from "../../model/slices.js";
import type { Space } from "../../model/space.js";
import { isToken } from "../token.js";
import { curates, refuseExport, standingSlice } from "./guards.js";
import { policyIn, strictest } from "./policy.js";
import { isOver } from "./share.js";
import { readShareToken } from "./token.js";

/** Who reads a slice, and by what: a share, or, for those who curate, none. */
export type Reading = {
  readonly slice: SliceRecord;
  readonly share: SliceShare | null;
  /** What may be done with it now. */
  readonly policy: Policy;
};

/** Who asks for which slice, and the token of a link, where they have one. */
export type Seeing = Pick<Command<"slice.open">, "by" | "slice" | "token">;

/**
 * By what somebody may read a slice at an instant, or why not. Asked at every read, so that revoking and expiring take
 * effect at the next one, and a policy that has become stricter does too.
 */
export function readingOf(space: Space, { by, slice: id, token }: Seeing, now: Instant) {
  const slice = standingSlice(space, id);
  if ("ok" in slice) return slice;
  const share = token === undefined ? given(space, by, id, now) : byToken(space, id, token);
  if (share && "ok" in share) return share;
  if (!share) {
    if (token === undefined && curates(space, by, slice, now)) {
      return { slice, share: null, policy: strictest(slice.policy, policyIn(space, slice.channels)) };
    }
    return refuse("SHARE_INVALID", "This slice was not shared with you, or the link is not whole.", {
      slice: id,
    });
  }
  if (share.revokedAt !== null)
    return refuse("SHARE_REVOKED", "It is shared with you no more.", { share: share.id });
  if (share.expiresAt !== null && now >= share.expiresAt) {
    const expiredAt = new Date(share.expiresAt).toISOString();
    return refuse("SHARE_EXPIRED", `It was shared until ${expiredAt}.`, { share: share.id, expiredAt });
  }
  return { slice, share, policy: strictest(share.policy, policyIn(space, slice.channels)) };
}

/** Reads a slice. */
export function openSlice(
  space: Space,
  command: Command<"slice.open">,
  context: Context,
): Outcome<SpaceEvent> {
  const { use = "read" } = command;
  const reading = readingOf(space, command, context.now);
  if ("ok" in reading) return reading;
  if (use === "ai" && !reading.policy.ai) {
    return refuse("AI_FORBIDDEN", "Its policy does not let a machine read it.", { slice: command.slice });
  }
  return accept(happened("slice.opened", { ...seen(reading), use }, command, context));
}

/** Takes a slice out as a file. */
export function exportSlice(
  space: Space,
  command: Command<"slice.export">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, format } = command;
  const reading = readingOf(space, command, context.now);
  if ("ok" in reading) return reading;
  return (
    refuseExport(space, by, reading.policy) ??
    accept(happened("slice.exported", { ...seen(reading), format }, command, context))
  );
}

/** Notes that somebody checked a copy, with or without success. */
export function verifySlice(
  space: Space,
  command: Command<"slice.verify">,
  context: Context,
): Outcome<SpaceEvent> {
  const { slice, genuine } = command;
  if (!entry(space.slices, slice)) {
    return refuse("SLICE_UNKNOWN", `There is no slice ${JSON.stringify(slice)}.`, { slice });
  }
  // Whose copy it is matters for the record only: also one that was taken back may be checked.
  const share = command.token === undefined ? undefined : byToken(space, slice, command.token);
  const by = share && !("ok" in share) ? share.id : null;
  return accept(happened("slice.verified", { slice, share: by, genuine }, command, context));
}

function seen({ slice, share }: Reading): { readonly slice: string; readonly share: string | null } {
  return { slice: slice.id, share: share?.id ?? null };
}

/** The share by which a member was given it: one that still holds before one that does not, the latest first. */
function given(space: Space, by: string, slice: string, now: Instant): SliceShare | undefined {
  if (!entry(space.members, by)) return undefined;
  const theirs = Object.values(space.shares).filter(
    (share) => share.slice === slice && share.audience.includes(by),
  );
  return theirs.findLast((share) => !isOver(share, now)) ?? theirs.at(-1);
}

function byToken(space: Space, slice: string, token: string) {
  const parts = readShareToken(token);
  const share = parts?.space === space.id ? entry(space.shares, parts.share) : undefined;
  return share?.slice === slice && share.hash !== null && isToken(token, share.hash)
    ? share
    : refuse("SHARE_INVALID", "This slice was not shared with you, or the link is not whole.", { slice });
}
