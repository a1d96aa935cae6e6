/**
 * A folder of reference data that is not part of this project: real export files and tables with known results.
 * Tests that use it are skipped, and say so, where the variable is not set.
 */
export const corpus: string | undefined = process.env["CHAT_SPACES_CORPUS"] || undefined;
