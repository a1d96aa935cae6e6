import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    access: "src/access/index.ts",
    analysis: "src/access/analysis/index.ts",
    presets: "src/access/presets/index.ts",
    templates: "src/templates/index.ts",
    whatsapp: "src/platforms/whatsapp/index.ts",
    bundles: "src/client/bundles/index.ts",
    provenance: "src/sharing/provenance/index.ts",
    patterns: "src/sharing/patterns/index.ts",
    sqlite: "src/stores/sqlite/index.ts",
    postgres: "src/stores/postgres/index.ts",
    indexeddb: "src/stores/indexeddb/index.ts",
    decorators: "src/stores/decorators/index.ts",
    conformance: "src/stores/conformance/index.ts",
    "conformance/fuzz": "src/stores/fuzz/index.ts",
    // Not subpaths, but chunks of their own: who imports one name from the core is not to load all of it.
    client: "src/client/spaces.ts",
    decide: "src/space/decide.ts",
    errors: "src/kernel/errors.ts",
  },
  format: "esm",
  platform: "neutral",
  target: "es2023",
  splitting: true,
  treeshake: false,
  sourcemap: true,
  // Declarations come from tsc, one per source file, with maps that lead to the source.
  dts: false,
  external: [/^node:/, "fast-check"],
  // Of packages that come in two, the one that also runs in browsers.
  esbuildOptions(options) {
    options.conditions = ["browser"];
    // Puts numbers in the place of their names: a constant of a module is a variable to the engine.
    options.minifySyntax = true;
  },
  noExternal: [
    /^zod/,
    /^@date-fns/,
    "nanoid",
    "eventemitter3",
    /^@noble/,
    "fflate",
    "idb",
    "minisearch",
    "re2js",
  ],
});
