import { type ChecklistView, checklistOf } from "../duties/items/checklist-of.js";
import { overdue } from "../duties/items/lists.js";
import { type ItemRow, itemRows } from "../duties/items/rows.js";
import { RefusedError } from "../kernel/errors.js";
import { type InstantInput, toInstant } from "../kernel/time.js";
import type { Command } from "../model/commands.js";
import type { Checklist, Item, ItemCommands } from "../model/items.js";
import { decide } from "../space/decide.js";
import { checklistMessage, checklistText } from "./checklist-text.js";
import type { Options } from "./options.js";
import { found } from "./results.js";
import type { Environment, Session } from "./session.js";

type At = { readonly at?: InstantInput | undefined };

/** What a handle does with items. Verbs that change one give it as it is then. */
export type ItemVerbs = {
  /**
   * Says that something is to be done.
   *
   * ```ts
   * const item = await drop.items.raise({
   *   by: "cora", title: "Answer the refunds", duty: "ops", dueIn: "4h",
   *   source: { channel: "lounge", message: "msg_1" },
   * });
   * ```
   *
   * With an `id` of your own, raising it again changes nothing and gives the item that is there.
   */
  raise(options: Options<"item.raise">): Promise<Item>;
  /** Says that one has seen it and will do it. Who acknowledges an item without an owner becomes its owner. */
  acknowledge(options: Options<"item.acknowledge">): Promise<Item>;
  /** Says that it is done. Doing it again changes nothing. */
  complete(options: Options<"item.complete">): Promise<Item>;
  /** Says that it has to be done after all, or again. */
  reopen(options: Options<"item.reopen">): Promise<Item>;
  /** Says that it need not be done. */
  drop(options: Options<"item.drop">): Promise<Item>;
  /** Changes what is to be done, by whom, until when: what is left out stays, `null` takes away. */
  change(options: Options<"item.change">): Promise<Item>;
  /** All items as flat rows for a project tool or a spreadsheet. Without `at`, overdue is what is now. */
  rows(options?: At): Promise<readonly ItemRow[]>;
  /** The items that should have been done by now, the longest overdue first. */
  overdue(options?: At): Promise<readonly Item[]>;
};

/** What a handle does with checklists. */
export type ChecklistVerbs = {
  /**
   * Opens a list of items, posts it in its channel and pins it. With an `id` of your own it is safe to repeat, for
   * instance where posting failed: neither the list nor the message is made twice. The message shows the list as it was
   * opened; `get` says how far it is.
   *
   * ```ts
   * await drop.checklists.open({
   *   by: "cora", channel: "floor", title: "Before opening",
   *   items: [{ title: "Count the stock", owner: "cid", dueIn: "2h" }, { title: "Test the till", duty: "ops" }],
   * });
   * ```
   *
   * Takes what it takes to post in the channel, to pin there, and to raise items.
   */
  open(options: Options<"checklist.open">): Promise<Checklist>;
  /** Takes no more items. Those on it stay as they are. */
  close(options: Options<"checklist.close">): Promise<Checklist>;
  /** A list with its items and how far it is; `undefined` where there is none with this id. */
  get(options: { readonly checklist: string }): Promise<ChecklistView | undefined>;
};

/** The verbs of items. */
export function itemVerbs(session: Session, { now }: Environment): ItemVerbs {
  const change = async (command: Command<Extract<keyof ItemCommands, `item.${string}`>>): Promise<Item> => {
    const events = await session.run(command);
    if (command.type !== "item.raise") return found(session.space().items, command.item);
    const raised = events.find((event) => event.type === "item.raised");
    // No event means that the host's own id is known already.
    return found(session.space().items, raised?.data.item ?? command.id ?? "");
  };
  return {
    raise: (options) => change({ type: "item.raise", ...options }),
    acknowledge: (options) => change({ type: "item.acknowledge", ...options }),
    complete: (options) => change({ type: "item.complete", ...options }),
    reopen: (options) => change({ type: "item.reopen", ...options }),
    drop: (options) => change({ type: "item.drop", ...options }),
    change: (options) => change({ type: "item.change", ...options }),
    async rows({ at } = {}) {
      await session.refresh();
      return itemRows(session.space(), at === undefined ? now() : toInstant(at));
    },
    async overdue({ at } = {}) {
      await session.refresh();
      return overdue(session.space(), at === undefined ? now() : toInstant(at));
    },
  };
}

/** The verbs of checklists. */
export function checklistVerbs(session: Session, { now, newId }: Environment): ChecklistVerbs {
  return {
    async open(options) {
      const { by, channel } = options;
      await session.refresh();
      // What is said of the list may be refused as well: better before there is one.
      const trial = decide(
        session.space(),
        { type: "message.post", by, channel, body: options.title },
        { now: now(), newId },
      );
      if (!trial.ok) throw new RefusedError(trial.refusal);
      const events = await session.run({ type: "checklist.open", ...options });
      const opened = events.find((event) => event.type === "checklist.opened");
      // No event means that the host's own id is known already.
      const list = found(session.space().checklists, opened?.data.checklist ?? options.id ?? "");
      const message = checklistMessage(list.id);
      await session.run({
        type: "message.post",
        by,
        channel: list.channel,
        id: message,
        body: checklistText(session.space(), list),
      });
      await session.run({ type: "message.pin", by, channel: list.channel, message });
      return list;
    },
    async close(options) {
      await session.run({ type: "checklist.close", ...options });
      return found(session.space().checklists, options.checklist);
    },
    async get({ checklist }) {
      await session.refresh();
      return checklistOf(session.space(), checklist);
    },
  };
}
