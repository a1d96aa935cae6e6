import type { ById } from "../../kernel/record.js";
import { entry, setEntry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Handoff } from "../../model/duties.js";
import type { Member, Space } from "../../model/space.js";
import { windowOf } from "./window.js";

/**
 * The space as it is at an instant: members with the roles that are theirs then. Roles that were handed over for a
 * window come and go with it, without anybody having to do anything.
 *
 * ```ts
 * can(accessOf(asOf(space, now)), "sam", "member.remove", undefined, now);
 * ```
 *
 * Cheap: it is the space itself where no role is on its way at that instant, and the same value for all instants
 * between two at which a role passes.
 */
export function asOf(space: Space, at: Instant): Space {
  const passing = passingIn(space.handoffs).filter((handoff) => isInEffect(handoff, at));
  if (passing.length === 0) return space;
  const key = passing.map(({ id }) => id).join("\n");
  let known = spaces.get(space);
  if (!known) {
    known = new Map();
    spaces.set(space, known);
  }
  let then = known.get(key);
  if (!then) {
    then = { ...space, members: passAll(space.members, passing) };
    known.set(key, then);
  }
  return then;
}

// Spaces and their parts are never changed, so what was made of one stays with it.
const spaces = /* @__PURE__ */ new WeakMap<Space, Map<string, Space>>();
const passings = /* @__PURE__ */ new WeakMap<ById<Handoff>, readonly Handoff[]>();

/** The accepted handoffs of roles that are not settled in the members themselves. */
export function passingIn(handoffs: ById<Handoff>): readonly Handoff[] {
  let passing = passings.get(handoffs);
  if (!passing) {
    passing = Object.values(handoffs).filter(
      (handoff) => handoff.status === "accepted" && passesRoles(handoff) && !isSettled(handoff),
    );
    passings.set(handoffs, passing);
  }
  return passing;
}

/** Whether roles pass with it. */
export function passesRoles({ of }: Handoff): boolean {
  return "role" in of || "ownership" in of;
}

/** Whether it is for good and has taken effect: then the roles stand in the members. */
function isSettled({ window, startedAt }: Handoff): boolean {
  return startedAt !== null && (window === null || window.end === null);
}

/** Whether an accepted handoff holds at an instant. */
export function isInEffect(handoff: Handoff, at: Instant): boolean {
  const { start, end } = windowOf(handoff);
  return start <= at && (end === null || at < end);
}

/**
 * The members after handoffs of roles. Who was handed a role may have handed it on, at the same instant even, so that what
 * nobody has to give yet is tried again once something has passed.
 */
function passAll(members: ById<Member>, handoffs: readonly Handoff[]): ById<Member> {
  const next: Record<string, Member> = { ...members };
  for (let waiting = handoffs; ; ) {
    const rest = waiting.filter((handoff) => {
      const passed = passedOn(next, handoff);
      for (const member of passed) setEntry(next, member.id, member);
      return passed.length === 0;
    });
    if (rest.length === waiting.length) return next;
    waiting = rest;
  }
}

/** Giver and taker after a handoff of roles. Of these, only what its giver has passes, and only while both are here. */
export function passedOn(members: ById<Member>, { of, from, to }: Handoff): readonly Member[] {
  const [giver, taker] = [entry(members, from), entry(members, to)];
  if (!giver || !taker || !("role" in of || "ownership" in of)) return [];
  const [roles, keep] = "role" in of ? [[of.role], []] : [of.roles, of.keep];
  const passed = giver.roles.filter((role) => roles.includes(role));
  if (passed.length === 0) return [];
  const stays = giver.roles.filter((role) => !roles.includes(role));
  return [
    { ...giver, roles: [...new Set([...stays, ...keep])] },
    { ...taker, roles: [...new Set([...taker.roles, ...passed])] },
  ];
}
