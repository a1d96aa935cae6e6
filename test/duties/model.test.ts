import {
  approvalsOf,
  asOf,
  createSpaces,
  memoryStore,
  RefusedError,
  type Space,
  type SpaceHandle,
  type Spaces,
  whoHolds,
} from "chat-spaces";
import fc from "fast-check";
import { expect, test } from "vitest";
import { HOUR, NOW } from "../helpers/spaces.js";

/** Two machines with one store, and one clock. */
type Real = {
  readonly clients: readonly [Spaces, Spaces];
  readonly drops: readonly [SpaceHandle, SpaceHandle];
  readonly clock: { now: number };
  /** The duties that are on record as vacant. */
  readonly vacated: Set<string>;
};
/** What must hold is asked of the space itself, so that there is nothing to be known beside it. */
type Model = Record<never, never>;
type Step = fc.AsyncCommand<Model, Real>;

const TEAM = ["ana", "cora", "cid", "mia", "sam"] as const;
const DUTIES = ["host", "ops"] as const;
const DRAFTS = ["d1", "d2"] as const;

/** Runs verbs on both machines at the same moment. To be refused is an outcome; anything else is a fault. */
async function atOnce(...acts: readonly (() => Promise<unknown>)[]): Promise<void> {
  await Promise.all(
    acts.map((act) =>
      act().catch((error: unknown) => {
        if (!(error instanceof RefusedError)) throw error;
      }),
    ),
  );
}

/** What holds at every moment. */
async function audit({ drops, clock, vacated }: Real): Promise<void> {
  for (const drop of drops) await drop.refresh();
  const [one, other] = drops.map(({ space }) => space) as [Space, Space];
  expect(one).toEqual(other);
  const turns = Object.values(one.handoffs).flatMap(({ window }) =>
    window ? [window.start, window.end ?? window.start] : [],
  );
  for (const at of [clock.now, ...turns.flatMap((turn) => [turn - 1, turn])].filter(
    (turn) => turn >= clock.now,
  )) {
    // One owner, who is here, and the rights of one; and a required duty has its holder, or is on record as vacant.
    const { members } = asOf(one, at);
    expect(members).toHaveProperty(whoHolds(one, "host", at) ?? "nobody");
    if (!vacated.has("ops")) expect(members).toHaveProperty(whoHolds(one, "ops", at) ?? "nobody");
    expect(Object.values(members).some(({ roles }) => roles.includes("host"))).toBe(true);
  }
  // No two open offers of the same for the same time.
  const open = Object.values(one.handoffs).filter(
    ({ status, expiresAt, of }) => status === "offered" && clock.now < expiresAt && !("role" in of),
  );
  for (const [index, a] of open.entries()) {
    for (const b of open.slice(index + 1)) {
      const key = ({ of }: typeof a) => ("duty" in of ? of.duty : "host");
      const [s, t] = [a, b].map(({ window }) => window ?? { start: clock.now, end: null });
      const meet = s && t && (t.end === null || s.start < t.end) && (s.end === null || t.start < s.end);
      if (meet) expect(key(a)).not.toBe(key(b));
    }
  }
}

const step = (name: string, run: (real: Real) => Promise<void>): Step => ({
  check: () => true,
  async run(_, real) {
    await run(real);
    await audit(real);
  },
  toString: () => name,
});

const who = fc.constantFrom(...TEAM);
const side = fc.constantFrom(0, 1);
const duty = fc.constantFrom(...DUTIES);
const draft = fc.constantFrom(...DRAFTS);
const hours = fc.integer({ min: 1, max: 12 });

