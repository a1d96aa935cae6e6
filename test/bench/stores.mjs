import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { reason } from "./stores/child.mjs";
import { DRIVERS } from "./stores/drivers.mjs";
import { startServer } from "./stores/server.mjs";
import { median } from "./stores/turns.mjs";

const ROUNDS = 3;
const CHARTER = 10_000;
const MEMORY = new URL("stores/memory.mjs", import.meta.url);
const SQLITE = new URL("stores/sqlite.mjs", import.meta.url);
const EMMETT_SQLITE = new URL("stores/emmett-sqlite.mjs", import.meta.url);
const POSTGRES = new URL("stores/postgres.mjs", import.meta.url);
const OPENING = new URL("stores/opening.mjs", import.meta.url);

/**
 * Appending to the stores, reading back and opening spaces, beside what somebody would write by hand for the same
 * database and beside Emmett's stores. Contenders in processes of their own or in turns, in several rounds; medians.
 * What cannot be measured here is left out, and said on the error output with the reason.
 *
 * Ratios are ours to that contender: how many times as fast we are.
 */
export async function measure() {
  return [...memory(), ...sqlite(), ...emmettSqlite(), ...(await postgres()), ...opening()];
}

function memory() {
  const lengths = [1_000, 10_000];
  const contenders = ["chat-spaces", "@event-driven-io/emmett"];
  const took = inTurns(contenders, (name) => run(MEMORY, name, ...lengths));
  return lengths.flatMap((length) =>
    rates(
      `memory: an append at ${length.toLocaleString("en")} events`,
      mapped(took, (results) => median(results.map(({ [length]: microseconds }) => microseconds))),
    ),
  );
}

function sqlite() {
  return Object.keys(DRIVERS).flatMap((driver) => {
    const { took, leftOut } = run(SQLITE, driver);
    if (leftOut) return leaveOut(driver, leftOut);
    return [
      ...rates(`${driver}: an event per commit`, took.single),
      ...rates(`${driver}: 1,000 events per commit`, took.batch),
      ...rates(`${driver}: reading 100,000 events`, took.read),
    ];
  });
}

function emmettSqlite() {
  const { took, leftOut } = run(EMMETT_SQLITE);
  if (leftOut) return leaveOut("@event-driven-io/emmett-sqlite", leftOut);
  return rates("SQLite: an event per commit", took.single);
}

async function postgres() {
  let server;
  try {
    server = await startServer();
  } catch (error) {
    return leaveOut("PostgreSQL", reason(error));
  }
  try {
    const { took, leftOut } = run(POSTGRES, server.url);
    for (const [name, why] of Object.entries(leftOut)) leaveOut(name, why);
    return Object.entries(took).flatMap(([figure, each]) => rates(`PostgreSQL: ${figure}`, each));
  } finally {
    await server.stop();
  }
}

/** The first row is ours with a snapshot; the ratio of the others says how many times as fast that is. */
function opening() {
  const folder = mkdtempSync(join(tmpdir(), "chat-spaces-bench-"));
  const contenders = ["snapshot in memory", "snapshot in the same file", "no snapshot"];
  try {
    return ["longLife", "everybodyStays"].flatMap((life) => {
      const { driver, members } = run(OPENING, "write", folder, life, CHARTER);
      const took = inTurns(contenders, (name) => run(OPENING, name, folder, life));
      const title = `${driver}: opening ${CHARTER.toLocaleString("en")} events, ${members.toLocaleString("en")} members`;
      return [
        ["first", ", the first in a process"],
        ["later", ""],
      ].flatMap(([when, words]) =>
        milliseconds(
          `${title}${words}`,
          mapped(took, (results) => median(results.map(({ [when]: each }) => each))),
        ),
      );
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One row per contender, from microseconds per event. The first contender is ours. */
function rates(figure, took) {
  const [ours] = Object.values(took);
  return Object.entries(took).map(([contender, microseconds]) => ({
    figure,
    contender,
    value: 1e6 / microseconds,
    unit: "events/s",
    ratio: microseconds / ours,
  }));
}

function milliseconds(figure, took) {
  const [ours] = Object.values(took);
  return Object.entries(took).map(([contender, value]) => ({
    figure,
    contender,
    value,
    unit: "ms",
    ratio: value / ours,
  }));
}

/** What each of them gives in several rounds, without those that are left out. */
function inTurns(names, act) {
  const results = new Map(names.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, list] of results) {
      const result = act(name);
      if (result.leftOut) {
        leaveOut(name, result.leftOut);
        results.delete(name);
      } else {
        list.push(result);
      }
    }
  }
  return Object.fromEntries(results);
}

function mapped(record, map) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

/** What a file answers, run in a process of its own. */
function run(file, ...args) {
  const options = { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] };
  const command = ["--expose-gc", fileURLToPath(file), ...args.map(String)];
  // Peers print things, too.
  return JSON.parse(execFileSync(process.execPath, command, options).trimEnd().split("\n").at(-1));
}

function leaveOut(name, why) {
  console.error(`stores: left out ${name}: ${why}`);
  return [];
}
