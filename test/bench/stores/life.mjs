// Charters as the library itself writes them: every event below was decided by a command.
import { createSpaces, decide, memoryStore } from "../../../dist/index.js";
import { productDrop } from "../../../dist/templates.js";
import { seeded } from "../random.mjs";

export const SPACE = "spring-drop";
/** The stream of its charter. */
export const STREAM = `space/${SPACE}`;

const TEAM = {
  sam: "host",
  mia: "co-moderator",
  noah: "co-moderator",
  zoe: "contributor",
  eli: "contributor",
};
const CHARACTERS = "useandom-26T198340PX75pxJACKVERYMINDBUSHWOLF_GQZbfghjklqvwyzrict";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** How many fans there are at a time. */
const FANS = 200;

/**
 * The first events of a space with a long life: fans come by the links of one campaign after the other and go, some
 * rise, some are silenced for a while, the team hands its duties over every week. What is left of it at the end is a
 * few hundred entries.
 */
export function longLife(count) {
  return live(count, async ({ drop, random, pass, nextDay, enough, fan }) => {
    const present = [];
    let [link, campaign, helper] = [undefined, 0, undefined];
    for (let day = 0; !(await enough()); day++) {
      if (day % 30 === 0) {
        if (link) await drop.revokeInvite({ by: "ana", invite: link.id, reason: "the campaign is over" });
        campaign += 1;
        link = await drop.invite({ by: "ana", role: "guest", campaign: `newsletter-${campaign}` });
      }
      if (day % 7 === 0) {
        const [from, to] = day % 14 === 0 ? ["ana", "sam"] : ["sam", "ana"];
        const { id } = await drop.handOff({ duty: "host", from, to, note: "two refunds are open" });
        pass(2 * HOUR);
        await drop.acceptHandoff({ by: to, handoff: id });
      }
      if (day % 10 === 0) {
        if (helper) await drop.assign({ by: "ana", member: helper, roles: ["guest"] });
        helper = random.pick(present);
        if (helper) await drop.assign({ by: "ana", member: helper, roles: ["contributor"] });
      }
      for (let come = random.below(8) + (present.length < FANS ? 6 : 0); come > 0; come--) {
        const as = fan();
        pass(random.below(HOUR));
        await drop.join({ token: link.token, as, name: `Fan ${as.slice(-4)}` });
        present.push(as);
      }
      if (present.length > 0 && random.chance(0.5)) {
        const member = random.pick(present);
        const limit = { by: "mia", member, ceiling: "timeout" };
        await drop.limit({ ...limit, expiresIn: "10m", reason: "links to another shop" });
        pass(HOUR);
        await drop.liftLimit(limit);
      }
      while (present.length > FANS) {
        const [gone] = present.splice(random.below(present.length), 1);
        if (gone === helper) helper = undefined;
        if (random.chance(0.1)) await drop.remove({ by: "ana", member: gone, reason: "spam" });
        else await drop.leave({ by: gone });
      }
      nextDay();
    }
  });
}

/** The worst case: events of which nearly every one is a member who came and stayed. */
export function everybodyStays(count) {
  return live(count, async ({ drop, store, context, fan }) => {
    await drop.configure({ by: "ana", visibility: "public" });
    const { head } = await store.read(STREAM, { limit: 0 });
    // Decided on the space as it is now, which is all that joining looks at: one by one it would take a minute.
    const events = Array.from({ length: count - head }, () => {
      const by = fan();
      return decide(drop.space, { type: "member.join", by, name: `Fan ${by.slice(-4)}` }, context()).events;
    });
    await store.append(STREAM, { id: "cmt_everybody", expected: head, events: events.flat() });
  });
}

async function live(count, story) {
  const random = seeded(7);
  const start = Date.parse("2026-01-05T09:00:00Z");
  let [now, days] = [start, 0];
  const text = (length) => Array.from({ length }, () => CHARACTERS[random.below(64)]).join("");
  const newId = (prefix) => `${prefix}_${text(21)}`;
  const store = memoryStore();
  const spaces = createSpaces({ store, now: () => now++, newId, newSecret: () => text(32) });
  const template = productDrop({ product: "Spring kit", opensAt: "2026-05-01T16:00:00Z", team: TEAM });
  const drop = await spaces.create({ id: SPACE, by: "ana", template });
  await drop.goLive({ by: "ana" });
  await story({
    drop,
    store,
    random,
    context: () => ({ now: now++, newId }),
    pass: (milliseconds) => (now += milliseconds),
    nextDay: () => (now = start + ++days * DAY),
    enough: async () => (await store.read(STREAM, { limit: 0 })).head >= count,
    fan: () => `usr_${text(10)}`,
  });
  const { events } = await store.read(STREAM, { limit: count });
  return events.map(({ revision, ...event }) => event);
}
