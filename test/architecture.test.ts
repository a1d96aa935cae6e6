import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

/** A file of the library: its path from `src`, such as `kernel/time.ts`, and its text. */
type Source = { readonly path: string; readonly text: string };

/** One import or re-export: of a file of ours (its path from `src`), or of a package (its name as written). */
type Import = { readonly to: string; readonly ours: boolean };

const ROOT = new URL("../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), "utf8");

const SOURCES: readonly Source[] = readdirSync(new URL("src", ROOT), { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts"))
  .sort()
  .map((path) => ({ path, text: read(`src/${path}`) }));

describe("what the sources must not do", () => {
  type Rule = {
    readonly name: string;
    /** The files it holds for. */
    readonly holdsFor: (path: string) => boolean;
    /** What in a file breaks it. */
    readonly breaks: (source: Source) => readonly string[];
    /** Snippets that break it, each in its own way. */
    readonly offending: readonly string[];
    /** Snippets that only look as if they did. */
    readonly harmless: readonly string[];
  };

  const everywhere = () => true;

  const RULES: readonly Rule[] = [
    {
      name: "no clock and no randomness: both are handed in",
      // Encryption needs numbers that nobody can guess, and says in one file where they come from.
      holdsFor: (path) => path !== "client/defaults.ts" && path !== "stores/decorators/web-crypto.ts",
      breaks: inTree(
        (node) =>
          (ts.isNewExpression(node) && node.expression.getText() === "Date" && !node.arguments?.length) ||
          (ts.isCallExpression(node) && node.expression.getText() === "Date") ||
          (ts.isPropertyAccessExpression(node) &&
            /^(globalThis\.)?(Date\.now|Math\.random)$/.test(node.getText())) ||
          (ts.isIdentifier(node) && /^(crypto|performance)$/.test(node.text) && !isNameOfProperty(node)) ||
          (ts.isStringLiteral(node) && ts.isImportDeclaration(node.parent) && node.text === "nanoid"),
      ),
      offending: [
        "const at = Date.now();",
        "const at = new Date();",
        "const at = new Date;",
        "const at = Date();",
        "const clock = Date.now;",
        "const luck = globalThis.Math.random();",
        "const id = crypto.randomUUID();",
        "crypto.getRandomValues(new Uint8Array(8));",
        "const at = performance.now();",
        "const { subtle } = globalThis.crypto;",
        'import { nanoid } from "nanoid";',
      ],
      harmless: [
        "const at = new Date(0);",
        'const at = Date.parse("2026-05-01T16:00:00Z") + Date.UTC(2026, 4);',
        "// Date.now() is not read here",
        'const help = "use Date.now()";',
        "const most = Math.max(1, 2);",
      ],
    },
    {
      name: "no modules of Node, except in the SQLite store",
      holdsFor: (path) => !path.startsWith("stores/sqlite/"),
      breaks: (source) =>
        importsOf(source)
          .filter(({ to, ours }) => !ours && (to.startsWith("node:") || NODE_MODULES.has(to)))
          .map(({ to }) => to),
      offending: [
        'import { readFileSync } from "node:fs";',
        'import type { Buffer } from "node:buffer";',
        'export * from "crypto";',
        'const fs = await import("node:fs");',
        'import "fs/promises";',
      ],
      harmless: ['import { a } from "./fs.js";', 'const text = "node:fs";', '// import "node:fs"'],
    },
    {
      name: "no console and no process: a library is silent and reads no environment",
      // Node hashes several times as fast as a library can, and gives the same: one file asks whether it is there.
      holdsFor: (path) => path !== "kernel/sha256.ts",
      breaks: inTree(
        (node) => ts.isIdentifier(node) && /^(console|process)$/.test(node.text) && !isNameOfProperty(node),
      ),
      offending: [
        'console.log("hi");',
        "globalThis.console.warn(1);",
        "const { env } = process;",
        "const log = console;",
      ],
      harmless: ["const text = `console.log`;", "job.process(5);", "const job = { process: 1 };"],
    },
    {
      name: "no enum: strings with completion instead",
      holdsFor: everywhere,
      breaks: inTree(ts.isEnumDeclaration),
      offending: ["enum Stage { Live }", "export const enum Stage { Live }"],
      harmless: ['const stage = { enum: "live" };', 'const Stage = { LIVE: "live" } as const;'],
    },
    {
      name: "no any",
      holdsFor: everywhere,
      breaks: inTree((node) => node.kind === ts.SyntaxKind.AnyKeyword),
      offending: [
        "let x: any;",
        "const f = (x: any[]) => x;",
        "const x = y as any;",
        "type T = Record<string, any>;",
      ],
      harmless: ["let any: unknown;", "// any of them", 'const x = "any";'],
    },
    {
      name: "no default exports: a thing has one name",
      holdsFor: everywhere,
      breaks: inTree(
        (node) =>
          ts.isExportAssignment(node) ||
          (node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent)) ||
          (ts.isExportSpecifier(node) && node.name.text === "default"),
      ),
      offending: [
        "export default 5;",
        "export default function f() {}",
        "export default class extends Error {}",
        "const f = 5; export { f as default };",
      ],
      harmless: ["switch (x) { default: break; }", "export const x = { default: 1 };"],
    },
    {
      name: "no classes but errors: plain data and functions",
      holdsFor: everywhere,
      breaks: inTree((node) => {
        if (!ts.isClassLike(node)) return false;
        const declaredOnly =
          ts.getCombinedModifierFlags(node as ts.ClassDeclaration) & ts.ModifierFlags.Ambient;
        return !declaredOnly && !/Error\b/.test(node.heritageClauses?.[0]?.getText() ?? "");
      }),
      offending: ["class Space {}", "const S = class extends Map {};", "class S implements Space {}"],
      harmless: ["class Refused extends Error {}", "declare class URL {}", 'const words = "class Space {}";'],
    },
  ];

  describe.each(RULES)("$name", ({ holdsFor, breaks, offending, harmless }) => {
    test("holds", () => {
      const broken = SOURCES.filter(({ path }) => holdsFor(path)).flatMap((source) =>
        breaks(source).map((what) => `src/${source.path}: ${what}`),
      );
      expect(broken).toEqual([]);
    }, 30_000);

    test.each(offending)("would notice %s", (text) => {
      expect(breaks({ path: "snippet.ts", text })).not.toEqual([]);
    });

    test.each(harmless)("does not mind %s", (text) => {
      expect(breaks({ path: "snippet.ts", text })).toEqual([]);
    });
  });
});

/** Each room and the rooms below it, which are all that it may import. */
const HOUSE: { readonly [room: string]: readonly string[] } = {
  kernel: [],
  model: ["kernel"],
  access: ["model", "kernel"],
  duties: ["access", "model", "kernel"],
  sharing: ["access", "model", "kernel"],
  privacy: ["access", "model", "kernel"],
  moderation: ["access", "model", "kernel"],
  templates: ["access", "model", "kernel"],
  attribution: ["access", "model", "kernel"],
  metrics: ["access", "model", "kernel"],
  stores: ["kernel"],
  platforms: ["model", "kernel"],
  integrations: ["model", "kernel"],
  space: [
    "duties",
    "sharing",
    "privacy",
    "moderation",
    "templates",
    "attribution",
    "metrics",
    "access",
    "model",
    "kernel",
  ],
  client: [
    "space",
    "stores",
    "duties",
    "sharing",
    "privacy",
    "moderation",
    "templates",
    "attribution",
    "metrics",
    "access",
    "model",
    "kernel",
  ],
};

describe("each room of the house stands on the rooms below it", () => {
  /** The imports that no floor plan allows. Of platforms and integrations each folder is a room of its own. */
  function trespasses(sources: readonly Source[]): readonly string[] {
    return sources.flatMap((source) => {
      // The face shows everything; a declaration of globals belongs to nobody.
      if (source.path === "index.ts" || source.path === "web.d.ts") return [];
      const room = roomOf(source.path);
      const below = HOUSE[topOf(room)];
      if (!below) return [`src/${source.path}: the house has no room ${room}`];
      return importsOf(source)
        .filter(({ to, ours }) => ours && roomOf(to) !== room && !below.includes(roomOf(to)))
        .map(({ to }) => `src/${source.path} imports src/${to}`);
    });
  }

  test("holds", () => {
    expect(trespasses(SOURCES)).toEqual([]);
  });

  test.each([
    ["kernel/time.ts", "../model/space.js", "on the floor above"],
    ["access/evaluate.ts", "../space/decide.js", "on a floor far above"],
    ["duties/decide.ts", "../sharing/token.js", "next door"],
    ["space/decide.ts", "../client/session.js", "of the client"],
    ["space/decide.ts", "../stores/contract.js", "of a store"],
    ["stores/sqlite/store.ts", "../../model/events.js", "of the domain, into a store"],
    ["platforms/whatsapp/parse.ts", "../telegram/parse.js", "of another platform"],
    ["platforms/whatsapp/parse.ts", "../../access/evaluate.js", "of a capability, into a platform"],
    ["client/spaces.ts", "../platforms/whatsapp/index.js", "of a platform, into the client"],
    ["model/space.ts", "../index.js", "of the face"],
    ["attic/box.ts", "./lid.js", "in a room that the plan does not have"],
  ])("%s would be noticed importing %s: a thing %s", (path, specifier) => {
    for (const text of [
      `import { x } from "${specifier}";`,
      `import type { X } from "${specifier}";`,
      `export { x } from "${specifier}";`,
      `export type { X } from "${specifier}";`,
      `export * from "${specifier}";`,
      `import "${specifier}";`,
      `const x = await import("${specifier}");`,
    ]) {
      expect(trespasses([{ path, text }]), text).toHaveLength(1);
    }
  });

  test.each([
    ["model/space.ts", "../kernel/time.js"],
    ["sharing/invites.ts", "../access/guard.js"],
    ["sharing/invites.ts", "./token.js"],
    ["stores/sqlite/store.ts", "../commit.js"],
    ["client/spaces.ts", "../stores/contract.js"],
    ["platforms/whatsapp/parse.ts", "../../model/history.js"],
    ["kernel/schema.ts", "zod/mini"],
  ])("%s may import %s", (path, specifier) => {
    expect(trespasses([{ path, text: `import { x } from "${specifier}";` }])).toEqual([]);
  });

  test("the lint rules have the same plan", () => {
    const linted = lintedHouse(JSON.parse(read("biome.json")));
    const sorted = (house: typeof HOUSE) =>
      Object.fromEntries(Object.entries(house).map(([room, below]) => [room, [...below].sort()]));
    expect(sorted(linted)).toEqual(sorted(HOUSE));
  });

  test("a lint rule that allows more or less would be noticed", () => {
    const group = ["../**", "!../kernel/**", "!../space/**"];
    const options = { patterns: [{ group: ["zod"] }, { group }] };
    const override = {
      includes: ["src/{model,access}/**"],
      linter: { rules: { style: { noRestrictedImports: { options } } } },
    };
    expect(lintedHouse({ overrides: [override] })).toEqual({
      model: ["kernel", "space"],
      access: ["kernel", "space"],
    });
  });
});

describe("imports run in no circle", () => {
  test("holds, types included", () => {
    expect(circleIn(graphOf(SOURCES))).toBeUndefined();
  });

  test.each([
    ["of two", { "a.ts": './b.js"', "b.ts": './a.js"' }, ["a.ts", "b.ts", "a.ts"]],
    ["of one", { "a.ts": './a.js"' }, ["a.ts", "a.ts"]],
    [
      "of three, behind a way in",
      { "a.ts": './x/b.js"', "x/b.ts": './c.js"', "x/c.ts": '../d.js"', "d.ts": './x/b.js"' },
      ["x/b.ts", "x/c.ts", "d.ts", "x/b.ts"],
    ],
  ])("a circle %s would be noticed", (_, files, circle) => {
    const sources = Object.entries(files).map(([path, to]) => ({
      path,
      text: `import type { X } from "${to};`,
    }));
    expect(circleIn(graphOf(sources))).toEqual(circle);
  });

  test("two ways to one file are no circle", () => {
    const sources = [
      { path: "a.ts", text: 'import "./b.js"; import "./c.js";' },
      { path: "b.ts", text: 'export * from "./d.js";' },
      { path: "c.ts", text: 'export * from "./d.js";' },
      { path: "d.ts", text: "export const x = 1;" },
    ];
    expect(circleIn(graphOf(sources))).toBeUndefined();
  });

  test("every file that is imported is there", () => {
    const paths = new Set(SOURCES.map(({ path }) => path));
    const missing = SOURCES.flatMap((source) =>
      importsOf(source)
        .filter(({ to, ours }) => ours && !paths.has(to))
        .map(({ to }) => `src/${source.path} imports src/${to}`),
    );
    expect(missing).toEqual([]);
  });
});

describe("what an entry point brings along", () => {
  /** The packages that are needed, directly or not, where types are left out. */
  function packagesBehind(entry: string, sources: readonly Source[] = SOURCES): readonly string[] {
    const byPath = new Map(sources.map((source) => [source.path, source]));
    const seen = new Set<string>();
    const packages = new Set<string>();
    const visit = (path: string): void => {
      const source = byPath.get(path);
      if (!source || seen.has(path)) return;
      seen.add(path);
      for (const { to, ours } of importsOf(withoutTypes(source))) {
        if (ours) visit(to);
        else packages.add(to);
      }
    };
    visit(entry);
    return [...packages].sort();
  }

  test("permissions alone need no package at all", () => {
    expect(packagesBehind("access/index.ts")).toEqual([]);
  });

  test("the core needs nothing that is for SQLite or for zip files", () => {
    const packages = packagesBehind("index.ts");
    expect(packages).toContain("zod/mini");
    expect(packages).not.toContain("fflate");
    expect(packages.filter((name) => name.startsWith("node:"))).toEqual([]);
  });

  test("a package would be noticed behind any number of files, unless only its types are used", () => {
    const sources = [
      { path: "a.ts", text: 'export { x } from "./b.js"; import type { Y } from "typed";' },
      { path: "b.ts", text: 'import { x } from "deep"; export { x };' },
    ];
    expect(packagesBehind("a.ts", sources)).toEqual(["deep"]);
  });
});

describe("what package.json exports", () => {
  type Subpath = { readonly "@chat-spaces/source": string; readonly types: string; readonly default: string };
  const { exports } = JSON.parse(read("package.json")) as { exports: Record<string, Subpath | string> };
  const subpaths = Object.entries(exports).flatMap(([name, target]) =>
    typeof target === "string" ? [] : [{ name, ...target }],
  );
  const entries = entriesOf(read("tsup.config.ts"));

  test.each(subpaths)("$name comes from a source file that is built under its name", (subpath) => {
    const source = subpath["@chat-spaces/source"];
    expect(existsSync(new URL(source, ROOT)), source).toBe(true);
    const entry = posix.relative("./dist", subpath.default).replace(/\.js$/, "");
    expect(`./${entries.get(entry)}`).toBe(source);
    expect(subpath.default).toBe(`./dist/${entry}.js`);
    expect(subpath.types).toBe(source.replace("./src/", "./dist/types/").replace(/\.ts$/, ".d.ts"));
    // Users import the name that the built file has: `chat-spaces/whatsapp` is whatsapp.js.
    expect(subpath.name).toBe(entry === "index" ? "." : `./${entry}`);
  });

  test("every index file is an entry point, and every entry point an index file", () => {
    const indexes = SOURCES.filter(({ path }) => posix.basename(path) === "index.ts");
    expect(subpaths.map((subpath) => subpath["@chat-spaces/source"]).sort()).toEqual(
      indexes.map(({ path }) => `./src/${path}`).sort(),
    );
  });

  test("every entry of the build is there; those that are no subpath are cut for start-up", () => {
    for (const source of entries.values()) expect(existsSync(new URL(source, ROOT)), source).toBe(true);
    const exported = new Set(
      subpaths.map((subpath) => posix.relative("./dist", subpath.default).replace(/\.js$/, "")),
    );
    const chunks = [...entries.keys()].filter((entry) => !exported.has(entry));
    for (const chunk of chunks) expect(posix.basename(entries.get(chunk) ?? ""), chunk).not.toBe("index.ts");
  });

  test("the entries are read from the build's own configuration", () => {
    expect([
      ...entriesOf('export default defineConfig({ entry: { a: "src/a.ts", "b-c": "src/b.ts" } });'),
    ]).toEqual([
      ["a", "src/a.ts"],
      ["b-c", "src/b.ts"],
    ]);
  });
});

describe("the codes of errors and refusals", () => {
  const codes = [...read("src/kernel/codes.ts").matchAll(/^ {2}([A-Z_]+): \{/gm)].map(
    ([, code = ""]) => code,
  );

  test("are all answered with somewhere", () => {
    const text = SOURCES.filter(({ path }) => path !== "kernel/codes.ts")
      .map((source) => source.text)
      .join("\n");
    expect(codes.length).toBeGreaterThan(30);
    expect(codes.filter((code) => !text.includes(`"${code}"`))).toEqual([]);
  });

  test("are all explained on the page of errors", () => {
    const page = read("docs/errors.md");
    expect(codes.filter((code) => !page.includes(`### ${code}\n`))).toEqual([]);
  });
});

// --- Reading source files ----------------------------------------------------------------------------------------

const NODE_MODULES = new Set([
  ...[
    "assert",
    "buffer",
    "child_process",
    "crypto",
    "events",
    "fs",
    "fs/promises",
    "http",
    "https",
    "module",
  ],
  ...["net", "os", "path", "process", "stream", "timers", "url", "util", "worker_threads", "zlib"],
]);

/** Each file is read into a tree once, whatever the number of rules. */
const trees = new WeakMap<Source, ts.SourceFile>();

function treeOf(source: Source): ts.SourceFile {
  const tree =
    trees.get(source) ?? ts.createSourceFile(source.path, source.text, ts.ScriptTarget.ESNext, true);
  trees.set(source, tree);
  return tree;
}

/** A rule that looks at every node of a file and gives the lines of those that break it. */
function inTree(offends: (node: ts.Node) => boolean): (source: Source) => readonly string[] {
  return (source) => {
    const file = treeOf(source);
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (offends(node)) {
        const { line } = file.getLineAndCharacterOfPosition(node.getStart());
        found.push(`line ${line + 1}: ${node.getText().split("\n")[0]}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
    return found;
  };
}

/** Whether `process` is a name within something else: `job.process`, `{ process: 1 }`. */
function isNameOfProperty(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) {
    return parent.name === node && parent.expression.getText() !== "globalThis";
  }
  return (
    (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodDeclaration(parent)) &&
    parent.name === node
  );
}

/** What a file imports or passes on, types included. */
function importsOf({ path, text }: Source): readonly Import[] {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) =>
      fileName.startsWith(".")
        ? { to: posix.join(posix.dirname(path), fileName).replace(/\.js$/, ".ts"), ours: true }
        : { to: fileName, ours: false },
    );
}

/** The file as it is at run time. */
function withoutTypes({ path, text }: Source): Source {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ESNext,
      verbatimModuleSyntax: true,
    },
  });
  return { path, text: outputText };
}

/** `kernel`, or `platforms/whatsapp`. */
function roomOf(path: string): string {
  const [top = "", second = ""] = path.split("/");
  return top === "platforms" || top === "integrations" ? `${top}/${second}` : top;
}

function topOf(room: string): string {
  return room.split("/")[0] ?? room;
}

function graphOf(sources: readonly Source[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    sources.map((source) => [
      source.path,
      importsOf(source)
        .filter(({ ours }) => ours)
        .map(({ to }) => to),
    ]),
  );
}

/** The first circle, from a file back to itself. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const circle = walk(next, [...way, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const circle = walk(file, []);
    if (circle) return circle;
  }
  return undefined;
}

/** The parts of biome.json that say which room may import which. */
type LintConfig = {
  readonly overrides: readonly {
    readonly includes: readonly string[];
    readonly linter?: {
      readonly rules?: {
        readonly style?: {
          readonly noRestrictedImports?: {
            readonly options: { readonly patterns: readonly { readonly group: readonly string[] }[] };
          };
        };
      };
    };
  }[];
};

/** The house as the lint rules have it: a room is closed to everything (`../**`) but what they except. */
function lintedHouse({ overrides }: LintConfig): Record<string, string[]> {
  const house: Record<string, string[]> = {};
  for (const { includes, linter } of overrides) {
    const patterns = linter?.rules?.style?.noRestrictedImports?.options.patterns ?? [];
    const closed = patterns.find(({ group }) => /^(\.\.\/)+\*\*$/.test(group[0] ?? ""));
    if (!closed) continue;
    const below = closed.group.slice(1).map((except) => except.replace(/^!(\.\.\/)+/, "").replace("/**", ""));
    const rooms = includes.flatMap((glob) => {
      const [, several, one = ""] = /^src\/(?:\{(.+?)\}|(\w+))\//.exec(glob) ?? [];
      return several?.split(",") ?? [one];
    });
    for (const room of rooms) house[room] = below;
  }
  return house;
}

/** The entries in a configuration of tsup, by name. */
function entriesOf(config: string): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (
      ts.isPropertyAssignment(node) &&
      node.name.getText() === "entry" &&
      ts.isObjectLiteralExpression(node.initializer)
    ) {
      for (const entry of node.initializer.properties) {
        if (!ts.isPropertyAssignment(entry) || !ts.isStringLiteral(entry.initializer)) continue;
        const name = ts.isStringLiteral(entry.name) ? entry.name.text : entry.name.getText();
        entries.set(name, entry.initializer.text);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("tsup.config.ts", config, ts.ScriptTarget.ESNext, true));
  return entries;
}
