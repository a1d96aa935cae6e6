import fc from "fast-check";
import { expect, test } from "vitest";
import { fromBase64Url, toBase64Url } from "../../../src/stores/decorators/base64url.js";

test("says what Node says, and reads it back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (given) => {
      const bytes = new Uint8Array(given);
      const text = Buffer.from(bytes).toString("base64url");
      expect(toBase64Url(bytes)).toBe(text);
      expect(fromBase64Url(text)).toEqual(bytes);
    }),
  );
});

test("reads nothing else: each text has one meaning, and each meaning one text", () => {
  const character = fc.constantFrom(..."ABQZaz09-_", "=", "+", "/", " ", "ä", "\0", "👋");
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 6 }), (text) => {
      const bytes = fromBase64Url(text);
      const isCanonical = Buffer.from(text, "base64url").toString("base64url") === text;
      expect(bytes !== undefined).toBe(isCanonical);
      if (bytes) expect(toBase64Url(bytes)).toBe(text);
    }),
    { numRuns: 2000 },
  );
});
