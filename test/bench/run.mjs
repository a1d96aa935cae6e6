// npm run bench [-- NAME ...] [--json]
// Measures the library beside named peers, in one run. Figures are of this machine; ratios are what to quote.
import { execSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = new URL(".", import.meta.url);
const folder = fileURLToPath(here);
const json = process.argv.includes("--json");
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const available = readdirSync(folder)
  .filter((file) => file.endsWith(".mjs") && file !== "run.mjs" && file !== "random.mjs")
  .map((file) => file.slice(0, -4));
const unknown = wanted.filter((name) => !available.includes(name));
if (unknown.length > 0) {
  console.error(`No bench called ${unknown.join(", ")}. There are: ${available.join(", ")}.`);
  process.exit(1);
}
const changed = (file) => statSync(new URL(file, here), { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (changed("node_modules/.package-lock.json") < changed("package-lock.json")) {
  execSync("npm ci --no-audit --no-fund", { cwd: folder, stdio: json ? "ignore" : "inherit" });
}

for (const bench of wanted.length > 0 ? wanted : available) {
  const { measure } = await import(new URL(`${bench}.mjs`, here).href);
  const figures = await measure();
  if (json) {
    for (const { figure, contender, value, unit, ratio } of figures) {
      console.log(JSON.stringify({ bench, figure, contender, value, unit, ratio }));
    }
    continue;
  }
  console.log(`\n${bench}`);
  console.table(
    figures.map(({ figure, contender, value, unit, ratio }) => ({
      figure,
      contender,
      value: `${value.toLocaleString("en", { maximumFractionDigits: 2 })} ${unit}`,
      "ours to it": ratio.toFixed(2),
    })),
  );
}
