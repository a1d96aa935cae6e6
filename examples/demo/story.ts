import type { Message, SpaceHandle, SpaceReport, Spaces } from "chat-spaces";
import { type Redaction, RefusedError, type SliceRecord, whoHolds } from "chat-spaces";
import { productDrop } from "chat-spaces/templates";
import type { ChatHistory } from "chat-spaces/whatsapp";
import { type Orders, recordOrders } from "./orders.js";

// The main job, one verb after the other. Every step looks at what is there first, so the demo can be run again.

const HOUR = 3_600_000;
const SHOP = "https://tidewater.example/spring-kit";
const CAMPAIGN = "spring-kit";

/** Who is who in the invented chat. On your own export nobody is any of these. */
const CAST: { readonly [name: string]: string } = {
  "Ana Vale": "ana",
  "Sam Okoro": "sam",
  "Leo Marsh": "leo",
  "Noor Haddad-Finch": "noor",
  "Jonah Pellwick": "jonah",
  "Priya Lanternby": "priya",
  "Greta Moonfield": "greta",
};

/** Opens the space, from the template the first time. */
export async function openSpace(
  spaces: Spaces,
  { id, product, timeZone }: { readonly id: string; readonly product: string; readonly timeZone: string },
): Promise<SpaceHandle> {
  try {
    return await spaces.open(id);
  } catch (error) {
    if (!(error instanceof RefusedError) || error.code !== "SPACE_UNKNOWN") throw error;
  }
  const drop = await spaces.create({
    id,
    by: "ana",
    template: productDrop({
      product,
      opensAt: "2026-05-01T17:00:00Z",
      timeZone,
      team: { sam: "co-moderator", leo: "contributor", noor: "contributor" },
    }),
  });
  await drop.goLive({ by: "ana" });
  return drop;
}

/** Brings the chat into the lounge. */
export function bringIn(
  drop: SpaceHandle,
  history: ChatHistory,
  timeZone: string,
  onProgress: (done: number, total: number) => void,
): Promise<{ readonly added: number; readonly known: number }> {
  return drop.import({
    by: "ana",
    channel: "lounge",
    history,
    people: CAST,
    timeZone,
    onProgress: ({ done, total }) => onProgress(done, total),
  });
}

/** Makes a link and lets three fans join by it. The token is given once: only its hash is stored. */
export async function inviteFans(drop: SpaceHandle): Promise<string | undefined> {
  const fans = ["jonah", "priya", "greta"].filter((fan) => !drop.space.members[fan]);
  if (fans.length === 0) return undefined;
  const { token } = await drop.invite({
    by: "ana",
    role: "guest",
    expiresIn: "7d",
    maxUses: 50,
    campaign: "newsletter-14",
  });
  for (const fan of fans) await drop.join({ token, as: fan });
  return token;
}

/** Hands the host duty to sam for eight hours: offered with a note, and only his once he accepts. */
export async function handOverHost(drop: SpaceHandle, now: number): Promise<void> {
  const window = { start: now + HOUR, end: now + 9 * HOUR };
  if (whoHolds(drop.space, "host", window.start) === "sam") return;
  const offered = Object.values(drop.space.handoffs).find(
    ({ status, to }) => status === "offered" && to === "sam",
  );
  const { id } =
    offered ??
    (await drop.handOff({ duty: "host", from: "ana", to: "sam", note: "two refunds open", window }));
  await drop.acceptHandoff({ by: "sam", handoff: id });
}

/** Shares the busiest hour of the lounge: the one who wrote the most becomes a stranger, and details go. */
export async function shareBusiestHour(drop: SpaceHandle): Promise<SliceRecord | undefined> {
  const messages = (await drop.messages("lounge")).filter(({ kind }) => kind === "text");
  const hour = mostFrequent(messages.map(({ at }) => Math.floor(at / HOUR)));
  if (hour === undefined) return undefined;
  const [from, to] = [hour * HOUR, (hour + 1) * HOUR];
  const within = messages.filter(({ at }) => from <= at && at < to);
  const loudest = mostFrequent(within.flatMap(({ author }) => author ?? []));
  const redact: Redaction[] = ["phones", "emails", "links", "amounts", "attachments"];
  if (loudest !== undefined) redact.push({ person: loudest });
  return drop.slices.create({
    by: "ana",
    title: "The busiest hour",
    channels: ["lounge"],
    pick: [{ from, to }],
    redact,
  });
}

/** Makes a link for each cohort that has none yet, and records what came through them. */
export async function followLinks(
  drop: SpaceHandle,
  orders: Orders,
): Promise<{ readonly added: number; readonly known: number }> {
  for (const cohort of orders.cohorts) {
    const made = Object.values(drop.space.links).some((link) => link.cohort === cohort);
    if (!made)
      await drop.createLink({ by: "ana", target: SHOP, campaign: CAMPAIGN, cohort, source: "whatsapp" });
  }
  return recordOrders(drop, orders);
}

/** How the lounge is doing, and which cohort bought what. */
export function report(drop: SpaceHandle): Promise<SpaceReport> {
  return drop.metrics({ channels: ["lounge"], per: "cohort" });
}

/** The names under which people wrote, by id. */
export function namesIn(messages: readonly Message[]): ReadonlyMap<string, string> {
  return new Map(
    messages.flatMap(({ author, authorName }) =>
      author === null || !authorName ? [] : [[author, authorName]],
    ),
  );
}

function mostFrequent<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce<[T, number] | undefined>(
    (best, one) => (best && best[1] >= one[1] ? best : one),
    undefined,
  )?.[0];
}
