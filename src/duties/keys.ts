import type { About, Charge, MessageRef } from "../model/duties.js";
import { HOST } from "./rules.js";

/** The key of a thread among the threads of a space. */
export function threadKey({ channel, message }: MessageRef): string {
  return JSON.stringify([channel, message]);
}

/** The key of what somebody is reminded of. */
export function aboutKey({ kind, id }: About): string {
  return `${kind}/${id}`;
}

/** Two handoffs with the same key are of the same thing, and must not overlap. */
export function chargeKey(of: Charge, from: string): string {
  if ("duty" in of) return `duty/${of.duty}`;
  if ("ownership" in of) return `duty/${HOST}`;
  return "thread" in of ? `thread/${threadKey(of.thread)}` : `role/${JSON.stringify([of.role, from])}`;
}

/** What a handoff is of, in words. */
export function describeCharge(of: Charge): string {
  if ("duty" in of) return `the duty ${of.duty}`;
  if ("role" in of) return `the role ${of.role}`;
  return "thread" in of
    ? `the thread ${of.thread.message} in ${of.thread.channel}`
    : "the ownership of the space";
}
