/**
 * The rules for shared chats: spaces, members, channels, invites, duties, slices, links and metrics.
 *
 * @module chat-spaces
 */

// --- Start here --------------------------------------------------------------------------------------------------

export type { CohortVerbs } from "./client/cohort-verbs.js";
export type { DraftVerbs } from "./client/draft-verbs.js";
export type { DutyVerbs } from "./client/duty-verbs.js";
export type { ErasureReport } from "./client/erasing.js";
export type { FollowOptions } from "./client/following.js";
export type {
  Explanation,
  HandleImportOptions,
  HandleOperationsOptions,
  MetricsOptions,
  SpaceHandle,
  SpaceReport,
  Where,
} from "./client/handle.js";
export type { IncidentVerbs } from "./client/incident-verbs.js";
export type { InviteRequestVerbs, InviteVerbs, Joined, TicketVerbs } from "./client/invite-verbs.js";
export type { ChecklistVerbs, ItemVerbs } from "./client/item-verbs.js";
export type { KeyVerbs } from "./client/key-verbs.js";
export type { Options } from "./client/options.js";
export type { ImportResult } from "./client/results.js";
export type { RotaVerbs } from "./client/rota-verbs.js";
export type { FoundMessage, SearchHit, SearchOptions, SearchResult } from "./client/search-options.js";
export type { SearchVerbs } from "./client/search-verbs.js";
export type { SliceImportOptions } from "./client/slice-import.js";
export type { SliceFile, SliceReader, SliceVerbs } from "./client/slice-verbs.js";
export {
  createSpaces,
  type ErasureOptions,
  type Listener,
  type Spaces,
  type SpacesConfig,
  type TickOptions,
} from "./client/spaces.js";
export type { TickReport } from "./client/ticking.js";
export { createMemoryBacking, type MemoryBacking, memoryStore } from "./stores/memory.js";

// --- The same rules without a store ------------------------------------------------------------------------------

export type { Capability } from "./access/capabilities.js";
export type { TraceStep } from "./access/decide.js";
export type { Remedy } from "./access/explain.js";
export type { Cause, Decision, DecisionCode, Question } from "./access/question.js";
export type { RoleName } from "./access/roles.js";
export { type Answer, type Asked, type Target, whoAnswers } from "./duties/answers.js";
export { type Approvals, approvalsOf, type ClauseApprovals } from "./duties/drafts/approvals.js";
export { ruleOf } from "./duties/drafts/rule.js";
export { textOf } from "./duties/drafts/text.js";
export { openApprovalsFor } from "./duties/drafts/waiting.js";
export { type Due, type DueCommand, due, nextDueAt } from "./duties/due/due.js";
export { asOf } from "./duties/handoffs/as-of.js";
export { openIncidents } from "./duties/incidents/open-incidents.js";
export {
  type PostMortem,
  type PostMortemItem,
  type PostMortemPerson,
  type PostMortemUpdate,
  postMortem,
} from "./duties/incidents/post-mortem.js";
export { renderPostMortem } from "./duties/incidents/render.js";
export { type ChecklistView, checklistOf } from "./duties/items/checklist-of.js";
export { type ItemFilter, openItems, overdue } from "./duties/items/lists.js";
export { type ItemRow, itemRows } from "./duties/items/rows.js";
export { openItemsOf } from "./duties/open-items.js";
export { peopleOf } from "./duties/people.js";
export { openQuestions } from "./duties/questions.js";
export {
  type Coverage,
  type CoverageOptions,
  coverage,
  type DutyTime,
} from "./duties/rotas/coverage.js";
export { type Handover, nextHandover } from "./duties/rotas/handover.js";
export type { Night } from "./duties/rotas/night.js";
export { onDuty } from "./duties/rotas/on-duty.js";
export type { Shift, Watch } from "./duties/rotas/roster.js";
export { shiftsOf } from "./duties/rotas/shifts.js";
export { DUTIES, whoHolds } from "./duties/tenure.js";
export { isVacant, vacantDuties } from "./duties/vacancy.js";
export type { Context } from "./model/decider.js";
export { type ImportOptions, importHistory } from "./model/import-history.js";
export { streamOf, streams } from "./model/streams.js";
export { decide } from "./space/decide.js";
export { evolve, fold } from "./space/evolve.js";
export { foldTimeline } from "./space/timeline.js";

// --- Sharing -----------------------------------------------------------------------------------------------------

