// node scripts/package-smoke.mjs
// Packs the package, installs the tarball into an empty project and uses it there as its users do: from ES modules,
// by require(), from TypeScript, and bundled for a browser. Run `npm run build` first.
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const tsc = join(root, "node_modules/typescript/lib/tsc.js");

const { name, exports, peerDependencies, devDependencies } = JSON.parse(
  readFileSync(join(root, "package.json"), "utf8"),
);

/** One export of each subpath that has to be there. */
const EXPECTED = {
  "chat-spaces": "createSpaces",
  "chat-spaces/access": "can",
  "chat-spaces/analysis": "lint",
  "chat-spaces/presets": "discord",
  "chat-spaces/templates": "productDrop",
  "chat-spaces/whatsapp": "parseWhatsApp",
  "chat-spaces/bundles": "exportSpace",
  "chat-spaces/provenance": "verifySlice",
  "chat-spaces/patterns": "linearPatterns",
  "chat-spaces/sqlite": "sqliteStore",
  "chat-spaces/postgres": "postgresStore",
  "chat-spaces/indexeddb": "indexedDbStore",
  "chat-spaces/decorators": "withNamespace",
  "chat-spaces/conformance": "storeCases",
  "chat-spaces/conformance/fuzz": "fuzzStore",
};
const NODE_ONLY = "chat-spaces/sqlite";

const CONSUMER = `
import { type ChatHistory, createSpaces, memoryStore, RefusedError, type SpaceStore } from "chat-spaces";
import { accessOf, can } from "chat-spaces/access";
import { sqliteStore, type SqliteOptions } from "chat-spaces/sqlite";
import { productDrop, instantiate } from "chat-spaces/templates";
import { parseWhatsApp } from "chat-spaces/whatsapp";

export async function main(): Promise<boolean> {
  const spaces = createSpaces({ store: memoryStore(), now: () => 0 });
  const template = instantiate(productDrop, { product: "Kit", opensAt: "2026-05-01T16:00:00Z" });
  const drop = await spaces.create({ id: "spring-drop", by: "ana", template });
  const history: ChatHistory = await parseWhatsApp("[14.06.24, 21:07:00] Mara: see you", {
    timeZone: "Europe/Berlin",
  });
  try {
    await drop.post({ by: "leo", channel: "lounge", body: history.messages[0]?.body ?? "hello" });
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const code: string = error.code;
    if (code !== "NOT_ALLOWED") return false;
  }
  return drop.can("leo", "message.post", { channel: "lounge" }) === can(accessOf(drop.space), "leo", "message.post", "lounge");
}

export const storeOf: (options: SqliteOptions) => SpaceStore = sqliteStore;
`;
const RIGHT = `drop.can("leo", "message.post"`;
const WRONG = `drop.can("leo", "message.psot"`;

const COMPILER_OPTIONS = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  target: "ES2023",
  lib: ["ES2023"],
  types: [],
  outDir: "out",
};

