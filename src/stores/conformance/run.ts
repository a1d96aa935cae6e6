import type { SpaceStore } from "../contract.js";
import { ConformanceError, demand } from "./assert.js";
import { within } from "./patience.js";
import { showError } from "./show.js";
import type { OpenedStores, OpenStores, StoreCasesOptions } from "./types.js";
import type { CaseDefinition, World } from "./world.js";

/** Below the 5 seconds that test runners give to a test, so that it is the case that says what is wrong. */
const PATIENCE = 4000;

/** How much longer than one wait a whole case may take, and so may closing. */
const PATIENCE_OF_A_CASE = 15;

/** Opens what a case needs, runs it, and cleans up whatever became of it. */
export async function runCase(
  open: OpenStores,
  options: StoreCasesOptions,
  { name, run }: CaseDefinition,
): Promise<void> {
  const { patience = PATIENCE } = options;
  const places: OpenedStores[] = [];
  const handles: SpaceStore[] = [];
  const another = async (): Promise<OpenedStores> => {
    const opened = await open();
    places.push(opened);
    demand(isStore(opened?.a) && isStore(opened.b), "`open` must give two stores on the same data, a and b.");
    handles.push(opened.a, opened.b);
    return opened;
  };
  const closeAll = async (): Promise<void> => {
    for (const handle of handles.splice(0)) await handle.close?.();
  };
  const failures: unknown[] = [];
  const attempt = async (act: () => unknown, otherwise: string): Promise<void> => {
    try {
      await within(PATIENCE_OF_A_CASE * patience, Promise.resolve(act()), otherwise);
    } catch (error) {
      failures.push(
        error instanceof ConformanceError
          ? error
          : new ConformanceError(`${otherwise}\n  came:     ${showError(error)}`, { cause: error }),
      );
    }
  };

  const opened = await another();
  const world: World = {
    ...{ a: opened.a, b: opened.b, opened, declared: options, patience, another },
    async reopen() {
      demand(
        opened.reopen !== undefined,
        "The store is declared as durable: `open` must give `reopen` as well, so that this can be shown.",
      );
      await closeAll();
      const store = await opened.reopen();
      handles.push(store);
      return store;
    },
  };
  await attempt(() => run(world), `The store must not fail where it can do what it is asked: "${name}".`);
  await attempt(closeAll, "`close` must let go of the store, however often it is called.");
  for (const { dispose } of places) await attempt(() => dispose?.(), "`dispose` must clean up.");
  if (failures.length > 0) throw failures[0];
}

function isStore(store: SpaceStore | undefined): boolean {
  return typeof store?.read === "function" && typeof store.append === "function";
}
