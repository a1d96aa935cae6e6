/** What the compiler knows about codes, errors, time and money. Checked by `npm run typecheck`; never run. */
import {
  allocate,
  ChatSpacesError,
  CODES,
  type Code,
  type CodeKind,
  type Duration,
  type ImportCode,
  ImportError,
  type InputCode,
  InvalidInputError,
  type Money,
  type Refusal,
  type RefusalCode,
  RefusedError,
  type StoreCode,
  StoreError,
  toInstant,
  toMilliseconds,
} from "chat-spaces";
import { expectTypeOf } from "vitest";

// --- Codes -------------------------------------------------------------------------------------------------------

// Every code is of one kind, and all kinds together are all codes.
expectTypeOf<RefusalCode | InputCode | StoreCode | ImportCode>().toEqualTypeOf<Code>();
expectTypeOf<RefusalCode & StoreCode>().toEqualTypeOf<never>();
expectTypeOf<CodeKind>().toEqualTypeOf<"refusal" | "store" | "import" | "input">();
expectTypeOf(CODES.LAST_HOST.kind).toEqualTypeOf<"refusal">();
// @ts-expect-error there is no such code
CODES.LAST_HOSTS;

declare const caught: unknown;
if (caught instanceof ChatSpacesError) {
  expectTypeOf(caught.code).toEqualTypeOf<Code>();
  caught.code === "INVITE_EXPIRED";
  // @ts-expect-error a misspelt code can never be equal
  caught.code === "INVITE_EXPIERD";
}
if (caught instanceof RefusedError) {
  expectTypeOf(caught.code).toEqualTypeOf<RefusalCode>();
  expectTypeOf(caught.refusal).toEqualTypeOf<Refusal>();
  // @ts-expect-error a refusal never has the code of a store
  caught.code === "STORE_BUSY";
}
if (caught instanceof StoreError) expectTypeOf(caught.code).toEqualTypeOf<StoreCode>();
if (caught instanceof ImportError) expectTypeOf(caught.code).toEqualTypeOf<ImportCode>();
if (caught instanceof InvalidInputError) expectTypeOf(caught.code).toEqualTypeOf<InputCode>();

new StoreError("STORE_FULL", "The disk is full.", { free: 0 }, { cause: new Error("ENOSPC") });
// @ts-expect-error a store throws codes of stores
new StoreError("LAST_HOST", "The disk is full.");
// @ts-expect-error details are plain data
new StoreError("STORE_FULL", "The disk is full.", { at: new Date(0) });

/** A switch over the kinds is complete; a kind that is new would make it a compile error. */
export function statusOf(kind: CodeKind): number {
  switch (kind) {
    case "refusal":
      return 409;
    case "input":
    case "import":
      return 400;
    case "store":
      return 503;
  }
}

// --- Time --------------------------------------------------------------------------------------------------------

expectTypeOf(toInstant).returns.toEqualTypeOf<number>();
toInstant("2026-05-01T16:00:00Z");
toInstant(new Date(0));
toInstant(0);
// @ts-expect-error nothing is no instant
toInstant(null);

const week: Duration = "7d";
toMilliseconds(week);
toMilliseconds("1.5h");
toMilliseconds(250);
// @ts-expect-error a month has no fixed length
toMilliseconds("1month");
// @ts-expect-error a text has a unit; milliseconds are a number
toMilliseconds("90");
// @ts-expect-error units are written short
toMilliseconds("7days");

// --- Money -------------------------------------------------------------------------------------------------------

const price: Money = { minor: 4900, currency: "EUR" };
// @ts-expect-error an amount has a currency
export const bare: Money = { minor: 4900 };
// @ts-expect-error and is counted in minor units, never in a fraction of a major one
export const major: Money = { amount: 49, currency: "EUR" };
// @ts-expect-error minor units are a number, not a text
export const text: Money = { minor: "4900", currency: "EUR" };
// @ts-expect-error an amount does not change
price.minor = 0;

// Splitting is exact, so it takes and gives integers of any size.
expectTypeOf(allocate(100n, [{ key: "a", weight: 1n }])).toEqualTypeOf<bigint[]>();
// @ts-expect-error a float would round
allocate(100, [{ key: "a", weight: 1n }]);
// @ts-expect-error also as a weight
allocate(100n, [{ key: "a", weight: 0.5 }]);
