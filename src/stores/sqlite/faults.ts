import type { StoreCode } from "../../kernel/codes.js";
import { StoreError } from "../../kernel/errors.js";

/** SQLite's own texts, which every driver passes on, whatever each calls its codes. */
const FAULTS: readonly (readonly [RegExp, StoreCode, string])[] = [
  [
    /not a database|encrypted/i,
    "STORE_NOT_A_DATABASE",
    "This file is not a SQLite database; it was left as it is.",
  ],
  [
    /(unable to|could not|cannot) open/i,
    "STORE_CANNOT_OPEN",
    "The database file cannot be opened. Is there such a folder, and may it be read?",
  ],
  [
    /readonly|read-only/i,
    "STORE_READ_ONLY",
    "The database cannot be written. Check the permissions of the file and its folder.",
  ],
  [/disk is full|disk i\/o error.*full/i, "STORE_FULL", "The disk is full. Nothing of the commit was kept."],
  [/locked|busy/i, "STORE_BUSY", "Another process held the database for too long."],
  [/not open|closed|finalized/i, "STORE_CLOSED", "The database has been closed."],
];

/** The driver's error as one of ours, with the driver's as its cause. */
export function asStoreError(error: unknown, path: string | undefined): StoreError {
  const text = error instanceof Error ? error.message : String(error);
  const [, code, message] = FAULTS.find(([pattern]) => pattern.test(text)) ?? [
    null,
    "STORE_FAULT" as const,
    `The database failed: ${text}`,
  ];
  return new StoreError(code, message, path === undefined ? {} : { path }, { cause: error });
}
