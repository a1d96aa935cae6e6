import type { Instant } from "../kernel/time.js";
import type { Condition, Grant, Limit, Period, Selector, Settings, Subject } from "../model/access.js";
import type { Words } from "./bits.js";
import type { AccessChannel, AccessMember, Snapshot } from "./snapshot.js";
import type { CapabilityDefinition } from "./vocabulary.js";

/** The vocabulary with an index for each name. */
export type CompiledVocabulary = {
  readonly names: readonly string[];
  readonly index: ReadonlyMap<string, number>;
  readonly definitions: readonly CapabilityDefinition[];
  readonly all: Words;
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

export type CompiledRole = {
  readonly id: string;
  readonly rank: number;
  readonly bypass: boolean;
  readonly base: Words;
  inKind(kind: string): Words | undefined;
};

/** The roles of a member. Members with the same roles share it. */
export type RoleSet = {
  readonly index: number;
  readonly roles: readonly CompiledRole[];
  readonly ids: ReadonlySet<string>;
  readonly rank: number;
  /** The first role, by id, that gives everything. */
  readonly bypass: CompiledRole | undefined;
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
  readonly grants: readonly (Grant & { readonly words: Words })[];
  readonly limits: readonly CompiledLimit[];
  /** What was computed for this member alone, by channel; `null` is the space. */
  readonly cells: Map<CompiledSettings, Cell>;
};

export type CompiledOverride = Period & {
  readonly subject: Subject;
  readonly channel: string | null;
  readonly allow: Words;
  readonly deny: Words;
};

export type CompiledLimit = Limit & {
  readonly on: "space" | "channel" | "member";
  readonly removes: Words;
  readonly exempt: Selector | undefined;
  readonly hard: boolean;
};

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
  readonly conditions: readonly (Condition & { readonly words: Words })[];
  readonly thresholds: readonly { readonly rank: number; readonly words: Words }[];
  /** Members that these settings, or those that come before them, name. */
  readonly names: ReadonlySet<string>;
  /** What was computed for a set of roles, by its index. */
  readonly cells: (Cell | undefined)[];
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
  /** @hidden */
  member(id: string): CompiledMember | undefined;
  /** @hidden */
  channel(id: string): CompiledSettings | undefined;
  /** @hidden */
  role(id: string): CompiledRole | undefined;
  /** @hidden */
  setOf(roles: readonly string[]): RoleSet;
  /** @hidden The capabilities that a ceiling takes away from the space, a channel or a member. */
  limit(limit: Limit, on: CompiledLimit["on"]): CompiledLimit;
  /** @hidden Whether a selector names a member with these roles and this rank. */
  selects(selector: Selector | undefined, member: Pick<CompiledMember, "id" | "set" | "rank">): boolean;
  /** @hidden */
  readonly parts: Parts;
};

/** What one member can do in one place, from one instant up to another. */
export type Cell = {
  readonly words: Words;
  /** What of it has conditions, so that the place alone does not decide. */
  readonly conditional: Words;
  readonly from: number;
  readonly until: number;
};

/** What one access hands on to the next. */
export type Parts = {
  readonly roles: Map<string, CompiledRole>;
  readonly sets: Map<string, RoleSet>;
  readonly members: WeakMap<AccessMember, CompiledMember>;
  readonly channels: WeakMap<AccessChannel, CompiledSettings>;
};
