import { shownName } from "./shown.js";

/** A text in which nothing is markup, in an element or in an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A name in a language that is not known, which runs in its own direction. */
export function bdi(name: string | null): string {
  return `<bdi lang="">${escapeHtml(shownName(name))}</bdi>`;
}

/** What stands in the place of what was taken out. */
const TAKEN_OUT = /\[(?:redacted|link|email|phone|amount|address)\]|\bPerson \d+\b|\u2588+/g;

/** A text with what stands in the place of what was taken out set apart, where something was. */
export function withPills(text: string, redacted: boolean): string {
  if (!redacted) return escapeHtml(text);
  let result = "";
  let from = 0;
  for (const { 0: found, index } of text.matchAll(TAKEN_OUT)) {
    result += escapeHtml(text.slice(from, index)) + pill(found);
    from = index + found.length;
  }
  return result + escapeHtml(text.slice(from));
}

function pill(found: string): string {
  if (found.startsWith("\u2588")) return `<span class="pill blank">${found}</span>`;
  return `<span class="pill">${found.startsWith("[") ? found.slice(1, -1) : found}</span>`;
}
