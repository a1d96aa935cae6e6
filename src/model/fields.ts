import * as z from "zod/mini";
import { isWellFormed } from "../kernel/json.js";
import { isMoney } from "../kernel/money.js";
import { id, lazily, must, text } from "../kernel/schema.js";
import { cleanName } from "../kernel/text.js";
import { readDuration, readInstant } from "../kernel/time.js";
import { isTimeZone } from "../kernel/zone.js";
import type { Command, CommandType } from "./commands.js";

// What the fields of commands may hold. Each is built when it is first asked for.

/** How many entries a list of a command may have. */
export const LIST = 1_000;

/** The schemas of some commands. */
export type Schemas<T extends CommandType> = { readonly [K in T]: () => z.ZodMiniType<Command<K>> };

export const name = lazily(() =>
  text(200).check(must((value) => cleanName(value) !== "", "must have visible characters")),
);
export const note = lazily(() => text(4_000));
export const role = lazily(() => text(64).check(z.minLength(1)));
export const roles = lazily(() => z.array(role()).check(z.minLength(1), z.maxLength(32)));
export const capabilities = lazily(() => z.array(role()).check(z.maxLength(256)));
export const subject = lazily(() =>
  z.custom<Command<"override.set">["subject"]>(
    (value) => value === "everyone" || namesOne(value, "role") || namesOne(value, "member"),
    'must be "everyone", { role: "guest" } or { member: "leo" }',
  ),
);
export const lasting = () => ({ startsAt: z.optional(instant()), expiresIn: z.optional(duration()) });
export const limited = () => ({ member: z.optional(id()), channel: z.optional(id()) });
export const onOneThing = () =>
  must<{ readonly member?: unknown; readonly channel?: unknown }>(
    ({ member, channel }) => (member === undefined) !== (channel === undefined),
    "must name a member or a channel, and not both",
  );
export const zone = lazily(() =>
  z.string().check(must(isTimeZone, 'must be an IANA time zone such as "Europe/Berlin"')),
);
export const visibility = lazily(() => z.enum(["private", "invite", "public"]));
export const exportPolicy = lazily(() => z.enum(["members", "hosts", "nobody"]));
export const kind = lazily(() => z.enum(["discussion", "announcement", "drafts", "operations", "incident"]));
export const label = lazily(() => text(128).check(z.minLength(1)));
export const count = lazily(() => z.int().check(z.minimum(1), z.maximum(1_000_000_000)));
export const emoji = lazily(() => text(64).check(z.minLength(1)));
export const url = lazily(() =>
  z.string().check(z.maxLength(2_048), must(isWebUrl, "must be an http or https URL")),
);
export const instant = lazily(() =>
  z.custom<string | number | Date>(
    (value) => readInstant(value) !== undefined,
    'must be an instant: ISO text with an offset ("2026-05-01T16:00:00Z"), a Date or epoch milliseconds',
  ),
);
export const duration = lazily(() =>
  z.custom<number>((value) => readDuration(value) !== undefined, 'must be a duration such as "7d" or "90m"'),
);
export const money = lazily(() =>
  z.custom<{ minor: number; currency: string }>(
    (value) => isMoney(value) && value.minor >= 0,
    'must be money: { minor: 4900, currency: "EUR" }, whole minor units, not negative',
  ),
);
export const messageRef = lazily(() => z.strictObject({ channel: id(), message: id() }));
export const people = lazily(() => z.array(id()).check(z.maxLength(LIST)));
export const escalation = lazily(() => z.strictObject({ to: label(), after: duration() }));
// The length of a message has a refusal of its own, so that it can say what to do.
export const body = lazily(() => z.string().check(must(isWellFormed, "must be well-formed text")));
export const attachment = lazily(() =>
  z.strictObject({
    name: text(255).check(z.minLength(1)),
    kind: z.enum([
      "image",
      "video",
      "video-note",
      "audio",
      "gif",
      "sticker",
      "document",
      "contact",
      "unknown",
    ]),
    size: z.exactOptional(z.int().check(z.minimum(0))),
  }),
);

/** A command of a type: who, why, and fields of its own. No others. */
export function command<K extends CommandType, S extends z.core.$ZodLooseShape>(type: K, shape: S) {
  return z.strictObject({ type: z.literal(type), by: id(), reason: z.optional(note()), ...shape });
}

function namesOne(value: unknown, key: "role" | "member"): boolean {
  if (typeof value !== "object" || value === null) return false;
  const [[name, who] = [], ...more] = Object.entries(value);
  return name === key && more.length === 0 && z.safeParse(id(), who).success;
}

function isWebUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol } = new URL(value);
  return protocol === "https:" || protocol === "http:";
}