export {
  type Activity,
  type CohortFacts,
  cohortFacts,
  mergeCohortFacts,
  type Sale,
} from "./sharing/cohorts/facts.js";
export { type CohortQuestion, cohortMembers } from "./sharing/cohorts/members.js";
export { type CohortNeeds, cohortNeeds } from "./sharing/cohorts/needs.js";
export { type InvitePreview, type Previewed, previewInvite } from "./sharing/invites/preview.js";
export { type InviteToken, inviteToken, readInviteToken } from "./sharing/invites/token.js";
export type { Signer } from "./sharing/provenance/seal.js";
export type { Suspect } from "./sharing/provenance/trace.js";
export type { PatternEngine } from "./sharing/redaction/patterns.js";
export { type Finding, reviewRedactions } from "./sharing/redaction/review.js";
export type { RuleName } from "./sharing/redaction/rules.js";
export type { FindingField, Span } from "./sharing/redaction/spans.js";
export { sliceToHtml } from "./sharing/rendering/html.js";
export { sliceToJson } from "./sharing/rendering/json.js";
export { sliceToMarkdown } from "./sharing/rendering/markdown.js";
export type { RenderOptions } from "./sharing/rendering/options.js";
export { type RenderedSlice, renderSlice } from "./sharing/rendering/render.js";
export { sliceToText } from "./sharing/rendering/text.js";
export { type MessageHit, type MessageSearchOptions, searchMessages } from "./sharing/search/search.js";
export { type AccessEvent, accessLog } from "./sharing/shares/access-log.js";
export { type Reading, readingOf, type Seeing } from "./sharing/shares/open.js";
export { policyIn, policyOf, strictest, widened } from "./sharing/shares/policy.js";
export { type PreviewOptions, previewSlice } from "./sharing/shares/preview.js";
export { readShareToken, type ShareToken, shareToken } from "./sharing/shares/token.js";
export { curate, curateWithSources } from "./sharing/slices/curate.js";
export type { Curated, SliceRequest, Taken } from "./sharing/slices/request.js";
export { type SelectOptions, select } from "./sharing/slices/select.js";
export type { Seal, Slice, SliceMessage } from "./sharing/slices/slice.js";

// --- Attribution and metrics -------------------------------------------------------------------------------------

export {
  type CreditKey,
  type CreditOptions,
  type CreditReport,
  type CreditRow,
  creditLastTouch,
} from "./attribution/credit.js";
export { linkUrl } from "./attribution/links.js";
export {
  type ActivityOptions,
  type ActivityReport,
  type DayActivity,
  finalise,
  type PersonActivity,
  type Ratio,
  type Replies,
} from "./metrics/activity.js";
export { type FactRow, type Facts, merge, type Prepared, prepare } from "./metrics/facts.js";
export { type OperationsReport, operations } from "./metrics/operations.js";
export type { ApprovalFigures } from "./metrics/operations-drafts.js";
export {
  mergeOperations,
  type OperationsEvent,
  type OperationsEventType,
  type OperationsFact,
  type OperationsFacts,
  prepareOperations,
} from "./metrics/operations-facts.js";
export type { Every, LagName, OperationsOptions } from "./metrics/operations-frame.js";
export type { HandoffFigures } from "./metrics/operations-handoffs.js";
export type { IncidentFigures } from "./metrics/operations-incidents.js";
export type { ItemFigures, Overdue } from "./metrics/operations-items.js";
export type { Lag, LagOfDuty, LagOfPeriod, LagOfPerson } from "./metrics/operations-lag.js";
export type { ActionKind } from "./metrics/operations-links.js";
export type { MessageFigures } from "./metrics/operations-messages.js";
export type { TimelineFacts } from "./metrics/operations-timeline.js";
export { quantile, type Summary, summarise } from "./metrics/quantiles.js";
export type { RangeOptions } from "./metrics/range.js";

// --- The model: what spaces, events and commands are -------------------------------------------------------------

