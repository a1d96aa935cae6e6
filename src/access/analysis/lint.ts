import type { Instant } from "../../kernel/time.js";
import { compile } from "../compile.js";
import type { Access } from "../compiled.js";
import type { Snapshot } from "../snapshot.js";
import { deadEntries, unusedRoles } from "./dead.js";
import type { Finding } from "./findings.js";
import { circles, unknownNames, windows } from "./names.js";
import { escalations, highRanks, lockOut, powersForEveryone } from "./power.js";
import { idleThresholds, unreachable } from "./reach.js";

/**
 * Reads a snapshot for what is probably not meant: names that are not there, circles, entries without effect or past
 * their time, ways to lock everybody out, ways to get more than one was given. `LINTS` says for each code what it
 * means and what to do. An empty list is no proof that a snapshot says what you want; `diff` and `explain` show what
 * it says.
 *
 * `at` is the instant to look from: what is over then is reported, what is still to come is taken into account.
 * Without it all of time is.
 *
 * Time: each override is taken out once and everybody whom it can concern compared, by their sets of roles, in the
 * channels that it reaches; each grant likewise. For tests, reviews and dashboards; not for every request.
 *
 * ```ts
 * lint(access, now).filter(({ level }) => level !== "note");
 * // [{ code: "CEILING_UNKNOWN", level: "error", about: { kind: "limit", member: "leo", ... }, by: [...], message }]
 * ```
 */
export function lint<C extends string>(subject: Snapshot<C> | Access<C>, at?: Instant): readonly Finding[] {
  const access = ("vocabulary" in subject ? subject : compile(subject)) as Access;
  const { snapshot } = access;
  return [
    ...unknownNames(snapshot),
    ...circles(snapshot),
    ...unusedRoles(snapshot),
    ...deadEntries(snapshot, at),
    ...unreachable(snapshot, at),
    ...idleThresholds(snapshot),
    ...windows(snapshot, at),
    ...lockOut(access, at),
    ...highRanks(snapshot),
    ...escalations(snapshot, at),
    ...powersForEveryone(access, at),
  ];
}
