import type { Instant } from "../../kernel/time.js";
import type { Subject } from "../../model/access.js";
import type { ChangeType } from "../snapshot.js";

/**
 * Everything `lint` can find: how bad it is, what it means, what to do about it.
 *
 * - `error`: something does not do what it says, or somebody can get more than they were given.
 * - `warning`: it is probably not what was meant.
 * - `note`: nothing is wrong; it can be tidied up.
 */
export const LINTS = {
  // --- Names ------------------------------------------------------------------------------------------------------
  CAPABILITY_UNKNOWN: {
    level: "error",
    means:
      "It names a capability that the vocabulary does not have. That gives nothing; as a requirement, nobody can meet it.",
    todo: "Correct the name, add it to the vocabulary, or take it out.",
  },
  ROLE_UNKNOWN: {
    level: "error",
    means: "It names a role that there is not. Such a role gives nothing and has no rank.",
    todo: "Define the role, correct the name, or take it out.",
  },
  GROUP_UNKNOWN: {
    level: "error",
    means: "It names a group that there is not. Nobody is in it.",
    todo: "Define the group, correct the name, or take it out.",
  },
  CHANNEL_UNKNOWN: {
    level: "error",
    means: "A grant is for a channel, or a channel is below a parent, that there is not.",
    todo: "Correct the id, or take the grant or the parent out.",
  },
  CEILING_UNKNOWN: {
    level: "error",
    means: "A ceiling is put on that nobody has defined. Under it nobody can do anything, hosts included.",
    todo: "Define the ceiling, or lift it.",
  },
  MEMBER_UNKNOWN: {
    level: "note",
    means: "It names somebody who is not a member: often somebody who has left.",
    todo: "Take it out, unless they may come back: then it holds again.",
  },
  // --- Circles ----------------------------------------------------------------------------------------------------
  GROUP_CYCLE: {
    level: "warning",
    means: "A group names itself, directly or through others. That adds nobody.",
    todo: "Take one of the names out of the circle.",
  },
  PARENT_CYCLE: {
    level: "error",
    means:
      "A channel is its own parent, directly or through others. Nothing is taken over from parents then.",
    todo: "Take the parent of one of the channels away.",
  },
  REQUIRES_CYCLE: {
    level: "warning",
    means:
      "A capability requires itself, through others. Each of them is of use only with all of the others, so they are one.",
    todo: "Make them one capability, or take one of the requirements out.",
  },
  // --- What has no effect -----------------------------------------------------------------------------------------
  ROLE_UNUSED: {
    level: "note",
    means: "Nobody has the role. Roles of the built-in set are not reported.",
    todo: "Nothing, if somebody is to get it. Otherwise remove it.",
  },
  OVERRIDE_DEAD: {
    level: "warning",
    means:
      "Without the override everybody might do the same, now and later: every member, and whoever would have one role or two.",
    todo: "Remove it, or correct what it was meant to allow or deny.",
  },
  OVERRIDE_SHADOWED: {
    level: "warning",
    means:
      "The override has no effect because of others for the same subject, or of a tier or channel that comes later. `by` names them.",
    todo: "Remove it, or those that overrule it.",
  },
  GRANT_DEAD: {
    level: "note",
    means: "What is granted, the member may do without it, or may not do in spite of it.",
    todo: "Revoke the grant, or see with `explain` what is in its way.",
  },
  CAPABILITY_UNREACHABLE: {
    level: "warning",
    means:
      "No role, threshold, grant or override gives the capability, or none gives it where all that it requires is given as well, and nobody bypasses.",
    todo: "Give it, and what it requires, to a role; or take it out of the vocabulary.",
  },
  THRESHOLD_ABOVE_ALL: {
    level: "note",
    means: "Nobody has the rank that the threshold asks for, and no role does.",
    todo: "Nothing, if it is meant to keep everybody out. Otherwise lower it.",
  },
  THRESHOLD_BELOW_ALL: {
    level: "note",
    means: "Everybody has more than the rank that the threshold asks for.",
    todo: "Nothing, if it is meant for everybody. Otherwise raise it.",
  },
  // --- Time -------------------------------------------------------------------------------------------------------
  WINDOW_NEVER_OPENS: {
    level: "error",
    means:
      "The window ends before it begins. Where a question has no `at`, what it takes away is still away.",
    todo: "Correct `from` and `until`.",
  },
  WINDOW_OVER: {
    level: "note",
    means: "The window, or the membership, is over for good at the instant asked about.",
    todo: "Remove the entry. What it took away stays away where a question has no `at`.",
  },
  // --- Power ------------------------------------------------------------------------------------------------------
  LOCKED_OUT: {
    level: "error",
    means: "Nobody can change roles or overrides: nobody bypasses, and nobody has a power for it.",
    todo: "Give a member a role that bypasses. Where `from` is set, do so before that instant.",
  },
  RANKED_WITH_BYPASS: {
    level: "warning",
    means:
      "A role, or a member, ranks as high as a role that bypasses, and does not bypass. Those who bypass cannot act on them; from a higher rank they can act on those who bypass.",
    todo: "Rank the roles that bypass above all others.",
  },
  BYPASS_ASSIGNABLE: {
    level: "error",
    means:
      "Somebody who does not bypass may hand out a role that does, and so get past ceilings and overrides by another's hand.",
    todo: "Rank the role above them, or take the power to assign roles away from them.",
  },
  POWER_FOR_EVERYONE: {
    level: "warning",
    means:
      "A power to change what others may do is given to everybody: to everyone, to every role, or to every rank.",
    todo: "Give it to the roles that need it. A rank still protects who is higher.",
  },
  COALITION_GAINS: {
    level: "warning",
    means:
      "Somebody has a capability that is of no use to them, because they lack what it requires, and somebody who lacks the capability may give them that: together they get what neither could do.",
    todo: "Take the capability out of the role, or give the role what it requires yourself.",
  },
} as const satisfies { readonly [code: string]: LintEntry };

