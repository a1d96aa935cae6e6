import type { SpaceStore } from "../contract.js";
import { demand, rejectionOf } from "./assert.js";
import { commit } from "./fixtures.js";
import { show } from "./show.js";
import { type CaseDefinition, casesOf, type World } from "./world.js";

const CAPABILITIES = ["durable", "shared", "feed", "erase"] as const;
const FUNCTIONS = ["feed", "erase", "streams", "search", "close"] as const;

/** That the store is what it is declared to be: everything else rests on it. */
export const shapeCases: readonly CaseDefinition[] = casesOf("shape", [], {
  "a store says in its capabilities what it is declared to be here": async (world) => {
    for (const [handle, store] of handlesOf(world)) {
      for (const capability of CAPABILITIES) {
        const said: unknown = store.capabilities?.[capability];
        const declared = world.declared[capability] ?? false;
        demand(
          said === declared,
          "What a store says in `capabilities` and what is handed to `storeCases` must be the same, or promises go " +
            `unproven: storeCases(open, { ${capability}: ${show(said)} }).\n` +
            `  declared: ${capability}: ${declared}\n  came:     ${handle}.capabilities.${capability}: ${show(said)}`,
        );
      }
    }
  },

  "a function that is declared is there, and none is there that is not declared": async (world) => {
    for (const [handle, store] of handlesOf(world)) {
      for (const name of FUNCTIONS) {
        const declared = world.declared[name] ?? false;
        const isThere = typeof store[name] === (name === "search" ? "object" : "function");
        demand(
          isThere || !declared,
          `A store that declares \`${name}\` must have it.\n  expected: ${handle}.${name} to be there\n` +
            `  came:     ${show(store[name])}`,
        );
        demand(
          declared || !isThere,
          `A store that has \`${name}\` must declare it, or nobody uses it and nothing proves it: ` +
            `storeCases(open, { ${name}: true }).\n  came:     ${handle}.${name} is there`,
        );
      }
    }
  },

  "what is declared can be shown: there are two handles, `reopen` where it is durable, `isClientOpen` where it has a client":
    async ({ a, b, opened, declared }) => {
      demand(
        a !== b,
        "`open` must give two handles on the same data, a and b.\n  came:     the same store twice",
      );
      demand(
        typeof opened.reopen === "function" || !declared.durable,
        "What is durable must be there after everything was closed: `open` must give `reopen` to show it.",
      );
      demand(
        typeof opened.isClientOpen === "function" || !declared.client,
        "A client that was handed in must stay open: `open` must give `isClientOpen` to show it.",
      );
    },

  "what goes wrong is rejected, not thrown: an answer is always a promise": async ({ a }) => {
    const answers: readonly (readonly [string, unknown])[] = [
      ["read", a.read("notes")],
      ["append", a.append("notes", commit("c1", 0, "e1"))],
    ];
    for (const [name, answer] of answers) {
      const then: unknown =
        typeof answer === "object" && answer !== null ? Reflect.get(answer, "then") : undefined;
      demand(
        typeof then === "function",
        `\`${name}\` must answer with a promise.\n  came:     ${show(answer)}`,
      );
    }
    await Promise.all(answers.map(([, answer]) => answer));
    await rejectionOf(
      () => a.append("notes", commit("c2", 1)),
      "`append` must reject a commit without events, with a promise.",
    );
  },
});

function handlesOf({ a, b }: World): readonly (readonly ["a" | "b", SpaceStore])[] {
  return [
    ["a", a],
    ["b", b],
  ];
}
