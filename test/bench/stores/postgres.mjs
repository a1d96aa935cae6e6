// Single appends to PostgreSQL, contenders in turns. Answers with microseconds per append, by figure and contender,
// and with who was left out and why.
import pg from "pg";
import { postgresStore, setUpPostgres } from "../../../dist/postgres.js";
import { answer, reason } from "./child.mjs";
import { messages, newId } from "./events.mjs";
import { inTurns, medians } from "./turns.mjs";

const ROUNDS = 5;
const WARM_UP = 8;
const AT_ONCE = 8;

const [url] = process.argv.slice(2);
const leftOut = {};
const rounds = [];
for (let round = 0; round < ROUNDS; round++) {
  rounds.push({ ...(await measure("on", 12, round)), ...(await measure("off", 60, round)) });
}
answer({ took: medians(rounds), leftOut });

/** With `synchronous_commit` off, what is measured is the work alone and not the disk. */
async function measure(synchronousCommit, turns, round) {
  const schema = `bench_${process.pid}_${synchronousCommit}_${round}`;
  const connectionString = withOptions(`-c search_path=${schema} -c synchronous_commit=${synchronousCommit}`);
  const pool = new pg.Pool({ connectionString, max: AT_ONCE });
  await pool.query(`CREATE SCHEMA ${schema}`);
  try {
    const contenders = {
      "chat-spaces": await ours(pool, true),
      "chat-spaces, not prepared": await ours(pool, false),
      "by hand": await byHand(pool),
    };
    const theirs = await emmett(pool, connectionString).catch((error) => {
      leftOut["@event-driven-io/emmett-postgresql"] = reason(error);
    });
    if (theirs) contenders["@event-driven-io/emmett-postgresql"] = theirs;
    const one = await appending(contenders, turns, { streams: 1, each: 25 });
    const eight = await appending(contenders, turns, { streams: AT_ONCE, each: 8 });
    const how = `synchronous_commit = ${synchronousCommit}`;
    return { [`one append after the other, ${how}`]: one, [`${AT_ONCE} at once, ${how}`]: eight };
  } finally {
    await pool.query(`DROP SCHEMA ${schema} CASCADE`);
    await pool.end();
  }
}

function withOptions(options) {
  const changed = new URL(url);
  changed.searchParams.set("options", options);
  return changed.href;
}

/** Appends to so many streams at once, in each turn so many events to each, one after the other. */
async function appending(contenders, turns, { streams, each }) {
  const work = Array.from({ length: streams }, (_, index) => ({
    stream: `timeline/spring-drop/lounge-${index + 1}-of-${streams}`,
    commits: messages((WARM_UP + turns) * each).map((event) => ({ id: newId("cmt"), events: [event] })),
  }));
  const took = await inTurns(contenders, { warmUp: WARM_UP, turns }, (append, turn) =>
    Promise.all(
      work.map(async ({ stream, commits }) => {
        for (let index = turn * each; index < (turn + 1) * each; index++) {
          await append(stream, commits[index].id, index, commits[index].events);
        }
      }),
    ),
  );
  const count = each * turns * streams;
  return Object.fromEntries(Object.entries(took).map(([name, ms]) => [name, (ms * 1_000) / count]));
}

async function ours(pool, prepare) {
  const table = `chat_spaces_event_${prepare ? "prepared" : "plain"}`;
  await setUpPostgres(pool, { table });
  const store = postgresStore({ pool, table, prepare });
  return async (stream, id, expected, events) => {
    const { ok } = await store.append(stream, { id, expected, events });
    if (!ok) throw new Error(`${stream} is not at ${expected}.`);
  };
}

/** What somebody writes who needs just this. Does not find events by id, nor know a commit again, nor feed anybody. */
async function byHand(pool) {
  await pool.query(`CREATE TABLE event (
    stream text NOT NULL, revision bigint NOT NULL, event text NOT NULL, PRIMARY KEY (stream, revision)
  )`);
  const text = `INSERT INTO event (stream, revision, event) SELECT $1, $2::bigint + 1, $3
    WHERE (SELECT coalesce(max(revision), 0) FROM event WHERE stream = $1) = $2`;
  return async (stream, _id, expected, [event]) => {
    const values = [stream, expected, JSON.stringify(event)];
    const { rowCount } = await pool.query({ name: "append-by-hand", text, values });
    if (rowCount !== 1) throw new Error(`${stream} is not at ${expected}.`);
  };
}

async function emmett(pool, connectionString) {
  const { getPostgreSQLEventStore } = await import("@event-driven-io/emmett-postgresql");
  const store = getPostgreSQLEventStore(connectionString, { connectionOptions: { pool } });
  await store.schema.migrate();
  return (stream, _id, expected, events) =>
    store.appendToStream(stream, events, {
      expectedStreamVersion: expected === 0 ? "STREAM_DOES_NOT_EXIST" : BigInt(expected),
    });
}
