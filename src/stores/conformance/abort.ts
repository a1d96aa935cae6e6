import type { CancelSignal } from "../contract.js";
import { demand, demandIds, demandReason, rejectionOf } from "./assert.js";
import { add } from "./fixtures.js";
import { showError } from "./show.js";
import { type CaseDefinition, casesOf } from "./world.js";

/** Every platform has one; the library is compiled without any platform's types. */
declare const AbortController: new () => {
  readonly signal: CancelSignal;
  abort(reason?: unknown): void;
};

/** A signal, and how to abort it. */
export const createController = (): { readonly signal: CancelSignal; abort(reason?: unknown): void } =>
  new AbortController();

export const abortCases: readonly CaseDefinition[] = casesOf("abort signal", [], {
  "reading with a signal that was aborted rejects with its reason": async ({ a }) => {
    await add(a, "notes", "e1");
    for (const reason of [new Error("The reader has left."), "a text", { any: "thing" }, 0]) {
      const controller = createController();
      controller.abort(reason);
      for (const stream of ["notes", "nowhere"]) {
        await demandReason(
          () => a.read(stream, { signal: controller.signal }),
          reason,
          "`read` must reject with the reason of a signal that was aborted before.",
        );
      }
    }
  },

  "reading with a signal that was aborted without a reason rejects all the same": async ({ a }) => {
    await add(a, "notes", "e1");
    const controller = createController();
    controller.abort();
    const silent: CancelSignal = { aborted: true, addEventListener() {}, removeEventListener() {} };
    for (const signal of [controller.signal, silent]) {
      const error = await rejectionOf(
        () => a.read("notes", { signal }),
        "`read` must reject where its signal was aborted, also without a reason.",
      );
      demand(
        signal.reason === undefined ? error instanceof Error : error === signal.reason,
        "A rejection must be with the signal's reason, or with an error where it has none.\n" +
          `  expected: ${signal.reason === undefined ? "an error" : showError(signal.reason)}\n` +
          `  came:     ${showError(error)}`,
      );
    }
  },

  "a signal that says nothing changes nothing": async ({ a }) => {
    await add(a, "notes", "e1", "e2");
    const { signal } = createController();
    demandIds(
      await a.read("notes", { signal, limit: 1 }),
      2,
      ["e1"],
      "A signal that was not aborted must not change what is read.",
    );
  },

  "a signal that is aborted afterwards changes nothing": async ({ a }) => {
    await add(a, "notes", "e1");
    const controller = createController();
    await a.read("notes", { signal: controller.signal });
    controller.abort(new Error("Too late."));
    demandIds(await a.read("notes"), 1, ["e1"], "What was read before must not make the next reading fail.");
  },
});
