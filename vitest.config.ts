import { defineConfig } from "vitest/config";

// Tests import the package by its own name, and get the source: no build is needed to run them.
const conditions = ["@chat-spaces/source"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/bench/**"],
    setupFiles: ["test/setup.ts"],
    coverage: {
      provider: "v8",
      include: ["src/**"],
      reporter: ["text-summary", "html"],
      thresholds: { lines: 95, functions: 95, branches: 90 },
    },
  },
});
