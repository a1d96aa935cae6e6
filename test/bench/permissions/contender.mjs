// Measures one figure of one contender in a process of its own, so that neither code nor memory of another is in
// the way. Prints one JSON object.
import { byHand, casbin, casl, ours, snapshotOf } from "./contenders.mjs";
import { facts, NOW, questions } from "./facts.mjs";

const [figure, contender, argument] = process.argv.slice(2);
const QUESTIONS = 16_384;
const CASL = { "@casl/ability": "each", "@casl/ability (subject all)": "all" };
const OURS = "chat-spaces";

/** Counts the yeses, so that nothing that is measured is done for nothing. */
let yes = 0;

const figures = { agree, can, bound, scattered, first, updated, memory, decide, explain, growth, change };
process.stdout.write(JSON.stringify({ ...(await figures[figure]()), yes }));

/** Throws unless all contenders answer alike: casbin, which is slow, to a part of the sample. */
async function agree() {
  const data = facts();
  const peers = new Map([
    [OURS, await ours(data)],
    ["by hand", byHand(data)],
  ]);
  for (const [name, form] of Object.entries(CASL)) {
    const { can, abilityOf } = await casl(data, form);
    for (const { id } of data.members) abilityOf(id);
    peers.set(name, { can });
  }
  const { enforcer } = await casbin(data);
  const { of } = peers.get(OURS).access;
  const all = everything(data);
  const sample = questions(data, 500);
  sample.members.forEach((member, i) => {
    const { [i]: capability } = sample.capabilities;
    same(member, capability, sample.channels[i], "casbin", (...asked) =>
      enforcer.enforceSync(asked[0], asked[2], asked[1]),
    );
  });
  for (const [member, capability, channel] of all) {
    for (const [name, { can }] of peers) same(member, capability, channel, name, can);
    same(member, capability, channel, "bound", () => of(member, channel, NOW).can(capability));
  }
  return { asked: all.length };

  function same(member, capability, channel, name, can) {
    const expected = peers.get(OURS).can(member, capability, channel);
    if (expected) yes++;
    if (can(member, capability, channel) !== expected) {
      throw new Error(`${name} does not agree that ${member} has ${capability} in ${channel}: ${expected}.`);
    }
  }
}

/** Every capability of every member that overrides name and of some others, in every channel. */
function everything({ members, capabilities, channels, overrides }) {
  const named = new Set(
    [overrides, ...channels.map((channel) => channel.overrides)]
      .flat()
      .flatMap(({ subject }) => subject.member ?? []),
  );
  return members
    .filter(({ id }, i) => i % 10 === 0 || named.has(id))
    .flatMap(({ id }) =>
      channels.flatMap((channel) => capabilities.map((capability) => [id, capability, channel.id])),
    );
}

async function can() {
  const data = facts();
  const asked = questions(data, QUESTIONS);
  if (contender === "casbin (cached)") {
    const { enforcer } = await casbin(data);
    const { can } = byHand(data);
    // To ask all of it once would take longer than the whole bench. `agree` has checked what comes out.
    asked.members.forEach((member, i) => {
      const { [i]: capability } = asked.capabilities;
      const { [i]: channel } = asked.channels;
      enforcer.setCache(`${member}$$${channel}$$${capability}`, can(member, capability, channel));
    });
    return best(QUESTIONS, async () => {
      const { members, capabilities, channels } = asked;
      for (let i = 0; i < QUESTIONS; i++) {
        if (await enforcer.enforce(members[i], channels[i], capabilities[i])) yes++;
      }
    });
  }
  if (contender === "casbin (enforceSync)") {
    const { enforcer } = await casbin(data);
    const { members, capabilities, channels } = asked;
    return best(100, () => {
      for (let i = 0; i < 100; i++) {
        if (enforcer.enforceSync(members[i], channels[i], capabilities[i])) yes++;
      }
    });
  }
  const ask = await askerOf(data);
  return best(QUESTIONS, () => {
    const { members, capabilities, channels } = asked;
    for (let i = 0; i < QUESTIONS; i++) {
      if (ask(members[i], capabilities[i], channels[i])) yes++;
    }
  });
}

