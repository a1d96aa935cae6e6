// node contender.mjs CONTENDER MESSAGES FILE: measures one, and prints { milliseconds, events, megabytes } as JSON.

import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { exportSpace, importSpace } from "../../../dist/bundles.js";
import { countingStore, longStore, NOW } from "./store.mjs";

const [contender, messages, file] = process.argv.slice(2);
const count = Number(messages);
const CHUNK = 2 ** 16;

/** What anybody would write: a line for each event, in chunks as large as ours. */
async function* plain(store) {
  let chunk = "";
  for (let after = 0; after < count; ) {
    const { events } = await store.read("timeline/drop/lounge", { after, before: count + 1, limit: 5_000 });
    for (const event of events) {
      chunk += `${JSON.stringify(event)}\n`;
      if (chunk.length >= CHUNK) {
        yield chunk;
        chunk = "";
      }
    }
    after = events.at(-1).revision;
  }
  yield chunk;
}

/** What reading the store takes, of which both have the same. */
async function* reading(store) {
  for (let after = 0; after < count; after += 5_000) {
    await store.read("timeline/drop/lounge", { after, before: count + 1, limit: 5_000 });
  }
  yield "";
}

async function writeTo(path, chunks) {
  const sink = createWriteStream(path);
  for await (const chunk of chunks) if (!sink.write(chunk)) await once(sink, "drain");
  sink.end();
  await once(sink, "finish");
}

const exporting = (store) => exportSpace({ store, space: "drop", by: "ana", now: () => NOW });
const runs = {
  export: async () => writeTo(file, exporting(await longStore(count))),
  plain: async () => writeTo(file, plain(await longStore(count))),
  reading: async () => writeTo(file, reading(await longStore(count))),
  import: async () => {
    const { added } = await importSpace({ store: countingStore(), source: () => createReadStream(file) });
    if (added < count) throw new Error(`Only ${added} events came in.`);
  },
};

const start = performance.now();
await runs[contender]();
const milliseconds = performance.now() - start;
// In kilobytes, save on macOS, where it is in bytes.
const peak = process.resourceUsage().maxRSS / (process.platform === "darwin" ? 2 ** 20 : 2 ** 10);
console.log(JSON.stringify({ milliseconds, events: count, megabytes: peak }));
