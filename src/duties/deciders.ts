import type { Deciders } from "../model/decider.js";
import type { DutyCommands } from "../model/duties.js";
import { assignChannel, assignDuty, assignThread, takeDuty } from "./assign.js";
import { defineDuty } from "./define.js";
import { raiseEscalation, sendReminder } from "./due/nudge.js";
import { acceptHandoff, declineHandoff, withdrawHandoff } from "./handoffs/answer.js";
import { lapseHandoff, returnHandoff, startHandoff } from "./handoffs/clock.js";
import { offerHandoff } from "./handoffs/offer.js";

/** How the commands of duties, handoffs and of what is due are decided. */
export const dutyDeciders: Deciders<keyof DutyCommands> = {
  "duty.define": defineDuty,
  "duty.assign": assignDuty,
  "duty.take": takeDuty,
  "channel.assign": assignChannel,
  "thread.assign": assignThread,
  "handoff.offer": offerHandoff,
  "handoff.accept": acceptHandoff,
  "handoff.decline": declineHandoff,
  "handoff.withdraw": withdrawHandoff,
  "handoff.lapse": lapseHandoff,
  "handoff.start": startHandoff,
  "handoff.return": returnHandoff,
  "reminder.send": sendReminder,
  "escalation.raise": raiseEscalation,
};
