/** How many random scripts a store is tried with. Set STORE_FUZZ_RUNS for more, or for other seeds run it again. */
export const FUZZ_RUNS = Number(process.env["STORE_FUZZ_RUNS"] ?? 200);

/** In milliseconds, for the slowest store. */
export const FUZZ_TIMEOUT = 30_000 + FUZZ_RUNS * 500;
