import { capabilitiesOf, compile } from "chat-spaces/access";
import { DISCORD_PERMISSIONS, type DiscordGuild, discord, discordBits } from "chat-spaces/presets";
import { Client as DiscordJsClient, Guild as DiscordJsGuild } from "discord.js";
import {
  Client as ErisClient,
  Constants as ErisConstants,
  Guild as ErisGuild,
  Shard as ErisShard,
} from "eris";
import fc from "fast-check";
import { Client as OceanicClient, Constants as OceanicConstants, Guild as OceanicGuild } from "oceanic.js";
import { describe, expect, test } from "vitest";

// The same guilds, made up anew in every run, asked of us and of the libraries. Where an answer differs, fast-check
// shows the smallest guild for which it does, and the seed to get it again.

const RUNS = 1000;
const PATIENCE = 60_000;
const DOCUMENTED = Object.values(DISCORD_PERMISSIONS).reduce((all, bit) => all | (1n << BigInt(bit)), 0n);
const GUILD = "1000";
const ROLES = ["1001", "1002", "1003", "1004", "1005"];
const MEMBERS = ["2001", "2002", "2003"];
/** Text, voice, a category, announcements, a stage and a forum. */
const TYPES = [0, 2, 4, 5, 13, 15] as const;
/** Those of them that have threads. */
const THREADED = [0, 5, 15] as const;

/** What a library says: the permissions of a member, in a channel or, without one, in the guild. */
type Library = { of(member: string, channel?: string): bigint };

describe("a guild comes out as it does in", () => {
  test(
    "discord.js",
    () => {
      const client = new DiscordJsClient({ intents: [] });
      compare((raw) => {
        // It would take a channel it has seen before for the one of the guild before.
        client.channels.cache.clear();
        const guild = make<DiscordJsGuild>(DiscordJsGuild, client, raw);
        return {
          of(member, channel) {
            if (channel !== undefined) {
              return guild.channels.cache.get(channel)?.permissionsFor(member)?.bitfield ?? 0n;
            }
            const permissions = guild.members.cache.get(member)?.permissions;
            // In the guild the number does not say that an administrator may do everything; `has` does.
            return permissions?.has("Administrator") ? DOCUMENTED : (permissions?.bitfield ?? 0n);
          },
        };
      }, DOCUMENTED);
    },
    PATIENCE,
  );

  test(
    "eris",
    () => {
      const client = new ErisClient("Bot token");
      // A guild finds its users through the connection it came by. This one is never opened.
      client.shards.add(new ErisShard(0, client));
      // eris takes its ALL from a list that lacks permissions which Discord has added since: PIN_MESSAGES and others.
      compare((raw) => {
        const guild = make<ErisGuild>(ErisGuild, raw, client);
        return {
          of(member, channel) {
            if (channel === undefined) return guild.permissionsOf(member).allow;
            const place = guild.channels.get(channel) ?? guild.threads.get(channel);
            return place?.permissionsOf(member).allow ?? 0n;
          },
        };
      }, ErisConstants.Permissions.all);
    },
    PATIENCE,
  );

  test(
    "oceanic.js",
    () => {
      const client = new OceanicClient();
      compare((raw) => {
        const guild = make<OceanicGuild>(OceanicGuild, raw, client);
        // Its channels look their guild up in the client.
        (client.guilds as Map<string, OceanicGuild>).set(GUILD, guild);
        return {
          of(member, channel) {
            if (channel === undefined) return guild.permissionsOf(member).allow;
            const place = guild.channels.get(channel) ?? guild.threads.get(channel);
            return place && "permissionsOf" in place ? place.permissionsOf(member).allow : 0n;
          },
        };
      }, OceanicConstants.AllPermissions);
    },
    PATIENCE,
  );
});

/** The constructors are not for users; without a connection they are the only way to a guild. */
function make<T>(Guild: object, ...given: readonly unknown[]): T {
  return Reflect.construct(Guild as new (...all: unknown[]) => T, given);
}

