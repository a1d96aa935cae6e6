import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const script = fileURLToPath(new URL("../../scripts/browser-test.mjs", import.meta.url));

function run(env: NodeJS.ProcessEnv) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [script], {
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  return { stdout, stderr, status };
}

describe("the test in a browser", { timeout: 30_000 }, () => {
  // Elsewhere browsers are also looked for in places that a test cannot empty.
  test.skipIf(process.platform !== "linux")("says how to get one where there is none, and passes", () => {
    expect(run({ PATH: "", CHROMIUM_PATH: "" })).toEqual({
      stdout: expect.stringMatching(/^No browser, .*apt-get install chromium.*CHROMIUM_PATH.*\n$/),
      stderr: "",
      status: 0,
    });
  });

  test("fails where the one that was named is not there", () => {
    expect(run({ CHROMIUM_PATH: "/no/such/browser" })).toEqual({
      stdout: "",
      stderr: "CHROMIUM_PATH names /no/such/browser, which cannot be run.\n",
      status: 1,
    });
  });
});
