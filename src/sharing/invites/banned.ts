import { refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Space } from "../../model/space.js";
import { isBanned } from "../../model/standing.js";

/** The refusal to let somebody in who may not come back yet. */
export function refuseBanned(space: Space, member: string, now: Instant) {
  if (!isBanned(space, member, now)) return undefined;
  const until = entry(space.bans, member)?.until ?? null;
  return refuse("BANNED", `${member} has been banned from this space.`, { member, until });
}
