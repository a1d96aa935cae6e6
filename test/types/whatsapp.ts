/** What the compiler knows about imported chats. Checked by `npm run typecheck`; never run. */
import type { SpaceEvent } from "chat-spaces";
import {
  type ChatHistory,
  type ChatMessage,
  importHistory,
  parseWhatsApp,
  streamWhatsApp,
} from "chat-spaces/whatsapp";
import { expectTypeOf } from "vitest";

// An export may come as text, bytes, a stream of either or a file of a browser.
const history = await parseWhatsApp("13/05/2026, 09:00 - Mara: hi", { timeZone: "Europe/Berlin" });
expectTypeOf(history).toEqualTypeOf<ChatHistory>();
await parseWhatsApp(new Uint8Array(), { dateOrder: "dmy", limits: { text: 1_000_000 } });
await parseWhatsApp(new Blob(["13/05/2026, 09:00 - Mara: hi"]));
// @ts-expect-error a number is no chat
await parseWhatsApp(5);
// @ts-expect-error there is no such order of day and month
await parseWhatsApp("", { dateOrder: "dd/mm/yyyy" });
// @ts-expect-error a misspelt option
await parseWhatsApp("", { timezone: "Europe/Berlin" });

// A stream gives messages in batches, and what is known beside them.
const stream = streamWhatsApp("13/05/2026, 09:00 - Mara: hi");
for await (const batch of stream) expectTypeOf(batch).toEqualTypeOf<readonly ChatMessage[]>();
expectTypeOf(stream.summary()).toEqualTypeOf<Omit<ChatHistory, "messages">>();
// @ts-expect-error the messages themselves are in the batches
stream.summary().messages;

// What is not in every message must be looked for first.
declare const message: ChatMessage;
expectTypeOf(message.author).toEqualTypeOf<string | null>();
expectTypeOf(message.wallClock).toEqualTypeOf<string | null>();
// @ts-expect-error an instant is known only where a time zone was given
message.at.toFixed();
// @ts-expect-error only a poll has options
message.poll.options;
if (message.poll) expectTypeOf(message.poll.options).toExtend<readonly (readonly [string, number])[]>();
if (message.location !== undefined && message.location !== "live") {
  expectTypeOf(message.location[0]).toEqualTypeOf<number>();
}

/** What a message shows; a kind that is new would make this a compile error. */
export function iconOf({ kind }: ChatMessage): string {
  switch (kind) {
    case "text":
      return "💬";
    case "media":
      return "🖼";
    case "poll":
      return "📊";
    case "location":
      return "📍";
    case "contact":
      return "👤";
    case "call":
      return "📞";
    case "system":
    case "deleted":
    case "empty":
      return "";
  }
}
// @ts-expect-error there is no such kind
message.kind === "photo";

// Warnings have codes of their own, which are no errors.
expectTypeOf(history.warnings[0]?.count).toEqualTypeOf<number | undefined>();
history.warnings[0]?.code === "AMBIGUOUS_DATES";
// @ts-expect-error an error's code is no warning's
history.warnings[0]?.code === "IMPORT_AMBIGUOUS_DATES";

// The events of an import are all messages.
expectTypeOf(importHistory(history, { people: { Mara: "mara" } })).toEqualTypeOf<
  SpaceEvent<"message.posted">[]
>();
