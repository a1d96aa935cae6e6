import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const ROUNDS = 3;
const CONTENDER = fileURLToPath(new URL("operations/contender.mjs", import.meta.url));
const NAMES = new Map([
  ["ours", "chat-spaces"],
  ["plain", "plain loop with date-fns"],
  ["memoised", "the same, local days kept by the hour"],
]);

/**
 * Operational figures of a space of 1,000,000 events: how fast messages are acted on, items done, drafts approved,
 * incidents dealt with, handoffs answered, by duty and person. Once of 89 days in Berlin, for each day too, and once of
 * all time, which takes no calendar. That both give the same figures is checked first. Each contender in processes of its
 * own, in turns; the median of what is the best in each.
 */
export async function measure() {
  run("agree", "days");
  return [
    ...speeds("days", "of 89 local days, and each of them", ["ours", "plain", "memoised"]),
    ...speeds("totals", "of all time", ["ours", "plain"]),
  ];
}

function speeds(figure, title, names) {
  const runs = new Map(names.map((name) => [name, []]));
  let count = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, results] of runs) {
      const { milliseconds, events } = run(name, figure);
      results.push(milliseconds);
      count = events;
    }
  }
  const took = (name) => median(runs.get(name));
  return names.map((name) => ({
    figure: `${title}: ${count.toLocaleString("en")} events`,
    contender: NAMES.get(name),
    value: took(name),
    unit: "ms",
    ratio: took(name) / took("ours"),
  }));
}

function run(...args) {
  const options = ["--expose-gc", "--max-old-space-size=6144"];
  return JSON.parse(execFileSync(process.execPath, [...options, CONTENDER, ...args], { encoding: "utf8" }));
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
