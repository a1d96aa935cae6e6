import { createMemoryBacking, type SpaceStore } from "chat-spaces";
import { storeCases } from "chat-spaces/conformance";
import { fuzzStore } from "chat-spaces/conformance/fuzz";
import { withEncryption, withNamespace, withRetry, withSnapshots } from "chat-spaces/decorators";
import { describe, test } from "vitest";
import { event } from "../cases.js";
import { newKey } from "./helpers.js";

const key = await newKey();
const cached = (store: SpaceStore) => withSnapshots(store, { cache: new Map() });
const encrypted = (store: SpaceStore) => withEncryption(store, { keyOf: () => key });

/** Two handles on one memory, each with the same around it. */
const around = (decorate: (store: SpaceStore) => SpaceStore) => () => {
  const backing = createMemoryBacking();
  return { a: decorate(backing.open()), b: decorate(backing.open()) };
};

/** Two views of one store, in which others keep streams with the same names and names that look alike. */
const amongOthers = async () => {
  const shared = createMemoryBacking().open();
  const names = ["notes", "acme/notes", "@acme", "@acme/", "@Acme/notes", "@acme2/notes", "@acme%2F/notes"];
  for (const name of names) {
    await shared.append(name, { id: "c1", expected: 0, events: [event("e1", "of somebody else")] });
  }
  return { a: withNamespace(shared, "acme"), b: withNamespace(shared, "acme") };
};

const STACKS = {
  "a namespace": amongOthers,
  retry: around((store) => withRetry(store)),
  snapshots: around(cached),
  encryption: around(encrypted),
  "all of them, the namespace outermost": around((store) =>
    withNamespace(withRetry(encrypted(cached(store))), "acme"),
  ),
  "all of them, the namespace innermost": around((store) =>
    withRetry(encrypted(cached(withNamespace(store, "acme")))),
  ),
};

describe.each(Object.entries(STACKS))("memory with %s", (_, open) => {
  const declared = { feed: true, erase: true, streams: true, close: true };
  for (const c of storeCases(open, declared)) test(`${c.group}: ${c.name}`, c.run);

  test("does what memory does, whatever is asked of both", () => fuzzStore(open, { runs: 40 }), 60_000);
});
