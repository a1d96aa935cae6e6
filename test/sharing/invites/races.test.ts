import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createMemoryBacking,
  createSpaces,
  type SpaceHandle,
  type SpaceStore,
  type Spaces,
} from "chat-spaces";
import { sqliteStore } from "chat-spaces/sqlite";
import { afterEach, describe, expect, test } from "vitest";
import { NOW } from "../../helpers/spaces.js";

const TIMEOUT = 60_000;
const people = Array.from({ length: 64 }, (_, number) => `fan-${number}`);

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Two ways to the same spaces, as two processes would have them. */
const places: { readonly [name: string]: () => readonly [SpaceStore, SpaceStore] } = {
  "in one memory": () => {
    const backing = createMemoryBacking();
    return [backing.open(), backing.open()];
  },
  "on one SQLite file": () => {
    const folder = mkdtempSync(join(tmpdir(), "chat-spaces-races-"));
    folders.push(folder);
    const path = join(folder, "spaces.db");
    return [sqliteStore({ path }), sqliteStore({ path })];
  },
};

/** What became of many attempts: how many went through, and why the others did not. */
async function outcomes<T>(attempts: readonly Promise<T>[]) {
  const settled = await Promise.allSettled(attempts);
  const done = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const codes = settled.flatMap((one) => (one.status === "rejected" ? [one.reason.code as string] : []));
  return { done, codes: [...new Set(codes)] };
}

describe.each(Object.keys(places))("64 at once %s", (name) => {
  async function meet() {
    const stores = places[name]!();
    // Each by a client of their own, every other one by the other store.
    const clients = people.map((_, number) =>
      createSpaces({ store: stores[number % 2] as SpaceStore, now: () => NOW }),
    );
    const [first] = clients as [Spaces];
    const drop = await first.create({ id: "drop", by: "ana", visibility: "invite" });
    await drop.goLive({ by: "ana" });
    await drop.add({ by: "ana", member: "cora", roles: ["co-moderator"] });
    const handles = await Promise.all(clients.map((client) => client.open("drop")));
    const all = <T>(attempt: (person: string, handle: SpaceHandle) => Promise<T>, who = people) =>
      outcomes(who.map((person, number) => attempt(person, handles[number] as SpaceHandle)));
    return {
      drop,
      clients: clients.slice(0, 4),
      all,
      close: () => Promise.all(stores.map((store) => store.close?.())),
    };
  }

  test(
    "an invite with ten places lets ten in",
    async () => {
      const { drop, all, close } = await meet();
      const { token, id } = await drop.invite({ by: "ana", maxUses: 10 });
      const { done, codes } = await all((as, handle) => handle.join({ token, as }));
      expect(done).toHaveLength(10);
      expect(codes).toEqual(["INVITE_EXHAUSTED"]);
      await drop.refresh();
      expect(Object.values(drop.space.members).filter(({ invite }) => invite === id)).toHaveLength(10);
      expect(drop.space.invites[id]?.uses).toBe(10);
      await close();
    },
    TIMEOUT,
  );

  test(
    "a payment that is delivered 64 times is one ticket, and a person who paid comes in once",
    async () => {
      const { drop, all, close } = await meet();
      const price = { minor: 4_900, currency: "EUR" };
      const { token, id } = await drop.invite({ by: "ana", ticket: { price, lasts: "30d" } });
      const paid = { order: "o1", invite: id, person: "leo", amount: price };
      expect((await all((_, handle) => handle.tickets.pay(paid))).codes).toEqual([]);
      expect((await all((as, handle) => handle.join({ token, as }))).codes).toEqual(["TICKET_NEEDED"]);
      const { done, codes } = await all((_, handle) => handle.join({ token, as: "leo" }));
      expect([done.length, codes]).toEqual([1, ["ALREADY_A_MEMBER"]]);
      await drop.refresh();
      expect(Object.keys(drop.space.tickets)).toEqual(["o1"]);
      const end = drop.space.members["leo"]?.until;
      expect(end).toBe(NOW + 30 * 86_400_000);
      expect((await all((_, handle) => handle.tickets.refund({ order: "o1" }))).codes).toEqual([]);
      await drop.refresh();
      expect(drop.space.members["leo"]?.until).toBe(NOW);
      await close();
    },
    TIMEOUT,
  );

  test(
    "a waiting list lets in as many as leave, in the order in which they came, however many clocks tick",
    async () => {
      const { drop, clients, all, close } = await meet();
      const { token, id } = await drop.invite({ by: "ana", maxUses: 8, waitlist: true });
      const { done } = await all((as, handle) => handle.join({ token, as }));
      const inside = done.flatMap(({ member }) => (member ? [member.id] : []));
      const waiting = done.flatMap(({ request }) => (request ? [request.member] : []));
      expect([inside.length, waiting.length]).toEqual([8, 56]);
      await drop.refresh();
      const line = Object.values(drop.space.requests).map(({ member }) => member);
      const leaving = inside.slice(0, 5);
      const tick = (client: Spaces) => client.tick(NOW, { spaces: ["drop"] });
      await Promise.all([
        all((by, handle) => handle.leave({ by }), leaving),
        ...clients.flatMap((client) => [tick(client), tick(client)]),
      ]);
      await Promise.all(clients.map(tick));
      await drop.refresh();
      const now = Object.values(drop.space.members).filter(({ invite }) => invite === id);
      expect(now.map((member) => member.id).sort()).toEqual([...inside.slice(5), ...line.slice(0, 5)].sort());
      expect(drop.space.invites[id]?.uses).toBe(8);
      await close();
    },
    TIMEOUT,
  );

  test(
    "a request that 64 say yes to lets somebody in once, and of a yes and a no the first counts",
    async () => {
      const { drop, all, close } = await meet();
      const { token, id } = await drop.invite({ by: "ana", approval: true, maxUses: 2 });
      const { request } = await drop.join({ token, as: "leo", note: "please" });
      const one = request!.id;
      const { done, codes } = await all((person, handle) =>
        handle.invites.approve({ by: person.endsWith("1") ? "ana" : "cora", request: one }),
      );
      expect([done.length, codes]).toEqual([1, ["REQUEST_SETTLED"]]);
      const asked = await drop.join({ token, as: "mia" });
      const both = await all((person, handle) =>
        Number(person.slice(4)) % 3 === 0
          ? handle.invites.decline({ by: "cora", request: asked.request!.id }).then(() => "no")
          : handle.invites.approve({ by: "ana", request: asked.request!.id }).then(() => "yes"),
      );
      expect([both.done.length, both.codes]).toEqual([1, ["REQUEST_SETTLED"]]);
      await drop.refresh();
      const isIn = drop.space.members["mia"] !== undefined;
      expect(both.done).toEqual([isIn ? "yes" : "no"]);
      expect(drop.space.invites[id]?.uses).toBe(isIn ? 2 : 1);
      await close();
    },
    TIMEOUT,
  );
});
