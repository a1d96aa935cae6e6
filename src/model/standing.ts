import { entry } from "../kernel/record.js";
import type { Instant } from "../kernel/time.js";
import type { Space } from "./space.js";

/** Whether somebody is a member at an instant. A membership that has ended by itself is none. */
export function isMember({ members }: Pick<Space, "members">, person: string, at: Instant): boolean {
  const member = entry(members, person);
  return member !== undefined && (member.until === undefined || at < member.until);
}

/** Whether somebody may not come in at an instant. A ban that has ended is none. */
export function isBanned({ bans }: Pick<Space, "bans">, person: string, at: Instant): boolean {
  const ban = entry(bans, person);
  return ban !== undefined && (ban.until === null || at < ban.until);
}
