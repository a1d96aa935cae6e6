import type { Command, TimelineCommand, TrafficCommand } from "./commands.js";

/** The names of the three kinds of stream a space is kept in. Ids are encoded: a `/` in one stays inside it. */
export const streams = {
  /** Members, roles, channels, invites, duties, links: `space/<id>`. */
  charter: (space: string): string => `space/${encode(space)}`,
  /** What was said in one channel: `timeline/<id>/<channel>`. */
  timeline: (space: string, channel: string): string => `timeline/${encode(space)}/${encode(channel)}`,
  /** Clicks, conversions, and who read what was shared: `traffic/<id>`. */
  traffic: (space: string): string => `traffic/${encode(space)}`,
} as const;

// Total, because a stream is looked at before a command is decided: ids that are not text name an empty one.
function encode(id: string): string {
  return encodeURIComponent(String(id).replace(/\p{Surrogate}/gu, "\ufffd"));
}

/** What a stream holds; `undefined` for one that belongs to no space. */
export type StreamParts = { readonly kind: "space" | "timeline" | "traffic"; readonly space: string };

/** Reads the name of a stream. */
export function readStream(stream: string): StreamParts | undefined {
  const [kind, space, ...rest] = stream.split("/");
  if (space === undefined || rest.length !== (kind === "timeline" ? 1 : 0)) return undefined;
  if (kind !== "space" && kind !== "timeline" && kind !== "traffic") return undefined;
  try {
    return { kind, space: decodeURIComponent(space) };
  } catch {
    // Not an encoded id: the store holds streams of somebody else's too.
    return undefined;
  }
}

/** The stream that the events of a command belong into. */
export function streamOf(space: string, command: Command): string {
  if (isTimelineCommand(command)) return streams.timeline(space, command.channel);
  return isTrafficCommand(command) ? streams.traffic(space) : streams.charter(space);
}

/** Whether a command only notes what came from outside, and changes nothing of the space. */
function isTrafficCommand(command: Command): command is TrafficCommand {
  return /^(click|conversion)\.|^slice\.(open|export|verify)$/.test(command.type);
}

/** Whether a command concerns the messages of one channel. */
export function isTimelineCommand(command: Command): command is TimelineCommand {
  return /^(message|poll|reaction|media|history)\./.test(command.type);
}
