import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sqliteStore } from "chat-spaces/sqlite";
import { expect, test } from "vitest";
import { eachDriver, makeFolder } from "../../stores/sqlite/drivers.js";
import { searchSuite } from "./suite.js";
import { openSpace } from "./worlds.js";

eachDriver(
  (name) => `searching a space in SQLite, through ${name}`,
  (driver) => {
    searchSuite(() => sqliteStore({ path: ":memory:", driver }));

    test("no byte of what was erased is left in the files", async () => {
      const { folder, path, remove } = makeFolder();
      const store = sqliteStore({ path, driver });
      const { spaces, drop } = await openSpace(store);
      for (const [index, word] of ["zebrafinch", "xylophone", "quokka"].entries()) {
        await drop.post({
          by: "gus",
          channel: "lounge",
          id: `m${index}`,
          body: `the ${word} and its Ümlaut${word}`,
        });
        await drop.post({ by: "cora", channel: "lounge", id: `n${index}`, body: "a marmoset" });
        expect((await drop.search({ as: "ana", text: word })).hits).toHaveLength(1);
      }
      const bytes = () =>
        readdirSync(folder)
          .map((file) => readFileSync(join(folder, file), "latin1"))
          .join("\n");
      expect(bytes()).toMatch(/xylophone/);
      await spaces.erasePerson("gus");
      expect(bytes()).not.toMatch(/zebrafinch|xylophone|quokka/);
      expect((await drop.search({ as: "ana", text: "marmoset" })).hits).toHaveLength(3);
      await store.close?.();
      expect(bytes()).not.toMatch(/zebrafinch|xylophone|quokka/);
      remove();
    });

    test("there is an index of its own", () => {
      expect(sqliteStore({ path: ":memory:", driver }).search).toBeDefined();
    });
  },
);
