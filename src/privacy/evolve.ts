import { type ById, entry } from "../kernel/record.js";
import type { Instant } from "../kernel/time.js";
import type { Draft } from "../model/drafts.js";
import type { Applier, Folding, ValueOf } from "../model/folding.js";
import type { Incident, IncidentEntry } from "../model/incidents.js";
import type { SliceRecord } from "../model/slices.js";
import { hides, nameless, withoutSpellings, withoutTitle } from "./erased.js";

/** What `erased` leaves of a person in the events, so that the space is the same before and after they are folded anew. */
export const personErased: Applier<"person.erased"> = (folding, { at, data: { person } }) => {
  const member = entry(folding.space.members, person);
  if (member) folding.put("members", person, { ...member, name: null });
  const former = entry(folding.space.former, person);
  if (former) folding.put("former", person, { ...former, name: null });
  change(folding, "handoffs", (handoff) => ({
    ...handoff,
    note: handoff.from === person ? null : handoff.note,
    items: handoff.items.map(withoutTitle(person)),
  }));
  change(folding, "requests", (request) =>
    request.member === person ? { ...request, name: null, note: null } : request,
  );
  change(folding, "slices", (slice) => withoutNames(slice, person, at));
  change(folding, "shares", (share) => (share.createdBy === person ? { ...share, recipient: null } : share));
  change(folding, "swaps", (swap) => (swap.from === person ? { ...swap, note: null } : swap));
  change(folding, "drafts", (draft) => withoutWords(draft, person));
  change(folding, "incidents", (incident) => withoutReports(incident, person));
  change(folding, "items", (item) => (item.titledBy === person ? { ...item, title: "" } : item));
  change(folding, "checklists", (list) => (list.openedBy === person ? { ...list, title: "" } : list));
};

/** The parts of a space in which people write. */
type Written =
  | "slices"
  | "shares"
  | "requests"
  | "handoffs"
  | "swaps"
  | "drafts"
  | "incidents"
  | "items"
  | "checklists";

function change<P extends Written>(folding: Folding, part: P, to: (value: ValueOf<P>) => ValueOf<P>): void {
  const values = folding.space[part] as ById<ValueOf<P>>;
  for (const [id, value] of Object.entries(values)) folding.put(part, id, to(value));
}

/** A slice that hides somebody of whom nobody knows any more what they are called cannot hide them: it is taken back. */
function withoutNames(slice: SliceRecord, person: string, at: Instant): SliceRecord {
  return {
    ...slice,
    title: slice.createdBy === person ? "" : slice.title,
    redact: slice.redact.map(withoutSpellings(person)),
    revokedAt: slice.revokedAt ?? (hides(slice.redact, person) ? at : null),
  };
}

function withoutWords(draft: Draft, person: string): Draft {
  return {
    ...draft,
    title: draft.author === person ? "" : draft.title,
    revisions: draft.revisions.map((revision) =>
      revision.by === person
        ? { ...revision, body: "", attachments: revision.attachments.map(nameless) }
        : revision,
    ),
    suggestions: draft.suggestions.map((suggestion) => ({
      ...suggestion,
      ...(suggestion.by === person
        ? { note: null, edits: suggestion.edits.map((edit) => ({ ...edit, text: "" })) }
        : {}),
      ...(suggestion.answeredBy === person ? { answer: null } : {}),
    })),
    verdicts: draft.verdicts.map((verdict) => (verdict.by === person ? { ...verdict, note: null } : verdict)),
  };
}

const REPORTS: ReadonlySet<IncidentEntry["kind"]> = /* @__PURE__ */ new Set<IncidentEntry["kind"]>([
  "declared",
  "contained",
  "updated",
  "resolved",
  "reopened",
]);

function withoutReports(incident: Incident, person: string): Incident {
  return {
    ...incident,
    title: incident.titledBy === person ? "" : incident.title,
    entries: incident.entries.map((line) =>
      line.by === person && REPORTS.has(line.kind) ? { ...line, text: "" } : line,
    ),
  };
}
