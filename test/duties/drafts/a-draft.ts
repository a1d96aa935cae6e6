import type { ApprovalRuleInput, Command, Draft, Space } from "chat-spaces";
import { aSpace, given } from "../../helpers/spaces.js";

/** The contributors of the space, beside cid. */
export const TEAM = ["leo", "sam", "zoe", "mia", "noa"] as const;

/** The space of the other tests with more contributors: leo looks after legal, sam after creative. */
export function aTeam(...more: readonly Command[]) {
  return given(
    given(aSpace()).and(
      ...TEAM.map((member): Command => ({ type: "member.add", by: "ana", member, roles: ["contributor"] })),
      { type: "duty.assign", by: "ana", duty: "legal", member: "leo" },
      { type: "duty.assign", by: "ana", duty: "creative", member: "sam" },
      ...more,
    ).space,
  );
}

/** A draft `d` of cid's, to appear in the lounge. */
export const PROPOSED = {
  type: "draft.propose",
  by: "cid",
  id: "d",
  channel: "studio",
  target: "lounge",
  title: "Opening",
  body: "The drop opens at noon on Friday.",
} as const satisfies Command;

export const SUBMITTED = { type: "draft.submit", by: "cid", draft: "d" } as const satisfies Command;

/** The rule of the channel `studio`. */
export const rule = (approval: ApprovalRuleInput): Command<"channel.rule"> => ({
  type: "channel.rule",
  by: "ana",
  channel: "studio",
  approval,
});

export const judge = (
  by: string,
  verdict: Command<"draft.judge">["verdict"] = "approve",
  revision = 1,
): Command<"draft.judge"> => ({ type: "draft.judge", by, draft: "d", revision, verdict });

export const revise = (
  by: string,
  body: string,
  revision = 1,
  more: Partial<Command<"draft.revise">> = {},
): Command<"draft.revise"> => ({ type: "draft.revise", by, draft: "d", revision, body, ...more });

/** The draft `d`, or another. */
export function draftIn(space: Space, id = "d"): Draft {
  const draft = space.drafts[id];
  if (!draft) throw new Error(`There is no draft ${id}.`);
  return draft;
}
