import { type ById, entry } from "../kernel/record.js";
import { add, complement, none, put, type Words } from "./bits.js";
import type { CompiledVocabulary } from "./compiled.js";
import type { CapabilityDefinition } from "./vocabulary.js";

const NOTHING: readonly never[] = [];

/** A vocabulary with an index for each name, and what follows from each worked out. */
export function compileVocabulary(definitions: ById<CapabilityDefinition>): CompiledVocabulary {
  const names = Object.keys(definitions);
  const index = new Map(names.map((name, i) => [name, i]));
  const list = names.map((name) => entry(definitions, name) ?? {});
  // One bit at least is nobody's: what needs it can never be met.
  const empty = (): Words => none((names.length >> 5) + 1);
  const named = (some: readonly string[] | undefined): Words => {
    const words = empty();
    for (const name of some ?? NOTHING) {
      const i = index.get(name);
      if (i !== undefined) put(words, i);
    }
    return words;
  };
  const kinds = new Map<string, Words>();
  // What a capability leads to by following `implies` or `requires`, itself not included unless it comes back to it.
  const reach = (
    start: number,
    along: (one: CapabilityDefinition) => readonly string[],
  ): readonly string[] => {
    const reached = new Set<string>();
    const next = [...along(list[start] ?? {})];
    for (let name = next.pop(); name !== undefined; name = next.pop()) {
      if (reached.has(name)) continue;
      reached.add(name);
      next.push(...along(list[index.get(name) ?? -1] ?? {}));
    }
    return [...reached];
  };
  const implied = list.map(({ implies }, i) =>
    implies?.length ? named(reach(i, (one) => one.implies ?? NOTHING)) : undefined,
  );
  const needsIn = (kind: string | null): readonly (Words | undefined)[] => {
    const required = ({ requires = NOTHING, requiresIn }: CapabilityDefinition): readonly string[] => {
      const more = kind === null || !requiresIn ? undefined : entry(requiresIn, kind);
      return more ? [...requires, ...more] : requires;
    };
    return list.map((one, i) => {
      if (required(one).length === 0) return undefined;
      const needed = reach(i, required);
      // A requirement that does not exist can never be met: not even by the capability itself.
      return needed.every((name) => index.has(name)) ? named(needed) : complement(empty());
    });
  };
  const needsByKind = new Map([[null as string | null, needsIn(null)]]);
  const kindsMatter = list.some(({ requiresIn }) => requiresIn !== undefined);
  return {
    names,
    index,
    definitions: list,
    all: named(names),
    nothing: empty(),
    inSpace: named(names.filter((_, i) => list[i]?.scope === "space" || list[i]?.scope === "both")),
    inChannels: named(names.filter((_, i) => list[i]?.scope !== "space")),
    lockable: named(names.filter((_, i) => list[i]?.guard === "lock-holder")),
    needsIn(kind) {
      const key = kindsMatter ? kind : null;
      let known = needsByKind.get(key);
      if (!known) {
        known = needsIn(key);
        needsByKind.set(key, known);
      }
      return known;
    },
    named,
    given(some) {
      const words = named(some);
      for (const name of some ?? NOTHING) {
        const more = implied[index.get(name) ?? -1];
        if (more) add(words, more);
      }
      return words;
    },
    inKind(kind) {
      let words = kinds.get(kind);
      if (!words) {
        // What is asked about the space is the same seen from any channel.
        words = named(
          names.filter((_, i) => list[i]?.scope === "space" || (list[i]?.kinds?.includes(kind) ?? true)),
        );
        kinds.set(kind, words);
      }
      return words;
    },
  };
}
