import { accept, type Outcome, refuse } from "../kernel/outcome.js";
import { entry } from "../kernel/record.js";
import { toInstant, toMilliseconds } from "../kernel/time.js";
import type { Override, Period } from "../model/access.js";
import type { Command, Lasting } from "../model/commands.js";
import { type Context, happened } from "../model/decider.js";
import type { SpaceEvent } from "../model/events.js";
import type { Space } from "../model/space.js";
import { CAPABILITIES, type Capability } from "./capabilities.js";
import type { Change } from "./change.js";
import { forbidChange } from "./guard.js";
import { CEILINGS, type CeilingName } from "./roles.js";

/** Defines a role of the team's own, or takes it away. The built-in ones stay as they are. */
export function defineRole(
  space: Space,
  command: Command<"role.define">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, role, to } = command;
  return (
    refuseNames("to.allow", [...(to?.allow ?? []), ...Object.values(to?.kinds ?? {}).flat()]) ??
    unsafe(space, by, { type: "role.define", role, to }, context) ??
    accept(happened("role.defined", { role, to }, command, context))
  );
}

/** Sets what one subject may do in a channel. */
export function setOverride(
  space: Space,
  command: Command<"override.set">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, channel, subject, allow, deny } = command;
  if (!entry(space.channels, channel)) {
    return refuse("CHANNEL_UNKNOWN", `There is no channel ${JSON.stringify(channel)}.`, { channel });
  }
  const override: Override = {
    subject,
    ...(allow?.length ? { allow } : {}),
    ...(deny?.length ? { deny } : {}),
    ...periodOf(command, context),
  };
  const change: Change = {
    type: "override.set",
    channel,
    subject,
    overrides: override.allow || override.deny ? [override] : [],
  };
  return (
    refuseNames("allow", allow) ??
    refuseNames("deny", deny) ??
    unsafe(space, by, change, context) ??
    accept(happened("override.changed", { channel, override }, command, context))
  );
}

/** Gives a member something beside their roles. */
export function giveGrant(
  space: Space,
  command: Command<"grant.give">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, member, allow, channel, bound } = command;
  const grant = {
    id: context.newId("grt"),
    allow,
    by,
    ...(channel === undefined ? {} : { channel }),
    ...(bound ? { bound } : {}),
    ...periodOf(command, context),
  };
  return (
    refuseNames("allow", allow) ??
    unsafe(space, by, { type: "grant.give", member, grant }, context) ??
    accept(happened("grant.given", { member, grant }, command, context))
  );
}

/** Takes a grant back. Taking back what is not there changes nothing. */
export function revokeGrant(
  space: Space,
  command: Command<"grant.revoke">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, member, grant } = command;
  const refused = unsafe(space, by, { type: "grant.revoke", member, grant }, context);
  if (refused) return refused;
  return entry(space.members, member)?.grants?.some(({ id }) => id === grant)
    ? accept(happened("grant.revoked", { member, grant }, command, context))
    : accept();
}

/** Puts a ceiling on a member or a channel. */
export function putLimit(space: Space, command: Command<"limit.put">, context: Context): Outcome<SpaceEvent> {
  const { by, member, channel, ceiling } = command;
  if (!Object.hasOwn(CEILINGS, ceiling) || BY_STAGE.has(ceiling)) {
    const expected = `must be one of ${Object.keys(CEILINGS)
      .filter((name) => !BY_STAGE.has(name))
      .join(", ")}`;
    return refuse("INVALID_COMMAND", `limit.put ceiling ${expected}.`, {
      issues: [{ path: "ceiling", expected }],
    });
  }
  const limit = { ceiling, by, ...periodOf(command, context) };
  return (
    unsafe(space, by, { type: "limit.put", limit, member, channel }, context) ??
    accept(
      happened("limit.added", { member: member ?? null, channel: channel ?? null, limit }, command, context),
    )
  );
}

/** Takes a ceiling off. Taking off what is not there changes nothing. */
export function liftLimit(
  space: Space,
  command: Command<"limit.lift">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, member, channel, ceiling } = command;
  const refused = unsafe(space, by, { type: "limit.lift", ceiling, member, channel }, context);
  if (refused) return refused;
  const { limits } = (member === undefined
    ? entry(space.channels, channel ?? "")
    : entry(space.members, member)) ?? { limits: [] };
  return limits?.some((limit) => limit.ceiling === ceiling)
    ? accept(
        happened(
          "limit.lifted",
          { member: member ?? null, channel: channel ?? null, ceiling },
          command,
          context,
        ),
      )
    : accept();
}

/** Ceilings that follow from the life of the space and its channels: nobody puts them on by hand. */
const BY_STAGE: ReadonlySet<string> = /* @__PURE__ */ new Set<CeilingName>(["staging", "archived", "closed"]);

function unsafe(space: Space, by: string, change: Change, { now }: Context) {
  // Names that are no capabilities have been refused before, or give nothing.
  return forbidChange(space, by, change as Change<Capability>, now);
}

function periodOf({ startsAt, expiresIn }: Lasting, { now }: Context): Period {
  const start = startsAt === undefined ? now : toInstant(startsAt);
  return {
    ...(startsAt === undefined ? {} : { from: start }),
    ...(expiresIn === undefined ? {} : { until: start + toMilliseconds(expiresIn) }),
  };
}

function refuseNames(path: string, names: readonly string[] = []) {
  const unknown = names.find((name) => !Object.hasOwn(CAPABILITIES, name));
  if (unknown === undefined) return undefined;
  const expected = `names ${JSON.stringify(unknown)}, which is no capability`;
  return refuse("INVALID_COMMAND", `${path} ${expected}.`, { issues: [{ path, expected }] });
}
