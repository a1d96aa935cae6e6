import type { Instant } from "../kernel/time.js";
import type { Draft } from "../model/drafts.js";
import type { Charge, MessageRef, OpenItem } from "../model/duties.js";
import type { Incident } from "../model/incidents.js";
import type { Item } from "../model/items.js";
import type { Space } from "../model/space.js";
import { ruleOf } from "./drafts/rule.js";

/**
 * What is open of what is handed over, as far as the space knows of itself, the oldest first: drafts that wait for
 * approval and posts that wait for their time, incidents, and what is to be done. With a duty goes what the duty answers
 * for, with a thread what was raised from it, with the ownership everything; with a role nothing goes by itself.
 */
export function openItemsOf(space: Space, of: Charge, from: string): readonly OpenItem[] {
  const concerns = concernOf(space, of, from);
  return [
    ...Object.values(space.drafts).flatMap((draft) => openDraft(draft, concerns)),
    ...Object.values(space.incidents).flatMap((incident) =>
      isOpenIncident(incident) && concerns.incident(incident)
        ? [openItem("incident", incident, incident.titledBy, incident.openedAt, null)]
        : [],
    ),
    ...Object.values(space.items).flatMap((item) =>
      (item.status === "open" || item.status === "acknowledged") && concerns.item(item)
        ? [openItem("item", item, item.titledBy, item.raisedAt, item.dueAt)]
        : [],
    ),
  ].sort((a, b) => a.since - b.since);
}

/** What of a kind goes with what is handed over. */
type Concern = {
  readonly approval: (draft: Draft) => boolean;
  readonly post: (draft: Draft) => boolean;
  readonly incident: (incident: Incident) => boolean;
  readonly item: (item: Item) => boolean;
};

const ALL = (): boolean => true;
const NONE = (): boolean => false;

function concernOf(space: Space, of: Charge, from: string): Concern {
  if ("ownership" in of) return { approval: ALL, post: ALL, incident: ALL, item: ALL };
  if ("role" in of) return { approval: NONE, post: NONE, incident: NONE, item: NONE };
  if ("thread" in of) {
    const isFrom = ({ source }: { readonly source: MessageRef | null }): boolean =>
      source?.channel === of.thread.channel && source.message === of.thread.message;
    return { approval: NONE, post: NONE, incident: isFrom, item: isFrom };
  }
  const { duty } = of;
  return {
    approval: (draft) => ruleOf(space, draft).clauses.some((clause) => clause.duty === duty),
    post: ({ scheduledBy }) => scheduledBy === from,
    incident: (incident) => incident.duty === duty,
    item: (item) => item.duty === duty,
  };
}

function openDraft(draft: Draft, concerns: Concern): readonly OpenItem[] {
  const { status, author, submittedAt, deadline, approvedAt, publishAt, createdAt } = draft;
  if (status === "submitted" && concerns.approval(draft))
    return [openItem("draft", draft, author, submittedAt ?? createdAt, deadline)];
  if (status === "scheduled" && concerns.post(draft))
    return [openItem("post", draft, author, approvedAt ?? createdAt, publishAt)];
  return [];
}

function isOpenIncident({ status }: Incident): boolean {
  return status !== "resolved" && status !== "merged";
}

function openItem(
  kind: OpenItem["kind"],
  { id, title }: { readonly id: string; readonly title: string },
  by: string,
  since: Instant,
  dueAt: Instant | null,
): OpenItem {
  return { kind, id, title, by, since, dueAt };
}
