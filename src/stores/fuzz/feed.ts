import fc from "fast-check";
import { difference } from "../conformance/compare.js";
import { show } from "../conformance/show.js";
import type { FeedCommit, FeedOptions, SpaceStore } from "../contract.js";
import { copyOf } from "./read.js";
import { scribble } from "./scribble.js";
import { sides } from "./values.js";
import { answerOf, call, note, type Side, type Step, type World } from "./world.js";

/** Follows what happened: from the first commit on or from any that was given, to the end or only for a while. */
export function followings(): fc.Arbitrary<Step> {
  return fc
    .record(
      { side: sides(), from: fc.nat({ max: 30 }), take: fc.integer({ min: 1, max: 3 }) },
      { requiredKeys: ["side"] },
    )
    .map(
      ({ side, from, take }) =>
        (world) =>
          followFeed(world, side, from, take),
    );
}

/** Reads the feed after one of the commits that it has given, if there is one; `take` of them, or all that come. */
export async function followFeed(world: World, side: Side, from?: number, take?: number): Promise<void> {
  const store = world.handles[side];
  if (!store.feed) return;
  const place = from === undefined || world.fed.length === 0 ? -1 : from % world.fed.length;
  const options: FeedOptions = { follow: false, ...(place >= 0 && { after: world.fed[place]?.cursor }) };
  const feed = call(side, "feed", options);
  const line = take === undefined ? `Array.fromAsync(${feed})` : `firstOf(${take}, ${feed})`;
  const due = await collect(world.reference, { follow: false }, Infinity);
  // One more than there are shows as well as a feed without an end.
  const most = Math.min(take ?? Infinity, due.length + 1);
  const received = await answerOf(() => collect(store, options, most), world.patience);
  if (!("gave" in received)) return note(world, line, received, "commits");
  const commits = received.gave as readonly FeedCommit[];
  note(world, line, received, complaintAbout(world.fed.slice(0, place + 1), world, commits, due, take));
  world.fed.splice(place + 1, commits.length, ...commits);
}

/** What a feed gives, as copies. It is left after so many. */
async function collect(
  store: SpaceStore,
  options: FeedOptions,
  most: number,
): Promise<readonly FeedCommit[]> {
  const commits: FeedCommit[] = [];
  for await (const commit of store.feed?.(options) ?? []) {
    const { cursor, stream, events } = commit;
    commits.push(copyOf({ cursor, stream, events }) as FeedCommit);
    scribble(commit);
    if (commits.length >= most) break;
  }
  return commits;
}

/** What is wrong with what a feed gave after these, where these commits are to be given altogether. */
function complaintAbout(
  before: World["fed"],
  { fed }: World,
  commits: readonly FeedCommit[],
  due: readonly FeedCommit[],
  take = Infinity,
): string | undefined {
  const left = new Map(due.map((commit) => [placeOf(commit), commit]));
  for (const commit of before) left.delete(placeOf(commit));
  for (const [index, commit] of commits.entries()) {
    const known = fed[before.length + index];
    if (known && placeOf(known) !== placeOf(commit)) {
      return `what it gave here before, ${showCommit(known)}, and then the rest`;
    }
    const next = [...left.values()].find(({ stream }) => stream === commit.stream);
    if (!next) return `no ${showCommit(commit)}: there is no such commit, or it was given already`;
    if (difference(commit.events, next.events))
      return `${showCommit(next)} where it gave ${showCommit(commit)}`;
    left.delete(placeOf(next));
  }
  const [missing] = left.values();
  return missing && commits.length < take ? `${showCommit(missing)} too` : undefined;
}

/** Which commit it is: no two have the same first revision of the same stream. */
function placeOf({ stream, events }: Pick<FeedCommit, "stream" | "events">): string {
  return JSON.stringify([stream, events[0]?.revision]);
}

function showCommit({ stream, events }: Pick<FeedCommit, "stream" | "events">): string {
  return show({ stream, events });
}