export type { Cohort, CohortCommands, CohortEvents, CohortRule, CohortRuleInput } from "./model/cohorts.js";
export type {
  Act,
  CharterCommand,
  Command,
  CommandData,
  CommandType,
  SpaceCommands,
  TimelineCommand,
  TrafficCommand,
} from "./model/commands.js";
export type {
  ApprovalClause,
  ApprovalRule,
  ApprovalRuleInput,
  Draft,
  DraftCommands,
  DraftEvents,
  DraftRevision,
  DraftStatus,
  Suggestion,
  TextEdit,
  Verdict,
} from "./model/drafts.js";
export type {
  About,
  Charge,
  Duty,
  DutyCommands,
  DutyEvents,
  DutyRules,
  Escalation,
  Handoff,
  MessageRef,
  Nudge,
  OpenItem,
  Tenure,
  Thread,
  Window,
  WindowInput,
} from "./model/duties.js";
export type {
  CharterEvent,
  CharterEvents,
  ClickClass,
  EventData,
  EventType,
  SpaceEvent,
  SpaceEvents,
  TimelineEvent,
  TimelineEvents,
  TrafficEvent,
  TrafficEvents,
} from "./model/events.js";
export type {
  ChatHistory,
  ChatMedia,
  ChatMessage,
  ChatPoll,
  ImportWarning,
  ImportWarningCode,
  Participant,
} from "./model/history.js";
export type {
  Incident,
  IncidentCommands,
  IncidentEntry,
  IncidentEvents,
  IncidentStatus,
  Severity,
} from "./model/incidents.js";
export type {
  Ban,
  Invite,
  InviteCommands,
  InviteEvents,
  InvitePolicy,
  JoinRequest,
  Ticket,
  TicketTerms,
} from "./model/invites.js";
export type { Checklist, Item, ItemCommands, ItemEvents, ItemPlan } from "./model/items.js";
export {
  type Attachment,
  emptyTimeline,
  type MediaKind,
  type Message,
  type MessageKind,
  type MessageSource,
  messagesOf,
  type Poll,
  type Timeline,
} from "./model/message.js";
export type {
  PlannedChannel,
  PlannedDuty,
  PlannedLink,
  PlannedMember,
  PlannedPost,
  SpacePlan,
} from "./model/plan.js";
export type {
  BoundPolicy,
  ExportPolicy,
  Origin,
  Policy,
  PolicyCommands,
  PolicyEvents,
  PolicyInput,
  Visibility,
} from "./model/policy.js";
export type {
  GridLine,
  Hours,
  HoursInput,
  LocalDate,
  LocalTime,
  Rota,
  RotaCommands,
  RotaEvents,
  RotaOverride,
  RotaPlan,
  Rotation,
  Swap,
  Weekday,
} from "./model/rotas.js";
export type {
  Reach,
  Redaction,
  SliceCommands,
  SliceEvents,
  SliceFormat,
  SliceMode,
  SlicePick,
  SliceRecord,
  SliceShare,
  SliceTraffic,
  SliceUse,
  SpaceKey,
} from "./model/slices.js";
export {
  type Channel,
  type ChannelKind,
  emptySpace,
  type FormerMember,
  type LegalHold,
  type Link,
  type Member,
  type Space,
  type Stage,
  type TemplateRef,
} from "./model/space.js";

// --- Errors, time, money -----------------------------------------------------------------------------------------

export {
  CODES,
  type Code,
  type CodeKind,
  type ImportCode,
  type InputCode,
  type RefusalCode,
  type StoreCode,
} from "./kernel/codes.js";
export {
  ChatSpacesError,
  ImportError,
  InvalidInputError,
  RefusedError,
  StoreError,
} from "./kernel/errors.js";
export type { JsonObject, JsonValue } from "./kernel/json.js";
export { allocate, type Money, type Share } from "./kernel/money.js";
export type { Outcome, Refusal } from "./kernel/outcome.js";
export { type ById, entry } from "./kernel/record.js";
export {
  type Duration,
  type DurationUnit,
  type Instant,
  type InstantInput,
  toInstant,
  toMilliseconds,
} from "./kernel/time.js";

// --- For authors of stores ---------------------------------------------------------------------------------------

export { encodeCommit, isName } from "./stores/commit.js";
export type {
  AppendResult,
  CancelSignal,
  Commit,
  EraseRequest,
  FeedCommit,
  FeedOptions,
  NewEvent,
  ReadOptions,
  SpaceStore,
  StateSnapshot,
  StateSnapshots,
  StoreCapabilities,
  StoredEvent,
  StreamsOptions,
  StreamsPage,
} from "./stores/contract.js";
export { encodeErasure, eraseEvent } from "./stores/erasure.js";
export { type FeedSource, follow, pause } from "./stores/follow.js";
export type {
  TextDocument,
  TextHit,
  TextIndex,
  TextPosition,
  TextPutResult,
  TextQuery,
  TextUpdate,
} from "./stores/text-index.js";
