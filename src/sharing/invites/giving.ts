import { forbidChange } from "../../access/guard.js";
import type { Instant } from "../../kernel/time.js";
import type { Space } from "../../model/space.js";
import { channelGrants } from "./channels.js";
import { joining } from "./joining.js";

/** What an invite opens. */
export type Opening = { readonly role: string; readonly channels: readonly string[] | null };

/** The refusal to let somebody in who would get this by somebody's hand, whoever it may be. */
export function forbidGiving(space: Space, by: string, { role, channels }: Opening, now: Instant) {
  const forbidden = forbidChange(space, by, joining([role]), now);
  if (forbidden || channels === null) return forbidden;
  // Grants are not held back by what a channel denies the role, so that they are looked at on their own as well.
  const grants = channelGrants(space, role, channels, () => "grt");
  return forbidChange(space, by, joining([], grants), now);
}