/** Compares all members in all places, in the permissions that the library knows too. */
function compare(library: (raw: Raw) => Library, known: bigint): void {
  fc.assert(
    fc.property(guilds, (guild) => {
      const access = compile(discord(guild, { results: "raw" }));
      const theirs = library(rawOf(guild));
      const both = DOCUMENTED & known;
      for (const { user } of guild.members) {
        for (const channel of [undefined, ...(guild.channels ?? []).map(({ id }) => id)]) {
          const ours = BigInt(discordBits(capabilitiesOf(access, user.id, channel)));
          const where = `${user.id} in ${channel ?? "the guild"}`;
          expect(`${where}: ${ours & both}`).toBe(`${where}: ${theirs.of(user.id, channel) & both}`);
        }
      }
    }),
    { numRuns: RUNS },
  );
}

// Few bits at once are as likely as many, and an administrator is rare, or nothing else would be looked at.
const bits = fc
  .array(fc.integer({ min: 0, max: 54 }), { maxLength: 30 })
  .map((list) => list.reduce((all, bit) => all | (1n << BigInt(bit)), 0n))
  .map((all) => all & ~(1n << 3n));
const rolePermissions = fc
  .tuple(bits, fc.integer({ min: 0, max: 19 }))
  .map(([all, luck]) => (luck === 19 ? all | (1n << 3n) : all).toString());
const overwritePermissions = fc
  .tuple(bits, fc.boolean())
  .map(([all, administrator]) => (administrator ? all | (1n << 3n) : all).toString());

const overwrites = fc
  .record({
    subjects: fc.subarray([GUILD, ...ROLES, ...MEMBERS]),
    order: fc.infiniteStream(fc.nat()),
    allow: fc.infiniteStream(overwritePermissions),
    deny: fc.infiniteStream(overwritePermissions),
  })
  .map(({ subjects, order, allow, deny }) =>
    subjects
      .map((id) => ({
        at: order.next().value,
        overwrite: {
          id,
          type: MEMBERS.includes(id) ? (1 as const) : (0 as const),
          allow: allow.next().value,
          deny: deny.next().value,
        },
      }))
      .sort((a, b) => a.at - b.at)
      .map(({ overwrite }) => overwrite),
  );

const guilds: fc.Arbitrary<DiscordGuild> = fc
  .record({
    owner: fc.constantFrom(...MEMBERS, "2999", "2999", "2999"),
    roles: fc.tuple(...[GUILD, ...ROLES].map(() => rolePermissions)),
    positions: fc.tuple(...ROLES.map(() => fc.integer({ min: 1, max: 5 }))),
    held: fc.tuple(...MEMBERS.map(() => fc.shuffledSubarray(ROLES))),
    threaded: fc.tuple(fc.constantFrom(...THREADED), overwrites),
    channels: fc.array(fc.tuple(fc.constantFrom(...TYPES), overwrites), { maxLength: 3 }),
  })
  .map(({ owner, roles, positions, held, threaded, channels }) => ({
    id: GUILD,
    owner_id: owner,
    roles: [GUILD, ...ROLES].map((id, i) => ({
      id,
      position: i === 0 ? 0 : (positions[i - 1] as number),
      permissions: roles[i] as string,
    })),
    members: MEMBERS.map((id, i) => ({ user: { id }, roles: held[i] as string[] })),
    channels: [
      ...[threaded, ...channels].map(([type, permission_overwrites], i) => ({
        id: `${3000 + i}`,
        type,
        permission_overwrites,
      })),
      { id: "4000", type: 11, parent_id: "3000" },
    ],
  }));

type Raw = ReturnType<typeof rawOf>;

/** What the gateway would send, as far as the libraries cannot do without it. They change what they are given. */
function rawOf({ id, owner_id, roles, members, channels = [] }: DiscordGuild) {
  const named = (channel: (typeof channels)[number]) => ({ ...channel, name: channel.id, guild_id: id });
  const isThread = ({ type }: { readonly type: number }) => type === 11;
  return {
    id,
    guild_id: id,
    owner_id,
    name: "a guild",
    features: [],
    emojis: [],
    stickers: [],
    roles: roles.map((role) => ({ ...role, name: role.id, color: 0, colors: {}, flags: 0 })),
    members: members.map(({ user, roles }) => ({ user: { ...user, username: "a user" }, roles, flags: 0 })),
    channels: channels.filter((channel) => !isThread(channel)).map(named),
    threads: channels.filter(isThread).map((thread) => ({ ...named(thread), thread_metadata: {} })),
  };
}
