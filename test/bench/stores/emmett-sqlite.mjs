// Single appends to SQLite files beside Emmett's store, in turns. Answers with microseconds per append.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqliteStore } from "../../../dist/sqlite.js";
import { answer, need } from "./child.mjs";
import { firstDriver } from "./drivers.mjs";
import { messages, newId } from "./events.mjs";
import { inTurns, medians } from "./turns.mjs";

const ROUNDS = 5;
const STREAM = "space/spring-drop";
const [TURN, TURNS] = [50, 10];

const { getSQLiteEventStore, SQLiteConnectionPool, sqliteConnection } = await need(
  () => import("@event-driven-io/emmett-sqlite"),
);
const { name, driver } = firstDriver();

const rounds = [];
for (let round = 0; round < ROUNDS; round++) rounds.push(await measure());
answer({ took: medians(rounds) });

async function measure() {
  const folder = mkdtempSync(join(tmpdir(), "chat-spaces-bench-"));
  const store = sqliteStore({ path: join(folder, "ours.db"), driver });
  const { connection, pool } = await onOneConnection(join(folder, "theirs.db"));
  const contenders = {
    [`chat-spaces, ${name}`]: (id, expected, events) => store.append(STREAM, { id, expected, events }),
    "@event-driven-io/emmett-sqlite": theirs(getSQLiteEventStore({ pool })),
  };
  const warmUp = 2;
  const work = Array.from({ length: (warmUp + TURNS) * TURN }, () => [newId("cmt"), messages(1)]);
  try {
    const took = await inTurns(contenders, { warmUp, turns: TURNS }, async (append, turn) => {
      for (let index = turn * TURN; index < (turn + 1) * TURN; index++) {
        const [id, events] = work[index];
        await append(id, index, events);
      }
    });
    const count = TURN * TURNS;
    return {
      single: Object.fromEntries(Object.entries(took).map(([key, ms]) => [key, (ms * 1_000) / count])),
    };
  } finally {
    await store.close();
    connection.close();
    rmSync(folder, { recursive: true });
  }
}

/**
 * At its best. Left alone it opens the file anew for every append and waits for the disk, which takes some 20 times as
 * long, and now and then it fails because the file is not open yet when it commits.
 */
async function onOneConnection(fileName) {
  const connection = sqliteConnection({ fileName });
  await connection.command("PRAGMA synchronous = NORMAL");
  const connectionOptions = { singleton: true, connection };
  return { connection, pool: SQLiteConnectionPool({ fileName, connectionOptions }) };
}

function theirs(store) {
  return (_id, expected, events) =>
    need(() =>
      store.appendToStream(STREAM, events, {
        expectedStreamVersion: expected === 0 ? "STREAM_DOES_NOT_EXIST" : BigInt(expected),
      }),
    );
}