let failed = 0;
const folder = mkdtempSync(join(tmpdir(), "chat-spaces-smoke-"));
const project = join(folder, "project");
try {
  await check("the tarball installs into an empty project", () => {
    mkdirSync(project);
    write("package.json", JSON.stringify({ private: true }));
    run("npm", ["pack", "--silent", "--pack-destination", folder], root);
    const tarball = readdirSync(folder).find((file) => file.endsWith(".tgz"));
    const peers = Object.keys(peerDependencies).map((peer) => `${peer}@${devDependencies[peer]}`);
    run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", join(folder, tarball), ...peers]);
  });
  if (failed === 0) await checkInstalled();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed > 0 ? 1 : 0;

async function checkInstalled() {
  await check("every subpath of package.json is tried here", () => {
    const subpaths = Object.keys(exports)
      .filter((subpath) => exports[subpath].default)
      .map((subpath) => name + subpath.slice(1));
    const untried = subpaths.filter((subpath) => !(subpath in EXPECTED));
    if (untried.length > 0) throw new Error(`Add ${untried.join(", ")} to EXPECTED.`);
  });

  for (const [subpath, name] of Object.entries(EXPECTED)) {
    await check(`import { ${name} } from "${subpath}"`, () => {
      write(
        "esm.mjs",
        `import { ${name} } from "${subpath}"; if (!${name}) throw new Error("It is empty.");`,
      );
      run(process.execPath, ["esm.mjs"]);
    });
    await check(`require("${subpath}").${name}`, () => {
      write("cjs.cjs", `if (!require("${subpath}").${name}) throw new Error("It is not there.");`);
      runInSilence("cjs.cjs");
    });
  }
  await check("import and require give the same classes", () => {
    write(
      "same.cjs",
      `import("chat-spaces").then((esm) => {
        const { ChatSpacesError } = require("chat-spaces");
        if (typeof ChatSpacesError !== "function" || ChatSpacesError !== esm.ChatSpacesError) process.exit(1);
      });`,
    );
    runInSilence("same.cjs");
  });

  write("consumer.mts", CONSUMER);
  write("consumer.cts", CONSUMER);
  write("consumer.ts", CONSUMER);
  write("wrong.mts", CONSUMER.replace(RIGHT, WRONG));
  const nodeNext = { module: "nodenext", moduleResolution: "nodenext" };
  await check("TypeScript, nodenext, from an ES module", () => compile("consumer.mts", nodeNext));
  await check("TypeScript, nodenext, from CommonJS", () => compile("consumer.cts", nodeNext));
  await check("TypeScript, bundler resolution", () =>
    compile("consumer.ts", { module: "esnext", moduleResolution: "bundler" }),
  );
  await check("TypeScript refuses a capability that does not exist", () => {
    let complaint = "";
    try {
      compile("wrong.mts", nodeNext);
    } catch (error) {
      complaint = error.message;
    }
    const errors = complaint.match(/error TS\d+/g) ?? [];
    if (errors.length !== 1 || !complaint.includes('"message.psot"')) {
      throw new Error(`Expected one error about "message.psot", got: ${complaint || "none"}`);
    }
  });
  for (const file of ["consumer.mjs", "consumer.cjs"]) {
    await check(`what TypeScript made of it runs: ${file}`, () => {
      const main = `import { main } from "./out/${file}"; if ((await main()) !== true) throw new Error("Wrong answer.");`;
      write("run.mjs", main);
      run(process.execPath, ["run.mjs"]);
    });
  }

  for (const subpath of Object.keys(EXPECTED).filter((subpath) => subpath !== NODE_ONLY)) {
    await check(`esbuild bundles ${subpath} for browsers, without Node's modules`, async () => {
      const { outputFiles } = await build({
        stdin: { contents: `export * from "${subpath}";`, resolveDir: project },
        bundle: true,
        write: false,
        format: "esm",
        platform: "browser",
        logLevel: "silent",
      });
      if (/["']node:/.test(outputFiles[0].text)) throw new Error("A node: import is left.");
    });
  }
}

async function check(what, act) {
  try {
    await act();
    console.log(`ok    ${what}`);
  } catch (error) {
    failed++;
    console.log(`FAIL  ${what}`);
    console.error(error instanceof Error ? error.message : error);
  }
}

function write(file, text) {
  writeFileSync(join(project, file), text);
}

function run(command, args, cwd = project) {
  try {
    return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    throw new Error(`${error.stdout ?? ""}${error.stderr ?? ""}`.trim() || error.message);
  }
}

/** Throws where Node warns, for instance of a module that cannot be required without an experiment. */
function runInSilence(file) {
  const strict = `process.on("warning", (warning) => { console.error(warning); process.exit(1); });`;
  write("strict.cjs", strict);
  run(process.execPath, ["--require", "./strict.cjs", file]);
}

function compile(file, options) {
  if (!existsSync(tsc)) throw new Error("TypeScript is not installed. Run: npm ci");
  const compilerOptions = { ...COMPILER_OPTIONS, ...options };
  write("tsconfig.json", JSON.stringify({ compilerOptions, files: [file] }));
  run(process.execPath, [tsc, "--pretty", "false", "-p", "tsconfig.json"]);
}
