// Parses one file in a process of its own, so that memory is this contender's alone. Prints one JSON object.
import { createReadStream, readFileSync } from "node:fs";

const [contender, path] = process.argv.slice(2);

const contenders = {
  async "chat-spaces"() {
    const { parseWhatsApp } = await import("../../../dist/whatsapp.js");
    const { messages } = await parseWhatsApp(createReadStream(path, { highWaterMark: 1_048_576 }));
    return messages.length;
  },
  async "chat-spaces (streamed)"() {
    const { streamWhatsApp } = await import("../../../dist/whatsapp.js");
    let count = 0;
    for await (const batch of streamWhatsApp(createReadStream(path, { highWaterMark: 1_048_576 })))
      count += batch.length;
    return count;
  },
  async "whatsapp-chat-parser"() {
    const { parseString } = await import("whatsapp-chat-parser");
    return parseString(readFileSync(path, "utf8")).length;
  },
};

const run = contenders[contender];
const started = performance.now();
const messages = await run();
const milliseconds = performance.now() - started;
process.stdout.write(
  JSON.stringify({ messages, milliseconds, peakRss: process.resourceUsage().maxRSS * 1_024 }),
);
