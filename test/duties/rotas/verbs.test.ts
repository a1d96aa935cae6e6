import { createSpaces, memoryStore, RefusedError } from "chat-spaces";
import { expect, test } from "vitest";
import { HOUR, NOW } from "../../helpers/spaces.js";
import { DAILY, line } from "./rotas.js";

async function aDrop() {
  const clock = { now: NOW };
  const spaces = createSpaces({ store: memoryStore(), now: () => clock.now });
  const drop = await spaces.create({ id: "drop", by: "ana" });
  await drop.add({ by: "ana", member: "leo", roles: ["contributor"] });
  await drop.add({ by: "ana", member: "mia", roles: ["contributor"] });
  const plan = { duty: "ops", timeZone: "UTC", grid: [line(DAILY, "12:00", "20:00", "leo")] };
  const rota = await drop.rotas.define({ by: "ana", rota: "daily", plan });
  return { clock, drop, rota, plan };
}

const give = { start: new Date(NOW + HOUR), end: "2026-05-01T15:00:00Z" };

test("a rota is defined, asked and ended", async () => {
  const { clock, drop, rota } = await aDrop();
  expect(rota).toMatchObject({ id: "daily", plans: [{ since: NOW }] });
  expect(drop.rotas.onDuty("ops")).toEqual(["leo"]);
  expect(drop.rotas.onDuty("ops", { at: "2026-05-01T20:00:00Z" })).toEqual([]);
  expect(drop.rotas.nextHandover("ops")).toEqual({ at: NOW + 8 * HOUR, from: ["leo"], to: [] });
  expect(drop.rotas.nextHandover("ops", { at: NOW + 8 * HOUR })).toMatchObject({ to: ["leo"] });
  const window = { start: "2026-05-01T12:00:00Z", end: new Date(NOW + 10 * HOUR) };
  expect(drop.rotas.shifts("ops", window)).toMatchObject([
    { member: "leo", start: NOW, end: NOW + 8 * HOUR },
  ]);
  expect(drop.rotas.coverage("ops", window)).toMatchObject({ people: [{ nightMs: 0 }] });
  expect(drop.rotas.coverage("ops", { ...window, night: { from: "18:00", to: "06:00" } })).toMatchObject({
    people: [{ nightMs: 2 * HOUR }],
    covered: { num: 8 * HOUR, den: 10 * HOUR },
  });
  clock.now = NOW + HOUR;
  await drop.rotas.define({ by: "ana", rota: "daily", plan: null });
  expect(drop.rotas.onDuty("ops")).toEqual([]);
});

test("an override is made, once, and taken back", async () => {
  const { clock, drop } = await aDrop();
  const wanted = { by: "ana", rota: "daily", ...give, replaces: "leo", member: "mia" };
  const override = await drop.rotas.override(wanted);
  expect(override).toMatchObject({ start: NOW + HOUR, end: NOW + 3 * HOUR, member: "mia" });
  clock.now = NOW + 2 * HOUR;
  expect(await drop.rotas.override(wanted)).toEqual(override);
  expect(drop.rotas.onDuty("ops")).toEqual(["mia"]);
  const rota = await drop.rotas.restore({ by: "ana", rota: "daily", override: override.id });
  expect(rota.overrides).toEqual([{ ...override, end: clock.now }]);
  expect(drop.rotas.onDuty("ops")).toEqual(["leo"]);
});

test("a swap is offered and answered", async () => {
  const { drop } = await aDrop();
  const offer = () => drop.rotas.offerSwap({ by: "leo", rota: "daily", to: "mia", give });
  const first = await offer();
  expect(first).toMatchObject({ from: "leo", to: "mia", status: "offered" });
  expect(await drop.rotas.declineSwap({ by: "mia", swap: first.id })).toMatchObject({ status: "declined" });
  const second = await offer();
  expect(await drop.rotas.withdrawSwap({ by: "leo", swap: second.id })).toMatchObject({
    status: "withdrawn",
  });
  const third = await offer();
  expect(await drop.rotas.acceptSwap({ by: "mia", swap: third.id })).toMatchObject({ status: "accepted" });
  expect(drop.rotas.onDuty("ops", { at: NOW + HOUR })).toEqual(["mia"]);
  await expect(offer()).rejects.toThrow(RefusedError);
});
