import { verify as nodeVerify } from "node:crypto";
import { curateWithSources, type Slice } from "chat-spaces";
import {
  ed25519Signer,
  quoteOf,
  sealSlice,
  sourceSalt,
  verifyQuote,
  verifySlice,
  verifySource,
} from "chat-spaces/provenance";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chat, message, REQUEST } from "../messages.js";

const SEED = "sed_unguessable";
const signer = ed25519Signer("11".repeat(32));
const trusted = [signer.publicKey];
const curated = curateWithSources(chat, {
  ...REQUEST,
  redact: ["phones", { person: "mara" }],
  share: "shr_1",
});
const sealed = await sealSlice(curated, { seed: SEED, signer });

/** Checks a copy that went through a file. */
const check = (slice: unknown) => verifySlice(JSON.parse(JSON.stringify(slice)), { trusted });

describe("signing", () => {
  test("gives the signatures of RFC 8032, section 7.1", () => {
    const { publicKey, sign } = ed25519Signer(
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    );
    expect(publicKey).toBe("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    expect(sign(new Uint8Array())).toBe(
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    );
  });

  test("gives what another implementation takes for genuine", () => {
    const key = {
      key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(signer.publicKey, "hex").toString("base64url") },
    };
    const bytes = Buffer.from(
      JSON.stringify(["chat-spaces slice", 1, sealed.seal?.root, sealed.messages.length + 1]),
    );
    const signature = Buffer.from(sealed.seal?.signature ?? "", "hex");
    expect(nodeVerify(null, bytes, { ...key, format: "jwk" }, signature)).toBe(true);
  });

  test("takes a key of 32 bytes, and does not repeat one that is none", () => {
    for (const key of ["", "11".repeat(31), "zz".repeat(32), "hunter2"]) {
      expect(() => ed25519Signer(key)).toThrow(/64 hexadecimal digits/);
    }
    expect(() => ed25519Signer("hunter2")).not.toThrow(/hunter2/);
  });
});

describe("a sealed slice", () => {
  test("is genuine as it was given, and the same each time it is made", async () => {
    expect(check(sealed)).toEqual({ genuine: true, key: signer.publicKey });
    expect(await sealSlice(curated, { seed: SEED, signer })).toEqual(sealed);
    expect(await sealSlice(curated, { seed: "another", signer })).not.toEqual(sealed);
  });

  test("may have no messages in it at all", async () => {
    const none = curateWithSources([], REQUEST);
    expect(check(await sealSlice(none, { seed: SEED, signer }))).toMatchObject({ genuine: true });
  });

  const [first, second, ...rest] = sealed.messages;
  const without = (slice: Slice, field: "messages" | "salts" | "sources"): Slice => {
    const { seal } = slice;
    if (field === "messages" || !seal) return { ...slice, messages: slice.messages.slice(1) };
    return { ...slice, seal: { ...seal, [field]: seal[field].slice(1) } };
  };

  test.each<[string, object]>([
    ["other words", { messages: [{ ...first, body: "Doors open at seven" }, second, ...rest] }],
    ["another author", { messages: [{ ...first, author: "leo" }, second, ...rest] }],
    ["another field", { messages: [{ ...first, extra: 1 }, second, ...rest] }],
    ["messages in another order", { messages: [second, first, ...rest] }],
    ["a message twice", { messages: [first, first, second, ...rest] }],
    ["another title", { title: "For everybody" }],
    ["a wider policy", { policy: { ...sealed.policy, ai: true } }],
    ["another recipient", { recipient: "Globex" }],
    ["no word of its redactions", { redactions: {} }],
    ["fewer messages", without(sealed, "messages")],
    ["fewer salts", without(sealed, "salts")],
    ["fewer sources", without(sealed, "sources")],
    ["another root", { seal: { ...sealed.seal, root: "00".repeat(32) } }],
  ])("with %s is altered", (_, change) => {
    expect(check({ ...sealed, ...change })).toMatchObject({ genuine: false, flaw: "ALTERED" });
  });

  test("with any field of any message changed is altered, and with any digit of its seal changed it is not genuine", () => {
    const text = JSON.stringify(sealed.messages);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom("0", "1", "a", "x", "\u00e9"), (at, other) => {
        fc.pre(text[at] !== other);
        let messages: unknown;
        try {
          messages = JSON.parse(text.slice(0, at) + other + text.slice(at + 1));
        } catch {
          return;
        }
        expect(check({ ...sealed, messages })).toMatchObject({ genuine: false });
      }),
      { numRuns: 300 },
    );
    const seal = JSON.stringify(sealed.seal);
    fc.assert(
      fc.property(fc.nat(seal.length - 1), (at) => {
        fc.pre(/[0-9a-f]/.test(seal[at] ?? ""));
        const other = seal[at] === "0" ? "1" : "0";
        let changed: unknown;
        try {
          changed = JSON.parse(seal.slice(0, at) + other + seal.slice(at + 1));
        } catch {
          return;
        }
        expect(check({ ...sealed, seal: changed })).toMatchObject({ genuine: false });
      }),
      { numRuns: 300 },
    );
  });

  test("is checked against keys that are named, one by one", () => {
    for (const options of [undefined, {}, { trusted: signer.publicKey }, { trusted: null }]) {
      expect(() => verifySlice(sealed, options as never)).toThrow(/whose keys are trusted/);
      expect(() => verifyQuote(quoteOf(sealed, "m1"), options as never)).toThrow(/whose keys are trusted/);
    }
  });

  test("is not signed where nobody signed it, or somebody else's name stands there", async () => {
    const unsigned = await sealSlice(curated, { seed: SEED });
    expect(check(unsigned)).toMatchObject({ genuine: false, flaw: "NOT_SIGNED" });
    const other = ed25519Signer("22".repeat(32));
    const forged = await sealSlice(curated, {
      seed: SEED,
      signer: { ...other, publicKey: signer.publicKey },
    });
    expect(check(forged)).toMatchObject({ genuine: false, flaw: "NOT_SIGNED" });
    expect(check(await sealSlice(curated, { seed: SEED, signer: other }))).toMatchObject({
      flaw: "UNTRUSTED",
    });
  });

  test("is not signed by a key of small order, under which one signature fits everything", () => {
    const key = `01${"00".repeat(31)}`;
    const forged = { ...sealed, seal: { ...sealed.seal, key, signature: `${key}${"00".repeat(32)}` } };
    expect(verifySlice(forged, { trusted: [key] })).toMatchObject({ genuine: false, flaw: "NOT_SIGNED" });
  });

  test.each([
    null,
    1,
    "x",
    [],
    {},
    { messages: [], seal: null },
    { messages: [1], seal: sealed.seal },
    { ...sealed, seal: { ...sealed.seal, key: "zz" } },
  ])("is what %j is not", (value) => {
    expect(verifySlice(value, { trusted })).toMatchObject({ genuine: false, flaw: "NOT_SEALED" });
  });
});

