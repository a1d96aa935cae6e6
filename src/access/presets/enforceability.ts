import type { Instant } from "../../kernel/time.js";
import type { Condition, Grant, Limit, Override, Subject } from "../../model/access.js";
import type { Space } from "../../model/space.js";
import { accessOf, type Ruled } from "../of-space.js";
import type { Snapshot } from "../snapshot.js";
import { type Enforcer, type Feature, PLATFORM_FEATURES, type Platform } from "./platform-features.js";

/** A rule of a space. */
export type Rule =
  | { readonly kind: "role"; readonly role: string; readonly channels: string }
  | { readonly kind: "read-only"; readonly channel: string }
  | { readonly kind: "override"; readonly channel: string | null; readonly subject: Subject }
  | { readonly kind: "grant"; readonly member: string; readonly grant: string }
  | {
      readonly kind: "limit";
      readonly ceiling: string;
      readonly on: "space" | "channel" | "member";
      /** `null` is the space. */
      readonly id: string | null;
    }
  | { readonly kind: "condition"; readonly condition: Condition["kind"]; readonly channel: string | null }
  | { readonly kind: "invite-expiry" | "invite-uses"; readonly invite: string }
  | { readonly kind: "membership-end"; readonly member: string };

/** A rule with who enforces it on a platform, and how. */
export type EnforcedRule = {
  readonly rule: Rule;
  readonly by: Enforcer;
  readonly how: string;
  /** When the platform was looked at. */
  readonly asOf: string;
  readonly sources: readonly string[];
};

/**
 * Which rules of a space a platform enforces by itself, which a bot has to, and which nobody can: what each role may
 * do in each kind of channel, who only reads, overrides, grants, ceilings, conditions, and what comes to an end. Also
 * takes a snapshot, whatever its capabilities are. Rules that have ended at `at` are left out; without it none is.
 *
 * ```ts
 * const lost = enforceability(drop.space, "whatsapp", { at }).filter(({ by }) => by === "nobody");
 * ```
 */
export function enforceability(
  space: (Ruled & Pick<Space, "invites">) | Snapshot,
  platform: Platform,
  { at }: { readonly at?: Instant | undefined } = {},
): readonly EnforcedRule[] {
  const { asOf, sources, features } = PLATFORM_FEATURES[platform];
  return rulesOf(space, at).map(({ rule, feature, amount }) => {
    const { by, how, most, beyond, endless } = features[feature];
    const over = amount !== undefined && most !== undefined && amount > most;
    const theirs = over && !(endless && amount === Number.POSITIVE_INFINITY) ? beyond : undefined;
    return { rule, ...(theirs ?? { by, how }), asOf, sources };
  });
}

/** A rule with the kind of thing that enforces it, and how much of it there is: a length of time, a number. */
type Found = { readonly rule: Rule; readonly feature: Feature; readonly amount?: number | undefined };

function rulesOf(space: Parameters<typeof enforceability>[0], at: Instant | undefined): readonly Found[] {
  const isSnapshot = "capabilities" in space;
  const snapshot: Snapshot = isSnapshot ? space : accessOf(space).snapshot;
  const held = new Set(Object.values(snapshot.members).flatMap(({ roles }) => roles));
  const kinds = [...new Set(Object.values(snapshot.channels).map(({ kind }) => kind))].sort();
  const roles = [...held]
    .sort()
    .flatMap((role) =>
      kinds.map((channels): Found => ({ rule: { kind: "role", role, channels }, feature: "role" })),
    );
  const isOver = ({ until }: { readonly until?: Instant | undefined }): boolean =>
    at !== undefined && until !== undefined && until < at;
  const length = ({
    from = at,
    until,
  }: {
    readonly from?: Instant | undefined;
    readonly until?: Instant | undefined;
  }) => (from === undefined || until === undefined ? undefined : until - from);

  const overrides = (channel: string | null, list: readonly Override[] = []) =>
    list
      .filter((one) => !isOver(one))
      .map(({ subject }): Found => ({ rule: { kind: "override", channel, subject }, feature: "override" }));
  const limits = (on: "space" | "channel" | "member", id: string | null, list: readonly Limit[] = []) =>
    list
      .filter((one) => !isOver(one))
      .map(
        (one): Found => ({
          rule: { kind: "limit", ceiling: one.ceiling, on, id },
          feature: featureOf(one.ceiling),
          // A restriction for good is longer than any.
          amount: one.until === undefined ? Number.POSITIVE_INFINITY : length(one),
        }),
      );
  const conditions = (channel: string | null, list: readonly Condition[] = []) =>
    list.map(
      (one): Found => ({
        rule: { kind: "condition", condition: one.kind, channel },
        feature: one.kind,
        amount: one.kind === "slow-mode" ? one.every : one.kind === "time-limit" ? one.within : undefined,
      }),
    );
  const grants = (member: string, list: readonly Grant[] = []) =>
    list
      .filter((one) => !isOver(one))
      .map(({ id }): Found => ({ rule: { kind: "grant", member, grant: id }, feature: "grant" }));

  return [
    ...roles,
    ...overrides(null, snapshot.overrides),
    ...limits("space", null, snapshot.limits),
    ...conditions(null, snapshot.conditions),
    ...Object.entries(snapshot.channels).flatMap(([id, channel]): readonly Found[] => [
      ...(channel.kind === "announcement"
        ? [{ rule: { kind: "read-only", channel: id }, feature: "read-only" } as const]
        : []),
      // In a channel for drafts everything is a suggestion.
      ...(channel.kind === "drafts"
        ? [{ rule: { kind: "condition", condition: "approval", channel: id }, feature: "approval" } as const]
        : []),
      ...overrides(id, channel.overrides),
      ...limits("channel", id, channel.limits),
      ...conditions(id, channel.conditions),
    ]),
    ...Object.entries(snapshot.members).flatMap(([id, member]): readonly Found[] => [
      ...grants(id, member.grants),
      ...limits("member", id, member.limits),
      ...(member.until === undefined
        ? []
        : [{ rule: { kind: "membership-end", member: id }, feature: "membership-end" } as const]),
    ]),
    ...Object.values(isSnapshot ? {} : space.invites)
      .filter(({ revokedAt }) => revokedAt === null)
      .flatMap(({ id, createdAt, expiresAt, maxUses }): readonly Found[] => [
        ...(expiresAt === null
          ? []
          : [
              {
                rule: { kind: "invite-expiry", invite: id },
                feature: "invite-expiry",
                amount: expiresAt - createdAt,
              } as const,
            ]),
        ...(maxUses === null
          ? []
          : [
              { rule: { kind: "invite-uses", invite: id }, feature: "invite-uses", amount: maxUses } as const,
            ]),
      ]),
  ];
}

/** The built-in ceilings have a way of their own on each platform; a team's own ceilings are just ceilings. */
function featureOf(ceiling: string): Feature {
  switch (ceiling) {
    case "timeout":
    case "mute":
    case "closed":
    case "staging":
    case "archived":
      return ceiling;
    case "team-only":
      return "read-only";
    default:
      return "ceiling";
  }
}
