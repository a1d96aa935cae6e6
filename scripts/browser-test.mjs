// npm run test:browser
// Runs the store in IndexedDB, and the core on it, in a real browser: every case of the conformance kit, a story from
// the invite to the message, several tabs on one database, and a browser that is killed. Needs a Chromium or Chrome:
// the one that CHROMIUM_PATH names, or one that is installed. Where there is none, it says so and passes.
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];
/** How long one step in the browser may take, in milliseconds. */
const PATIENCE = 120_000;

const executablePath = findBrowser();
if (!executablePath) {
  console.log(
    "No browser, so nothing was run: install one (Debian: apt-get install chromium) or name one in CHROMIUM_PATH.",
  );
  process.exit();
}

const server = await serve(await bundle());
const profile = mkdtempSync(join(tmpdir(), "chat-spaces-browser-"));
let context = await launch();
let passed = 0;
let failed = 0;
const started = performance.now();
try {
  console.log(`Chromium ${context.browser()?.version() ?? ""} at ${executablePath}`);
  await runAll();
} finally {
  await context.close();
  server.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(`In the browser: ${passed} passed, ${failed} failed, in ${seconds} s.`);
process.exitCode = failed > 0 ? 1 : 0;

async function runAll() {
  const page = await openTab();
  for (const group of await page.evaluate(() => globalThis.tab.groups())) {
    await check(group, () => limited(page.evaluate((group) => globalThis.tab.run(group), group)));
  }
  await page.close();

  await check("story: an invite, a guest, a message, and all of it after a reload", async () => {
    const page = await openTab();
    await page.evaluate(() => globalThis.tab.beginStory());
    await page.reload();
    await page.evaluate(() => globalThis.tab.endStory());
    await page.close();
  });

  await check("tabs: of those who race for a revision exactly one wins, 100 times", async () => {
    const tabs = [await openTab("race"), await openTab("race")];
    let wonBySecond = 0;
    for (let head = 0; head < 100; head++) {
      const answers = await Promise.all(
        tabs.map((tab, index) =>
          tab.evaluate(
            ([head, ids]) => globalThis.tab.append("race", "notes", head, ids),
            [head, [0, 1, 2, 3].map((one) => `${head}-${index}-${one}`)],
          ),
        ),
      );
      const winners = answers.flat().filter(({ ok }) => ok);
      same(winners, [{ ok: true, head: head + 1 }], `the winners of round ${head}`);
      for (const answer of answers.flat()) same(answer.head, head + 1, `the head in round ${head}`);
      if (answers[1].some(({ ok }) => ok)) wonBySecond++;
    }
    const [one, other] = await Promise.all(
      tabs.map((tab) => tab.evaluate(() => globalThis.tab.ids("race", "notes"))),
    );
    same(one.length, 100, "the events");
    same(other, one, "what the other tab reads");
    await closeAll(tabs);
    return { note: `the second tab won ${wonBySecond}` };
  });

  await check("tabs: two that write as fast as they can lose nothing", async () => {
    const tabs = [await openTab("write"), await openTab("write")];
    const idsOf = (index) => Array.from({ length: 100 }, (_, number) => `${index}-${number}`);
    await Promise.all(
      tabs.map((tab, index) =>
        tab.evaluate((ids) => globalThis.tab.write("write", "notes", ids), idsOf(index)),
      ),
    );
    const ids = await tabs[0].evaluate(() => globalThis.tab.ids("write", "notes"));
    for (const index of [0, 1]) {
      same(
        ids.filter((id) => id.startsWith(`${index}-`)),
        idsOf(index),
        `what tab ${index} wrote`,
      );
    }
    await closeAll(tabs);
  });

  const listeners = [
    ["is told at once of what another tab commits", { pollEvery: "20d" }, true],
    ["finds what another tab commits where there is no BroadcastChannel", { pollEvery: 20 }, false],
  ];
  for (const [what, options, hasChannel] of listeners) {
    await check(`tabs: a feed ${what}`, async () => {
      const name = `feed-${hasChannel}`;
      const tabs = [await openTab(name, options, hasChannel), await openTab(name, options, hasChannel)];
      await tabs[0].evaluate((key) => globalThis.tab.follow(key), name);
      const expected = [];
      for (let number = 0; number < 30; number++) {
        await tabs[1].evaluate(([key, id]) => globalThis.tab.write(key, "notes", [id]), [name, `e${number}`]);
        expected.push(`${number + 1} notes e${number}`);
        // Nothing else is written until this one has arrived, so that none arrives with the next.
        same(
          await limited(tabs[0].evaluate((count) => globalThis.tab.followed(count), expected.length)),
          expected,
          "what the feed gave",
        );
      }
      await closeAll(tabs);
    });
  }

  await check("tabs: a feed is told of what a worker commits", async () => {
    const tab = await openTab("worker", { pollEvery: "20d" });
    await tab.evaluate(() => globalThis.tab.follow("worker"));
    await tab.evaluate(() => globalThis.tab.writeInWorker("worker", ["e0", "e1"]));
    const given = await limited(tab.evaluate(() => globalThis.tab.followed(2)));
    same(given, ["1 notes e0", "2 notes e1"], "what the feed gave");
    await tab.close();
  });

  await check("tabs: one deletes the database, and the other lets go of it", async () => {
    const tabs = [await openTab("deleted"), await openTab()];
    await tabs[0].evaluate(() => globalThis.tab.write("deleted", "notes", ["e1"]));
    await limited(tabs[1].evaluate(() => globalThis.tab.delete("deleted")));
    same(await tabs[0].evaluate(() => globalThis.tab.fault("deleted")), "STORE_CLOSED", "the code");
    await closeAll(tabs);
  });

  await check("tabs: one has a newer version, and the other is too old from then on", async () => {
    const tabs = [await openTab("upgraded"), await openTab()];
    await tabs[0].evaluate(() => globalThis.tab.write("upgraded", "notes", ["e1"]));
    await limited(tabs[1].evaluate(() => globalThis.tab.upgrade("upgraded", 2)));
    same(await tabs[0].evaluate(() => globalThis.tab.fault("upgraded")), "STORE_NEWER_VERSION", "the code");
    await tabs[0].reload();
    await tabs[0].evaluate(() => globalThis.tab.open("upgraded", { name: "upgraded" }));
    same(await tabs[0].evaluate(() => globalThis.tab.fault("upgraded")), "STORE_NEWER_VERSION", "the code");
    await closeAll(tabs);
  });

  for (const durability of ["relaxed", "strict"]) {
    await check(`a browser that crashes keeps what it acknowledged: ${durability}`, async () => {
      const name = `crash-${durability}`;
      const tab = await openTab(name, { durability });
      const ids = Array.from({ length: 20 }, (_, number) => `e${number}`);
      await tab.evaluate(([key, ids]) => globalThis.tab.write(key, "notes", ids), [name, ids]);
      await crash(tab);
      context = await launch();
      const again = await openTab(name);
      same(await again.evaluate((key) => globalThis.tab.ids(key, "notes"), name), ids, "what is left");
      await again.close();
    });
  }
}

/** The browser that is named, or else the first that is found: on the PATH, or where macOS and Windows have them. */
function findBrowser() {
  const named = process.env["CHROMIUM_PATH"];
  if (named) {
    if (isExecutable(named)) return named;
    console.error(`CHROMIUM_PATH names ${named}, which cannot be run.`);
    process.exit(1);
  }
  const { PATH = "", ProgramFiles, "ProgramFiles(x86)": ProgramFiles86, LOCALAPPDATA } = process.env;
  const suffix = process.platform === "win32" ? ".exe" : "";
  const onPath = PATH.split(delimiter)
    .filter((folder) => folder !== "")
    .flatMap((folder) => NAMES.map((name) => join(folder, name + suffix)));
  const onMac = ["Chromium", "Google Chrome", "Microsoft Edge"].map(
    (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
  );
  const onWindows = [ProgramFiles, ProgramFiles86, LOCALAPPDATA]
    .filter((folder) => folder)
    .flatMap((folder) =>
      ["Google/Chrome", "Chromium", "Microsoft/Edge"].map((name) =>
        join(folder, name, "Application", name.endsWith("Edge") ? "msedge.exe" : "chrome.exe"),
      ),
    );
  return [...onPath, ...onMac, ...onWindows].find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function bundle() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("../test/browser/page.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    conditions: ["@chat-spaces/source"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  return outputFiles[0].text;
}

/** Serves the page on this machine alone: databases belong to an origin, which a page without an address has not. */
async function serve(script) {
  const html =
    '<!doctype html><meta charset="utf-8"><title>chat-spaces</title><script src="page.js"></script>';
  const files = new Map([
    ["/", ["text/html", html]],
    ["/page.js", ["text/javascript", script]],
  ]);
  const server = createServer(({ url }, response) => {
    const [type, body] = files.get(url) ?? [];
    response
      .writeHead(type ? 200 : 404, { "content-type": `${type ?? "text/plain"}; charset=utf-8` })
      .end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

async function launch() {
  return chromium.launchPersistentContext(profile, { executablePath });
}

/** A new tab, with a store on a database of this name, where one is given. */
async function openTab(name, options = {}, hasChannel = true) {
  const tab = await context.newPage();
  tab.setDefaultTimeout(PATIENCE);
  tab.on("pageerror", (error) => fault(`An error that nobody caught: ${error.stack ?? error}`));
  if (!hasChannel) await tab.addInitScript(() => delete globalThis.BroadcastChannel);
  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  if (name) {
    await tab.evaluate(([name, options]) => globalThis.tab.open(name, { name, ...options }), [name, options]);
  }
  return tab;
}

async function closeAll(tabs) {
  for (const tab of tabs) await tab.close();
}

/** Ends the browser as the end of its process does, with no time for anything. */
async function crash(tab) {
  const closed = new Promise((resolve) => context.once("close", resolve));
  const session = await context.newCDPSession(tab);
  session.send("Browser.crash").catch(() => {});
  await limited(closed);
}

async function limited(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Nothing came within ${PATIENCE / 1000} s.`)), PATIENCE);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function same(actual, expected, what) {
  const [came, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (came !== wanted) throw new Error(`${what}: expected ${wanted}, got ${came}`);
}

/** Runs a group of cases, or a case of its own, and prints what became of it. */
async function check(group, act) {
  let outcome;
  try {
    outcome = { passed: 1, failures: [], ...(await act()) };
  } catch (error) {
    outcome = { passed: 0, failures: [error.stack ?? String(error)] };
  }
  const { passed: good, failures, note } = outcome;
  passed += good;
  failed += failures.length;
  const counts = failures.length > 0 ? `${good} passed, ${failures.length} failed` : `${good}`;
  console.log(`${failures.length > 0 ? "FAIL" : "ok  "}  ${group} (${counts}${note ? `; ${note}` : ""})`);
  for (const failure of failures) console.log(`      ${failure.replaceAll("\n", "\n      ")}`);
}

function fault(what) {
  failed++;
  console.log(`FAIL  ${what}`);
}
