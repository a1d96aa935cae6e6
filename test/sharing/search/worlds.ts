import { createSpaces, type SpaceHandle, type SpaceStore, type Spaces } from "chat-spaces";
import { HOUR, NOW } from "../../helpers/spaces.js";

/** A live space with ana (host), cora (co-moderator), cid (contributor), gus (guest) and rita (read-only), and its client. */
export async function openSpace(
  store: SpaceStore,
): Promise<{ readonly spaces: Spaces; readonly drop: SpaceHandle }> {
  let now = NOW;
  // Every event a second later, so that there is an order of what is new.
  const spaces = createSpaces({ store, now: () => (now += 1_000) });
  const drop = await spaces.create({ id: "drop", by: "ana", visibility: "invite" });
  await drop.openChannel({ by: "ana", channel: "lounge" });
  await drop.openChannel({ by: "ana", channel: "floor", kind: "operations" });
  for (const [member, role] of [
    ["cora", "co-moderator"],
    ["cid", "contributor"],
    ["gus", "guest"],
    ["rita", "read-only"],
  ] as const) {
    await drop.add({ by: "ana", member, roles: [role] });
  }
  await drop.goLive({ by: "ana" });
  return { spaces, drop };
}

export { HOUR, NOW };

/** The ids of what a search finds, in order of their names. */
export async function idsOf(
  drop: SpaceHandle,
  text: string,
  more: Partial<Parameters<SpaceHandle["search"]>[0]> = {},
): Promise<readonly string[]> {
  const { hits } = await drop.search({ as: "ana", text, limit: 200, ...more });
  return hits.map(({ message }) => message.id).sort(byNumber);
}

function byNumber(one: string, other: string): number {
  return Number(one.slice(1)) - Number(other.slice(1));
}
