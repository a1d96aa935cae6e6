import { type Command, textOf } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { given } from "../../helpers/spaces.js";
import { aTeam, draftIn, judge, PROPOSED, revise, rule, SUBMITTED } from "./a-draft.js";

type Edit = Command<"suggestion.make">["edits"][number];

const suggest = (by: string, revision: number, ...edits: readonly Edit[]): Command<"suggestion.make"> => ({
  type: "suggestion.make",
  by,
  draft: "d",
  revision,
  edits,
});
/** Puts a text in the place of a word of the draft as it was proposed. */
const instead = (word: string, text: string): Edit => {
  const start = PROPOSED.body.indexOf(word);
  return { start, end: start + word.length, text };
};
const apply = (by: string, suggestion = "sug_1", more: Partial<Command<"suggestion.apply">> = {}) =>
  ({ type: "suggestion.apply", by, draft: "d", suggestion, ...more }) as const;
const reject = (by: string, suggestion = "sug_1", note?: string) =>
  ({ type: "suggestion.reject", by, draft: "d", suggestion, note }) as const;

/** The draft, and suggestions on it; ids of suggestions count within the whole set-up. */
function withSuggestions(...suggestions: readonly Command[]) {
  const space = aTeam(PROPOSED).and(...suggestions);
  const ids = draftIn(space.space).suggestions.map(({ id }) => id);
  return { space, ids: ids as [string, ...string[]] };
}

describe("a suggestion is made", () => {
  test("by whoever may propose, on a revision that there is, also an earlier one", () => {
    const space = aTeam(PROPOSED, revise("cid", "New text"));
    const { space: after } = space.when(suggest("leo", 1, instead("noon", "one"))).happens({
      type: "suggestion.made",
      data: { draft: "d", revision: 1, edits: [{ start: 18, end: 22, text: "one" }], note: null },
    });
    expect(draftIn(after).suggestions).toMatchObject([{ by: "leo", status: "open", revision: 1 }]);
    expect(textOf(draftIn(after))).toBe("New text");
    space.when(suggest("leo", 3, instead("noon", "one"))).refused("REVISION_UNKNOWN", { revision: 2 });
    space.when(suggest("gus", 1, instead("noon", "one"))).refused("NOT_ALLOWED");
    space.when({ ...suggest("leo", 1, instead("noon", "one")), draft: "x" }).refused("DRAFT_UNKNOWN");
  });

  test("within the text of that revision, in order, and without cutting a character in two", () => {
    const space = aTeam({ ...PROPOSED, body: "Go 🚀 now" });
    const edit = (start: number, end: number, text = "x") =>
      space.when(suggest("leo", 1, { start, end, text }));
    edit(3, 5).happens({ type: "suggestion.made" });
    edit(9, 9).happens({ type: "suggestion.made" });
    edit(0, 10).refused("INVALID_COMMAND", { issues: [{ path: "edits.0.end" }] });
    edit(10, 10).refused("INVALID_COMMAND", { issues: [{ path: "edits.0.end" }] });
    edit(4, 5).refused("INVALID_COMMAND", { issues: [{ path: "edits.0.start" }] });
    edit(3, 4).refused("INVALID_COMMAND", { issues: [{ path: "edits.0.end" }] });
    edit(2, 1).refused("INVALID_COMMAND");
    edit(0, 2, "\ud83d").refused("INVALID_COMMAND");
    const [first, second] = [
      { start: 0, end: 2, text: "x" },
      { start: 1, end: 3, text: "y" },
    ];
    space.when(suggest("leo", 1, first, second)).refused("INVALID_COMMAND");
    space.when(suggest("leo", 1)).refused("INVALID_COMMAND");
  });

  test("that leaves a text that a draft may have", () => {
    const space = aTeam(PROPOSED);
    const all = { start: 0, end: PROPOSED.body.length };
    space.when(suggest("leo", 1, { ...all, text: " " })).refused("MESSAGE_EMPTY");
    space.when(suggest("leo", 1, { ...all, text: "x".repeat(65_537) })).refused("MESSAGE_TOO_LONG");
  });

  test("that changes something; else nothing happens", () => {
    aTeam(PROPOSED)
      .when(suggest("leo", 1, instead("noon", "noon")))
      .happens();
  });

  test("not on a draft that is published or withdrawn", () => {
    aTeam(PROPOSED, { type: "draft.withdraw", by: "cid", draft: "d" })
      .when(suggest("leo", 1, instead("noon", "one")))
      .refused("DRAFT_SETTLED");
  });
});

