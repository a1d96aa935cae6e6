// node --import tsx --conditions=@chat-spaces/source test/browser/slice-screenshots.mjs
// Renders a slice as a page and takes pictures of it in out/: on a phone and on a desktop, light and dark, and as it is
// printed. Needs a Chromium or Chrome: the one that CHROMIUM_PATH names, or one on the PATH. Without one it says so.
import { accessSync, constants, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { renderSlice } from "chat-spaces";
import { chromium } from "playwright-core";
import { campaign } from "../sharing/rendering/campaign.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const SCREENS = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };

const out = fileURLToPath(new URL("../../out/", import.meta.url));
const executablePath = findBrowser();
if (!executablePath) {
  console.log("No browser, so no pictures were taken: install one or name one in CHROMIUM_PATH.");
  process.exit();
}
mkdirSync(out, { recursive: true });
for (const format of ["html", "markdown", "text", "json"]) {
  const { body, fileName } = renderSlice(campaign, format, { timeZone: "Europe/Berlin" });
  writeFileSync(join(out, fileName), body);
}
const page = renderSlice(campaign, "html", { timeZone: "Europe/Berlin" }).body;
const browser = await chromium.launch({ executablePath });
try {
  for (const colorScheme of ["light", "dark"]) {
    for (const [screen, viewport] of Object.entries(SCREENS)) {
      const tab = await browser.newPage({ viewport, colorScheme, deviceScaleFactor: 2 });
      await tab.setContent(page);
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
      if (wide > viewport.width) throw new Error(`The page is ${wide} wide on a ${screen}.`);
      const path = join(out, `slice-${screen}-${colorScheme}.png`);
      await tab.screenshot({ path, fullPage: true });
      console.log(path);
      await tab.close();
    }
  }
  const tab = await browser.newPage();
  await tab.setContent(page);
  await tab.pdf({
    path: join(out, "slice-print.pdf"),
    format: "A4",
    margin: { top: "2cm", bottom: "2cm", left: "2cm", right: "2cm" },
  });
} finally {
  await browser.close();
}

function findBrowser() {
  const named = process.env["CHROMIUM_PATH"];
  if (named) return named;
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
