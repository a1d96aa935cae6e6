import { demandAnswer, demandCode, demandIds, demandSame } from "./assert.js";
import { add, commit, event, forEach } from "./fixtures.js";
import { ALL_HOSTILE, HOSTILE, NOT_NAMES } from "./hostile.js";
import { show } from "./show.js";
import { type CaseDefinition, casesOf, type World } from "./world.js";

/** Every name is a stream of its own: nothing is in it before it is written to, and then what was written to it. */
const areApart =
  (names: readonly string[]) =>
  async ({ a, b }: World) => {
    await forEach(names, async (name, index) => {
      demandAnswer(
        await a.append(name, { id: "c1", expected: 0, events: [event("e1", index)] }),
        { ok: true, head: 1 },
        `A stream that was never written to must be at 0, also where it is named ${show(name)}.`,
      );
    });
    await forEach(names, async (name, index) => {
      const answers = [await a.read(name), await b.read(name, { ids: ["e1"] })];
      for (const { head, events } of answers) {
        demandSame(
          { head, data: events.map(({ data }) => data) },
          { head: 1, data: [index] },
          `Names must be compared code unit by code unit: ${show(name)} is a stream of its own.`,
        );
      }
    });
  };

export const nameCases: readonly CaseDefinition[] = casesOf("names", [], {
  ...Object.fromEntries(
    Object.entries(HOSTILE).map(([what, names]) => [`streams with names ${what} are apart`, areApart(names)]),
  ),

  "streams with names of every hostile kind are apart": areApart(ALL_HOSTILE),

  "a stream and a commit, an event or a revision are not run together into one name": async ({ a }) => {
    for (const joint of [":", "/", "|", "-", "_", ".", "#", " ", "\t", "\u001f", "\u0001", ",", ";"]) {
      const pairs = [
        [`a${joint}b`, "c"],
        ["a", `b${joint}c`],
        [`a${joint}b${joint}c`, "d"],
        [`a${joint}1`, "1"],
        [`a${joint}commit`, `a${joint}commit`],
      ] as const;
      for (const [stream, id] of pairs) {
        const { head } = await a.read(stream);
        demandAnswer(
          await a.append(stream, commit(id, head, id)),
          { ok: true, head: head + 1 },
          `The commit ${show(id)} of the stream ${show(stream)} must be a commit of its own.`,
        );
        demandIds(
          await a.read(stream, { ids: [id] }),
          head + 1,
          [id],
          `The event ${show(id)} of the stream ${show(stream)} must be an event of its own.`,
        );
      }
    }
  },

  "of a stream that cannot be named so there is nothing to read": async ({ a }) => {
    for (const [what, name, neighbour] of NOT_NAMES) {
      await add(a, neighbour, "e1");
      demandIds(await a.read(name), 0, [], `Of a stream named by ${what} there must be nothing to read.`);
    }
  },

  "a stream that cannot be named so cannot be written, and none is written in its place": async ({ a }) => {
    for (const [what, name, neighbour] of NOT_NAMES) {
      await demandCode(
        () => a.append(name, commit("c1", 0, "e1")),
        "STORE_INVALID_COMMIT",
        `\`append\` must refuse a stream named by ${what}.`,
      );
      demandIds(await a.read(neighbour), 0, [], `${show(name)} must not be taken for ${show(neighbour)}.`);
    }
  },
});
