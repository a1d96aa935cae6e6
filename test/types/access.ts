/** What the compiler knows about permissions. Checked by `npm run typecheck`; never run. */
import type { SpaceHandle } from "chat-spaces";
import { CAPABILITIES, type Capability, can, evaluate, ROLES, type RoleName } from "chat-spaces/access";
import { expectTypeOf } from "vitest";
import { aSpace } from "../helpers/spaces.js";

declare const drop: SpaceHandle;

// A handle knows every capability by name, and completes it in an editor.
expectTypeOf(drop.can("leo", "message.post", { channel: "countdown" })).toEqualTypeOf<boolean>();
expectTypeOf(drop.explain("leo", "space.archive").effect).toEqualTypeOf<"allow" | "deny">();

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
expectTypeOf(CAPABILITIES["message.post"].scope).toEqualTypeOf<"channel">();
expectTypeOf(CAPABILITIES["member.invite"].scope).toEqualTypeOf<"space">();
// @ts-expect-error there is no such capability
CAPABILITIES["message.psot"];

// Roles are the five that there are.
expectTypeOf<keyof typeof ROLES>().toEqualTypeOf<RoleName>();
expectTypeOf(ROLES.guest.channels.announcement).toEqualTypeOf<readonly Capability[]>();
// @ts-expect-error there is no such role
ROLES.moderator;
// @ts-expect-error nor such a kind of channel
ROLES.guest.channels.chat;
// @ts-expect-error what a role gives is read, not changed
ROLES.guest.channels.announcement.push("message.post");

// The pure functions also answer questions from outside, so a capability may be any text there.
const fromOutside: string = "message.psot";
expectTypeOf(can(aSpace(), { member: "leo", capability: fromOutside })).toEqualTypeOf<boolean>();
// @ts-expect-error but somebody must ask
can(aSpace(), { capability: "message.post" });

// A code that no decision has cannot be waited for.
const decision = evaluate(aSpace(), { member: "leo", capability: "message.post", channel: "lounge" });
decision.code === "NOT_GRANTED";
// @ts-expect-error codes of decisions are a closed list
decision.code === "FORBIDDEN";

// What decided is told apart by its kind: a space has no id here, as there is only one.
for (const cause of decision.by) {
  if (cause.kind === "space") {
    // @ts-expect-error only roles and channels are named
    cause.id;
  } else {
    expectTypeOf(cause.id).toEqualTypeOf<string>();
  }
}
