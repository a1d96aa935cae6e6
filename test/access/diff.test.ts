import {
  type Access,
  type AccessMember,
  accessOf,
  applyChange,
  type Capability,
  type Change,
  can,
  compile,
  type Snapshot,
  update,
} from "chat-spaces/access";
import { type Difference, diff } from "chat-spaces/analysis";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aSpace, NOW } from "../helpers/spaces.js";
import { change, instant, snapshot as snapshots } from "./arbitraries.js";

const before = accessOf(aSpace());

/** What a change comes to. */
function changed(...changes: readonly Change<Capability>[]): Access<Capability> {
  let { snapshot } = before;
  for (const change of changes) snapshot = applyChange<Capability>(snapshot, change);
  return update(before, snapshot);
}

describe("what a change comes to", () => {
  test("nothing, where nothing changes", () => {
    expect(diff(before, before, NOW)).toEqual([]);
    expect(diff(before, compile(before.snapshot), NOW)).toEqual([]);
  });

  test("a row for each member and place in which something differs, the space first", () => {
    expect(
      diff(before, changed({ type: "role.assign", member: "gus", roles: ["contributor"] }), NOW),
    ).toEqual([
      {
        ...{ member: "gus", channel: null, lost: [] },
        gained: ["incident.declare", "incident.handle", "item.raise", "metrics.view"],
      },
      {
        member: "gus",
        channel: "alarm",
        gained: ["channel.view", "poll.vote", "reaction.add", "media.open"],
        lost: [],
      },
      ...["floor", "studio"].map((channel) => ({
        member: "gus",
        channel,
        gained: [
          ...["channel.view", "message.post"],
          ...(channel === "studio" ? ["draft.propose", "draft.approve"] : []),
          ...["poll.open", "poll.vote", "reaction.add", "media.open"],
        ],
        lost: [],
      })),
    ]);
  });

  test("what follows from what is lost is lost too", () => {
    const hidden = changed({
      type: "override.set",
      channel: "news",
      subject: { role: "guest" },
      overrides: [{ deny: ["channel.view"] }],
    });
    expect(diff(before, hidden, NOW)).toEqual([
      {
        member: "gus",
        channel: "news",
        gained: [],
        lost: ["channel.view", "poll.vote", "reaction.add", "media.open"],
      },
    ]);
  });

  test("whoever came has gained, whoever went has lost", () => {
    const swapped = changed(
      { type: "member.remove", member: "rita" },
      { type: "member.add", member: "rob", data: { roles: ["read-only"] } },
    );
    const rows = diff(before, swapped, NOW);
    const all = ["channel.view", "media.open"];
    expect(rows).toEqual([
      { member: "rita", channel: "lounge", gained: [], lost: all },
      { member: "rita", channel: "news", gained: [], lost: all },
      { member: "rob", channel: "lounge", gained: all, lost: [] },
      { member: "rob", channel: "news", gained: all, lost: [] },
    ]);
  });

  test("likewise for channels", () => {
    const { lounge: _, ...channels } = before.snapshot.channels;
    const closed = update(before, { ...before.snapshot, channels });
    const rows = diff(before, closed, NOW);
    expect(rows.map(({ member, channel }) => [member, channel])).toEqual(
      ["ana", "cid", "cora", "gus", "rita"].map((member) => [member, "lounge"]),
    );
    expect(rows.every(({ gained, lost }) => gained.length === 0 && lost.length > 0)).toBe(true);
  });

  test("what time alone changes", () => {
    const muted = changed({
      type: "limit.put",
      member: "gus",
      limit: { ceiling: "timeout", until: NOW + 1000 },
    });
    expect(diff(muted, muted, NOW + 1000)).toEqual([]);
    expect(diff(muted, muted, NOW + 1000, NOW + 1001).map(({ channel, lost }) => [channel, lost])).toEqual([
      ["lounge", []],
      ["news", []],
    ]);
  });

  test("a vocabulary that is another one is compared by name", () => {
    const with_ = (capabilities: Snapshot["capabilities"], allow: readonly string[]): Access =>
      compile({
        capabilities,
        roles: { r: { rank: 0, allow } },
        members: { m: { roles: ["r"] } },
        channels: {},
      });
    const space = { scope: "space" } as const;
    expect(
      diff(with_({ a: space, b: space }, ["a", "b"]), with_({ c: space, b: space }, ["b", "c"])),
    ).toEqual([{ member: "m", channel: null, gained: ["c"], lost: ["a"] }]);
  });

  test("thousands of members with the same roles share what was computed for one", () => {
    const members: Record<string, AccessMember<Capability>> = { ...before.snapshot.members };
    for (let i = 0; i < 20_000; i++) members[`fan-${i}`] = { roles: ["guest"] };
    const many = update<Capability>(before, { ...before.snapshot, members });
    const rows = diff(
      many,
      update(
        many,
        applyChange<Capability>(many.snapshot, {
          type: "override.set",
          channel: "lounge",
          subject: { role: "guest" },
          overrides: [{ deny: ["message.post"] }],
        }),
      ),
      NOW,
    );
    expect(rows).toHaveLength(20_001);
    expect(new Set(rows.map(({ lost }) => lost)).size).toBe(1);
  });
});

