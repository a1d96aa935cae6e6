import { createSpaces, memoryStore } from "chat-spaces";
import { expect, test } from "vitest";
import { HOUR, NOW } from "../../helpers/spaces.js";

async function start() {
  let now = NOW;
  const spaces = createSpaces({ store: memoryStore(), now: () => now });
  const drop = await spaces.create({ id: "drop", by: "ana", name: "Spring drop", visibility: "invite" });
  await drop.openChannel({ by: "ana", channel: "lounge" });
  await drop.goLive({ by: "ana" });
  const later = (by: number) => {
    now += by;
  };
  return { spaces, drop, later };
}
const codeOf = (attempt: Promise<unknown>) => attempt.then(() => "done").catch((error) => error.code);

test("joining says whether it made somebody a member, or what it asked for", async () => {
  const { drop, spaces } = await start();
  const { token } = await drop.invite({ by: "ana", approval: true, maxUses: 1, waitlist: true });
  const asked = await drop.join({ token, as: "leo", name: "Leo", note: "We met in May" });
  expect(asked).toMatchObject({
    member: null,
    request: { status: "pending", name: "Leo", note: "We met in May" },
  });
  expect(await drop.join({ token, as: "leo" })).toEqual(asked);
  expect(await drop.join({ token, as: "mia" })).toMatchObject({ request: { status: "waiting" } });
  const request = asked.request?.id ?? "";
  expect(await drop.invites.approve({ by: "ana", request })).toMatchObject({ id: "leo", name: "Leo" });
  await drop.leave({ by: "leo" });
  const { events, refused } = await spaces.tick();
  expect([events.map(({ event }) => event.type), refused]).toEqual([["request.made"], []]);
  const [mia] = Object.values(drop.space.requests).filter(({ member }) => member === "mia");
  expect(await drop.invites.decline({ by: "ana", request: mia?.id ?? "" })).toMatchObject({
    status: "declined",
  });
  const again = await drop.join({ token, as: "mia" });
  expect(await drop.invites.withdraw({ by: "mia", request: again.request?.id ?? "" })).toMatchObject({
    status: "withdrawn",
  });
  expect(await drop.join({ token: (await drop.invite({ by: "ana" })).token, as: "sam" })).toMatchObject({
    member: { id: "sam" },
    request: null,
  });
});

test("who comes back with a membership that has ended may have to ask as well", async () => {
  const { drop, later } = await start();
  const paid = await drop.invite({ by: "ana", ticket: { lasts: "1h" } });
  await drop.tickets.pay({ order: "o1", invite: paid.id, person: "leo" });
  await drop.join({ token: paid.token, as: "leo" });
  later(HOUR);
  const { token } = await drop.invite({ by: "ana", approval: true });
  const { member, request } = await drop.join({ token, as: "leo" });
  expect([member, request?.status]).toEqual([null, "pending"]);
});

test("a client shows what a link leads to, before anybody joins", async () => {
  const { drop, spaces } = await start();
  const { token, id } = await drop.invite({ by: "ana", channels: ["lounge"] });
  const preview = await spaces.previewInvite(token);
  expect(preview).toMatchObject({ space: { name: "Spring drop" }, role: "guest", channels: ["lounge"] });
  expect(await drop.invites.preview(token)).toEqual(preview);
  await drop.revokeInvite({ by: "ana", invite: id });
  expect(await codeOf(spaces.previewInvite(token))).toBe("INVITE_REVOKED");
  expect(await codeOf(spaces.previewInvite("hello"))).toBe("INVITE_INVALID");
  expect(await codeOf(spaces.previewInvite(token.replace("drop", "dorp")))).toBe("INVITE_INVALID");
});

test("an issuer whose role was handed over for a while gives out nothing meanwhile", async () => {
  const { drop, spaces } = await start();
  const to = { rank: 30, allow: ["channel.view", "media.open", "member.invite"] } as const;
  await drop.defineRole({ by: "ana", role: "greeter", to });
  await drop.defineRole({
    by: "ana",
    role: "senior",
    to: { rank: 40, allow: ["channel.view", "role.assign"] },
  });
  await drop.add({ by: "ana", member: "sam", roles: ["greeter", "senior"] });
  await drop.add({ by: "ana", member: "gus" });
  const { token } = await drop.invite({ by: "sam", role: "read-only" });
  const offer = await drop.handOff({
    ...{ by: "sam", role: "greeter", from: "sam", to: "gus" },
    window: { start: NOW, end: NOW + HOUR },
  });
  await drop.acceptHandoff({ by: "gus", handoff: offer.id });
  expect(await codeOf(spaces.previewInvite(token))).toBe("INVITE_REVOKED");
  expect(await codeOf(drop.join({ token, as: "leo" }))).toBe("INVITE_REVOKED");
});

test("tickets, bans and rules give what they made", async () => {
  const { drop } = await start();
  const { id } = await drop.invite({ by: "ana", ticket: {} });
  expect(await drop.tickets.pay({ order: "o1", invite: id, person: "leo" })).toMatchObject({ person: "leo" });
  expect(await drop.tickets.refund({ order: "o1" })).toMatchObject({ refundedAt: NOW });
  expect(await drop.ban({ by: "ana", member: "eve", expiresIn: "1h" })).toMatchObject({ until: NOW + HOUR });
  expect((await drop.unban({ by: "ana", member: "eve" })).bans).toEqual({});
  expect(await drop.invites.rule({ by: "ana", longestOpen: "1h" })).toMatchObject({ longestOpen: HOUR });
});
