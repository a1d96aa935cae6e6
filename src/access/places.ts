import type { Access, CompiledSettings } from "./compiled.js";

/** Every channel. */
export function placesOf(access: Access): readonly CompiledSettings[] {
  return Object.keys(access.snapshot.channels).flatMap((id) => access.channel(id) ?? []);
}

/** The channels that take over the overrides of this one. */
export function below(access: Access, place: CompiledSettings): readonly CompiledSettings[] {
  return placesOf(access).filter((one) => {
    for (let parent = one.parent; parent; parent = parent.parent) if (parent.id === place.id) return true;
    return false;
  });
}

/** Channels that nothing has been said about yet, by the settings of the space and their kind. */
const newChannels = /* @__PURE__ */ new WeakMap<CompiledSettings, Map<string, CompiledSettings>>();

/** A channel of some kind that nothing has been said about yet: there everybody has what the space and roles give. */
export function newChannelIn({ space }: Access): (kind: string) => CompiledSettings {
  const known = newChannels.get(space) ?? new Map<string, CompiledSettings>();
  newChannels.set(space, known);
  return (kind) => {
    const channel = known.get(kind) ?? { ...space, kind, cells: [], sure: [] };
    known.set(kind, channel);
    return channel;
  };
}
