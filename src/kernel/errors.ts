import type { Code, ImportCode, InputCode, RefusalCode, StoreCode } from "./codes.js";
import type { JsonObject } from "./json.js";
import type { Refusal } from "./outcome.js";

/**
 * The base of every error the library throws. `code` is stable and listed in `CODES`; the message may change.
 *
 * ```ts
 * try {
 *   await drop.join({ token, as: "leo" });
 * } catch (error) {
 *   if (error instanceof ChatSpacesError && error.code === "INVITE_EXPIRED") showExpired();
 *   else throw error;
 * }
 * ```
 */
export class ChatSpacesError extends Error {
  override readonly name: string = "ChatSpacesError";
  readonly code: Code;
  /** What the message is about, as plain data. */
  readonly details: JsonObject;

  constructor(code: Code, message: string, details: JsonObject = {}, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.details = details;
  }
}

/** A command was refused: nothing changed. Thrown by a handle's verbs; the pure core returns the refusal instead. */
export class RefusedError extends ChatSpacesError {
  override readonly name = "RefusedError";
  declare readonly code: RefusalCode;
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.code, refusal.message, refusal.details);
    this.refusal = refusal;
  }
}

/** Faults that pass by themselves, so that the same call may work a moment later. */
const TRANSIENT: readonly StoreCode[] = ["STORE_BUSY", "STORE_UNREACHABLE"];

/** A store failed. Whether the commit landed is unknown unless the code says so; repeat it under the same id. */
export class StoreError extends ChatSpacesError {
  override readonly name = "StoreError";
  declare readonly code: StoreCode;
  /** Whether the same call may work a moment later. A store may say so itself; some codes say so by default. */
  readonly transient: boolean;

  constructor(
    code: StoreCode,
    message: string,
    details: JsonObject = {},
    options: { cause?: unknown; transient?: boolean } = {},
  ) {
    super(code, message, details, options);
    this.transient = options.transient ?? TRANSIENT.includes(code);
  }
}

/** A file cannot be imported. Nothing was imported. */
export class ImportError extends ChatSpacesError {
  override readonly name = "ImportError";
  declare readonly code: ImportCode;

  constructor(code: ImportCode, message: string, details: JsonObject = {}, options?: { cause?: unknown }) {
    super(code, message, details, options);
  }
}

/** An argument cannot mean anything: not an instant, not a time zone, not an amount of money. */
export class InvalidInputError extends ChatSpacesError {
  override readonly name = "InvalidInputError";
  declare readonly code: InputCode;

  constructor(code: InputCode, message: string, details: JsonObject = {}, options?: { cause?: unknown }) {
    super(code, message, details, options);
  }
}
