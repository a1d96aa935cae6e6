import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROUNDS = 3;
const OURS = "chat-spaces";
const CASL = "@casl/ability";
/** CASL with what holds everywhere said of the subject `all`: quicker to build, slower to ask. */
const CASL_ALL = "@casl/ability (subject all)";
const CONTENDER = fileURLToPath(new URL("permissions/contender.mjs", import.meta.url));
const ACCESS = new URL("../../dist/access.js", import.meta.url);
const IMPORT = `
  const start = performance.now();
  await import(process.argv[1]);
  console.log(performance.now() - start);
`;

/**
 * Asking who may do what: 1,000 members, 20 channels, 12 roles, 32 capabilities, overrides of all kinds. The same
 * facts for everyone; that all give the same answers is checked first. Each contender in processes of its own, in
 * turns; the median of what is the best in each process.
 *
 * Ratios are ours to that contender: of speeds, how many times as fast we are; of memory, what part of it we take;
 * of `growth`, how many times as long one takes as with the least roles or members.
 */
export async function measure() {
  run("agree", OURS);
  return [
    ...speeds("can", "a question, members at random", [CASL, CASL_ALL, "casbin (cached)", "bitmask by hand"]),
    ...uncached(),
    ...speeds("bound", "a bound question, one member at a time", [CASL]),
    ...speeds("scattered", "a bound question, members at random", [CASL]),
    ...speeds("first", "first question about a member", [CASL, CASL_ALL]),
    ...speeds("updated", "update and first question about who came in", [CASL, CASL_ALL], "first"),
    ...memory(),
    ...perSecond("decide"),
    ...perSecond("explain"),
    startUp(),
    ...growth("growth", "1,000 questions to a fresh access, each", "roles", [10, 100, 1_000, 10_000]),
    ...growth("growth", "1,000 questions to a fresh access, each", "members", [...MEMBERS, 1_000_000]),
    ...growth("change", "checkChange of an override for everyone, per member", "members", MEMBERS),
  ];
}

const MEMBERS = [1_000, 10_000, 100_000];

function run(figure, contender, ...more) {
  const args = ["--expose-gc", "--max-old-space-size=8192", CONTENDER, figure, contender, ...more];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
}

/** What each contender gives, in turns. `peersTo` is the figure of those that know no such thing as ours. */
function inTurns(figure, contenders, rounds, peersTo = figure) {
  const runs = new Map(contenders.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, results] of runs) {
      const { nanoseconds, bytes } = run(name === OURS ? figure : peersTo, name);
      results.push(nanoseconds ?? bytes);
    }
  }
  return (name) => median(runs.get(name));
}

function speeds(figure, title, peers, peersTo) {
  const contenders = [OURS, ...peers];
  const took = inTurns(figure, contenders, ROUNDS, peersTo);
  return contenders.map((name) => ({
    figure: title,
    contender: name,
    value: took(name),
    unit: "ns",
    ratio: took(name) / took(OURS),
  }));
}

/** Once is enough to see in which league this plays. */
function uncached() {
  const contender = "casbin (enforceSync)";
  const [theirs, ours] = [run("can", contender).nanoseconds, run("can", OURS).nanoseconds];
  return [
    { figure: "a question, nothing cached", contender, value: theirs, unit: "ns", ratio: theirs / ours },
  ];
}

function memory() {
  const contenders = [OURS, CASL, CASL_ALL];
  const bytes = inTurns("memory", contenders, 3);
  return contenders.map((name) => ({
    figure: "memory per member asked about",
    contender: name,
    value: bytes(name),
    unit: "bytes",
    ratio: bytes(OURS) / bytes(name),
  }));
}

function perSecond(figure) {
  const took = inTurns(figure, [OURS], ROUNDS);
  return [
    { figure: `${figure}, half denied`, contender: OURS, value: 1e9 / took(OURS), unit: "/s", ratio: 1 },
  ];
}

/** What it takes to import the subpath in a fresh process, over importing an empty file. */
function startUp() {
  const folder = mkdtempSync(join(tmpdir(), "chat-spaces-bench-"));
  try {
    const empty = join(folder, "empty.mjs");
    writeFileSync(empty, "");
    const runs = new Map([ACCESS.href, pathToFileURL(empty).href].map((url) => [url, []]));
    for (let round = 0; round < 15; round++) {
      for (const [url, results] of runs) {
        const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", IMPORT, url]);
        results.push(Number(printed));
      }
    }
    const [access, floor] = [...runs.values()].map(median);
    return {
      figure: "start-up over an empty file",
      contender: `${OURS}/access`,
      value: access - floor,
      unit: "ms",
      ratio: 1,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function growth(figure, title, of, counts) {
  const results = counts.map((count) => run(figure, OURS, JSON.stringify({ [of]: count })).nanoseconds);
  return counts.map((count, i) => ({
    figure: `growth: ${title}`,
    contender: `${count.toLocaleString("en")} ${of}`,
    value: results[i],
    unit: "ns",
    ratio: results[i] / results[0],
  }));
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
