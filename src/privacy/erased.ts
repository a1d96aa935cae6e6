import type { EventData, EventType, SpaceEvent } from "../model/events.js";

/** What is to be erased: what one person said and is called, or all that was said before an instant. */
export type Erased = { readonly person: string } | { readonly before: number };

/**
 * What stays of the payload of an event when what is personal goes: the same `data` without texts and names, so that
 * whatever is folded or counted comes out as before. `undefined` where there is nothing to take out.
 *
 * Of a person that is their name, what they wrote and how they edited it, the notes of the handoffs they offered, and
 * the reasons given by them or about them. Their id stays, also as the author of what they wrote. What others wrote
 * about them cannot be told from anything else, and stays. Of what is too old it is everything that was said.
 *
 * `isTheirs` says whether a message is the person's.
 */
export function erased(
  event: SpaceEvent,
  what: Erased,
  isTheirs: (message: string) => boolean,
): unknown | undefined {
  if (event.data === null) return undefined;
  const data = remains(event, what, isTheirs) ?? event.data;
  const hasReason = event.reason !== undefined && isReasonGone(event, what);
  return hasReason || JSON.stringify(data) !== JSON.stringify(event.data) ? data : undefined;
}

function remains(
  event: SpaceEvent,
  what: Erased,
  isTheirs: (message: string) => boolean,
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
    case "handoff.offered":
      return event.data.from === person ? { ...event.data, note: null } : undefined;
    default:
      return undefined;
  }
}

/** A message as it counts, without what it says. A later import knows it by its source, and does not bring it back. */
function withoutContent(message: EventData["message.posted"]): EventData["message.posted"] {
  const { authorName: _, attachments, poll, source, ...rest } = message;
  return {
    ...rest,
    body: "",
    ...(attachments && { attachments: attachments.map(({ kind }) => ({ name: null, kind })) }),
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
