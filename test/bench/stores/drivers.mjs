import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The SQLite drivers that the store knows: how to load each, and what is particular about it. */
export const DRIVERS = {
  "better-sqlite3": { load: () => require("better-sqlite3") },
  libsql: { load: () => require("libsql") },
  "node:sqlite": { load: () => require("node:sqlite").DatabaseSync },
  /** No WAL, so that every commit waits for the disk; takes parameters as one array. */
  "node-sqlite3-wasm": { load: () => require("node-sqlite3-wasm").Database, wal: false, asArray: true },
};

/** The class of a driver. Throws where it is not installed or does not work here. */
export function loadDriver(name) {
  const driver = DRIVERS[name].load();
  // A native one may be installed and still not run: only opening a database tells.
  new driver(":memory:").close();
  return driver;
}

/** The first of them that works here. */
export function firstDriver() {
  for (const [name, { asArray }] of Object.entries(DRIVERS)) {
    try {
      return { name, driver: loadDriver(name), asArray };
    } catch {
      // The bench of the drivers says why.
    }
  }
  throw new Error("No SQLite driver works here.");
}
