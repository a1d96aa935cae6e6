// Opens a space of a SQLite file that another process has written. Answers with milliseconds: the first time in a process,
// and later.
//   node opening.mjs write FOLDER LIFE EVENTS
//   node --expose-gc opening.mjs CONTENDER FOLDER LIFE
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withSnapshots } from "../../../dist/decorators.js";
import { createSpaces } from "../../../dist/index.js";
import { sqliteStore } from "../../../dist/sqlite.js";
import { answer } from "./child.mjs";
import { firstDriver } from "./drivers.mjs";
import { median } from "./turns.mjs";

const TIMES = 21;
const BATCH = 500;

const [act, folder, life, count] = process.argv.slice(2);
const path = join(folder, `${life}.db`);
const expected = join(folder, `${life}.json`);
const { name, driver, asArray = false } = firstDriver();
answer(await (act === "write" ? write() : open()));

/** Writes the events, and what they fold to; then opens the space with each cache, which makes the snapshots. */
async function write() {
  const { everybodyStays, longLife, SPACE, STREAM } = await import("./life.mjs");
  const events = await { everybodyStays, longLife }[life](Number(count));
  const store = sqliteStore({ path, driver });
  for (let from = 0; from < events.length; from += BATCH) {
    const commit = { id: `cmt_${from}`, expected: from, events: events.slice(from, from + BATCH) };
    const { ok } = await store.append(STREAM, commit);
    if (!ok) throw new Error("Somebody else writes to the file.");
  }
  const { space } = await createSpaces({ store }).open(SPACE);
  writeFileSync(expected, JSON.stringify({ id: SPACE, space }));
  for (const cache of Object.values(caches())) {
    await createSpaces({ store: withSnapshots(store, { cache }) }).open(SPACE);
  }
  await store.close();
  return { driver: name, members: Object.keys(space.members).length };
}

async function open() {
  const { id, space } = JSON.parse(readFileSync(expected, "utf8"));
  const cache = caches()[act];
  const file = sqliteStore({ path, driver });
  const store = cache ? withSnapshots(file, { cache }) : file;
  const took = [];
  for (let time = 0; time < TIMES; time++) {
    globalThis.gc();
    const spaces = createSpaces({ store });
    const start = performance.now();
    const opened = await spaces.open(id);
    took.push(performance.now() - start);
    if (JSON.stringify(opened.space) !== JSON.stringify(space)) throw new Error("This is another space.");
  }
  await file.close();
  const [first, ...later] = took;
  return { first, later: median(later) };
}

function caches() {
  return { "snapshot in memory": fileOfTexts(), "snapshot in the same file": table() };
}

/** A map that is there again in the next process, as what a server for caches keeps is. */
function fileOfTexts() {
  const texts = join(folder, `${life}.snapshots.json`);
  let map = new Map();
  try {
    map = new Map(JSON.parse(readFileSync(texts, "utf8")));
  } catch {
    // There is none yet.
  }
  return {
    get: (key) => map.get(key),
    set(key, text) {
      map.set(key, text);
      writeFileSync(texts, JSON.stringify([...map]));
    },
    delete: (key) => map.delete(key),
  };
}

function table() {
  const database = new driver(path);
  database.exec("CREATE TABLE IF NOT EXISTS snapshot (key TEXT PRIMARY KEY, text TEXT NOT NULL)");
  const [select, upsert, remove] = [
    "SELECT text FROM snapshot WHERE key = ?",
    "INSERT INTO snapshot (key, text) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET text = excluded.text",
    "DELETE FROM snapshot WHERE key = ?",
  ].map((sql) => database.prepare(sql));
  const bound = (values) => (asArray ? [values] : values);
  return {
    get: (key) => select.all(...bound([key]))[0]?.text,
    set: (key, text) => upsert.run(...bound([key, text])),
    delete: (key) => remove.run(...bound([key])),
  };
}
