import { execFile } from "node:child_process";
import { expect, test } from "vitest";

/** Runs a file with `node --test`, as the first line of the file says. */
function nodeTest(file: string): Promise<{ readonly ok: boolean; readonly out: string }> {
  const node = ["--import", "tsx", "--conditions=@chat-spaces/source", "--test", "--test-reporter=tap", file];
  return new Promise((resolve) => {
    execFile(process.execPath, node, { timeout: 60_000 }, (error, out) =>
      resolve({ ok: error === null, out }),
    );
  });
}

test("the kit runs under node:test, and a store of two functions passes it", {
  timeout: 60_000,
}, async () => {
  const { ok, out } = await nodeTest("examples/stores/map-store.node-test.ts");
  expect(out).toMatch(/# pass 9\d\n/);
  expect(out).toContain("# fail 0\n");
  expect(out).toContain("revisions count from 1, without gaps, in each stream for itself");
  expect(ok).toBe(true);
});
