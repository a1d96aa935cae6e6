import { entry } from "../kernel/record.js";
import type { Duty, DutyRules } from "../model/duties.js";
import type { Space } from "../model/space.js";

/** The duty that goes with the ownership of a space: somebody always holds it. */
export const HOST = "host";

/** A duty of the space. One that nothing was said of asks for nothing, save that somebody always is `host`. */
export function dutyOf(space: Space, id: string): Duty {
  return entry(space.duties, id) ?? { id, tenures: [], ...defaultRules(id) };
}

function defaultRules(id: string): DutyRules {
  return { required: id === HOST, needs: [], fallback: [], escalation: null };
}
