// tsx --conditions=@chat-spaces/source scripts/errors-doc.mjs [--check]
// Makes docs/errors.md from CODES. --check fails when the page is out of date.
import { CODES } from "chat-spaces";
import { keepUpToDate } from "./generated.mjs";

const KINDS = [
  {
    kind: "refusal",
    title: "Refused commands",
    intro:
      "Nothing changed. The verbs of a space throw a `RefusedError`; the pure `decide` returns the same refusal.",
  },
  {
    kind: "input",
    title: "Misuse",
    intro:
      "An argument cannot mean anything, which is a defect of the caller: an `InvalidInputError` is thrown.",
  },
  { kind: "store", title: "Stores", intro: "The store failed: a `StoreError` is thrown." },
  {
    kind: "import",
    title: "Imports",
    intro: "The file cannot be read, and nothing of it was imported: an `ImportError` is thrown.",
  },
];

const entries = Object.entries(CODES);
const strays = entries.filter(([, { kind }]) => !KINDS.some((known) => known.kind === kind));
if (strays.length > 0) throw new Error(`No section for ${strays.map(([code]) => code).join(", ")}.`);

const page = [
  "# Errors and refusals",
  "<!-- Made from src/kernel/codes.ts by scripts/errors-doc.mjs: do not edit by hand. -->",
  "Every error of this library is a `ChatSpacesError` with a `code`. Codes are stable and meant to branch on; " +
    "messages are for people and may change. The same list is exported as `CODES`.",
  KINDS.map(({ title }) => `- [${title}](#${title.toLowerCase().replaceAll(" ", "-")})`).join("\n"),
];
for (const { kind, title, intro } of KINDS) {
  page.push(`## ${title}`, intro);
  for (const [code, { means, todo }] of entries.filter(([, about]) => about.kind === kind)) {
    page.push(`### ${code}`, `**What it means.** ${means}`, `**What to do.** ${todo}`);
  }
}
keepUpToDate(
  "docs/errors.md",
  `${page.join("\n\n")}\n`,
  "npx tsx --conditions=@chat-spaces/source scripts/errors-doc.mjs",
);
