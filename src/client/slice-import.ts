import { canonicalJson } from "../kernel/canonical.js";
import { InvalidInputError } from "../kernel/errors.js";
import { parse, sentence } from "../kernel/schema.js";
import { sha256Hex } from "../kernel/secret.js";
import type { SpaceEvent } from "../model/events.js";
import { streams } from "../model/streams.js";
import { sliceSchema } from "../sharing/bundles/slice-shapes.js";
import type { Slice, SliceMessage } from "../sharing/slices/slice.js";
import type { ImportResult } from "./results.js";
import type { Session } from "./session.js";

/** What `slices.import` takes. */
export type SliceImportOptions = {
  readonly by: string;
  readonly channel: string;
  /** The slice as it was received. Check it first: `verifySlice` of `chat-spaces/provenance`. */
  readonly slice: Slice;
};

const PLATFORM = "chat-spaces";

/**
 * Brings a slice that was shared elsewhere into a channel. Its policy comes with it and holds for all of the channel, before the
 * first message is there. Bringing it in again adds nothing twice.
 *
 * @throws InvalidInputError `INVALID_INPUT` where it is no slice: nothing of it is brought in.
 */
export async function importSlice(
  session: Session,
  { by, channel, slice }: SliceImportOptions,
): Promise<ImportResult> {
  const parsed = parse<unknown>(sliceSchema(), slice);
  if (!parsed.ok) {
    const { issues } = parsed;
    throw new InvalidInputError("INVALID_INPUT", `This is not a slice: ${sentence(issues)}.`, { issues });
  }
  await session.run({ type: "history.import", by, channel });
  const { visibility, export: who, ai, forward, retention, legal, disclosure } = slice.policy;
  await session.run({
    type: "policy.bind",
    by,
    channel,
    policy: { visibility, export: who, ai, forward, retention, legal, disclosure },
    origin: { space: slice.space, slice: slice.id, root: slice.seal?.root ?? null },
  });
  const ids = new Map(slice.messages.map((message) => [message.id, idOf(slice, message)]));
  const events = slice.messages.map((message): SpaceEvent<"message.posted"> => {
    const { author, at, kind, body, replyTo, attachments, poll, edited } = message;
    const answered = replyTo === null ? undefined : ids.get(replyTo);
    return {
      id: ids.get(message.id) ?? "",
      type: "message.posted",
      at,
      by,
      data: {
        author: author === null ? null : `${PLATFORM}:${slice.space}:${author}`,
        ...(author === null ? {} : { authorName: author }),
        ...{ kind, body },
        ...(answered === undefined ? {} : { replyTo: answered }),
        ...(attachments.length === 0 ? {} : { attachments }),
        ...(poll === null ? {} : { poll: pollOf(poll) }),
        ...(edited ? { edited } : {}),
        source: { platform: PLATFORM, id: `${slice.id}/${message.id}` },
      },
    };
  });
  const added = await session.appendNew(streams.timeline(session.id, channel), events);
  return { added: added.length, known: events.length - added.length };
}

/** The same message of the same slice has the same id, also in a later copy of it. */
function idOf(slice: Slice, { id }: SliceMessage): string {
  return `${PLATFORM}:${sha256Hex(canonicalJson([slice.space, slice.id, id]))}`;
}

function pollOf({ votes, question, options, multiple }: NonNullable<SliceMessage["poll"]>) {
  return { question, options, multiple, tally: votes };
}
