import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROUNDS = 5;
const MANY = 1_000_000;
const FEW = 100_000;
const CONTENDER = fileURLToPath(new URL("bundles/contender.mjs", import.meta.url));

/**
 * A space of 1,000,000 messages as a bundle: how long it takes to write it to a file, hashed and with every key in order,
 * beside plain `JSON.stringify` of the same events to the same kind of file; and the most memory that taking it out and
 * bringing it in take, beside those of a tenth. Each in a process of its own, in turns; of times the best of the rounds, of
 * memory the median. What reading the store takes is measured too and taken off both, since it is the same.
 */
export async function measure() {
  const folder = mkdtempSync(join(tmpdir(), "chat-spaces-bench-"));
  try {
    const speeds = new Map(["export", "plain", "reading"].map((name) => [name, []]));
    const memory = new Map(["export", "import"].map((name) => [name, { [FEW]: [], [MANY]: [] }]));
    const imports = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, results] of speeds) results.push(run(name, MANY, join(folder, name)).milliseconds);
      for (const count of [FEW, MANY]) {
        const file = join(folder, "bundle");
        memory.get("export")[count].push(run("export", count, file).megabytes);
        const { megabytes, milliseconds } = run("import", count, file);
        memory.get("import")[count].push(megabytes);
        if (count === MANY) imports.push(milliseconds);
      }
    }
    const net = (name) => Math.min(...speeds.get(name)) - Math.min(...speeds.get("reading"));
    const row = (figure, contender, value, unit, ratio) => ({ figure, contender, value, unit, ratio });
    return [
      row("write 1,000,000 messages, reading not counted", "chat-spaces", net("export"), "ms", 1),
      row("", "JSON.stringify of each", net("plain"), "ms", net("plain") / net("export")),
      row("bring them in, checked", "chat-spaces", Math.min(...imports), "ms", 1),
      ...[...memory].flatMap(([name, peaks]) => [
        row(`most memory to ${name} 1,000,000`, "chat-spaces", median(peaks[MANY]), "MB", 1),
        row(
          `to ${name} 100,000`,
          "chat-spaces",
          median(peaks[FEW]),
          "MB",
          median(peaks[FEW]) / median(peaks[MANY]),
        ),
      ]),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(...args) {
  return JSON.parse(execFileSync(process.execPath, [CONTENDER, ...args.map(String)], { encoding: "utf8" }));
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
