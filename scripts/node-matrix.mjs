// npm run test:nodes [-- MAJOR ...]
// Runs the test suite on every Node that is supported, or on those named, and prints one line for each. The
// first run on a version downloads it from the npm registry.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const majors = process.argv.length > 2 ? process.argv.slice(2) : ["20", "22", "24"];
const folder = mkdtempSync(join(tmpdir(), "chat-spaces-nodes-"));

try {
  for (const major of majors) {
    const report = join(folder, `${major}.json`);
    const node = (...rest) =>
      spawnSync("npx", ["-y", "-p", `node@${major}`, "node", ...rest], { cwd: root, encoding: "utf8" });
    const version = node("--version").stdout.trim();
    const { status, stdout, stderr } = node(
      "node_modules/vitest/vitest.mjs",
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    );
    const { numPassedTests = 0, numFailedTests = 0 } = existsSync(report)
      ? JSON.parse(readFileSync(report, "utf8"))
      : {};
    const ok = status === 0 && version.startsWith(`v${major}.`);
    if (!ok) {
      process.exitCode = 1;
      console.error(stdout + stderr);
    }
    const counts = `${numPassedTests} passed, ${numFailedTests} failed`;
    console.log(`${ok ? "ok  " : "FAIL"} Node ${version || `${major} (could not be run)`}: ${counts}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
