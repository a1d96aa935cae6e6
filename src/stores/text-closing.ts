import type { TextIndex } from "./text-index.js";

/** An index whose calls reject once its store has been closed. `ensureOpen` throws then. */
export function whileOpen(index: TextIndex, ensureOpen: () => void): TextIndex {
  return {
    async indexed(stream) {
      ensureOpen();
      return index.indexed(stream);
    },
    async put(stream, update) {
      ensureOpen();
      return index.put(stream, update);
    },
    async drop(stream) {
      ensureOpen();
      return index.drop(stream);
    },
    async query(query) {
      ensureOpen();
      return index.query(query);
    },
  };
}