describe("a quote", () => {
  const quote = quoteOf(sealed, "m2");
  const checkQuote = (change: object = {}) =>
    verifyQuote(JSON.parse(JSON.stringify({ ...quote, ...change })), { trusted });

  test("proves one message, without a word of the others", () => {
    expect(checkQuote()).toEqual({ genuine: true, key: signer.publicKey });
    expect(JSON.stringify(quote)).not.toMatch(/Doors|pier/);
    for (const { id } of sealed.messages) {
      expect(verifyQuote(quoteOf(sealed, id), { trusted })).toMatchObject({ genuine: true });
    }
  });

  test.each<[string, object, string]>([
    ["other words", { message: { ...quote.message, body: "Here" } }, "ALTERED"],
    ["another author", { message: { ...quote.message, author: "ana" } }, "MISATTRIBUTED"],
    ["another time", { message: { ...quote.message, at: 0 } }, "MISDATED"],
    ["another flag", { message: { ...quote.message, redacted: true } }, "ALTERED"],
    ["a field more", { message: { ...quote.message, also: 1 } }, "ALTERED"],
    ["a field less", { message: Object.fromEntries(Object.entries(quote.message).slice(1)) }, "ALTERED"],
    ["another source", { source: "00".repeat(32) }, "ALTERED"],
    ["another place", { index: 1 }, "NOT_INCLUDED"],
    ["the place of the header", { index: 0 }, "NOT_INCLUDED"],
    ["another path", { path: quote.path.slice(1) }, "NOT_INCLUDED"],
    ["fields of its own making", { fields: { ...quote.fields, body: "00".repeat(32) } }, "NOT_INCLUDED"],
    ["another root", { root: "00".repeat(32) }, "NOT_INCLUDED"],
    ["no signature", { signature: null }, "NOT_SIGNED"],
    ["another number of leaves", { size: 6 }, "NOT_SIGNED"],
    ["no proof", { path: "none" }, "NOT_SEALED"],
  ])("with %s fails, and says why", (_, change, flaw) => {
    const checked = checkQuote(change);
    expect(checked).toMatchObject({ genuine: false, flaw });
    expect(checked.genuine ? "" : checked.message).toMatch(/^[A-Z].{10,}\.$/);
  });

  test("of a slice without a seal, or of a message that it has not, there is none", () => {
    expect(() => quoteOf(curated.slice, "m1")).toThrow(/no seal/);
    expect(() => quoteOf(sealed, "m99")).toThrow(/no message "m99"/);
  });
});

describe("a redacted message", () => {
  test("can be proved to be of a source, by whoever has it, and of no other", () => {
    const [, , source] = curated.sources;
    if (!source) throw new Error("no source");
    const hash = sealed.seal?.sources[2] ?? "";
    const salt = sourceSalt(SEED, source);
    expect(sealed.messages[2]).toMatchObject({ author: "Person 1", redacted: true });
    expect(verifySource(hash, salt, source)).toBe(true);
    expect(verifySource(hash, salt, { ...source, body: "At the bar" })).toBe(false);
    expect(verifySource(hash, sourceSalt("guess", source), source)).toBe(false);
  });

  test("does not give away its source to who guesses it", async () => {
    // The same words in two slices have nothing in common that could be looked up.
    const one = await sealSlice(curateWithSources([message("m1", "leo", "yes")], REQUEST), { seed: "a" });
    const other = await sealSlice(curateWithSources([message("m1", "leo", "yes")], REQUEST), { seed: "b" });
    expect(one.seal?.sources).not.toEqual(other.seal?.sources);
    expect(one.seal?.salts).not.toEqual(other.seal?.salts);
  });
});
