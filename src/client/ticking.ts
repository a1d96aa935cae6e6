import { due } from "../duties/due/due.js";
import { InvalidInputError, RefusedError } from "../kernel/errors.js";
import type { Refusal } from "../kernel/outcome.js";
import type { Instant } from "../kernel/time.js";
import type { Command } from "../model/commands.js";
import type { SpaceEvent } from "../model/events.js";
import { readStream } from "../model/streams.js";
import type { SpaceStore } from "../stores/contract.js";
import { deliver } from "./draft-verbs.js";
import type { Session } from "./session.js";

/** What came with time. */
export type TickReport = {
  /** What happened, in the order in which it did. */
  readonly events: readonly { readonly space: string; readonly event: SpaceEvent }[];
  /** What was due and could not be done, and why. It stays due. */
  readonly refused: readonly {
    readonly space: string;
    readonly command: Command;
    readonly refusal: Refusal;
  }[];
};

/** Does everything that is due in these spaces, or in all of a store. */
export async function tick(
  store: SpaceStore,
  sessionFor: (space: string) => Session,
  now: Instant,
  by: string,
  spaces: readonly string[] | undefined,
): Promise<TickReport> {
  const events: { space: string; event: SpaceEvent }[] = [];
  const refused: { space: string; command: Command; refusal: Refusal }[] = [];
  for await (const space of spaces ?? allSpaces(store)) {
    const session = sessionFor(space);
    await session.refresh();
    const tried = new Set<string>();
    // What is done may bring on more: a second step of an escalation, or the delivery of what was published.
    for (;;) {
      const next = due(session.space(), now, by).filter(({ command }) => !tried.has(JSON.stringify(command)));
      if (next.length === 0) break;
      for (const { command } of next) {
        try {
          const done =
            command.type === "draft.deliver"
              ? await deliver(session, command.draft, { by, now })
              : await session.run(command, now);
          // Where somebody else was first nothing happened, and asking again would not change that.
          if (done.length === 0) tried.add(JSON.stringify(command));
          for (const event of done) events.push({ space, event });
        } catch (error) {
          if (!(error instanceof RefusedError)) throw error;
          tried.add(JSON.stringify(command));
          refused.push({ space, command, refusal: error.refusal });
        }
      }
    }
  }
  return { events, refused };
}

async function* allSpaces(store: SpaceStore): AsyncIterable<string> {
  if (!store.streams) {
    throw new InvalidInputError(
      "INVALID_INPUT",
      "tick: this store cannot list its spaces. Name them: { spaces: [...] }.",
    );
  }
  for (let after: string | undefined; ; ) {
    const page = await store.streams({ prefix: "space/", ...(after === undefined ? {} : { after }) });
    for (const name of page.names) {
      const parts = readStream(name);
      if (parts?.kind === "space") yield parts.space;
    }
    after = page.next;
    if (after === undefined) return;
  }
}
