import { itemRows, openItems, overdue, type Space } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { aSpace, given, HOUR, NOW } from "../../helpers/spaces.js";

const raise = (id: string, more: object = {}) =>
  ({ type: "item.raise", by: "cid", id, title: `do ${id}`, ...more }) as const;

/** Items of several people, raised in turn. */
function aBoard(): Space {
  return given(aSpace())
    .and(raise("someday"))
    .at(NOW + 1)
    .and(
      raise("late", { dueAt: NOW + 3 * HOUR, owner: "gus" }),
      raise("soon", { dueAt: NOW + HOUR, owner: "cid", duty: "ops" }),
    )
    .at(NOW + 2)
    .and(
      raise("tie", { dueAt: NOW + HOUR, duty: "ops" }),
      raise("whenever", { duty: "legal" }),
      raise("done", { dueAt: NOW + HOUR }),
      { type: "item.complete", by: "cid", item: "done" },
      raise("dropped", { dueAt: NOW + HOUR }),
      { type: "item.drop", by: "cid", item: "dropped" },
      { type: "item.acknowledge", by: "cid", item: "soon" },
    ).space;
}

const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id);

describe("the items that are open", () => {
  test("come as they are due, those without a date last, of the same time the first raised first", () => {
    expect(ids(openItems(aBoard()))).toEqual(["soon", "tie", "late", "someday", "whenever"]);
  });

  test("can be those of a duty, of an owner, of both, or of nobody", () => {
    const board = aBoard();
    expect(ids(openItems(board, { duty: "ops" }))).toEqual(["soon", "tie"]);
    expect(ids(openItems(board, { owner: "gus" }))).toEqual(["late"]);
    expect(ids(openItems(board, { duty: "ops", owner: null }))).toEqual(["tie"]);
    expect(ids(openItems(board, { duty: null }))).toEqual(["late", "someday"]);
    expect(openItems(board, { owner: "__proto__" })).toEqual([]);
  });

  test("are overdue from the instant on at which they are due", () => {
    const board = aBoard();
    expect(overdue(board, NOW + HOUR - 1)).toEqual([]);
    expect(ids(overdue(board, NOW + HOUR))).toEqual(["soon", "tie"]);
    expect(ids(overdue(board, NOW + 5 * HOUR))).toEqual(["soon", "tie", "late"]);
  });
});

describe("rows for project tools", () => {
  test("have all there is to know of an item, flat", () => {
    const { space } = given(aSpace()).and(
      { type: "member.add", by: "ana", member: "leo", name: "Leo", roles: ["guest"] },
      { type: "incident.declare", by: "cid", id: "down", title: "x", severity: 1 },
      { type: "checklist.open", by: "cora", id: "list", channel: "lounge", title: "Today", items: [] },
      raise("full", {
        duty: "ops",
        owner: "leo",
        dueIn: "1h",
        source: { channel: "lounge", message: "msg_1" },
        incident: "down",
        checklist: "list",
      }),
      { type: "item.acknowledge", by: "leo", item: "full" },
      { type: "item.complete", by: "leo", item: "full" },
      { type: "item.reopen", by: "cid", item: "full" },
    );
    expect(itemRows(space, NOW + 2 * HOUR)).toEqual([
      {
        id: "full",
        title: "do full",
        status: "acknowledged",
        overdue: true,
        duty: "ops",
        owner: "leo",
        ownerName: "Leo",
        dueAt: "2026-05-01T13:00:00.000Z",
        raisedAt: "2026-05-01T12:00:00.000Z",
        raisedBy: "cid",
        acknowledgedAt: "2026-05-01T12:00:00.000Z",
        acknowledgedBy: "leo",
        doneAt: null,
        doneBy: null,
        reopenings: 1,
        checklist: "list",
        checklistTitle: "Today",
        incident: "down",
        sourceChannel: "lounge",
        sourceMessage: "msg_1",
      },
    ]);
  });

  test("are there for every item, the first raised first, over or not", () => {
    expect(itemRows(aBoard(), NOW).map(({ id, status, overdue }) => [id, status, overdue])).toEqual([
      ["someday", "open", false],
      ["late", "open", false],
      ["soon", "acknowledged", false],
      ["tie", "open", false],
      ["whenever", "open", false],
      ["done", "done", false],
      ["dropped", "dropped", false],
    ]);
    expect(itemRows(aBoard(), NOW + 9 * HOUR).filter(({ overdue }) => overdue)).toHaveLength(3);
  });

  test("come in the order of time whatever the ids are", () => {
    const { space } = given(aSpace())
      .and(raise("2"))
      .at(NOW + 1)
      .and(raise("1"));
    expect(ids(itemRows(space, NOW))).toEqual(["2", "1"]);
    expect(ids(openItems(space))).toEqual(["2", "1"]);
  });

  test("have the same columns in the same order, with nothing but plain values", () => {
    const rows = itemRows(aBoard(), NOW);
    const [columns = []] = rows.map((row) => Object.keys(row));
    expect(columns).toHaveLength(20);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(columns);
      for (const value of Object.values(row))
        expect(value === null || ["string", "number", "boolean"].includes(typeof value)).toBe(true);
    }
  });
});
