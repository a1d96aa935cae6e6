import { describe, expect, test } from "vitest";
import { STYLE } from "../../../src/sharing/rendering/style.js";

/** The colours of a theme: those of the first, with what a later one changes. */
const themes = Array.from(STYLE.matchAll(/:root \{([^}]*)\}/g)).map(([, body = ""]) =>
  Object.fromEntries(
    Array.from(body.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{3,6})/g)).map(([, name, colour]) => [name, colour]),
  ),
);
const [light = {}, dark = {}, print = {}] = themes;
const PAIRS = [
  ...[
    ["ink", "card"],
    ["ink", "page"],
    ["ink", "quiet"],
    ["soft", "card"],
    ["soft", "page"],
    ["soft", "quiet"],
  ],
  ...[
    ["accent", "card"],
    ["accent", "page"],
    ["accent", "quiet"],
    ["pill-ink", "pill"],
  ],
  ...["c0", "c1", "c2", "c3", "c4", "c5"].map((colour) => ["#fff", colour]),
];

describe.each([
  ["light", light],
  ["dark", { ...light, ...dark }],
  ["on paper", { ...light, ...print }],
])("a page, %s", (_, theme) => {
  test.each(PAIRS)("can be read: %s on %s", (ink = "", ground = "") => {
    expect(contrast(theme[ink] ?? ink, theme[ground] ?? ground)).toBeGreaterThanOrEqual(4.5);
  });
});

/** The contrast of two colours, as WCAG 2 defines it. */
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const digits = colour.length === 4 ? colour.replace(/[0-9a-f]/g, "$&$&") : colour;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
