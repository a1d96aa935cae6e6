import {
  ChatSpacesError,
  CODES,
  type Code,
  ImportError,
  InvalidInputError,
  type RefusalCode,
  RefusedError,
  type StoreCode,
  StoreError,
  toInstant,
} from "chat-spaces";
import { describe, expect, test } from "vitest";
import { accept, refuse } from "../../src/kernel/outcome.js";

const codes = Object.entries(CODES) as [Code, (typeof CODES)[Code]][];

describe("the list of codes", () => {
  test.each(codes)("%s says what it means and what to do, in sentences", (code, { means, todo }) => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(means).toMatch(/^[A-Z].{10,}\.$/s);
    expect(todo).toMatch(/^[A-Z].{5,}\.$/s);
  });

  test("no two codes mean the same", () => {
    const meanings = codes.map(([, { means }]) => means);
    expect(new Set(meanings).size).toBe(meanings.length);
  });

  test("codes of stores and of imports can be told by their names", () => {
    for (const [code, { kind }] of codes) {
      expect(code.startsWith("STORE_"), code).toBe(kind === "store");
      expect(/^(?:IMPORT|BUNDLE)_/.test(code), code).toBe(kind === "import");
    }
  });
});

describe("an error", () => {
  const cause = new Error("ENOSPC: no space left on device");
  const refusal = refuse("LAST_HOST", "The last host cannot leave.", { member: "ana" }).refusal;

  test.each([
    [new RefusedError(refusal), "RefusedError", "LAST_HOST"],
    [new StoreError("STORE_FULL", "The disk is full.", { free: 0 }, { cause }), "StoreError", "STORE_FULL"],
    [new ImportError("IMPORT_EMPTY", "The file has no content."), "ImportError", "IMPORT_EMPTY"],
    [new InvalidInputError("INVALID_INPUT", "5 is no zone."), "InvalidInputError", "INVALID_INPUT"],
  ])("%s is known by its class, its name and its code", (error, name, code) => {
    expect(error).toBeInstanceOf(ChatSpacesError);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name, code });
    expect(String(error)).toBe(`${name}: ${error.message}`);
    // What logs and error trackers show first.
    expect(error.stack).toMatch(new RegExp(`^(\\w+: )?${error.message}`));
  });

  test("is of its own class and of no sibling's", () => {
    expect(new StoreError("STORE_FAULT", "It failed.")).not.toBeInstanceOf(RefusedError);
    expect(new RefusedError(refusal)).not.toBeInstanceOf(StoreError);
  });

  test("survives JSON by its code and details, so that it can be logged or sent", () => {
    const error = new StoreError("STORE_FULL", "The disk is full.", { free: 0 }, { cause });
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: "StoreError",
      code: "STORE_FULL",
      details: { free: 0 },
      transient: false,
    });
  });

  test("says whether the same call may work a moment later", () => {
    const transient = (code: StoreCode, options?: { transient?: boolean }) =>
      new StoreError(code, "It failed.", {}, options).transient;
    expect([transient("STORE_BUSY"), transient("STORE_UNREACHABLE"), transient("STORE_FULL")]).toEqual([
      true,
      true,
      false,
    ]);
    // A store may know better.
    expect(transient("STORE_FAULT", { transient: true })).toBe(true);
    expect(transient("STORE_UNREACHABLE", { transient: false })).toBe(false);
  });

  test("keeps the driver's own error as its cause", () => {
    expect(new StoreError("STORE_FULL", "The disk is full.", {}, { cause }).cause).toBe(cause);
    expect("cause" in new StoreError("STORE_FULL", "The disk is full.")).toBe(false);
  });

  test("has details even where there are none", () => {
    expect(new ImportError("IMPORT_EMPTY", "The file has no content.").details).toEqual({});
  });

  test("of misuse names the value, shortened, and one that works", () => {
    expect(() => toInstant("x".repeat(1_000_000))).toThrow(
      expect.objectContaining({ code: "INVALID_INPUT", message: expect.stringMatching(/^.{80,250}$/) }),
    );
    expect(() => toInstant("tomorrow")).toThrow('"tomorrow" is not an instant. Use ISO text');
  });
});

describe("a refusal is an answer, an error is not", () => {
  test("it is data, not an Error, and survives JSON unchanged", () => {
    const outcome = refuse("INVITE_EXHAUSTED", "The invite has been used up.", { invite: "inv_1" });
    expect(outcome).not.toBeInstanceOf(Error);
    expect(outcome).toEqual({
      ok: false,
      refusal: {
        code: "INVITE_EXHAUSTED",
        message: "The invite has been used up.",
        details: { invite: "inv_1" },
      },
    });
    expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome);
  });

  test("a handle throws it with everything it says", () => {
    const { refusal } = refuse("OUTRANKED", "Gus ranks below Ana.", { member: "ana" });
    const error = new RefusedError(refusal);
    expect(error.refusal).toBe(refusal);
    expect(error).toMatchObject({ code: refusal.code, message: refusal.message, details: refusal.details });
  });

  test("its code is one of those for refusals", () => {
    const { refusal } = refuse("LAST_HOST", "The last host cannot leave.");
    expect(CODES[refusal.code as RefusalCode].kind).toBe("refusal");
    expect(refusal.details).toEqual({});
  });

  test("accepting gives the events in their order, or none where nothing had to happen", () => {
    expect(accept("a", "b")).toEqual({ ok: true, events: ["a", "b"] });
    expect(accept()).toEqual({ ok: true, events: [] });
  });
});
