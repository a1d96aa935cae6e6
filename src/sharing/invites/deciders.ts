import type { Deciders } from "../../model/decider.js";
import type { InviteCommands } from "../../model/invites.js";
import { admitRequest } from "./admit.js";
import { createInvite } from "./create.js";
import { ruleInvites } from "./policy.js";
import { redeemInvite } from "./redeem.js";
import { approveRequest, declineRequest, withdrawRequest } from "./requests.js";
import { revokeInvite } from "./revoke.js";
import { payTicket, refundTicket } from "./tickets.js";

/** How the commands of invites, requests and tickets are decided. Bans are part of membership. */
export const inviteDeciders: Deciders<Exclude<keyof InviteCommands, "member.ban" | "member.unban">> = {
  "invite.create": createInvite,
  "invite.redeem": redeemInvite,
  "invite.revoke": revokeInvite,
  "invite.rule": ruleInvites,
  "request.approve": approveRequest,
  "request.decline": declineRequest,
  "request.withdraw": withdrawRequest,
  "request.admit": admitRequest,
  "ticket.pay": payTicket,
  "ticket.refund": refundTicket,
};
