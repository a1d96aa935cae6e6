// node contender.mjs CONTENDER FIGURE: measures one, and prints { milliseconds, events } as JSON.
import assert from "node:assert/strict";
import { AS_OF, BOT, countOf, FIRST_DAY, LAST_DAY, spaceEvents, TIME_ZONE } from "./data.mjs";

const [contender, figure] = process.argv.slice(2);
const range = { from: FIRST_DAY, to: LAST_DAY, every: "day" };
const options = {
  timeZone: TIME_ZONE,
  asOf: AS_OF,
  exclude: [BOT],
  ...(figure === "totals" ? {} : range),
};

// Each loads only what is its own, so that a process holds nothing of the other's.
const ours = async () => (await import("./ours.mjs")).ourOperations;
const plain = async () => (await import("./plain.mjs")).plainOperations;

if (contender === "agree") {
  const events = spaceEvents(0.1);
  const { inPlainWords } = await import("./ours.mjs");
  for (const asked of [
    { ...options, ...range },
    { timeZone: TIME_ZONE, asOf: AS_OF, exclude: [BOT] },
  ]) {
    const theirs = (await plain())(events, asked);
    assert.deepEqual((await plain())(events, { ...asked, memoise: true }), theirs);
    assert.deepEqual(inPlainWords((await ours())(events, asked)), theirs);
    assert(theirs.messages.action.time.n > 1_000 && theirs.incidents.restore.open.n > 0);
  }
  console.log(JSON.stringify({ events: countOf(events) }));
} else {
  const report = contender === "ours" ? await ours() : await plain();
  const events = spaceEvents();
  const times = [];
  for (let round = 0; round < 5; round++) {
    globalThis.gc?.();
    const start = performance.now();
    report(events, contender === "memoised" ? { ...options, memoise: true } : options);
    times.push(performance.now() - start);
  }
  console.log(JSON.stringify({ milliseconds: Math.min(...times), events: countOf(events) }));
}
