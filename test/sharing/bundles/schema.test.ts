import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { PAYLOADS } from "../../../src/sharing/bundles/events/event.js";
import { bundleJsonSchema } from "../../../src/sharing/bundles/json-schema.js";
import { aStore, bundleOf } from "./helpers.js";

type Schema = { readonly [keyword: string]: unknown };

const published = JSON.parse(
  readFileSync(new URL("../../../schemas/bundle-v1.schema.json", import.meta.url), "utf8"),
) as Schema & { readonly $defs: { readonly [name: string]: Schema } };

test("the published schema is up to date: npm run generate", () => {
  expect(published).toEqual(bundleJsonSchema());
});

test("it names every event", () => {
  for (const type of Object.values(PAYLOADS).flatMap((payloads) => Object.keys(payloads))) {
    expect(published.$defs).toHaveProperty([type]);
  }
});

/** Whether a value is of a schema: a reader of its own, of those keywords that the schema uses, and of no others. */
function fits(schema: Schema, value: unknown): boolean {
  return Object.entries(schema).every(([keyword, wanted]) => {
    switch (keyword) {
      case "$schema":
      case "$id":
      case "$defs":
      case "id":
      case "title":
      case "description":
      case "propertyNames":
        return true;
      case "$ref":
        return fits(published.$defs[String(wanted).replace("#/$defs/", "")]!, value);
      case "anyOf":
        return (wanted as Schema[]).some((one) => fits(one, value));
      case "type":
        return [wanted].flat().some((type) => typeOf(value).includes(type as string));
      case "enum":
        return (wanted as unknown[]).includes(value);
      case "const":
        return wanted === value;
      case "properties":
        return Object.entries(wanted as Record<string, Schema>).every(
          ([key, one]) => !isObject(value) || !Object.hasOwn(value, key) || fits(one, value[key]),
        );
      case "required":
        return !isObject(value) || (wanted as string[]).every((key) => Object.hasOwn(value, key));
      case "additionalProperties":
        return (
          !isObject(value) ||
          Object.keys(value)
            .filter((key) => !Object.hasOwn((schema["properties"] as object) ?? {}, key))
            .every((key) => (wanted === false ? false : fits(wanted as Schema, value[key])))
        );
      case "items":
        return !Array.isArray(value) || value.every((item) => fits(wanted as Schema, item));
      case "minimum":
        return typeof value !== "number" || value >= (wanted as number);
      case "maximum":
        return typeof value !== "number" || value <= (wanted as number);
      case "minLength":
        return typeof value !== "string" || value.length >= (wanted as number);
      case "maxLength":
        return typeof value !== "string" || value.length <= (wanted as number);
      case "pattern":
        return typeof value !== "string" || new RegExp(wanted as string, "u").test(value);
      default:
        throw new Error(`The schema uses ${keyword}, which this test does not know.`);
    }
  });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function typeOf(value: unknown): readonly string[] {
  if (value === null) return ["null"];
  if (Array.isArray(value)) return ["array"];
  return typeof value === "number" && Number.isInteger(value) ? ["number", "integer"] : [typeof value];
}

describe("the lines of a bundle", () => {
  let lines: readonly unknown[];
  beforeAll(async () => {
    lines = (await bundleOf(await aStore()))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  });

  test("fit the schema, each the one of its kind", () => {
    for (const line of lines) expect(fits(published, line), JSON.stringify(line)).toBe(true);
    expect(fits(published.$defs["header"]!, lines[0])).toBe(true);
    expect(fits(published.$defs["part"]!, lines[1])).toBe(true);
    expect(fits(published.$defs["space.created"]!, lines[2])).toBe(true);
    expect(fits(published.$defs["trailer"]!, lines.at(-1))).toBe(true);
    expect(fits(published.$defs["trailer"]!, lines[0])).toBe(false);
  });

  test("do not where a field is missing, of another type, or one too many", () => {
    for (const line of lines.slice(2, -1) as Record<string, unknown>[]) {
      if ("part" in line) continue;
      for (const key of Object.keys(line)) {
        const { [key]: _, ...without } = line;
        expect(fits(published, without), key).toBe(false);
        expect(fits(published, { ...line, [key]: [5] }), key).toBe(false);
      }
      expect(fits(published, { ...line, more: true })).toBe(false);
      expect(fits(published, { ...line, data: null }), "erased").toBe(true);
      expect(fits(published, { ...line, data: { ...(line["data"] as object), more: true } })).toBe(false);
    }
  });
});
