import type { Command, TimelineCommand } from "./commands.js";

/** The names of the three kinds of stream a space is kept in. Ids are encoded: a `/` in one stays inside it. */
export const streams = {
  /** Members, roles, channels, invites, duties, links: `space/<id>`. */
  charter: (space: string): string => `space/${encode(space)}`,
  /** What was said in one channel: `timeline/<id>/<channel>`. */
  timeline: (space: string, channel: string): string => `timeline/${encode(space)}/${encode(channel)}`,
  /** Clicks and conversions: `traffic/<id>`. */
  traffic: (space: string): string => `traffic/${encode(space)}`,
} as const;

// Total, because a stream is looked at before a command is decided: ids that are not text name an empty one.
function encode(id: string): string {
  return encodeURIComponent(String(id).replace(/\p{Surrogate}/gu, "\ufffd"));
}

/** The stream that the events of a command belong into. */
export function streamOf(space: string, command: Command): string {
  if (isTimelineCommand(command)) return streams.timeline(space, command.channel);
  return /^(click|conversion)\./.test(command.type) ? streams.traffic(space) : streams.charter(space);
}

/** Whether a command concerns the messages of one channel. */
export function isTimelineCommand(command: Command): command is TimelineCommand {
  return /^(message|poll|reaction|media|history)\./.test(command.type);
}
