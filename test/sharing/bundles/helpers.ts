import {
  createSpaces,
  emptySpace,
  fold,
  memoryStore,
  type SpaceEvent,
  type SpaceStore,
  streams,
} from "chat-spaces";
import { type ExportOptions, exportSpace } from "chat-spaces/bundles";
import { NOW } from "../../helpers/spaces.js";

/** A store with a space `drop` of ana, in which something was said, clicked and redacted. */
export async function aStore({ id = "drop" } = {}): Promise<SpaceStore> {
  const store = memoryStore();
  let count = 0;
  const spaces = createSpaces({
    store,
    now: () => NOW + count,
    newId: (prefix) => `${prefix}_${++count}`,
    newSecret: () => "s".repeat(32),
  });
  const drop = await spaces.create({ id, by: "ana", name: "Spring drop" });
  await drop.openChannel({ by: "ana", channel: "lounge" });
  await drop.openChannel({ by: "ana", channel: "news", kind: "announcement" });
  await drop.add({ by: "ana", member: "leo", roles: ["contributor"] });
  await drop.goLive({ by: "ana" });
  await drop.post({ by: "leo", channel: "lounge", body: "Ciao ✓ 👋🏽" });
  const { id: message } = await drop.post({
    by: "leo",
    channel: "lounge",
    body: "See the photo",
    attachments: [{ name: "kit.jpg", kind: "image" }],
  });
  await drop.react({ by: "ana", channel: "lounge", message, emoji: "👍" });
  await drop.post({ by: "ana", channel: "news", body: "We open at six." });
  const link = await drop.createLink({ by: "ana", target: "https://shop.example", campaign: "spring" });
  await drop.recordClick({ by: "shop", link: link.id });
  return store;
}

/** A bundle as text. */
export async function bundleOf(store: SpaceStore, options: Partial<ExportOptions> = {}): Promise<string> {
  return textOf(exportSpace({ store, space: "drop", by: "ana", now: () => NOW, ...options }));
}

/** All chunks as one text. */
export async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString("utf8");
}

/** Everything a store holds of a space: the events of each stream without revisions, save that it was taken out. */
export async function everythingOf(store: SpaceStore): Promise<Record<string, unknown[]>> {
  const { names } = (await store.streams?.({})) ?? { names: [] };
  const all: Record<string, unknown[]> = {};
  for (const name of [...names].sort()) {
    const { events } = await store.read(name);
    all[name] = events.flatMap(({ revision: _, ...event }) =>
      event.type === "space.exported" ? [] : [event],
    );
  }
  return all;
}

/** The space as its charter folds. */
export async function spaceOf(store: SpaceStore, id = "drop") {
  const { events } = await store.read(streams.charter(id));
  return fold(emptySpace(id), events as unknown as readonly SpaceEvent[]);
}