type LintEntry = {
  readonly level: "error" | "warning" | "note";
  readonly means: string;
  readonly todo: string;
};

/** The code of a finding. */
export type LintCode = keyof typeof LINTS;

/** A part of a snapshot, named so that it can be found there. A `channel` of `null` is the space. */
export type Part =
  | { readonly kind: "space" }
  | { readonly kind: "capability" | "role" | "group" | "channel" | "ceiling" | "member"; readonly id: string }
  | {
      readonly kind: "override";
      readonly channel: string | null;
      readonly subject: Subject;
      /** Its place in the list of overrides. */
      readonly index: number;
    }
  | { readonly kind: "grant"; readonly member: string; readonly id: string }
  | {
      readonly kind: "limit";
      readonly member?: string | undefined;
      readonly channel: string | null;
      readonly index: number;
    }
  | { readonly kind: "condition"; readonly channel: string | null; readonly index: number }
  | { readonly kind: "threshold"; readonly channel: string | null; readonly capability: string }
  | { readonly kind: "power"; readonly change: ChangeType };

/** Something to look at in a snapshot. */
export type Finding = {
  readonly code: LintCode;
  readonly level: LintEntry["level"];
  /** The part of the snapshot to change. */
  readonly about: Part;
  /** What else has a part in it: the name that is missing, the rest of the circle, the overrides that come later. */
  readonly by: readonly Part[];
  /** For people. Branch on the code. */
  readonly message: string;
  /** From when on it is so, where it is not so yet. */
  readonly from?: Instant | undefined;
};

/** A finding with the level of its code. */
export function finding(
  code: LintCode,
  about: Part,
  message: string,
  by: readonly Part[] = [],
  from?: Instant,
): Finding {
  const found: Finding = { code, level: LINTS[code].level, about, by, message };
  return from === undefined ? found : { ...found, from };
}

/** A part in words: `the override for the role guest in lounge`. */
export function partName(part: Part): string {
  const where = (channel: string | null): string => (channel === null ? "the space" : channel);
  switch (part.kind) {
    case "space":
      return "the space";
    case "capability":
    case "role":
    case "group":
    case "channel":
    case "ceiling":
    case "member":
      return `the ${part.kind} ${part.id}`;
    case "override": {
      const { subject } = part;
      const whom = subject === "everyone" ? subject : Object.entries(subject)[0]?.join(" ");
      return `the override ${part.index} for ${whom} in ${where(part.channel)}`;
    }
    case "grant":
      return `the grant ${part.id} of ${part.member}`;
    case "limit":
      return `the limit ${part.index} on ${part.member ?? where(part.channel)}`;
    case "condition":
      return `the condition ${part.index} in ${where(part.channel)}`;
    case "threshold":
      return `the threshold for ${part.capability} in ${where(part.channel)}`;
    case "power":
      return `the power ${part.change}`;
    default:
      return part satisfies never;
  }
}