const steps: readonly fc.Arbitrary<Step>[] = [
  fc
    .tuple(fc.constantFrom("host", "ops", "ownership", "greeter"), who, who, hours, fc.option(hours))
    .map(([what, anybody, to, starts, lasts]) =>
      step(`offer ${what} to ${to} in ${starts} h for ${lasts ?? "good"}`, async ({ drops, clock }) => {
        const start = clock.now + starts * HOUR;
        const { space } = drops[0];
        const from =
          what === "greeter"
            ? (Object.values(space.members).find(({ roles }) => roles.includes(what))?.id ?? anybody)
            : (whoHolds(space, what === "ops" ? "ops" : "host", start) ?? anybody);
        const window = { start, end: lasts === null ? undefined : start + lasts * HOUR };
        const of =
          what === "ownership"
            ? { ownership: true as const }
            : what === "greeter"
              ? { role: what }
              : { duty: what };
        await atOnce(
          () => drops[0].handOff({ ...of, from, to, window }),
          () => drops[1].handOff({ ...of, from, to, window: lasts === null ? undefined : window }),
        );
      }),
    ),
  fc
    .tuple(
      side,
      fc.constantFrom("acceptHandoff" as const, "declineHandoff" as const, "withdrawHandoff" as const),
    )
    .map(([at, other]) =>
      step(`accept on ${at} and ${other} on the other, of everything offered`, async ({ drops }) => {
        for (const { id, from, to, status } of Object.values(drops[0].space.handoffs)) {
          if (status !== "offered") continue;
          await atOnce(
            () => drops[at].acceptHandoff({ by: to, handoff: id }),
            () =>
              drops[1 - at]?.[other]({ by: other === "withdrawHandoff" ? from : to, handoff: id }) ??
              Promise.resolve(),
          );
        }
      }),
    ),
  fc.tuple(who, who).map(([leaver, remover]) =>
    step(`${leaver} leaves while ${remover} removes them`, async ({ drops }) => {
      await atOnce(
        () => drops[0].leave({ by: leaver }),
        () => drops[1].remove({ by: remover, member: leaver }),
      );
    }),
  ),
  fc.tuple(who, who, duty).map(([by, member, name]) =>
    step(`${by} gives ${name} to ${member}, who comes back if gone`, async ({ drops }) => {
      await atOnce(
        () => drops[0].add({ by, member, roles: ["contributor"] }),
        () => drops[1].assignDuty({ by, duty: name, member }),
      );
    }),
  ),
  fc.tuple(who, draft).map(([by, id]) =>
    step(`${by} writes and submits ${id}`, async ({ drops }) => {
      const text = `Text of ${by}`;
      await atOnce(() =>
        drops[0].drafts.propose({ by, channel: "studio", target: "news", title: id, body: text, id }),
      );
      const known = drops[0].space.drafts[id];
      const revision = known?.revisions.length ?? 1;
      await atOnce(() => drops[1].drafts.revise({ by, draft: id, revision, body: `${text}, ${revision}` }));
      await atOnce(() => drops[0].drafts.submit({ by, draft: id }));
    }),
  ),
  fc.tuple(who, who, draft).map(([one, other, id]) =>
    step(`${one} and ${other} judge ${id} at once`, async ({ drops }) => {
      const revision = drops[0].space.drafts[id]?.revisions.length ?? 1;
      await atOnce(
        () => drops[0].drafts.approve({ by: one, draft: id, revision }),
        () => drops[1].drafts.approve({ by: other, draft: id, revision }),
      );
    }),
  ),
  fc.tuple(who, draft, fc.boolean()).map(([by, id, later]) =>
    step(`${by} ${later ? "schedules" : "publishes"} ${id} on both`, async ({ drops, clock }) => {
      await atOnce(
        ...drops.map(
          (drop) => () =>
            later
              ? drop.drafts.schedule({ by, draft: id, publishAt: clock.now + HOUR })
              : drop.drafts.publish({ by, draft: id }),
        ),
      );
    }),
  ),
  fc.tuple(hours, fc.boolean()).map(([passed, ticks]) =>
    step(`${passed} h pass${ticks ? ", and both tick" : ""}`, async ({ clients, clock }) => {
      clock.now += passed * HOUR;
      if (!ticks) return;
      await Promise.all(clients.map((client) => client.tick()));
      const [again] = await Promise.all([clients[0].tick()]);
      expect(again?.events).toEqual([]);
    }),
  ),
];

async function aTeam(): Promise<Real> {
  const store = memoryStore();
  const clock = { now: NOW };
  const [first, second] = [0, 1].map(() => createSpaces({ store, now: () => clock.now })) as [Spaces, Spaces];
  const drop = await first.create({ id: "drop", by: "ana" });
  await drop.openChannel({ by: "ana", channel: "studio", kind: "drafts" });
  await drop.openChannel({ by: "ana", channel: "news", kind: "announcement" });
  await drop.defineRole({ by: "ana", role: "greeter", to: { rank: 30, allow: ["member.invite"] } });
  await drop.add({ by: "ana", member: "cora", roles: ["co-moderator", "greeter"] });
  for (const member of ["cid", "mia", "sam"]) await drop.add({ by: "ana", member, roles: ["contributor"] });
  await drop.assignDuty({ by: "ana", duty: "ops", member: "ana" });
  await drop.defineDuty({ by: "ana", duty: "ops", required: true, fallback: ["cora"] });
  await drop.drafts.rule({
    by: "ana",
    channel: "studio",
    approval: { clauses: [{ count: 1, duty: "ops" }, { count: 1 }] },
    staged: false,
  });
  await drop.goLive({ by: "ana" });
  const other = await second.open("drop");
  const vacated = new Set<string>();
  for (const client of [first, second]) {
    client.on("duty.vacated", ({ data }) => void vacated.add(data.duty));
    client.on("duty.assigned", ({ data }) => void vacated.delete(data.duty));
    client.on("duty.taken", ({ data }) => void vacated.delete(data.duty));
  }
  return { clients: [first, second], drops: [drop, other], clock, vacated };
}

test("two machines that do whatever they like at the same moments keep to every promise", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands([...steps], { maxCommands: 60, size: "+1" }), async (commands) => {
      const real = await aTeam();
      // What goes out was approved by the rules of that instant.
      for (const [index, client] of real.clients.entries()) {
        client.on("draft.published", ({ data }) => {
          const { space } = real.drops[index as 0 | 1];
          const found = space.drafts[data.draft];
          if (found) expect(approvalsOf(asOf(space, real.clock.now), found, real.clock.now).met).toBe(true);
        });
      }
      await fc.asyncModelRun(() => ({ model: {}, real }), commands);

      // In the end every window has ended, and everything has gone back that was to go back.
      real.clock.now += 1_000 * HOUR;
      await Promise.all(real.clients.map((client) => client.tick()));
      await audit(real);
      const { space } = real.drops[0];
      for (const { status, window } of Object.values(space.handoffs)) {
        expect(status).not.toBe("offered");
        if (window?.end != null) expect(status).not.toBe("accepted");
      }
      expect((await real.clients[0].tick()).events).toEqual([]);
      // Each draft that went out stands in its channel once.
      const out = Object.values(space.drafts).filter((one) => one.status === "published");
      const posted = (await real.drops[1].messages("news")).map(({ id }) => id);
      expect([...posted].sort()).toEqual(out.map(({ message }) => message).sort());
    }),
    { numRuns: Number(process.env["DUTY_MODEL_RUNS"] ?? 60) },
  );
});
