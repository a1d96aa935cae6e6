import { readFileSync } from "node:fs";
import {
  type AccessMember,
  CAPABILITIES,
  type Capability,
  type CapabilityDefinition,
  CEILINGS,
  can,
  capabilitiesOf,
  compile,
  type Override,
  ROLES,
} from "chat-spaces/access";
import { LINTS } from "chat-spaces/analysis";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { INSTANTS, snapshot as snapshots } from "./arbitraries.js";

const PAGE = readFileSync(new URL("../../docs/guides/who-may-do-what.md", import.meta.url), "utf8");

/** The rows of the table of the page whose head begins like this: cells without backticks. */
function table(head: string): readonly (readonly string[])[] {
  const lines = PAGE.split("\n");
  const start = lines.findIndex((line) => line.startsWith(head));
  expect(start, head).toBeGreaterThan(-1);
  const rest = lines.slice(start + 2);
  return rest
    .slice(
      0,
      rest.findIndex((line) => !line.startsWith("|")),
    )
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll("`", "")),
    );
}

describe("the tables of the guide say what the engine does", () => {
  const rows = table("| everyone | role | member |");

  test("the truth table has every combination once", () => {
    expect(new Set(rows.map((row) => row.slice(0, 3).join())).size).toBe(27);
    expect(rows).toHaveLength(27);
  });

  test.each(rows)("everyone %s, role %s, member %s", (everyone, role, member, ...outcomes) => {
    const override = (subject: Override["subject"], what: string | undefined): readonly Override[] =>
      what === "-" ? [] : [{ subject, [what as "allow" | "deny"]: ["message.post"] }];
    const ask = (given: boolean, muted: boolean): string => {
      const access = compile({
        capabilities: CAPABILITIES,
        ceilings: CEILINGS,
        roles: { r: { rank: 0, allow: given ? ["channel.view", "message.post"] : ["channel.view"] } },
        members: { leo: { roles: ["r"], limits: muted ? [{ ceiling: "mute" }] : [] } as AccessMember<never> },
        channels: {
          lounge: {
            kind: "discussion",
            // The order in which they stand does not matter.
            overrides: [
              ...override({ member: "leo" }, member),
              ...override({ role: "r" }, role),
              ...override("everyone", everyone),
            ] as readonly Override<Capability>[],
          },
        },
      });
      return can(access, "leo", "message.post", "lounge") ? "yes" : "no";
    };
    expect(outcomes).toEqual([ask(true, false), ask(false, false), ask(true, true), ask(false, true)]);
  });

  test("five roles in five kinds of channel", () => {
    const words: Record<string, readonly string[]> = { "-": [] };
    for (const [word = "", list = ""] of table("| word | capabilities |")) {
      const names = list.split(/,(?: and)? /).flatMap((name) => words[name] ?? [name]);
      words[word] = word === "all" ? channelCapabilities() : names;
    }
    const kinds = ["discussion", "announcement", "drafts", "operations", "incident"];
    const access = compile({
      capabilities: CAPABILITIES,
      roles: ROLES,
      members: Object.fromEntries(Object.keys(ROLES).map((role) => [role, { roles: [role] }])),
      channels: Object.fromEntries(kinds.map((kind) => [kind, { kind }])),
    });
    const found = table("| | discussion |");
    expect(found.map(([role]) => role)).toEqual(Object.keys(ROLES));
    for (const [role = "", ...cells] of found) {
      for (const [i, kind] of kinds.entries()) {
        const theirs = capabilitiesOf(access, role, kind).filter((name) =>
          channelCapabilities().includes(name),
        );
        expect([...theirs].sort(), `${role} in ${kind}`).toEqual(
          [...(words[cells[i] ?? ""] ?? ["?"])].sort(),
        );
      }
    }
  });

  test("every code of lint with its level and what to do", () => {
    expect(table("| code | level |")).toEqual(
      Object.entries(LINTS).map(([code, { level, todo }]) => [code, level, todo.replaceAll("`", "")]),
    );
  });
});

test("without an instant the answer is the careful one", { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(snapshots, (snapshot) => {
      const access = compile(snapshot);
      for (const member of Object.keys(snapshot.members)) {
        for (const channel of [undefined, ...Object.keys(snapshot.channels)]) {
          for (const name of capabilitiesOf(access, member, channel)) {
            for (const at of INSTANTS) expect(can(access, member, name, channel, at)).toBe(true);
          }
        }
      }
    }),
  );
});

function channelCapabilities(): readonly string[] {
  return Object.entries<CapabilityDefinition<Capability>>(CAPABILITIES).flatMap(
    ([name, { scope = "channel" }]) => (scope === "channel" ? [name] : []),
  );
}
