import { type Outcome, refuse } from "../../kernel/outcome.js";
import { cleanName } from "../../kernel/text.js";
import { type Instant, readInstant, toInstant, toMilliseconds } from "../../kernel/time.js";
import type { CommandType } from "../../model/commands.js";
import type { ItemPlan } from "../../model/items.js";
import type { Space } from "../../model/space.js";
import { refuseUnknownMember } from "../refusals.js";

type Refused = Extract<Outcome<never>, { ok: false }>;

/** Who is to do what until when, as it is put on record. */
type Planned = {
  readonly title: string;
  readonly duty: string | null;
  readonly owner: string | null;
  readonly dueAt: Instant | null;
};

/** Reads who is to do what until when. `path` is where it stands in the command: `""` or `items.0.`. */
export function readPlan(
  space: Space,
  { title, duty, owner, dueAt, dueIn }: ItemPlan,
  now: Instant,
  type: CommandType,
  path = "",
): Planned | Refused {
  const stranger = owner === undefined ? undefined : refuseUnknownMember(space, owner);
  if (stranger) return stranger;
  const due =
    dueIn === undefined ? (dueAt === undefined ? null : toInstant(dueAt)) : now + toMilliseconds(dueIn);
  return (
    refusePast(due, now, type, `${path}${dueIn === undefined ? "dueAt" : "dueIn"}`) ?? {
      title: cleanName(title),
      duty: duty ?? null,
      owner: owner ?? null,
      dueAt: due,
    }
  );
}

/** The refusal of something to be done until an instant that has passed, or that no calendar has. */
export function refusePast(
  due: Instant | null,
  now: Instant,
  type: CommandType,
  path: string,
): Refused | undefined {
  if (due === null || (due > now && readInstant(due) !== undefined)) return undefined;
  const expected = due > now ? "must end in a year that calendars have" : "must be after now";
  return refuse("INVALID_COMMAND", `${type} ${path} ${expected}.`, { issues: [{ path, expected }] });
}
