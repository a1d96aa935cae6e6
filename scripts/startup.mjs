// npm run startup
// Prints what it costs to import each subpath of dist in a fresh Node process, over importing an empty file.
// Medians of alternating runs. Checks nothing: times are for people. Run `npm run build` first.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const RUNS = 15;
const MEASURE = `
  const start = performance.now();
  await import(process.argv[1]);
  console.log(performance.now() - start);
`;

const { name, exports } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const folder = mkdtempSync(join(tmpdir(), `${name}-startup-`));
const empty = join(folder, "empty.mjs");
writeFileSync(empty, "");

const urls = new Map([["an empty file", pathToFileURL(empty)]]);
for (const [subpath, { default: file }] of Object.entries(exports)) {
  if (file) urls.set(`${name}${subpath.slice(1)}`, new URL(`../${file}`, import.meta.url));
}
const missing = [...urls.values()].filter((url) => !existsSync(url));
if (missing.length > 0) {
  console.error("There is no built package to measure. Run: npm run build");
  process.exit(1);
}

const times = new Map([...urls.keys()].map((what) => [what, []]));
try {
  for (let run = 0; run < RUNS; run++) {
    for (const [what, { href }] of urls) {
      const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", MEASURE, href]);
      times.get(what).push(Number(printed));
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const floor = median(times.get("an empty file"));
console.table(
  [...times].map(([what, list]) => ({
    import: what,
    "ms over an empty file": Number((median(list) - floor).toFixed(1)),
    "ms in all": Number(median(list).toFixed(1)),
  })),
);

function median(list) {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
}
