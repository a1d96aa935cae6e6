import type { OpenItem } from "../model/duties.js";
import type { EventData, EventType, SpaceEvent } from "../model/events.js";
import type { Attachment } from "../model/message.js";
import type { Redaction } from "../model/slices.js";

/** What is to be erased: what one person said and is called, or all that was said before an instant. */
export type Erased = { readonly person: string } | { readonly before: number };

/**
 * What stays of the payload of an event when what is personal goes: the same `data` without texts and names, so that
 * whatever is folded or counted comes out as before. `undefined` where there is nothing to take out.
 *
 * Of a person that is their name, what they wrote and how they edited it, drafts, suggestions, titles and notes of theirs, and
 * the reasons given by them or about them. Their id stays, also as the author of what they wrote. What others wrote
 * about them cannot be told from anything else, and stays. Of what is too old it is everything that was said.
 *
 * `isTheirs` says whether a message or a suggestion is the person's: whether `writtenBy` gave its id before.
 */
export function erased(
  event: SpaceEvent,
  what: Erased,
  isTheirs: (id: string) => boolean,
): unknown | undefined {
  if (event.data === null) return undefined;
  const data = remains(event, what, isTheirs) ?? event.data;
  const hasReason = event.reason !== undefined && isReasonGone(event, what);
  return hasReason || JSON.stringify(data) !== JSON.stringify(event.data) ? data : undefined;
}

function remains(
  event: SpaceEvent,
  what: Erased,
  isTheirs: (id: string) => boolean,
): EventData[EventType] | undefined {
  if ("before" in what && event.at >= what.before) return undefined;
  const person = "person" in what ? what.person : undefined;
  const gone = (of: string | null): boolean => person === undefined || of === person;
  switch (event.type) {
    case "message.posted":
      return gone(event.data.author) ? withoutContent(event.data) : undefined;
    case "message.edited":
      return gone(event.by) || isTheirs(event.data.message) ? { ...event.data, body: "" } : undefined;
    case "member.joined":
      return event.data.member === person ? { ...event.data, name: null } : undefined;
    default:
      return person === undefined ? undefined : withoutTexts(event, person, isTheirs);
  }
}

/** What a person wrote beside the conversation. That is part of the charter, which retention leaves as it is. */
function withoutTexts(
  event: SpaceEvent,
  person: string,
  isTheirs: (id: string) => boolean,
): EventData[EventType] | undefined {
  if (event.type === "handoff.offered") {
    const { from, note, items } = event.data;
    return { ...event.data, note: from === person ? null : note, items: items.map(withoutTitle(person)) };
  }
  if (event.type === "request.made")
    return event.data.member === person ? { ...event.data, name: null, note: null } : undefined;
  if (event.type === "slice.created") {
    const { title, redact } = event.data;
    return {
      ...event.data,
      title: event.by === person ? "" : title,
      redact: redact.map(withoutSpellings(person)),
    };
  }
  if (event.type === "draft.revised") {
    const { suggestion } = event.data;
    const theirs = suggestion === null ? event.by === person : isTheirs(suggestion);
    return theirs
      ? { ...event.data, body: "", attachments: event.data.attachments.map(nameless) }
      : undefined;
  }
  if (event.by !== person) return undefined;
  switch (event.type) {
    case "slice.shared":
      return { ...event.data, recipient: null };
    case "swap.offered":
    case "suggestion.rejected":
    case "verdict.given":
      return { ...event.data, note: null };
    case "draft.proposed":
      return { ...event.data, title: "", body: "", attachments: event.data.attachments.map(nameless) };
    case "suggestion.made":
      return { ...event.data, note: null, edits: event.data.edits.map((edit) => ({ ...edit, text: "" })) };
    case "incident.declared":
      return { ...event.data, title: "", text: "" };
    case "incident.contained":
    case "incident.updated":
    case "incident.resolved":
    case "incident.reopened":
      return { ...event.data, text: "" };
    case "item.raised":
    case "checklist.opened":
      return { ...event.data, title: "" };
    case "item.changed":
      return event.data.title === undefined ? undefined : { ...event.data, title: "" };
    default:
      return undefined;
  }
}

/** The id of what somebody wrote with an event, where others refer to it; `undefined` of anything else. */
export function writtenBy(event: SpaceEvent, person: string): string | undefined {
  if (event.data === null) return undefined;
  if (event.type === "message.posted") return event.data.author === person ? event.id : undefined;
  return event.type === "suggestion.made" && event.by === person ? event.data.suggestion : undefined;
}

/** Takes the title out of an open item that somebody wrote. */
export function withoutTitle(person: string): (item: OpenItem) => OpenItem {
  return (item) => (item.by === person ? { ...item, title: "" } : item);
}

/** Whether redactions hide somebody by what they are called. */
export function hides(rules: readonly Redaction[], person: string): boolean {
  return rules.some(
    (rule) => rule === "people" || (typeof rule === "object" && "person" in rule && rule.person === person),
  );
}

/** A redaction of somebody without the other spellings of their name. */
export function withoutSpellings(person: string): (rule: Redaction) => Redaction {
  return (rule) =>
    typeof rule === "object" && "person" in rule && rule.person === person ? { person: rule.person } : rule;
}

/** An attachment without its name. */
export function nameless({ kind }: Attachment): Attachment {
  return { name: null, kind };
}

/** A message as it counts, without what it says. A later import knows it by its source, and does not bring it back. */
function withoutContent(message: EventData["message.posted"]): EventData["message.posted"] {
  const { authorName: _, attachments, poll, source, ...rest } = message;
  return {
    ...rest,
    body: "",
    ...(attachments && { attachments: attachments.map(nameless) }),
    ...(poll && { poll: { ...poll, question: "", options: poll.options.map(() => "") } }),
    ...(source && { source: { platform: source.platform, id: source.id } }),
  };
}

function isReasonGone({ by, at, data, type }: SpaceEvent, what: Erased): boolean {
  if ("before" in what) return at < what.before && isSaid(type);
  return by === what.person || ("member" in data && data.member === what.person);
}

function isSaid(type: EventType): boolean {
  return /^(message|poll|reaction|media)\./.test(type);
}
