import { memoryStore } from "../../../dist/index.js";
import { seeded } from "../random.mjs";

const PEOPLE = ["ana", "leo", "sam", "zoe", "mia", "noa"];
const WORDS = "the drop opens tonight at six and we still need two more photos of the kit ✓ 👍".split(" ");
export const NOW = Date.parse("2026-05-01T12:00:00Z");
const CHARTER = [
  [
    "space.created",
    { name: "Drop", visibility: "private", timeZone: "UTC", exportPolicy: "hosts", template: null },
  ],
  ["member.joined", { member: "ana", name: null, roles: ["host"], invite: null, campaign: null }],
  ["channel.opened", { channel: "lounge", name: "lounge", kind: "discussion", topic: null }],
];
/** So many messages are made up; after that they come again under other ids. */
const DISTINCT = 20_000;

/** A store in which a channel has so many messages, made as they are read, so that the memory it takes is not measured. */
export async function longStore(messages) {
  const charter = memoryStore();
  const events = CHARTER.map(([type, data], index) => ({
    id: `evt_${index}`,
    type,
    at: NOW,
    by: "ana",
    data,
  }));
  await charter.append("space/drop", { id: "cmt_1", expected: 0, events });
  const bodies = bodiesOf();
  const eventAt = (index) => {
    const { author, body } = bodies[index % DISTINCT];
    const id = `msg_${String(index).padStart(21, "x")}`;
    return {
      id,
      type: "message.posted",
      at: NOW + index,
      by: author,
      data: { author, kind: "text", body },
      revision: index + 1,
    };
  };
  return {
    capabilities: charter.capabilities,
    append: charter.append,
    async read(stream, options = {}) {
      if (stream !== "timeline/drop/lounge") return charter.read(stream, options);
      const { after = 0, before = messages + 1, limit = messages } = options;
      const count = Math.max(0, Math.min(limit, before - 1 - after));
      return { head: messages, events: Array.from({ length: count }, (_, index) => eventAt(after + index)) };
    },
  };
}

/** A store that takes everything and keeps only how much it was. */
export function countingStore() {
  const heads = new Map();
  const headOf = (stream) => heads.get(stream) ?? 0;
  return {
    capabilities: { durable: false, shared: false, feed: false, erase: false },
    async read(stream) {
      return { head: headOf(stream), events: [] };
    },
    async append(stream, { events }) {
      heads.set(stream, headOf(stream) + events.length);
      return { ok: true, head: headOf(stream) };
    },
  };
}

function bodiesOf() {
  const random = seeded(7);
  return Array.from({ length: DISTINCT }, () => ({
    author: random.pick(PEOPLE),
    body: Array.from({ length: 4 + random.below(20) }, () => random.pick(WORDS)).join(" "),
  }));
}
