import { followFeed } from "./feed.js";
import { readOnBoth } from "./read.js";
import { list, namesIn } from "./streams.js";
import type { World } from "./world.js";

/** Looks at everything that is there, so that whatever went wrong on the way shows. */
export async function audit(world: World): Promise<void> {
  world.heading = "// Everything that is there:\n";
  for (const stream of await namesIn(world)) {
    await readOnBoth(world, "a", stream);
    await readOnBoth(world, "b", stream);
  }
  await followFeed(world, "b");
  await list(world, "b", {});
}
