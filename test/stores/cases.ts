import { ChatSpacesError, type Code, type NewEvent, type SpaceStore, type StoredEvent } from "chat-spaces";
import { type StoreCasesOptions, storeCases } from "chat-spaces/conformance";
import { describe, test } from "vitest";

/** An event that says something, to a store that does not care what. */
export function event(id: string, data: unknown = null): NewEvent {
  return { id, type: "note.written", at: Date.parse("2026-05-01T12:00:00Z"), by: "ana", data };
}

/** The code of what is thrown. */
export async function codeOf(act: () => unknown): Promise<Code | undefined> {
  try {
    await act();
  } catch (error) {
    if (error instanceof ChatSpacesError) return error.code;
    throw error;
  }
  return undefined;
}

export const idsOf = ({ events }: { readonly events: readonly StoredEvent[] }) => events.map(({ id }) => id);

/** What a store has that keeps everything the contract offers. */
const EVERYTHING: StoreCasesOptions = {
  ...{ durable: true, shared: true, feed: true, erase: true, streams: true, close: true },
};

/** The case that needs a second place with data of its own, which `open` below has no way to give. */
const OF_TWO_PLACES = "a store that has given nothing knows no cursor";

/**
 * The cases of the conformance kit, as tests, for stores whose tests set up one place each:
 *
 * ```ts
 * describe("my store", () => storeContract(() => myStore({ path })));
 * ```
 *
 * `open` gives a store that nobody has written to, and another one on the same data when it is called again in the same
 * test. Where it can give a new place at every call, `storeCases` itself has one case more.
 *
 * @param declared What the store has. Default: everything.
 */
export function storeContract(open: () => SpaceStore, declared: StoreCasesOptions = EVERYTHING): void {
  describe("keeps to the contract:", () => {
    const openTwo = () => ({ a: open(), b: open(), reopen: () => open() });
    const cases = storeCases(openTwo, declared).filter(({ name }) => name !== OF_TWO_PLACES);
    for (const c of cases) test(`${c.group}: ${c.name}`, { timeout: 60_000 }, c.run);
  });
}
