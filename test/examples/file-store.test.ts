import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { memoryStore, type NewEvent, type SpaceStore } from "chat-spaces";
import { type OpenedStores, storeCases } from "chat-spaces/conformance";
import { fuzzStore } from "chat-spaces/conformance/fuzz";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fileStore } from "../../examples/file-store/store.js";
import { FUZZ_RUNS, FUZZ_TIMEOUT } from "../stores/fuzz/runs.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TIMEOUT = 60_000;

function openFiles(): OpenedStores {
  const folder = mkdtempSync(join(tmpdir(), "chat-spaces-files-"));
  const open = () => fileStore(folder);
  return { a: open(), b: open(), reopen: open, dispose: () => rmSync(folder, { recursive: true }) };
}

describe("the store of the guide", { timeout: TIMEOUT }, () => {
  const declared = { durable: true, shared: true, feed: true, erase: true, streams: true, close: true };
  for (const c of storeCases(openFiles, declared)) test(`${c.group}: ${c.name}`, c.run);
});

// Every commit waits for the disk.
test("the store of the guide does what the reference does", { timeout: FUZZ_TIMEOUT }, () =>
  fuzzStore(openFiles, { runs: Math.ceil(FUZZ_RUNS / 4) }),
);

describe("the store of the guide, in a folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "chat-spaces-files-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const event = (id: string, data: unknown = null): NewEvent => ({
    ...{ id, type: "note.written", at: 0, by: "ana", data },
  });

  /** Appends batches of three to a stream of its own and to one that all have in common, until it is killed. */
  const WRITER = `
    import { once } from "node:events";
    import { fileStore } from "./examples/file-store/store.ts";

    const [folder, name] = process.argv.slice(1);
    const store = fileStore(folder);
    console.log("ready");
    await once(process.stdin, "data");
    for (let number = 0; ; number++) {
      for (const stream of ["common", name]) {
        const id = name + " " + number;
        const events = ["a", "b", "c"].map((part) => (
          { id: id + part, type: "note.written", at: 0, by: name, data: part.repeat(5000) }
        ));
        for (let { head } = await store.read(stream, { limit: 0 }); ; ) {
          const result = await store.append(stream, { id, expected: head, events });
          if (result.ok) break;
          head = result.head;
        }
        console.log(stream + " " + id);
      }
    }`;

  /** Lets processes write at once until each has told of so many commits, and gives what they told of. */
  async function write(writers: readonly { readonly name: string; readonly enough: number }[]) {
    const flags = ["--import", "tsx", "--conditions=@chat-spaces/source", "--input-type=module"];
    const running = writers.map(({ name, enough }) => {
      const child = spawn(process.execPath, [...flags, "--eval", WRITER, folder, name], {
        cwd: ROOT,
        stdio: ["pipe", "pipe", "inherit"],
      });
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      return { child, lines, enough, ended: once(child, "close") };
    });
    for (const { lines } of running) expect(await lines.next()).toEqual({ done: false, value: "ready" });
    for (const { child } of running) child.stdin.write("go\n");
    const told = running.map(async ({ child, lines, enough, ended }) => {
      const commits: string[] = [];
      for (let line = await lines.next(); !line.done; line = await lines.next()) {
        commits.push(line.value);
        if (commits.length === enough) child.kill("SIGKILL");
      }
      expect(await ended).toEqual([null, "SIGKILL"]);
      return commits;
    });
    return (await Promise.all(told)).flat();
  }

  test(
    "loses nothing and mixes nothing up while processes race and are killed",
    async () => {
      const told: string[] = [];
      for (const round of ["x", "y"]) {
        const writers = [25, 40, 55].map((enough) => ({ name: `${round}${enough}`, enough }));
        told.push(...(await write(writers)));
      }
      const store = fileStore(folder);
      const { names = [] } = (await store.streams?.()) ?? {};
      const found: string[] = [];
      for (const name of names) {
        const { head, events } = await store.read(name);
        expect(events.map(({ revision }) => revision)).toEqual(Array.from({ length: head }, (_, i) => i + 1));
        for (let i = 0; i < head; i += 3) {
          const ids = events.slice(i, i + 3).map(({ id }) => id);
          const commit = ids[0]?.slice(0, -1);
          expect(ids).toEqual([`${commit}a`, `${commit}b`, `${commit}c`]);
          found.push(`${name} ${commit}`);
        }
      }
      expect(new Set(found).size).toBe(found.length);
      expect(found).toEqual(expect.arrayContaining(told));
      // Of each writer at most the commit that it was busy with is there and was not told of.
      expect(found.length - told.length).toBeLessThanOrEqual(6);

      const given: string[] = [];
      for await (const { stream, events } of store.feed?.({ follow: false }) ?? []) {
        given.push(`${stream} ${events[0]?.id.slice(0, -1)}`);
      }
      expect(given.toSorted()).toEqual(found.toSorted());
    },
    TIMEOUT,
  );

  const textIn = (path: string): string =>
    readdirSync(path)
      .map((file) => readFileSync(join(path, file), "utf8"))
      .join("\n");

  test("leaves nothing in the files of what was erased, nor any file of its work", async () => {
    const [one, other] = [fileStore(folder), fileStore(folder)];
    const events = ["e1", "e2", "e3"].map((id) => ({ ...event(id, `secret of ${id}`), reason: `for ${id}` }));
    await one.append("notes", { id: "c1", expected: 0, events });
    await one.append("other", { id: "c1", expected: 0, events: [event("o1", "not a word")] });
    expect(textIn(folder)).toContain("secret of e1");

    await one.erase?.("notes", { revisions: [1, 2], data: ["said less", null] });
    expect(textIn(folder)).not.toMatch(/secret of e1|secret of e2|for e1|for e2/);
    expect(textIn(folder)).toMatch(/said less[\s\S]*secret of e3[\s\S]*not a word|not a word/);
    await Promise.all([one.erase?.("notes", { revisions: [1] }), other.erase?.("notes", { revisions: [3] })]);
    expect(textIn(folder)).not.toMatch(/secret|said less|for e3/);
    expect(textIn(folder)).toContain("not a word");
    expect(readdirSync(folder).filter((file) => !/^\d+\.json$/.test(file))).toEqual([]);
  });

  test("finishes an erasure whose process was killed before the files were clean", async () => {
    const store = fileStore(folder);
    await store.append("notes", { id: "c1", expected: 0, events: [event("e1", "secret")] });
    writeFileSync(
      join(folder, "2.json"),
      JSON.stringify({ stream: "notes", erased: [{ revision: 1, data: null }] }),
    );
    expect((await store.read("notes")).events).toEqual([{ ...event("e1"), revision: 1 }]);
    expect(textIn(folder)).toContain("secret");
    expect(await store.erase?.("notes", { all: true })).toEqual({ erased: 0 });
    expect(textIn(folder)).not.toContain("secret");
  });

  test("says what is wrong by code", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(() => fileStore(file)).toThrow(expect.objectContaining({ code: "STORE_FAULT" }));

    const store = fileStore(join(folder, "gone"));
    rmSync(join(folder, "gone"), { recursive: true });
    const commit = { id: "c1", expected: 0, events: [event("e1")] };
    await expect(store.append("notes", commit)).rejects.toMatchObject({
      code: "STORE_FAULT",
      details: { folder: join(folder, "gone") },
      cause: { code: "ENOENT" },
    });

    writeFileSync(join(folder, "1.json"), '{ "stream": "no');
    await expect(fileStore(folder).read("notes")).rejects.toMatchObject({ code: "STORE_FAULT" });
  });
});

