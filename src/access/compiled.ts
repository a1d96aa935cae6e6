import type { Instant } from "../kernel/time.js";
import type { Condition, Grant, Limit, Period, Selector, Settings } from "../model/access.js";
import type { Words } from "./bits.js";
import type { Cause } from "./question.js";
import type { AccessChannel, AccessMember, Snapshot } from "./snapshot.js";
import type { CapabilityDefinition } from "./vocabulary.js";

/** The vocabulary with an index for each name. */
export type CompiledVocabulary = {
  readonly names: readonly string[];
  readonly index: ReadonlyMap<string, number>;
  readonly definitions: readonly CapabilityDefinition[];
  readonly all: Words;
  readonly nothing: Words;
  /** What can be asked about the space as a whole. */
  readonly inSpace: Words;
  readonly inChannels: Words;
  /** What somebody who has locked the settings of a channel keeps to themselves. */
  readonly lockable: Words;
  /**
   * What each capability needs in a channel of this kind (`null`: in the space), and what that needs: by index, none
   * where it needs nothing.
   */
  needsIn(kind: string | null): readonly (Words | undefined)[];
  /** The set of these names and all that they imply. Names that are not in the vocabulary give nothing. */
  given(names: readonly string[] | undefined): Words;
  /** The set of these names alone. */
  named(names: readonly string[] | undefined): Words;
  /** What can be done at all in a channel of this kind. */
  inKind(kind: string): Words;
};

/** The parts of a decision, in the order in which they are asked. */
export type Stage = "base" | "override" | "bypass" | "ceiling" | "gate" | "kind";

/** One entry that gives or takes away, in its turn. */
export type Step = {
  readonly stage: Stage;
  readonly cause: Cause;
  readonly gives: boolean;
  readonly words: Words;
};

export type CompiledRole = {
  readonly id: string;
  readonly rank: number;
  readonly bypass: boolean;
  /** What it gives everywhere: with `bypass`, everything. */
  readonly step: Step;
  /** What it gives besides, in channels of a kind. */
  inKind(kind: string): Step | undefined;
};

/** The roles of a member. Members with the same roles share it. */
export type RoleSet = {
  readonly index: number;
  readonly roles: readonly CompiledRole[];
  readonly ids: ReadonlySet<string>;
  readonly rank: number;
  /** The first role, by id, that gives everything. */
  readonly bypass: CompiledRole | undefined;
  /** The same and one more, by its id, where that has been asked for. */
  readonly plus: Map<string, RoleSet>;
};

export type CompiledMember = {
  readonly id: string;
  readonly data: AccessMember;
  readonly set: RoleSet;
  readonly rank: number;
  /** The membership holds before this instant. */
  readonly until: number;
  /** Whether nothing but the roles counts, so that what was computed for another with the same roles holds. */
  readonly plain: boolean;
  readonly grants: readonly CompiledGrant[];
  readonly limits: readonly CompiledLimit[];
  /** What was computed for this member alone. */
  readonly cells: WeakMap<CompiledSettings, Cell>;
  /** Whether some settings name this member, as of when so many members were named. */
  isNamed: boolean;
  asOf: number;
};

export type CompiledGrant = Grant & { readonly step: Step };

export type CompiledOverride = Period & {
  /** `undefined` where it gives, or takes away, nothing. */
  readonly allow: Step | undefined;
  readonly deny: Step | undefined;
};

export type CompiledLimit = Limit & {
  readonly step: Step;
  readonly exempt: Selector | undefined;
  readonly hard: boolean;
};

export type CompiledCondition = Condition & { readonly where: "space" | "channel"; readonly words: Words };

/** The settings of the space or of a channel. */
export type CompiledSettings = {
  /** `null` is the space. */
  readonly id: string | null;
  readonly kind: string | null;
  readonly data: Settings & { readonly lockedBy?: string | undefined };
  readonly parent: CompiledSettings | undefined;
  readonly everyone: readonly CompiledOverride[];
  readonly byRole: ReadonlyMap<string, readonly CompiledOverride[]>;
  readonly byGroup: ReadonlyMap<string, readonly CompiledOverride[]>;
  readonly byMember: ReadonlyMap<string, readonly CompiledOverride[]>;
  readonly limits: readonly CompiledLimit[];
  readonly conditions: readonly CompiledCondition[];
  readonly thresholds: readonly { readonly rank: number; readonly step: Step }[];
  /** What cannot be done at all in a channel of this kind; `undefined` in the space. */
  readonly outside: Step | undefined;
  /** Members that these settings, or those that come before them, name. */
  readonly names: ReadonlySet<string>;
  /** What was computed for a set of roles, by its index. */
  readonly cells: (Cell | undefined)[];
  /** The first word of those of them that hold always and without conditions: most questions need no more. */
  readonly sure: (number | undefined)[];
};

/** What one member can do in one place at one instant. */
export type Bound<C extends string = string> = {
  /** Whether they may. */
  can(capability: C): boolean;
  /** The answers may differ from this instant on; `null` where time alone changes nothing. */
  readonly validUntil: Instant | null;
};

/** A snapshot made ready for many questions. What is asked for is compiled when it is first asked for. */
export type Access<C extends string = string> = {
  /**
   * One member in one place, for asking about many capabilities: everything but the capability is looked up once.
   *
   * ```ts
   * const leo = access.of("leo", "lounge", now);
   * leo.can("message.post");
   * ```
   */
  of(member: string, channel?: string, at?: Instant): Bound<C>;
  /** What it was made from. */
  readonly snapshot: Snapshot<C>;
  /** @hidden */
  readonly vocabulary: CompiledVocabulary;
  /** @hidden */
  readonly space: CompiledSettings;
  /** @hidden Those that have been asked about: looked up here first, since a function call is not for free. */
  readonly members: ReadonlyMap<string, CompiledMember>;
  /** @hidden */
  readonly channels: ReadonlyMap<string, CompiledSettings>;
  /** @hidden */
  member(id: string): CompiledMember | undefined;
  /** @hidden */
  channel(id: string): CompiledSettings | undefined;
  /** @hidden */
  role(id: string): CompiledRole | undefined;
  /** @hidden */
  setOf(roles: readonly string[]): RoleSet;
  /** @hidden A ceiling on the space, a channel or a member. */
  limit(limit: Limit, on: "space" | "channel" | "member"): CompiledLimit;
  /** @hidden Whether a selector names a member with these roles and this rank. */
  selects(selector: Selector | undefined, member: Pick<CompiledMember, "id" | "set" | "rank">): boolean;
  /** @hidden */
  readonly parts: Parts;
};

/** What one member can do in one place, from one instant up to another. */
export type Cell = {
  readonly words: Words;
  /** What conditions, or somebody's lock, may stand against, so that the place alone does not decide. */
  readonly conditional: Words;
  /** Everything that had a say, in order. */
  readonly steps: readonly Step[];
  readonly from: number;
  readonly until: number;
  /** Whether it holds at any time. */
  readonly always: boolean;
};

/** What one access hands on to the next. */
export type Parts = {
  /** Members that any settings have ever named. */
  readonly named: Set<string>;
  readonly roles: Map<string, CompiledRole>;
  readonly sets: Map<string, RoleSet>;
  readonly members: WeakMap<AccessMember, CompiledMember>;
  readonly channels: WeakMap<AccessChannel, CompiledSettings>;
};
