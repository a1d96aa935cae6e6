import { isName } from "../commit.js";
import type { TextDocument, TextIndex, TextPosition } from "../text-index.js";
import { encodeWord } from "../text-words.js";
import { isMissing } from "./faults.js";
import { keyOf } from "./key.js";
import type { Row, Run } from "./pool.js";
import type { Table } from "./table.js";
import { textStatementsOf } from "./text-statements.js";

/** Further than any instant. */
const EVER = Number.MAX_SAFE_INTEGER;
/** PostgreSQL counts words no further. */
const LAST_PLACE = 16_383;
const NOWHERE: TextPosition = { revision: 0, epoch: 0 };

/** The index over words of a table. `make` makes its tables, where they are not there yet. */
export function createText(run: Run, table: Table, make: () => Promise<void>): TextIndex {
  const sql = textStatementsOf(table);
  const whereThere = async <T>(act: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      if (isMissing(error)) return otherwise;
      throw error;
    }
  };
  const move = async (values: unknown[]): Promise<boolean> => (await run(sql.put, values)).rows.length > 0;
  return {
    async indexed(stream) {
      if (!isName(stream)) return NOWHERE;
      const { rows } = await whereThere(() => run(sql.position, [stream]), { rows: [], written: 0 });
      const [row] = rows;
      return row ? { revision: Number(row["revision"]), epoch: Number(row["epoch"]) } : NOWHERE;
    },

    async put(stream, { after, revision, documents, gone }) {
      const column = <T>(of: (document: TextDocument) => T): T[] => documents.map(of);
      const values = [
        ...[stream, after.revision, after.epoch, revision, gone.map(keyOf)],
        ...[column(({ id }) => keyOf(id)), column(({ at }) => at), column(({ by }) => by)],
        ...[column(({ kind }) => kind), column(({ id, events }) => JSON.stringify([id, events]))],
        column(vectorOf),
      ];
      const moved = await whereThere(() => move(values), undefined);
      if (moved === undefined) await make();
      return (moved ?? (await move(values))) ? { ok: true } : { ok: false, reason: "conflict" };
    },

    async drop(stream) {
      if (!isName(stream)) return;
      // Two statements, so that the second sees what somebody has put in while the first one waited for them.
      await whereThere(async () => {
        await run(sql.nextEpoch, [stream]);
        await run(sql.clear, [stream]);
      }, undefined);
    },

    async query({ streams, words, beginnings, by = null, kinds = null, from = -EVER, to = EVER, limit }) {
      const wanted = [...words.map(encodeWord), ...beginnings.map((word) => `${encodeWord(word)}:*`)];
      const values = [streams.filter(isName), wanted.join(" & "), by, kinds, from, to, limit];
      const { rows } = await whereThere(() => run(sql.query, values), { rows: [], written: 0 });
      return rows.map(hitOf);
    },
  };
}

/** The words as PostgreSQL writes them, with their places and weights: `refund:1A kit:2A leo:3B`. */
function vectorOf({ words, aside }: TextDocument): string {
  const all = [...split(words).map((word) => [word, "A"]), ...split(aside).map((word) => [word, "B"])];
  return all
    .map(([word = "", weight], place) => `${encodeWord(word)}:${Math.min(place + 1, LAST_PLACE)}${weight}`)
    .join(" ");
}

function split(words: string): readonly string[] {
  return words.split(" ").filter((word) => word !== "");
}

function hitOf(row: Row) {
  const [id, events] = JSON.parse(String(row["made_of"])) as [string, readonly string[]];
  return { stream: String(row["stream"]), id, events, at: Number(row["at"]), score: Number(row["score"]) };
}