async function askerOf(data) {
  if (contender === OURS) return (await ours(data)).can;
  if (contender === "bitmask by hand") return byHand(data).can;
  const { can, abilityOf } = await casl(data, CASL[contender]);
  for (const { id } of data.members) abilityOf(id);
  return can;
}

/** Each member in one channel, and then many questions about them there. */
async function bound() {
  const EACH = 64;
  const PAIRS = 256;
  const data = facts();
  const { members, channels } = questions(data, PAIRS);
  const { capabilities } = questions(data, EACH);
  if (contender === OURS) {
    const { access } = await ours(data);
    const bounds = members.map((member, i) => access.of(member, channels[i], NOW));
    return best(PAIRS * EACH, () => {
      for (const one of bounds) {
        for (let i = 0; i < EACH; i++) if (one.can(capabilities[i])) yes++;
      }
    });
  }
  const { abilityOf } = await casl(data, CASL[contender]);
  const abilities = members.map(abilityOf);
  return best(PAIRS * EACH, () => {
    for (let pair = 0; pair < PAIRS; pair++) {
      const { [pair]: ability } = abilities;
      const { [pair]: channel } = channels;
      for (let i = 0; i < EACH; i++) if (ability.can(capabilities[i], channel)) yes++;
    }
  });
}

/** As many questions in all, each about a member and a channel of its own; what is asked is bound already. */
async function scattered() {
  const data = facts();
  const { members, capabilities, channels } = questions(data, QUESTIONS);
  if (contender === OURS) {
    const { access } = await ours(data);
    const bounds = members.map((member, i) => access.of(member, channels[i], NOW));
    return best(QUESTIONS, () => {
      for (let i = 0; i < QUESTIONS; i++) if (bounds[i].can(capabilities[i])) yes++;
    });
  }
  const { abilityOf } = await casl(data, CASL[contender]);
  const abilities = members.map(abilityOf);
  return best(QUESTIONS, () => {
    for (let i = 0; i < QUESTIONS; i++) if (abilities[i].can(capabilities[i], channels[i])) yes++;
  });
}

/** The first question about a member whom nobody has asked about yet, while others have been. */
async function first() {
  const FRESH = contender === OURS ? 2_000 : 200;
  const ROUNDS = 8;
  const data = facts({ members: 1_000 + FRESH * ROUNDS });
  const { capabilities, channels } = questions(data, FRESH);
  const ids = data.members.map(({ id }) => id);
  let next = 1_000;
  if (contender === OURS) {
    const { can } = await ours(data);
    for (const { id } of data.channels) {
      for (const member of ids.slice(0, 1_000)) if (can(member, capabilities[0], id)) yes++;
    }
    return best(FRESH, ask, ROUNDS);

    function ask() {
      for (let i = 0; i < FRESH; i++) if (can(ids[next++], capabilities[i], channels[i])) yes++;
    }
  }
  const { build } = await casl(data, CASL[contender]);
  for (const member of ids.slice(0, 1_000)) if (build(member).can(capabilities[0], channels[0])) yes++;
  return best(
    FRESH,
    () => {
      for (let i = 0; i < FRESH; i++) if (build(ids[next++]).can(capabilities[i], channels[i])) yes++;
    },
    ROUNDS,
  );
}

/** The same where the member has just come in: a new snapshot, `update`, the question. */
async function updated() {
  const ADDED = 100;
  const ROUNDS = 5;
  const data = facts();
  const { access } = await ours(data);
  const { can, update } = await import("../../../dist/access.js");
  const { capabilities, channels } = questions(data, ADDED * ROUNDS);
  const last = data.members.at(-1);
  for (const { id } of data.channels) {
    for (const member of data.members) if (can(access, member.id, capabilities[0], id, NOW)) yes++;
  }
  const after = capabilities.map((_, i) => ({
    ...access.snapshot,
    members: { ...access.snapshot.members, [`new-${i}`]: { roles: last.roles } },
  }));
  let next = 0;
  return best(
    ADDED,
    () => {
      for (let i = 0; i < ADDED; i++, next++) {
        if (can(update(access, after[next]), `new-${next}`, capabilities[next], channels[next], NOW)) yes++;
      }
    },
    ROUNDS,
  );
}

