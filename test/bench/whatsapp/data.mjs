import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seeded } from "../random.mjs";

const PEOPLE = [
  "Mara Lind",
  "Ilo Berg",
  "Dee",
  "Tom Hale",
  "Ana Reyes",
  "Sam Okoye",
  "Noor",
  "Leo Marsh",
  "+44 7700 900123",
  "Kim",
];
const WORDS =
  "the drop is on friday can you check stock shipping label price link page photo we need more time love this colour when does it open great thanks everyone sorry late running two boxes left studio light edit caption draft fine by me question about sizes refund sent tracking number tomorrow morning call later".split(
    " ",
  );
const EMOJI = ["🔥", "😂", "❤️", "👏", "🙏🏽"];

/** How the two kinds of phone write a line; `mark` is what iPhones put before their own words. */
const PHONES = {
  android: {
    line: (iso, who, text) =>
      `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}, ${iso.slice(11, 16)} - ${who}: ${text}\n`,
    notice: (iso, text) =>
      `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}, ${iso.slice(11, 16)} - ${text}\n`,
    mark: "",
    omitted: "<Media omitted>",
  },
  iphone: {
    line: (iso, who, text) =>
      `[${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}, ${iso.slice(11, 19)}] ${who}: ${text}\r\n`,
    notice: (iso, text) => PHONES.iphone.line(iso, "Reading Club", `\u200e${text}`),
    mark: "\u200e",
    omitted: "image omitted",
  },
};

/** A chat export of about this many megabytes; made once per machine. */
export async function chatFile(phone, megabytes) {
  const folder = join(tmpdir(), "chat-spaces-bench");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${phone}-${megabytes}mb.v2.txt`);
  const size = megabytes * 1_000_000;
  if (existsSync(path) && statSync(path).size >= size) return path;
  const random = seeded(42);
  const out = createWriteStream(path);
  let at = Date.UTC(2015, 0, 3, 8);
  let written = 0;
  let block = "";
  while (written + block.length < size) {
    // People talk in bursts: seconds apart, and then for a while not at all.
    at += random.chance(0.85) ? random.below(40) * 1_000 : random.below(1_500) * 1_000;
    block += message(random, PHONES[phone], new Date(at).toISOString());
    if (block.length > 1_000_000) {
      written += Buffer.byteLength(block);
      if (!out.write(block)) await once(out, "drain");
      block = "";
    }
  }
  out.end(block);
  await once(out, "finish");
  return path;
}

function message(random, { line, notice, mark, omitted }, iso) {
  const who = random.pick(PEOPLE);
  if (random.chance(0.002)) return notice(iso, `${who} added Kim`);
  if (random.chance(0.03)) return mark + line(iso, who, mark + omitted);
  if (random.chance(0.01)) return line(iso, who, `${mark}This message was deleted`);
  let text = sentence(random);
  if (random.chance(0.05)) text += `\n${sentence(random)}`;
  if (random.chance(0.1)) text += ` ${random.pick(EMOJI)}`;
  if (random.chance(0.02)) text += " https://shop.example/kit?ref=abc";
  if (random.chance(0.01)) text += ` ${mark}<This message was edited>`;
  return line(iso, who, text);
}

function sentence(random) {
  let text = "";
  for (let words = 2 + random.below(22); words > 0; words--) text += ` ${random.pick(WORDS)}`;
  return text.slice(1);
}
