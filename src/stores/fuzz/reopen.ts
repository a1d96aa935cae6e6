import fc from "fast-check";
import { answerOf, note, type Step, type World } from "./world.js";

/** Closes both handles and opens the data again, as a program does that is started again. */
export function reopenings(): fc.Arbitrary<Step> {
  return fc.constant(reopen);
}

/** Opens the data again, where that can be done. */
export async function reopen(world: World): Promise<void> {
  const { handles, patience, reopen: open } = world;
  if (!open) return;
  const received = await answerOf(async () => {
    await close(world);
    handles.a = await open();
    handles.b = await open();
  }, patience);
  note(world, "reopen()", received, "gave" in received ? undefined : "two handles");
}

/** Closes both handles, where they can be closed. */
export async function close({ handles }: World): Promise<void> {
  await handles.a.close?.();
  await handles.b.close?.();
}