describe("the guide", () => {
  const page = readFileSync(join(ROOT, "docs/guides/write-a-store.md"), "utf8");
  const fences = [...page.matchAll(/^```ts.*\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);

  test("shows the whole store and nothing else of it, piece by piece and in order", () => {
    let rest = readFileSync(join(ROOT, "examples/file-store/store.ts"), "utf8");
    const pieces = fences.filter((code) => rest.includes(code));
    expect(pieces.length).toBeGreaterThan(8);
    for (const piece of pieces) {
      expect(rest.trimStart().startsWith(piece), `Next comes\n${rest.trimStart().slice(0, 200)}`).toBe(true);
      rest = rest.trimStart().slice(piece.length);
    }
    expect(rest.trim()).toBe("");
  });

  test("shows what the fuzzer says", async () => {
    const openForgetful = (): OpenedStores => {
      const { append, ...store } = memoryStore();
      const forgetful: SpaceStore = {
        ...store,
        append: (stream, commit) => append(stream, { ...commit, id: randomUUID() }),
      };
      return { a: forgetful, b: forgetful };
    };
    const found: unknown = await fuzzStore(openForgetful, { seed: 2 }).catch((error: unknown) => error);
    const [, shown] = /^```text\n([\s\S]*?)\n```$/m.exec(page) ?? [];
    expect(shown).toBe((found as Error).message);
  });
});
