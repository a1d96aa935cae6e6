import { createHash } from "node:crypto";
import { memoryStore, streams } from "chat-spaces";
import { importSpace } from "chat-spaces/bundles";
import { describe, expect, test } from "vitest";
import { aStore, bundleOf, everythingOf } from "./helpers.js";

const sha = (...parts: (Buffer | string)[]) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The root of a hash tree as RFC 9162, 2.1.1 defines it. */
function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 1) return leaves[0]!;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha("\x01", rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

/** The root of a bundle, as the guide says it is made. */
function rootOfBundle(text: string): string {
  const lines = text.trimEnd().split("\n");
  const { counts, losses } = JSON.parse(lines.pop()!);
  const blocks: string[] = [];
  let block = "";
  let count = 0;
  for (const line of lines) {
    block += `${line}\n`;
    if (++count < 64 && block.length < 2 ** 18) continue;
    blocks.push(block);
    [block, count] = ["", 0];
  }
  if (block !== "") blocks.push(block);
  const summary = JSON.stringify({ counts, losses });
  return rootOf([...blocks, summary].map((leaf) => sha("\0", leaf))).toString("hex");
}

async function longStore(bodies: readonly string[]) {
  const store = await aStore();
  const stream = streams.timeline("drop", "lounge");
  const { head } = await store.read(stream, { limit: 0 });
  const events = bodies.map((body, index) => ({
    ...{ id: `m_${index}`, type: "message.posted", at: index, by: "leo" },
    data: { author: "leo", kind: "text", body },
  }));
  await store.append(stream, { id: "many", expected: head, events });
  return store;
}

describe("the root of a bundle", () => {
  test("is what the guide says, for few lines, many lines, and long lines", async () => {
    const few = await bundleOf(await aStore());
    const many = await bundleOf(
      await longStore(Array.from({ length: 400 }, (_, index) => `Message ${index} ✓`)),
    );
    const long = await bundleOf(
      await longStore([2 ** 18, 2 ** 17, 2 ** 17, 5, 2 ** 18 - 200, 3].map((length) => "é".repeat(length))),
    );
    for (const text of [few, many, long]) {
      expect(JSON.parse(text.trimEnd().split("\n").at(-1)!).root).toBe(rootOfBundle(text));
    }
  });

  test("also where a block has just as many code units as end it, one fewer, or one more", async () => {
    const line = (length: number) => longStore(["x".repeat(length), "y"]);
    const text = await bundleOf(await line(1_000));
    const before = text.slice(0, text.indexOf("x".repeat(1_000)));
    const block = text.slice(0, text.indexOf("\n", before.length) + 1);
    for (const more of [-1, 0, 1]) {
      const exact = await bundleOf(await line(1_000 + 2 ** 18 - block.length + more));
      expect(JSON.parse(exact.trimEnd().split("\n").at(-1)!).root, String(more)).toBe(rootOfBundle(exact));
    }
  });
});

test("a channel that is longer than is read at once is taken out whole, in chunks", async () => {
  const store = await longStore(Array.from({ length: 11_000 }, (_, index) => `Message ${index}`));
  const text = await bundleOf(store);
  const copy = memoryStore();
  const report = await importSpace({ store: copy, source: () => text });
  expect(report.byStream).toContainEqual({
    ...{ stream: streams.timeline("drop", "lounge"), known: 0 },
    added: (await store.read(streams.timeline("drop", "lounge"), { limit: 0 })).head,
  });
  expect(await everythingOf(copy)).toEqual(await everythingOf(store));
}, 30_000);
