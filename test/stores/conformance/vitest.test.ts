import { createMemoryBacking } from "chat-spaces";
import { type StoreDeclaration, storeCases } from "chat-spaces/conformance";
import { describe, test } from "vitest";

const openMemory = () => {
  const backing = createMemoryBacking();
  return { a: backing.open(), b: backing.open() };
};

const declared: StoreDeclaration = { feed: true, erase: true, streams: true, close: true };

describe("a store in memory", () => {
  for (const c of storeCases(openMemory, declared)) test(c.name, c.run);
});
