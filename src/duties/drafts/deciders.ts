import type { Deciders } from "../../model/decider.js";
import type { DraftCommands } from "../../model/drafts.js";
import { judgeDraft } from "./judge.js";
import { proposeDraft } from "./propose.js";
import { deliverDraft, publishDraft } from "./publish.js";
import { reviseDraft } from "./revise.js";
import { ruleChannel } from "./rule-channel.js";
import { scheduleDraft } from "./schedule.js";
import { submitDraft } from "./submit.js";
import { applySuggestion, makeSuggestion, rejectSuggestion } from "./suggest.js";
import { withdrawDraft } from "./withdraw.js";

/** How the commands of drafts are decided. */
export const draftDeciders: Deciders<keyof DraftCommands> = {
  "channel.rule": ruleChannel,
  "draft.propose": proposeDraft,
  "draft.revise": reviseDraft,
  "suggestion.make": makeSuggestion,
  "suggestion.apply": applySuggestion,
  "suggestion.reject": rejectSuggestion,
  "draft.submit": submitDraft,
  "draft.judge": judgeDraft,
  "draft.schedule": scheduleDraft,
  "draft.publish": publishDraft,
  "draft.deliver": deliverDraft,
  "draft.withdraw": withdrawDraft,
};