describe("laws", { timeout: 30_000 }, () => {
  /** A snapshot, and another that came out of it by changes or is a different one altogether. */
  const pair = fc.oneof(
    fc.tuple(snapshots, fc.array(change, { maxLength: 3 })).map(([first, changes]) => {
      return [first, changes.reduce((one, next) => applyChange(one, next), first)] as const;
    }),
    fc.tuple(snapshots, snapshots),
  );

  /** The rows that asking about everything one by one comes to. */
  function pointwise(a: Access, b: Access, at: number | undefined, then: number | undefined): Difference[] {
    const ids = (x: object, y: object) => [...new Set([...Object.keys(x), ...Object.keys(y)])].sort();
    const may = (access: Access, member: string, channel: string | null, when: number | undefined) => {
      if (channel !== null && !Object.hasOwn(access.snapshot.channels, channel)) return [];
      return Object.entries(access.snapshot.capabilities).flatMap(([name, { scope }]) =>
        (channel === null ? scope === "space" || scope === "both" : scope !== "space") &&
        can(access, member, name, channel ?? undefined, when)
          ? [name]
          : [],
      );
    };
    return ids(a.snapshot.members, b.snapshot.members).flatMap((member) =>
      [null, ...ids(a.snapshot.channels, b.snapshot.channels)].flatMap((channel) => {
        const [mine, yours] = [may(a, member, channel, at), may(b, member, channel, then)];
        const gained = yours.filter((name) => !mine.includes(name));
        const lost = mine.filter((name) => !yours.includes(name));
        return gained.length + lost.length > 0 ? [{ member, channel, gained, lost }] : [];
      }),
    );
  }

  test("it is what asking about everything before and after comes to", () => {
    fc.assert(
      fc.property(pair, instant, instant, ([first, second], at, then) => {
        const a = compile(first);
        const b = update(a, second);
        expect(diff(a, b, at)).toEqual(pointwise(a, b, at, at));
        if (then !== undefined) expect(diff(a, b, at, then)).toEqual(pointwise(a, b, at, then));
      }),
      { numRuns: 300 },
    );
  });

  test("backwards, what was gained is lost", () => {
    fc.assert(
      fc.property(pair, instant, ([first, second], at) => {
        const a = compile(first);
        const b = update(a, second);
        const mirrored = diff(b, a, at).map(({ gained, lost, ...row }) => ({
          ...row,
          gained: lost,
          lost: gained,
        }));
        expect(mirrored).toEqual(diff(a, b, at));
      }),
    );
  });

  test("from a snapshot to itself there is nothing, however it was compiled", () => {
    fc.assert(
      fc.property(snapshots, instant, (snapshot, at) => {
        expect(diff(compile(snapshot), compile(structuredClone(snapshot)), at)).toEqual([]);
      }),
    );
  });
});
