import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chatFile } from "./whatsapp/data.mjs";

const MEGABYTES = 100;
const ROUNDS = 3;
const OURS = "chat-spaces";
const STREAMED = "chat-spaces (streamed)";
const PEER = "whatsapp-chat-parser";

/**
 * Parsing WhatsApp exports of 100 MB, of both kinds of phone, each contender in processes of its own, in turns;
 * medians. The peer has no streaming, so its one figure stands beside both of ours.
 */
export async function measure() {
  const contender = fileURLToPath(new URL("whatsapp/contender.mjs", import.meta.url));
  const figures = [];
  for (const phone of ["android", "iphone"]) {
    const path = await chatFile(phone, MEGABYTES);
    const megabytes = statSync(path).size / 1_000_000;
    const runs = new Map([OURS, STREAMED, PEER].map((name) => [name, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, results] of runs) {
        const output = execFileSync(process.execPath, ["--max-old-space-size=8192", contender, name, path], {
          encoding: "utf8",
        });
        results.push(JSON.parse(output));
      }
    }
    const speed = (name) => megabytes / (median(runs.get(name).map((run) => run.milliseconds)) / 1_000);
    const memory = (name) => median(runs.get(name).map((run) => run.peakRss)) / 1_000_000;
    const messages = (name) => runs.get(name)[0].messages;
    for (const ours of [OURS, STREAMED]) {
      for (const name of [ours, PEER]) {
        const how = `${phone}, ${ours === OURS ? "all at once" : "streamed"}`;
        figures.push({
          figure: `${how}: speed`,
          contender: name,
          value: speed(name),
          unit: "MB/s",
          ratio: speed(ours) / speed(name),
        });
        figures.push({
          figure: `${how}: peak memory`,
          contender: name,
          value: memory(name),
          unit: "MB",
          ratio: memory(ours) / memory(name),
        });
      }
    }
    for (const name of [OURS, PEER]) {
      figures.push({
        figure: `${phone}: found`,
        contender: name,
        value: messages(name),
        unit: "messages",
        ratio: messages(OURS) / messages(name),
      });
    }
  }
  return figures;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
