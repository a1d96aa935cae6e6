/** What the compiler knows about permissions. Checked by `npm run typecheck`; never run. */
import type { SpaceHandle } from "chat-spaces";
import {
  type Access,
  accessOf,
  CAPABILITIES,
  type Capability,
  type Change,
  can,
  checkChange,
  compile,
  decide,
  defineCapabilities,
  defineRoles,
  explain,
  ROLES,
  type RoleName,
  type Snapshot,
  whoCan,
} from "chat-spaces/access";
import { expectTypeOf } from "vitest";
import { aSpace } from "../helpers/spaces.js";

declare const drop: SpaceHandle;

// A handle knows every capability by name, and completes it in an editor.
expectTypeOf(drop.can("leo", "message.post", { channel: "countdown" })).toEqualTypeOf<boolean>();

// @ts-expect-error a misspelt capability
drop.can("leo", "message.psot", { channel: "countdown" });
// @ts-expect-error a command is not a capability
drop.can("leo", "message.edit", { channel: "countdown" });
// @ts-expect-error a channel is named in an object, so that the call reads
drop.can("leo", "message.post", "countdown");
// @ts-expect-error a misspelt option
drop.can("leo", "message.post", { chanel: "countdown" });

// The list of capabilities and its type are one: neither has a name that the other lacks.
expectTypeOf<keyof typeof CAPABILITIES>().toEqualTypeOf<Capability>();
expectTypeOf(CAPABILITIES["member.invite"].scope).toEqualTypeOf<"space">();
// @ts-expect-error there is no such capability
CAPABILITIES["message.psot"];

// Roles are the five that there are.
expectTypeOf<keyof typeof ROLES>().toEqualTypeOf<RoleName>();
// @ts-expect-error there is no such role
ROLES.moderator;
// @ts-expect-error nor such a kind of channel
ROLES.guest.kinds.chat;
// @ts-expect-error what a role gives is read, not changed
ROLES.guest.kinds.announcement.push("message.post");

// --- A vocabulary of one's own -----------------------------------------------------------------------------------

const recipes = defineCapabilities({
  "recipe.view": {},
  "recipe.edit": { requires: ["recipe.view"], own: "recipe.view" },
});
type Recipe = keyof typeof recipes;
expectTypeOf<Recipe>().toEqualTypeOf<"recipe.view" | "recipe.edit">();

// @ts-expect-error what is required has to be there
defineCapabilities({ "recipe.edit": { requires: ["recipe.veiw"] } });
// @ts-expect-error so does what is implied
defineCapabilities({ "recipe.edit": { implies: ["recipe.veiw"] } });
// @ts-expect-error and what is enough for one's own
defineCapabilities({ "recipe.edit": { own: "recipe.veiw" } });
// @ts-expect-error there is no such guard
defineCapabilities({ "recipe.edit": { guard: "outranks" } });

const roles = defineRoles(recipes, {
  cook: { rank: 10, allow: ["recipe.view", "recipe.edit"] },
  eater: { rank: 0, allow: [], kinds: { dinner: ["recipe.view"] } },
});
expectTypeOf<keyof typeof roles>().toEqualTypeOf<"cook" | "eater">();
// @ts-expect-error a role gives what the vocabulary has
defineRoles(recipes, { cook: { rank: 10, allow: ["recipe.burn"] } });
// @ts-expect-error in channels of a kind, too
defineRoles(recipes, { cook: { rank: 10, allow: [], kinds: { dinner: ["recipe.burn"] } } });
// @ts-expect-error a role has a rank
defineRoles(recipes, { cook: { allow: ["recipe.view"] } });

// --- Asking ------------------------------------------------------------------------------------------------------

const snapshot: Snapshot<Recipe> = { capabilities: recipes, roles, members: {}, channels: {} };
const access = compile(snapshot);
expectTypeOf(access).toEqualTypeOf<Access<Recipe>>();
expectTypeOf(can(access, "leo", "recipe.edit", "kitchen")).toEqualTypeOf<boolean>();
expectTypeOf(access.of("leo", "kitchen").can("recipe.edit")).toEqualTypeOf<boolean>();
expectTypeOf(whoCan(access, "recipe.edit", "kitchen")).toEqualTypeOf<readonly string[]>();
expectTypeOf(accessOf(aSpace())).toEqualTypeOf<Access<Capability>>();

// @ts-expect-error a misspelt capability
can(access, "leo", "recipe.edti", "kitchen");
// @ts-expect-error so for one member in one place
access.of("leo", "kitchen").can("recipe.edti");
// @ts-expect-error so in a list
whoCan(access, "recipe.edti", "kitchen");
// @ts-expect-error so in a decision
decide(access, { member: "leo", capability: "recipe.edti" });
// @ts-expect-error somebody must ask
decide(access, { capability: "recipe.edit" });
// @ts-expect-error an instant is a number of milliseconds
can(access, "leo", "recipe.edit", "kitchen", new Date(0));
// @ts-expect-error the built-in vocabulary is another one
can(access, "leo", "message.post", "kitchen");

// What a capability may be named by has to be there in settings, too.
const everyone = "everyone";
export const right: Snapshot<Recipe>["overrides"] = [{ subject: everyone, deny: ["recipe.edit"] }];
// @ts-expect-error an override that denies what there is not
export const wrong: Snapshot<Recipe>["overrides"] = [{ subject: everyone, deny: ["recipe.burn"] }];

// A code that no decision has cannot be waited for.
const decision = decide(access, { member: "leo", capability: "recipe.edit", channel: "kitchen" });
expectTypeOf(decision.effect).toEqualTypeOf<"allow" | "deny" | "pending">();
expectTypeOf(decision.validUntil).toEqualTypeOf<number | null>();
decision.code === "NOT_GRANTED";
// @ts-expect-error codes of decisions are a closed list
decision.code === "FORBIDDEN";

// What decided is told apart by its kind.
for (const cause of decision.by) {
  if (cause.kind === "override") {
    expectTypeOf(cause.channel).toEqualTypeOf<string | null>();
    // @ts-expect-error an override has no id: it is named by its subject
    cause.id;
  } else if (cause.kind !== "rank") {
    expectTypeOf(cause.id).toEqualTypeOf<string>();
  }
}

// What would help is a change that can be made, or one of two things that cannot.
for (const remedy of explain(access, { member: "leo", capability: "recipe.edit" }).wouldAllow.flat()) {
  if (remedy.type === "wait") expectTypeOf(remedy.until).toEqualTypeOf<number>();
  else if (remedy.type !== "approve") checkChange(access, "leo", remedy);
}

// --- Changing ----------------------------------------------------------------------------------------------------

checkChange(access, "leo", { type: "role.assign", member: "gus", roles: ["cook"] });
const change: Change<Recipe> = { type: "role.define", role: "cook", to: null };
checkChange(access, "leo", change);
// @ts-expect-error a change names what the vocabulary has
checkChange(access, "leo", { type: "grant.give", member: "gus", grant: { id: "g", allow: ["recipe.burn"] } });
// @ts-expect-error there is no such change
checkChange(access, "leo", { type: "role.give", member: "gus", role: "cook" });
// @ts-expect-error a subject is everyone, a role, a group or a member
checkChange(access, "leo", { type: "override.set", channel: null, subject: { roel: "cook" }, overrides: [] });
const check = checkChange(access, "leo", change);
// @ts-expect-error only a refusal has a code
check.code;
if (!check.ok) expectTypeOf(check.capabilities).toEqualTypeOf<readonly string[]>();
