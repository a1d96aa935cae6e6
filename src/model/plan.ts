import type { ExportPolicy, Visibility } from "./policy.js";
import type { ChannelKind, TemplateRef } from "./space.js";

/**
 * What a new space will consist of: what a template gives and `space.create` takes. Plain data, so it can be
 * shown, compared and edited before anything is created.
 */
export type SpacePlan = {
  readonly template: TemplateRef | null;
  readonly name: string;
  readonly visibility: Visibility;
  /** IANA zone. */
  readonly timeZone: string;
  readonly exportPolicy: ExportPolicy;
  readonly channels: readonly PlannedChannel[];
  /** The team that is there from the start, beside the creator, who is host. */
  readonly members: readonly PlannedMember[];
  /** Who looks after what from the start; whoever is named must be the creator or one of `members`. */
  readonly duties: readonly PlannedDuty[];
  readonly links: readonly PlannedLink[];
  /** Messages posted by the creator once the space is there. */
  readonly posts: readonly PlannedPost[];
};

/** A channel to open. */
export type PlannedChannel = {
  readonly id: string;
  readonly name: string;
  readonly kind: ChannelKind;
  readonly topic?: string | undefined;
};

/** A member to add. */
export type PlannedMember = {
  readonly id: string;
  readonly name?: string | undefined;
  readonly roles: readonly string[];
};

/** A duty to assign. */
export type PlannedDuty = { readonly duty: string; readonly member: string };

/** An attribution link to create. */
export type PlannedLink = {
  readonly target: string;
  readonly campaign: string;
  readonly cohort?: string | undefined;
  readonly source?: string | undefined;
};

/** A message to post. */
export type PlannedPost = {
  readonly channel: string;
  readonly body: string;
  readonly pinned?: boolean | undefined;
};
