// node scripts/notices.mjs [--check]
// Makes THIRD-PARTY-NOTICES.md: the licence of every package whose code is inlined into dist, as the source maps
// of dist tell. Run `npm run build` first. --check fails when the page is out of date.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { keepUpToDate, root } from "./generated.mjs";

const PACKAGE_FOLDER = /node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/;

const dist = join(root, "dist");
const maps = existsSync(dist) ? readdirSync(dist).filter((file) => file.endsWith(".js.map")) : [];
if (maps.length === 0) {
  console.error("There are no source maps in dist. Run: npm run build");
  process.exit(1);
}

const folders = new Set();
for (const map of maps) {
  for (const source of JSON.parse(readFileSync(join(dist, map), "utf8")).sources) {
    const folder = PACKAGE_FOLDER.exec(source)?.[0];
    if (folder) folders.add(folder);
  }
}

const packages = [...folders]
  .map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    const licenceFile = readdirSync(join(root, folder)).find((file) => /^licen[cs]e(\.\w+)?$/i.test(file));
    if (!licenceFile) throw new Error(`${name} has no licence file: its notice has to be written by hand.`);
    const text = readFileSync(join(root, folder, licenceFile), "utf8")
      .replaceAll("\r\n", "\n")
      .trim();
    return { name, version, license, text };
  })
  .sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));

const sections = packages.map(
  ({ name, version, license, text }) =>
    `## ${name} ${version}\n\nLicence: ${license}\n\n\`\`\`text\n${text}\n\`\`\`\n`,
);
keepUpToDate(
  "THIRD-PARTY-NOTICES.md",
  [
    "# Third-party notices\n",
    "The files in `dist` contain code of these packages. This page is made by `scripts/notices.mjs`.\n",
    ...sections,
  ].join("\n"),
  "npm run build && node scripts/notices.mjs",
);