describe("a suggestion is taken up", () => {
  test("by the author or who may publish, as the next revision, written by who suggested it", () => {
    const { space, ids } = withSuggestions(
      suggest("leo", 1, instead("noon", "one"), instead("Friday", "Monday")),
    );
    const [id] = ids;
    space.when(apply("zoe", id)).refused("NOT_ALLOWED");
    space.when(apply("leo", id)).refused("NOT_ALLOWED");
    const { space: after } = space.when(apply("cora", id)).happens({
      type: "draft.revised",
      data: { revision: 2, suggestion: id, body: "The drop opens at one on Monday.", keeps: false },
    });
    expect(draftIn(after)).toMatchObject({
      revisions: [{ by: "cid" }, { by: "leo", body: "The drop opens at one on Monday." }],
      suggestions: [{ status: "applied", answeredBy: "cora" }],
    });
  });

  test("once: doing it again changes nothing", () => {
    const { space, ids } = withSuggestions(suggest("leo", 1, instead("noon", "one")));
    space.and(apply("cid", ids[0])).when(apply("cid", ids[0])).happens();
  });

  test("also where the text has changed elsewhere since: both changes are in the next revision", () => {
    const { space, ids } = withSuggestions(
      suggest("leo", 1, instead("noon", "one")),
      revise("cid", "Our drop opens at noon on Friday."),
    );
    space.when(apply("cid", ids[0])).happens({
      type: "draft.revised",
      data: { revision: 3, body: "Our drop opens at one on Friday." },
    });
  });

  test("not where what it changes has changed since: it stays open, and can be taken up once that is undone", () => {
    const { space, ids } = withSuggestions(
      suggest("leo", 1, instead("noon", "one")),
      revise("cid", "The drop opens at two on Friday."),
    );
    space
      .when(apply("cid", ids[0]))
      .refused("SUGGESTION_CONFLICT", { draft: "d", suggestion: ids[0], revision: 2 });
    expect(draftIn(space.space).suggestions).toMatchObject([{ status: "open" }]);
    space
      .and(revise("cid", PROPOSED.body, 2))
      .when(apply("cid", ids[0]))
      .happens({ type: "draft.revised", data: { revision: 4, body: "The drop opens at one on Friday." } });
  });

  test("where the text has it already, without another revision: approvals are not lost for nothing", () => {
    const { space, ids } = withSuggestions(
      suggest("leo", 1, instead("noon", "one")),
      revise("cid", "The drop opens at one on Friday."),
      SUBMITTED,
      judge("mia", "approve", 2),
    );
    const { space: after } = space
      .when(apply("cid", ids[0]))
      .happens({ type: "suggestion.included", data: { suggestion: ids[0] } });
    expect(draftIn(after)).toMatchObject({ status: "approved", suggestions: [{ status: "applied" }] });
    expect(draftIn(after).revisions).toHaveLength(2);
  });

  test("two suggestions of the same: the second is in the text already", () => {
    const { space, ids } = withSuggestions(
      suggest("leo", 1, instead("noon", "one")),
      suggest("mia", 1, instead("noon", "one")),
    );
    space.and(apply("cid", ids[0])).when(apply("cid", ids[1])).happens({ type: "suggestion.included" });
  });

  test("not into a text that no draft may have", () => {
    const long = "x".repeat(65_000);
    const space = aTeam({ ...PROPOSED, body: `${long} in the middle` }).and(
      suggest("leo", 1, { start: 0, end: 0, text: `${"y".repeat(300)} ` }),
      revise("cid", `${long} in the middle ${"z".repeat(300)}`),
    );
    const id = draftIn(space.space).suggestions[0]?.id ?? "";
    space.when(apply("cid", id)).refused("MESSAGE_TOO_LONG");
  });

  test("not where so much has changed that to tell would take long", () => {
    const long = "word ".repeat(13_000);
    const space = aTeam({ ...PROPOSED, body: long }).and(
      suggest("leo", 1, { start: 0, end: 4, text: "first" }),
      revise("cid", `${long}last`),
    );
    const id = draftIn(space.space).suggestions[0]?.id ?? "";
    space.when(apply("cid", id)).refused("SUGGESTION_CONFLICT");
  });

  test("not without there being one", () => {
    const space = aTeam(PROPOSED);
    space.when(apply("cid", "sug_9")).refused("SUGGESTION_UNKNOWN");
    space.when(apply("cid", "__proto__")).refused("SUGGESTION_UNKNOWN");
    space.when(reject("cid", "sug_9")).refused("SUGGESTION_UNKNOWN");
    space.when({ ...apply("cid"), draft: "x" }).refused("DRAFT_UNKNOWN");
  });

  test("as a cosmetic change, where the rule keeps approvals then", () => {
    const space = aTeam(rule({ clauses: [{ count: 1 }], keepsCosmetic: true }), PROPOSED, SUBMITTED).and(
      suggest("leo", 1, instead("noon", "12:00")),
      judge("mia"),
    );
    const id = draftIn(space.space).suggestions[0]?.id ?? "";
    const { space: after } = space
      .when(apply("cid", id, { cosmetic: true }))
      .happens({ type: "draft.revised", data: { cosmetic: true, keeps: true } });
    expect(draftIn(after).status).toBe("approved");
  });
});

