// node --import tsx --conditions=@chat-spaces/source --test examples/stores/map-store.node-test.ts
import { describe, test } from "node:test";
import { storeCases } from "chat-spaces/conformance";
import { mapStore } from "./map-store.js";

const openMapStore = () => {
  const streams = new Map();
  return { a: mapStore(streams), b: mapStore(streams) };
};

describe("a store on a Map", () => {
  for (const c of storeCases(openMapStore)) test(c.name, c.run);
});
