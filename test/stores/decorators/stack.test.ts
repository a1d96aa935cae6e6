import { createSpaces, memoryStore, type SpaceStore } from "chat-spaces";
import {
  type EncryptionKey,
  withEncryption,
  withNamespace,
  withRetry,
  withSnapshots,
} from "chat-spaces/decorators";
import { describe, expect, test } from "vitest";
import { codeOf } from "../cases.js";
import { drain, newKey, passing, type Trouble, troubled } from "./helpers.js";

type Stack = {
  readonly tenant: (name: string) => SpaceStore;
  /** Keys by tenant. */
  readonly keys: Map<string, EncryptionKey>;
  readonly caches: Map<string, Map<string, string>>;
  readonly inner: SpaceStore;
  readonly trouble: Trouble;
};

async function parts() {
  const keys = new Map<string, EncryptionKey>();
  for (const tenant of ["acme", "bolt"]) keys.set(tenant, await newKey());
  const caches = new Map<string, Map<string, string>>();
  const cacheOf = (owner: string) =>
    caches.get(owner) ?? caches.set(owner, new Map()).get(owner) ?? new Map();
  const inner = memoryStore();
  const trouble: Trouble = { before: [], after: [] };
  return { keys, caches, cacheOf, inner, trouble, base: troubled(inner, trouble) };
}

const STACKS: Record<string, () => Promise<Stack>> = {
  "made once, and looked at through a namespace": async () => {
    const { base, keys, cacheOf, ...rest } = await parts();
    const keyOf = (stream: string) => keys.get(stream.slice(1).split("/")[0] ?? "");
    const shared = withRetry(withEncryption(withSnapshots(base, { cache: cacheOf("all") }), { keyOf }), {
      delay: 0,
    });
    return { ...rest, keys, tenant: (name) => withNamespace(shared, name) };
  },
  "made for each namespace": async () => {
    const { base, keys, cacheOf, ...rest } = await parts();
    const tenant = (name: string) => {
      const cached = withSnapshots(withNamespace(base, name), { cache: cacheOf(name) });
      return withRetry(withEncryption(cached, { keyOf: () => keys.get(name) }), { delay: 0 });
    };
    return { ...rest, keys, tenant };
  },
};

describe.each(Object.entries(STACKS))("retry, encryption, snapshots and namespaces, %s", (_, make) => {
  const open = async () => {
    const { tenant, ...rest } = await make();
    const [acme, bolt] = [tenant("acme"), tenant("bolt")];
    const spaces = createSpaces({ store: acme });
    const drop = await spaces.create({ id: "spring-drop", by: "ana", visibility: "invite" });
    await drop.openChannel({ by: "ana", channel: "lounge", name: "Lounge", kind: "discussion" });
    await drop.post({ by: "ana", channel: "lounge", body: "My number is +44 7700 900142" });
    return { ...rest, acme, bolt, tenant, spaces, drop };
  };

  const timeline = "timeline/spring-drop/lounge";
  const bodies = async (store: SpaceStore) =>
    (await store.read(timeline)).events.map(({ data }) => (data as { body?: string } | null)?.body);

  test("keep a space as memory does", async () => {
    const { acme, tenant } = await open();
    const again = await createSpaces({ store: tenant("acme") }).open("spring-drop");
    expect(again.space.channels["lounge"]?.name).toBe("Lounge");
    expect(await bodies(acme)).toEqual(["My number is +44 7700 900142"]);
    expect((await drain(acme)).map(({ stream }) => stream)).toEqual([
      "space/spring-drop",
      "space/spring-drop",
      timeline,
    ]);
  });

  test("keep nothing in the clear", async () => {
    const { acme, inner, caches } = await open();
    await acme.snapshots?.save("space/spring-drop", "1", { revision: 2, state: { name: "Lounge" } });
    const all = JSON.stringify([await drain(inner), [...caches.values()].map((cache) => [...cache])]);
    expect(all).toContain("@acme/space/spring-drop");
    expect(all).not.toMatch(/7700|Lounge|discussion/);
  });

  test("keep tenants apart, their snapshots too", async () => {
    const { acme, bolt, inner } = await open();
    await acme.snapshots?.save("space/spring-drop", "1", { revision: 2, state: "of acme" });
    expect(await bolt.snapshots?.load("space/spring-drop", "1")).toBeUndefined();
    expect(await acme.snapshots?.load("space/spring-drop", "1")).toEqual({ revision: 2, state: "of acme" });
    expect(await bolt.read("space/spring-drop")).toEqual({ head: 0, events: [] });
    await createSpaces({ store: bolt }).create({ id: "spring-drop", by: "bo" });
    expect((await inner.streams?.())?.names).toEqual([
      "@acme/space/spring-drop",
      `@acme/${timeline}`,
      "@bolt/space/spring-drop",
    ]);
  });

  test("get over what passes, whether it comes before or after", async () => {
    const { acme, drop, inner, trouble } = await open();
    trouble.before.push(passing(), passing());
    trouble.after.push(passing(), passing());
    await drop.post({ by: "ana", channel: "lounge", body: "Still there?" });
    expect(trouble).toEqual({ before: [], after: [] });
    expect(await bodies(acme)).toEqual(["My number is +44 7700 900142", "Still there?"]);
    expect((await inner.read(`@acme/${timeline}`)).head).toBe(2);
  });

  test("erase one payload, what it was folded into, and with a key all of them", async () => {
    const { acme, bolt, keys, caches, inner } = await open();
    await acme.snapshots?.save(timeline, "1", { revision: 1, state: "personal" });
    const request = { revisions: [1], data: [{ body: "[removed]" }] };
    expect(await acme.erase?.(timeline, request)).toEqual({ erased: 1 });
    expect(await acme.erase?.(timeline, request)).toEqual({ erased: 0 });
    expect(await acme.snapshots?.load(timeline, "1")).toBeUndefined();
    expect([...caches.values()].flatMap((cache) => [...cache])).toEqual([]);
    expect(await bodies(acme)).toEqual(["[removed]"]);
    expect(JSON.stringify(await drain(inner))).not.toContain("[removed]");

    keys.delete("acme");
    const { events } = await acme.read("space/spring-drop");
    expect(new Set(events.map(({ data }) => data))).toEqual(new Set([null]));
    const later = createSpaces({ store: acme });
    expect(await codeOf(() => later.open("spring-drop"))).toBe("SPACE_UNKNOWN");
    expect(await codeOf(() => later.create({ id: "spring-drop", by: "mal" }))).toBe("STORE_KEY_MISSING");
    const commit = { id: "late", expected: 1, events };
    expect(await codeOf(() => acme.append(timeline, commit))).toBe("STORE_KEY_MISSING");
    await createSpaces({ store: bolt }).create({ id: "other", by: "bo" });
  });
});