/** Bytes of heap for each member who has been asked about in one channel. */
async function memory() {
  const MEMBERS = contender === OURS ? 20_000 : 2_000;
  const data = facts({ members: 20_000 });
  const { capabilities, channels } = questions(data, 20_000);
  const ids = data.members.map(({ id }) => id);
  const peer = contender === OURS ? await ours(data) : await casl(data, CASL[contender]);
  const { can, abilityOf } = peer;
  const before = heap();
  for (let i = 0; i < MEMBERS; i++) {
    abilityOf?.(ids[i]);
    if (can(ids[i], capabilities[i], channels[i])) yes++;
  }
  const bytes = (heap() - before) / MEMBERS;
  // Whatever holds the members is still in use.
  if (can(ids[0], capabilities[0], channels[0])) yes++;
  return { bytes };
}

function heap() {
  for (let i = 0; i < 4; i++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}

async function decide() {
  const { decide } = await import("../../../dist/access.js");
  return judged((access, question) => decide(access, question).effect === "allow");
}

async function explain() {
  const { explain } = await import("../../../dist/access.js");
  return judged((access, question) => {
    const { effect, trace, wouldAllow } = explain(access, question);
    return effect === "allow" && trace.length > 0 && wouldAllow.length === 0;
  });
}

/** Allowed and denied questions in turns. */
async function judged(ask) {
  const COUNT = 4_096;
  const data = facts();
  const { access, can } = await ours(data);
  const { members, capabilities, channels } = questions(data, COUNT * 4);
  const asked = members.map((member, i) => ({
    member,
    capability: capabilities[i],
    channel: channels[i],
    at: NOW,
  }));
  const allowed = asked.filter(({ member, capability, channel }) => can(member, capability, channel));
  const denied = asked.filter(({ member, capability, channel }) => !can(member, capability, channel));
  const mixed = Array.from({ length: COUNT }, (_, i) => (i % 2 ? allowed : denied)[i >> 1]);
  return best(COUNT, () => {
    for (const question of mixed) if (ask(access, question)) yes++;
  });
}

/** A fresh access and its first 1,000 questions, with so many roles or members. */
async function growth() {
  const data = facts(JSON.parse(argument));
  const snapshot = snapshotOf(data);
  const { members, capabilities, channels } = questions(data, 1_000);
  const { compile, can } = await import("../../../dist/access.js");
  let firstCheck = Number.POSITIVE_INFINITY;
  const result = await best(
    1_000,
    () => {
      const start = performance.now();
      const access = compile(snapshot);
      if (can(access, members[0], capabilities[0], channels[0], NOW)) yes++;
      firstCheck = Math.min(firstCheck, performance.now() - start);
      for (let i = 0; i < 1_000; i++) {
        if (can(access, members[i], capabilities[i], channels[i], NOW)) yes++;
      }
    },
    20,
  );
  return { ...result, firstCheck: firstCheck * 1_000_000 };
}

/** Whether an override for everyone may be set in a channel, with so many members. */
async function change() {
  const data = facts(JSON.parse(argument));
  const { access } = await ours(data);
  const { checkChange } = await import("../../../dist/access.js");
  const [{ id: host }] = data.members;
  const [, { id: channel, overrides: before }] = data.channels;
  // What is there stays: to take it away might give somebody what the host lacks.
  const kept = before.filter(({ subject }) => subject === "everyone");
  return best(
    data.members.length,
    () => {
      const deny = data.capabilities.slice(5, 8);
      const override = { type: "override.set", channel, subject: "everyone", overrides: [...kept, { deny }] };
      const checked = checkChange(access, host, override, NOW);
      if (!checked.ok) throw new Error(`The change is refused: ${JSON.stringify(checked)}.`);
      yes++;
    },
    3,
  );
}

/** The nanoseconds that each of so many takes in the best of several rounds, once everything is warm. */
async function best(count, run, rounds = 0) {
  if (rounds === 0) {
    for (const end = performance.now() + 250; performance.now() < end; ) await run();
  }
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < (rounds || 12); round++) {
    const start = performance.now();
    await run();
    least = Math.min(least, performance.now() - start);
  }
  return { nanoseconds: (least * 1_000_000) / count };
}
