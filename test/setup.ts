import { afterEach, beforeEach, expect, vi } from "vitest";

// A library is silent: whatever reaches the console in a test is a defect.
beforeEach(() => {
  for (const method of ["log", "info", "warn", "error", "debug"] as const) vi.spyOn(console, method);
});

afterEach(() => {
  for (const method of ["log", "info", "warn", "error", "debug"] as const) {
    expect(console[method], `console.${method}`).not.toHaveBeenCalled();
  }
  vi.restoreAllMocks();
});
