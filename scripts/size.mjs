// npm run size [-- --update]
// Prints what each subpath and a few named imports cost in a bundle (minified, gzipped, with all they import
// lazily) and fails where one costs more than scripts/sizes.json allows. Measures dist: run `npm run build` first.
// --update writes the sizes of today plus some room as the new ceilings.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const ceilingsFile = new URL("sizes.json", import.meta.url);
const { name, exports, peerDependencies } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
);

const NAMED_IMPORTS = [
  [".", "createSpaces, memoryStore"],
  [".", "decide, evolve"],
  [".", "ChatSpacesError"],
  ["./access", "can"],
  ["./access", "compile, update, can, decide, explain, capabilitiesOf, whoCan, whereCan"],
];
/** Only this subpath may use what Node alone has. */
const NODE_ONLY = "./sqlite";
/** What users install themselves is not in the package. */
const PEERS = Object.keys(peerDependencies);
/** A property of every zod schema, so it is in every bundle that zod is in. */
const ZOD = "_zod";
const MUST_NOT_CONTAIN = [
  ["./access", "*", ZOD],
  [".", "ChatSpacesError", ZOD],
];

const subpaths = Object.keys(exports).filter((subpath) => exports[subpath].default);
const missing = subpaths.filter((subpath) => !existsSync(new URL(fileOf(subpath), `file://${root}`)));
if (missing.length > 0) {
  console.error(`There is no ${missing.map(fileOf).join(", ")}. Run: npm run build`);
  process.exit(1);
}

const bundles = new Map();
for (const [subpath, names] of [...subpaths.map((subpath) => [subpath, "*"]), ...NAMED_IMPORTS]) {
  bundles.set(labelOf(subpath, names), await bundle(subpath, names));
}
const sizes = new Map([...bundles].map(([what, code]) => [what, gzipSync(code, { level: 9 }).length]));
const ceilings = existsSync(ceilingsFile) ? JSON.parse(readFileSync(ceilingsFile, "utf8")) : {};

if (process.argv.includes("--update")) {
  const updated = {};
  for (const [what, size] of sizes) {
    const why = ceilings[what]?.why ?? "First measured.";
    updated[what] = { max: Math.ceil((size * 1.05) / 50) * 50, why };
    console.log(`${what}: ${size} B, ceiling ${updated[what].max} B`);
  }
  writeFileSync(ceilingsFile, `${JSON.stringify(updated, null, 2)}\n`);
  process.exit(0);
}

const failures = [];
for (const [what, size] of sizes) {
  const max = ceilings[what]?.max;
  console.log(`${String(size).padStart(7)} B of ${String(max ?? "?").padStart(6)}  ${what}`);
  if (max === undefined) {
    failures.push(`${what} has no ceiling in scripts/sizes.json. Run: npm run size -- --update`);
  } else if (size > max) {
    failures.push(
      `${what} is ${size - max} B over its ceiling. Make it smaller, or raise "max" in scripts/sizes.json and ` +
        `give the reason in "why" (now: ${ceilings[what].why})`,
    );
  }
}
for (const what of Object.keys(ceilings)) {
  if (!sizes.has(what)) failures.push(`scripts/sizes.json has a ceiling for ${what}, which is not measured.`);
}

for (const [subpath, names, marker] of MUST_NOT_CONTAIN) {
  const what = labelOf(subpath, names);
  if (bundles.get(what).includes(marker)) failures.push(`${what} must not contain ${marker}, and does.`);
}
// Else the checks above would go on passing after zod renamed the property.
if (!bundles.get(labelOf(".", "*")).includes(ZOD)) {
  failures.push(`Not even the whole of ${name} contains ${ZOD}: look for another name that gives zod away.`);
}

for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 ? 1 : 0;

function fileOf(subpath) {
  return exports[subpath].default;
}

function labelOf(subpath, names) {
  const from = `${name}${subpath.slice(1)}`;
  return names === "*" ? from : `{ ${names} } from ${from}`;
}

async function bundle(subpath, names) {
  const { outputFiles } = await build({
    stdin: {
      contents: `export ${names === "*" ? "*" : `{ ${names} }`} from "${fileOf(subpath)}";`,
      resolveDir: root,
    },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: subpath === NODE_ONLY ? "node" : "neutral",
    external: subpath === NODE_ONLY ? ["node:*"] : PEERS,
    legalComments: "none",
    logLevel: "warning",
    // A chunk that is imported for nothing is dropped, which is what is wanted.
    logOverride: { "ignored-bare-import": "silent" },
  });
  return outputFiles[0].text;
}
