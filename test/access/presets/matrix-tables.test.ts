import { createPublicKey, verify as verifySignature } from "node:crypto";
import {
  authorises,
  authorisesLevels,
  type MatrixEvent,
  type MatrixPowerLevels,
  type MatrixVerify,
  matrixLevel,
  matrixRoom,
} from "chat-spaces/presets";
import { describe, expect, test } from "vitest";
import { describeTable } from "./tables.js";

type Table = {
  readonly cases: readonly {
    readonly id: string;
    readonly roomVersion: string;
    readonly state: readonly MatrixEvent[];
    readonly event: MatrixEvent;
    readonly expected: "allow" | "deny";
    readonly reason: string | null;
    readonly tags: readonly string[];
  }[];
  readonly userLevelChanges: readonly {
    readonly id: string;
    readonly sender: string;
    readonly senderLevel: number;
    readonly oldUsers: Record<string, number>;
    readonly newUsers: Record<string, number>;
    readonly expected: "allow" | "deny";
  }[];
  readonly creatorLevels: readonly {
    readonly id: string;
    readonly roomVersion: string;
    readonly creator: string;
    readonly additionalCreators: readonly string[];
    readonly powerLevels: MatrixPowerLevels;
    readonly expectedLevels: Record<string, number | "Infinity">;
  }[];
};

describeTable<Table>("the decisions that gomatrixserverlib publishes", "matrix-auth-gmsl.json", (table) => {
  // What is tagged `protocol` is about ids, servers and the graph of events, which permissions do not know.
  const asked = table.cases.filter(({ tags }) => !tags.includes("protocol"));

  describe("whether a room accepts an event", () => {
    test.each(asked)("$id: $expected $reason", ({ roomVersion, state, event, expected }) => {
      const { ok } = authorises(matrixRoom(state, roomVersion), event, { verify: ed25519 });
      expect(ok ? "allow" : "deny").toBe(expected);
    });
  });

  describe("whether a user may replace the levels of users", () => {
    test.each(table.userLevelChanges)("$id", ({ sender, senderLevel, oldUsers, newUsers, expected }) => {
      const users = { [sender]: senderLevel, ...oldUsers };
      const state: readonly MatrixEvent[] = [
        { type: "m.room.create", state_key: "", sender: "@first:test", content: {} },
        { type: "m.room.power_levels", state_key: "", sender, content: { users } },
        { type: "m.room.member", state_key: sender, sender, content: { membership: "join" } },
      ];
      const room = matrixRoom(state, "11");
      const { ok } = authorisesLevels(room, sender, { users: newUsers });
      expect(ok ? "allow" : "deny").toBe(expected);
    });
  });

  describe("the level of a user", () => {
    test.each(table.creatorLevels)("$id", (row) => {
      const room = {
        version: row.roomVersion,
        creator: row.creator,
        additionalCreators: row.additionalCreators,
        powerLevels: row.powerLevels,
        joinRule: "invite",
        members: {},
      };
      const levels = Object.keys(row.expectedLevels).map((user) => [user, matrixLevel(room, user)]);
      const expected = Object.entries(row.expectedLevels).map(([user, level]) => [user, Number(level)]);
      expect(levels).toEqual(expected);
    });
  });
});

/** Checks what an identity server has signed: the object without its signatures, keys sorted, no spaces. */
const ed25519: MatrixVerify = ({ signatures, unsigned: _, ...signed }, key) => {
  const x = key.replaceAll("+", "-").replaceAll("/", "_");
  if (Buffer.from(x, "base64url").length !== 32) return false;
  const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  const text = JSON.stringify(signed, Object.keys(signed).sort());
  const all = Object.values(signatures as Record<string, Record<string, string>>).flatMap((byServer) =>
    Object.values(byServer),
  );
  return all.some((one) => verifySignature(null, Buffer.from(text), publicKey, Buffer.from(one, "base64")));
};