describe("a suggestion is rejected", () => {
  test("by the author, by who may publish, or taken back by who made it", () => {
    const { space, ids } = withSuggestions(suggest("leo", 1, instead("noon", "one")));
    space.when(reject("zoe", ids[0])).refused("NOT_ALLOWED");
    for (const by of ["cid", "cora", "leo"]) {
      const { space: after } = space
        .when(reject(by, ids[0], "it is noon"))
        .happens({ type: "suggestion.rejected", data: { suggestion: ids[0], note: "it is noon" } });
      expect(draftIn(after).suggestions).toMatchObject([
        { status: "rejected", answeredBy: by, answer: "it is noon", note: null },
      ]);
    }
    space.and({ type: "member.leave", by: "leo" }).when(reject("leo", ids[0])).refused("NOT_ALLOWED");
  });

  test("and not taken up then; nor rejected once it is taken up", () => {
    const { space, ids } = withSuggestions(suggest("leo", 1, instead("noon", "one")));
    const rejected = space.and(reject("cid", ids[0]));
    rejected.when(apply("cid", ids[0])).refused("SUGGESTION_SETTLED", { status: "rejected" });
    rejected.when(reject("cid", ids[0])).happens();
    space
      .and(apply("cid", ids[0]))
      .when(reject("cid", ids[0]))
      .refused("SUGGESTION_SETTLED", { status: "applied" });
  });

  test("not on a draft that is published or withdrawn", () => {
    const { space, ids } = withSuggestions(suggest("leo", 1, instead("noon", "one")));
    const withdrawn = space.and({ type: "draft.withdraw", by: "cid", draft: "d" });
    withdrawn.when(reject("cora", ids[0])).refused("DRAFT_SETTLED");
    withdrawn.when(apply("cora", ids[0])).refused("DRAFT_SETTLED");
    expect(given(withdrawn.space).space.drafts["d"]?.suggestions).toMatchObject([{ status: "open" }]);
  });
});
