import "fake-indexeddb/auto";
import { indexedDbStore } from "chat-spaces/indexeddb";
import { forceCloseDatabase, IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { codeOf, event, idsOf } from "../cases.js";
import { heeded } from "./heeded.js";

/** A factory that remembers what it was asked to open. */
function remembering() {
  const factory = new IDBFactory();
  const requests: IDBOpenDBRequest[] = [];
  const open = (name: string, version?: number) => {
    const request = factory.open(name, version);
    requests.push(request);
    return request;
  };
  return { factory, requests, indexedDB: { open } };
}

let own: ReturnType<typeof remembering>;

beforeEach(() => {
  own = remembering();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const open = () => indexedDbStore({ name: "spaces", indexedDB: own.indexedDB, pollEvery: "20d" });
const commit = (id: string, expected: number) => ({ id, expected, events: [event(id)] });

function happened(target: EventTarget, type: string): Promise<Event> {
  return new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));
}

function isOpen(request: IDBOpenDBRequest | undefined): boolean {
  try {
    return Boolean(request?.result.transaction("events"));
  } catch {
    return false;
  }
}

/** Opens a database at a version of its own, as a page with another version of the library does. */
async function openAt(version: number): Promise<IDBDatabase> {
  const request = own.factory.open("spaces", version);
  await happened(request, "success");
  return request.result;
}

describe("where there is no IndexedDB", () => {
  test("a store can be made, and says so when it is used", async () => {
    vi.stubGlobal("indexedDB", undefined);
    const store = indexedDbStore();
    const fault = await store.read("notes").catch((error) => error);
    expect(fault).toMatchObject({
      code: "STORE_DRIVER_MISSING",
      message: expect.stringContaining("fake-indexeddb/auto"),
    });
    expect(await codeOf(() => store.append("notes", commit("c1", 0)))).toBe("STORE_DRIVER_MISSING");
    await store.close?.();
  });

  test("one that is handed in without its classes is not used half", async () => {
    vi.stubGlobal("IDBRequest", undefined);
    const fault = await open()
      .read("notes")
      .catch((error) => error);
    expect(fault).toMatchObject({
      code: "STORE_DRIVER_MISSING",
      message: expect.stringContaining("must be global"),
    });
    vi.stubGlobal("IDBRequest", class Another {});
    expect(await codeOf(() => open().read("notes"))).toBe("STORE_DRIVER_MISSING");
  });

  test("one that the page may not use is a fault of its own", async () => {
    const denied = {
      open: () => {
        throw new DOMException("The user denied permission to access the database.", "SecurityError");
      },
    };
    const store = indexedDbStore({ indexedDB: denied });
    const fault = await store.read("notes").catch((error) => error);
    expect(fault).toMatchObject({ code: "STORE_CANNOT_OPEN", details: { name: "chat-spaces" } });
    expect(fault.cause.name).toBe("SecurityError");
  });
});

describe("a database of another version", () => {
  test("that is newer is refused and left as it is", async () => {
    const newer = await openAt(2);
    newer.close();
    const store = open();
    const fault = await store.read("notes").catch((error) => error);
    expect(fault).toMatchObject({
      code: "STORE_NEWER_VERSION",
      details: { name: "spaces", known: 1 },
      message: expect.stringContaining("update chat-spaces"),
    });
    expect(fault.cause.name).toBe("VersionError");
    expect(await own.factory.databases()).toEqual([{ name: "spaces", version: 2 }]);

    // It asks anew every time: somebody may have removed it.
    await happened(own.factory.deleteDatabase("spaces"), "success");
    expect(await store.read("notes")).toEqual({ head: 0, events: [] });
    await store.close?.();
  });

  test("that another tab holds on to is busy, until it is let go of", async () => {
    // A page that does not listen, at version 1; another one asks for version 2 and waits; this store is behind.
    const deaf = await openAt(1);
    const store = indexedDbStore({
      name: "spaces",
      indexedDB: { open: (name) => own.indexedDB.open(name, 2) },
    });
    const [first, second] = await Promise.all([
      store.read("notes").catch((error) => error),
      store.append("notes", commit("c1", 0)).catch((error) => error),
    ]);
    expect(first).toMatchObject({ code: "STORE_BUSY", transient: true, details: { name: "spaces" } });
    expect(second).toMatchObject({ code: "STORE_BUSY" });
    expect(await codeOf(() => store.read("notes"))).toBe("STORE_BUSY");
    // Asking again is not asking for one more connection.
    expect(own.requests).toHaveLength(1);

    const [request] = own.requests as [IDBOpenDBRequest];
    const granted = happened(request, "success");
    deaf.close();
    await granted;
    // That database has none of our tables: version 1 was not made by a store.
    expect(await store.append("notes", commit("c1", 0))).toEqual({ ok: true, head: 1 });
    await store.close?.();
  });

  test("a store that is closed while others are in the way lets go of what it is granted", async () => {
    const deaf = await openAt(1);
    const store = indexedDbStore({
      name: "spaces",
      indexedDB: { open: (name) => own.indexedDB.open(name, 2) },
    });
    expect(await codeOf(() => store.read("notes"))).toBe("STORE_BUSY");
    await store.close?.();
    const granted = happened(own.requests[0] as IDBOpenDBRequest, "success");
    deaf.close();
    await granted;
    expect(isOpen(own.requests[0])).toBe(false);
  });
});

describe("somebody else's wish to have the database for themselves", () => {
  test("to upgrade it is granted, and the store is too old from then on", async () => {
    const store = open();
    await store.append("notes", commit("c1", 0));
    const upgrade = own.factory.open("spaces", 2);
    const blocked = vi.fn();
    upgrade.onblocked = blocked;
    await happened(upgrade, "success");
    expect(blocked).not.toHaveBeenCalled();
    upgrade.result.close();

    const fault = await store.append("notes", commit("c2", 1)).catch((error) => error);
    expect(fault).toMatchObject({
      code: "STORE_NEWER_VERSION",
      details: { name: "spaces", version: 2, known: 1 },
    });
    expect(await codeOf(() => open().read("notes"))).toBe("STORE_NEWER_VERSION");
    await store.close?.();
  });

  test("to delete it is granted, and the store does not make it anew behind their back", async () => {
    const store = open();
    await store.append("notes", commit("c1", 0));
    const { signal, listening } = heeded();
    const feed = store.feed?.({ after: "1", signal })[Symbol.asyncIterator]();
    const ended = expect(feed?.next()).rejects.toMatchObject({ code: "STORE_CLOSED", message: /deleted/ });
    await listening;
    const deletion = own.factory.deleteDatabase("spaces");
    const blocked = vi.fn();
    deletion.onblocked = blocked;
    await happened(deletion, "success");
    expect(blocked).not.toHaveBeenCalled();

    await ended;
    expect(await codeOf(() => store.read("notes"))).toBe("STORE_CLOSED");
    expect(await own.factory.databases()).toEqual([]);
    await store.close?.();

    const fresh = open();
    expect(await fresh.read("notes")).toEqual({ head: 0, events: [] });
    // A cursor from before is not taken for one of the new database.
    expect(await codeOf(() => fresh.feed?.({ after: "1" })[Symbol.asyncIterator]().next())).toBe(
      "STORE_INVALID_CURSOR",
    );
    await fresh.close?.();
  });
});

describe("a browser that closes the database by itself", () => {
  test("is asked for it again, by as many as come at once", async () => {
    const store = open();
    await store.append("notes", commit("c1", 0));
    forceCloseDatabase(own.requests[0]?.result as never);
    const [read, appended] = await Promise.all([
      store.read("notes"),
      store.append("notes", commit("c2", 1)),
      store.read("notes"),
    ]);
    expect(idsOf(read)).toEqual(["c1"]);
    expect(appended).toEqual({ ok: true, head: 2 });
    expect(own.requests).toHaveLength(2);
    await store.close?.();
  });

  test("and has not said so yet, is asked for it again", async () => {
    const store = open();
    await store.append("notes", commit("c1", 0));
    own.requests[0]?.result.close();
    const [first, second] = await Promise.all([store.read("notes"), store.read("notes")]);
    expect([idsOf(first), idsOf(second)]).toEqual([["c1"], ["c1"]]);
    expect(own.requests).toHaveLength(2);
    await store.close?.();
  });

  test("in the middle of a commit, leaves nothing of it and says that it may be repeated", async () => {
    const store = open();
    await store.append("notes", commit("c1", 0));
    const cut = vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(function (this: IDBObjectStore) {
      // What `close` with the forced flag does to transactions.
      this.transaction.abort();
      throw new DOMException("The transaction was aborted.", "AbortError");
    });
    const fault = await store.append("notes", commit("c2", 1)).catch((error) => error);
    expect(fault).toMatchObject({ code: "STORE_UNREACHABLE", transient: true });
    cut.mockRestore();
    expect(await store.append("notes", commit("c2", 1))).toEqual({ ok: true, head: 2 });
    await store.close?.();
  });

  test("and does not open it again, is told as a fault, and asked again the next time", async () => {
    const store = open();
    await store.append("notes", commit("c1", 0));
    forceCloseDatabase(own.requests[0]?.result as never);
    const asked = vi.spyOn(own.indexedDB, "open").mockImplementationOnce(() => {
      throw new DOMException("Internal error.", "UnknownError");
    });
    expect(await codeOf(() => store.read("notes"))).toBe("STORE_FAULT");
    expect(idsOf(await store.read("notes"))).toEqual(["c1"]);
    expect(asked).toHaveBeenCalledTimes(2);
    await store.close?.();
  });
});

describe("closing", () => {
  test("lets what runs come to its end", async () => {
    const store = open();
    const add = IDBObjectStore.prototype.add;
    vi.spyOn(IDBObjectStore.prototype, "add").mockImplementationOnce(function (
      this: IDBObjectStore,
      ...args
    ) {
      void store.close?.();
      return add.apply(this, args);
    });
    expect(await store.append("notes", commit("c1", 0))).toEqual({ ok: true, head: 1 });
    expect(await codeOf(() => store.read("notes"))).toBe("STORE_CLOSED");

    const next = open();
    expect(idsOf(await next.read("notes"))).toEqual(["c1"]);
    await next.close?.();
  });

  test("a store that was never used opens nothing", async () => {
    await open().close?.();
    expect(own.requests).toEqual([]);
  });

  test("while it is being opened ends in closing", async () => {
    const store = open();
    const read = codeOf(() => store.read("notes"));
    await store.close?.();
    expect(await read).toBe("STORE_CLOSED");
    expect(isOpen(own.requests[0])).toBe(false);
  });
});
