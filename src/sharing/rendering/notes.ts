import type { Slice } from "../slices/slice.js";
import type { Clock } from "./clock.js";
import { counted } from "./poll.js";
import { shownName } from "./shown.js";

/** Something that is said of a slice as a whole. What people wrote is in it as they wrote it. */
export type Note = { readonly label: string; readonly text: string };

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** What stands under a slice: how it was redacted, what is missing, what may be done with it, what proves it. */
export function notesOf(slice: Slice, clock: Clock): readonly Note[] {
  const { policy, seal, leftOut, at, by, id, share, mode } = slice;
  const made = `${clock.day(at)}, ${clock.time(at)}, by ${shownName(by)}`;
  const copy = share === null ? shownName(id) : `${shownName(id)}, given by ${shownName(share)}`;
  return [
    { label: "Redacted", text: redactionNote(slice) },
    ...(leftOut > 0
      ? [{ label: "Left out", text: `${counted(leftOut, "message")} that others here answer.` }]
      : []),
    { label: "Terms", text: termsNote(slice) },
    ...(policy.legal ? [{ label: "Legal", text: policy.legal }] : []),
    { label: mode === "frozen" ? "Frozen" : "Made", text: `${made}.` },
    { label: "Copy", text: copy },
    ...(seal ? [{ label: "Seal", text: seal.root }] : []),
    ...(seal ? [{ label: "Key", text: seal.key ?? "Not signed." }] : []),
  ];
}

/** Whether what is noted is for machines to compare, digit by digit. */
export function isDigits({ label }: Note): boolean {
  return label === "Seal" || label === "Key";
}

/** How many messages there are and whom they are for. */
export function summaryOf({ messages, recipient }: Slice, timeZone: string): string {
  const whom = recipient === null ? "" : `, for ${shownName(recipient)}`;
  return `${counted(messages.length, "message")}${whom}. Times in ${timeZone}.`;
}

function redactionNote({ redactions }: Slice): string {
  const kinds = Object.entries(redactions).filter(([, count]) => count > 0);
  if (kinds.length === 0) return "Nothing was taken out of these messages.";
  return `Taken out: ${kinds.map(([kind, count]) => `${shownName(kind)} (${count})`).join(", ")}.`;
}

function termsNote({ policy }: Slice): string {
  return [
    policy.forward ? "May be passed on." : "Not to be passed on.",
    policy.ai ? "Machines may be given it to read." : "Not to be given to machines to read.",
    ...(policy.retention === null ? [] : [`May be read for ${span(policy.retention)} after it was shared.`]),
  ].join(" ");
}

function span(duration: number): string {
  return duration >= DAY
    ? counted(Math.floor(duration / DAY), "day")
    : counted(Math.max(1, Math.floor(duration / HOUR)), "hour");
}
