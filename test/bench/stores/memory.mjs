// One-event appends to a stream in memory that has so many events already. A process for each contender; answers
// with microseconds per append, by the length of the stream.
import { answer, need } from "./child.mjs";
import { messages, newId } from "./events.mjs";

/** How many appends are measured, after half as many that warm up. What collecting garbage takes is part of it. */
const APPENDS = 20_000;
/** What part of the stream's length is appended and measured. */
const PART = 0.1;
const STREAM = "timeline/spring-drop/lounge";

const contenders = {
  async "chat-spaces"() {
    const { memoryStore } = await import("../../../dist/index.js");
    return () => {
      const store = memoryStore();
      return (expected, events, id) => store.append(STREAM, { id, expected, events });
    };
  },
  async "@event-driven-io/emmett"() {
    const { getInMemoryEventStore } = await import("@event-driven-io/emmett");
    return () => {
      const store = getInMemoryEventStore();
      return (expected, events) =>
        store.appendToStream(STREAM, events, {
          expectedStreamVersion: expected === 0 ? "STREAM_DOES_NOT_EXIST" : BigInt(expected),
        });
    };
  },
};

const [contender, ...lengths] = process.argv.slice(2);
const open = await need(contenders[contender]);
const took = {};
for (const length of lengths.map(Number)) {
  const [filling, measured] = [messages(length), messages(length * PART)];
  const ids = measured.map(() => newId("cmt"));
  const rounds = APPENDS / measured.length;
  let milliseconds = 0;
  for (let round = -rounds / 2; round < rounds; round++) {
    const append = open();
    await append(0, filling, "cmt_filling");
    const start = performance.now();
    for (const [index, event] of measured.entries()) await append(length + index, [event], ids[index]);
    if (round >= 0) milliseconds += performance.now() - start;
  }
  took[length] = (milliseconds * 1_000) / APPENDS;
}
answer(took);
