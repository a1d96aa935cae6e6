// Appends to and reads from SQLite files through one driver, contenders in turns. Answers with microseconds per
// event, by figure and contender.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqliteStore } from "../../../dist/sqlite.js";
import { answer, need } from "./child.mjs";
import { DRIVERS, loadDriver } from "./drivers.mjs";
import { messages, newId } from "./events.mjs";
import { bareTable, tableWithIds } from "./raw-sqlite.mjs";
import { inTurns, medians } from "./turns.mjs";

const ROUNDS = 5;
const CHARTER = "space/spring-drop";
const TIMELINE = "timeline/spring-drop/lounge";
const READ = 100_000;
const BATCH = 1_000;

const [name] = process.argv.slice(2);
const driver = await need(() => loadDriver(name));
/** Where every commit waits for the disk, fewer say as much. */
const SINGLES = DRIVERS[name].wal === false ? { turn: 20, turns: 15 } : { turn: 200, turns: 25 };

const rounds = [];
for (let round = 0; round < ROUNDS; round++) rounds.push(await measure());
answer({ took: medians(rounds) });

async function measure() {
  const folder = mkdtempSync(join(tmpdir(), "chat-spaces-bench-"));
  const contenders = {
    "chat-spaces": ours(join(folder, "ours.db")),
    "by hand, bare table": bareTable(name, driver, join(folder, "bare.db")),
    "by hand, table with ids": tableWithIds(name, driver, join(folder, "ids.db")),
  };
  try {
    return { ...(await singles(contenders)), ...(await batches(contenders)), ...(await reading(contenders)) };
  } finally {
    for (const { close } of Object.values(contenders)) close();
    rmSync(folder, { recursive: true });
  }
}

function ours(path) {
  const store = sqliteStore({ path, driver });
  return {
    append: (stream, id, expected, events) => store.append(stream, { id, expected, events }),
    read: async (stream) => (await store.read(stream)).events,
    close: () => store.close(),
  };
}

async function singles(contenders) {
  const { turn: count, turns } = SINGLES;
  const warmUp = 3;
  const work = Array.from({ length: warmUp + turns }, () =>
    messages(count).map((event) => ({ events: [event], id: newId("cmt") })),
  );
  const took = await inTurns(contenders, { warmUp, turns }, async ({ append }, turn) => {
    let expected = turn * count;
    for (const { events, id } of work[turn]) await append(CHARTER, id, expected++, events);
  });
  return { single: perEvent(took, count * turns) };
}

async function batches(contenders) {
  const turns = READ / BATCH;
  const work = Array.from({ length: turns }, () => ({ events: messages(BATCH), id: newId("cmt") }));
  const took = await inTurns(contenders, { turns }, ({ append }, turn) =>
    append(TIMELINE, work[turn].id, turn * BATCH, work[turn].events),
  );
  return { batch: perEvent(took, READ) };
}

async function reading(contenders) {
  const turns = 3;
  const took = await inTurns(contenders, { warmUp: 1, turns }, async ({ read }) => {
    const { length } = await read(TIMELINE);
    if (length !== READ) throw new Error(`${length} events were read, not ${READ}.`);
  });
  return { read: perEvent(took, READ * turns) };
}

function perEvent(took, count) {
  return Object.fromEntries(Object.entries(took).map(([key, ms]) => [key, (ms * 1_000) / count]));
}
