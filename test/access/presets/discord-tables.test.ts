import { capabilitiesOf, compile } from "chat-spaces/access";
import {
  DISCORD_PERMISSIONS,
  type DiscordGuild,
  discord,
  discordBits,
  discordNames,
} from "chat-spaces/presets";
import { describe, expect, test } from "vitest";
import { covers } from "../../../src/access/bits.js";
import { describeTable } from "./tables.js";

type Table = {
  readonly permissionBits: Readonly<Record<string, number>>;
  readonly cases: readonly Case[];
  readonly bitArithmetic: {
    readonly handleOverwrite: readonly Record<"initial" | "allow" | "deny" | "expected", number>[];
    readonly setRelations: readonly {
      readonly a: number;
      readonly b: number;
      readonly isSubset: boolean;
      readonly isSuperset: boolean;
      readonly isStrictSubset: boolean;
      readonly isStrictSuperset: boolean;
    }[];
  };
};

type Case = {
  readonly id: string;
  readonly description: string;
  readonly input: {
    readonly guildId: string;
    readonly ownerId: string | null;
    readonly member: {
      readonly id: string;
      readonly roles: readonly string[];
      readonly timedOutUntil?: number | null;
    };
    readonly roles: readonly {
      readonly id: string;
      readonly permissions: readonly string[];
      readonly position?: number;
    }[];
    readonly channel: {
      readonly type: string;
      readonly overwrites: readonly {
        readonly id: string;
        readonly type: "role" | "member";
        readonly allow: readonly string[];
        readonly deny: readonly string[];
      }[];
    } | null;
    readonly now: number | null;
  };
  readonly query: { readonly scope: "guild" | "channel" };
  readonly expected: {
    readonly assertion: "equals" | "includes-all" | "includes-none";
    readonly permissions: readonly string[] | "ALL";
  };
  readonly agreesWith: readonly string[];
  readonly gate: "raw" | "effective" | "any" | "quirk";
};

const TYPES: Readonly<Record<string, number>> = {
  text: 0,
  voice: 2,
  category: 4,
  announcement: 5,
  announcement_thread: 10,
  public_thread: 11,
  private_thread: 12,
  stage: 13,
  directory: 14,
  forum: 15,
  media: 16,
};
const ALL: readonly string[] = Object.keys(DISCORD_PERMISSIONS);

describeTable<Table>("the decisions that libraries for Discord publish", "discord-compute.json", (table) => {
  const asked = table.cases.filter(({ gate }) => gate !== "quirk");

  test("the bits are those of the documentation", () => {
    expect(DISCORD_PERMISSIONS).toEqual(table.permissionBits);
  });

  describe.each(["raw", "effective"] as const)("%s", (results) => {
    // A table says for each case which way of counting it holds for; `any` holds for those it agrees with.
    const cases = asked.filter(({ gate, agreesWith }) =>
      gate === "any" ? agreesWith.includes(results) : gate === results,
    );

    test.each(cases)("$id: $description", ({ input, query, expected }) => {
      const access = compile(discord(guildOf(input), { results }));
      const at = input.now === null ? undefined : input.now * 1000;
      const given = capabilitiesOf(access, input.member.id, query.scope === "guild" ? undefined : "here", at);
      const wanted = expected.permissions === "ALL" ? ALL : expected.permissions;
      if (expected.assertion === "equals") expect([...given].sort()).toEqual([...wanted].sort());
      else if (expected.assertion === "includes-all")
        expect(given).toEqual(expect.arrayContaining([...wanted]));
      else expect(given.filter((name) => wanted.includes(name))).toEqual([]);
    });
  });

  test("every case is asked, save those that are a quirk of one library", () => {
    const either = asked.filter(
      ({ gate, agreesWith }) =>
        gate !== "any" || agreesWith.some((one) => one === "raw" || one === "effective"),
    );
    expect(either).toEqual(asked);
  });

  test.each(table.bitArithmetic.handleOverwrite)(
    "$initial, denied $deny, then allowed $allow, is $expected",
    ({ initial, allow, deny, expected }) => {
      // The initial bits come from the overwrite for everyone: among a role's they would make administrators.
      const guild: DiscordGuild = {
        id: "1",
        owner_id: null,
        roles: [
          { id: "1", permissions: "0" },
          { id: "2", permissions: "0" },
        ],
        members: [{ user: { id: "3" }, roles: ["2"] }],
        channels: [
          {
            id: "here",
            type: 0,
            permission_overwrites: [
              { id: "1", type: 0, allow: String(initial), deny: "0" },
              { id: "2", type: 0, allow: String(allow), deny: String(deny) },
            ],
          },
        ],
      };
      const given = capabilitiesOf(compile(discord(guild, { results: "raw" })), "3", "here");
      expect(discordBits(given)).toBe(String(expected));
    },
  );

  test.each(table.bitArithmetic.setRelations)("how the sets $a and $b are related", (row) => {
    const { vocabulary } = compile(discord({ id: "1", owner_id: null, roles: [], members: [] }));
    const a = vocabulary.named(discordNames(String(row.a)));
    const b = vocabulary.named(discordNames(String(row.b)));
    const [subset, superset] = [covers(b, a), covers(a, b)];
    expect({
      isSubset: subset,
      isSuperset: superset,
      isStrictSubset: subset && !superset,
      isStrictSuperset: superset && !subset,
    }).toEqual({
      isSubset: row.isSubset,
      isSuperset: row.isSuperset,
      isStrictSubset: row.isStrictSubset,
      isStrictSuperset: row.isStrictSuperset,
    });
  });
});

function guildOf({ guildId, ownerId, member, roles, channel }: Case["input"]): DiscordGuild {
  const until = member.timedOutUntil;
  return {
    id: guildId,
    owner_id: ownerId,
    roles,
    members: [
      {
        user: { id: member.id },
        roles: member.roles,
        // The table counts in seconds.
        communication_disabled_until:
          until === undefined || until === null ? null : new Date(until * 1000).toISOString(),
      },
    ],
    channels:
      channel === null
        ? []
        : [
            {
              id: "here",
              type: TYPES[channel.type] ?? -1,
              permission_overwrites: channel.overwrites.map(({ type, ...overwrite }) => ({
                ...overwrite,
                type: type === "role" ? (0 as const) : (1 as const),
              })),
            },
          ],
  };
}
