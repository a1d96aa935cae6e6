import { emptySpace, type Member } from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { happened } from "../../src/model/decider.js";
import { startFolding } from "../../src/model/folding.js";
import { counter } from "../helpers/spaces.js";

const member = (id: string): Member => ({
  id,
  name: null,
  roles: ["guest"],
  joinedAt: 0,
  invite: null,
  campaign: null,
});

describe("a space being folded", () => {
  test("is another than the one it started from, which stays as it was", () => {
    const start = Object.freeze({ ...emptySpace("drop"), members: Object.freeze({ ana: member("ana") }) });
    const folding = startFolding(start);
    folding.set({ name: "Spring drop", stage: "live" });
    folding.put("members", "leo", member("leo"));
    folding.drop("members", "ana");
    expect(folding.space).toEqual({
      ...start,
      name: "Spring drop",
      stage: "live",
      members: { leo: member("leo") },
    });
    expect(Object.keys(start.members)).toEqual(["ana"]);
    expect(start.name).toBe("");
  });

  test("shares the parts that nothing has touched", () => {
    const start = emptySpace("drop");
    const folding = startFolding(start);
    folding.put("members", "leo", member("leo"));
    expect(folding.space.members).not.toBe(start.members);
    expect(folding.space.channels).toBe(start.channels);
  });

  test("copies a part once, however often it is touched", () => {
    const folding = startFolding(emptySpace("drop"));
    folding.put("members", "ana", member("ana"));
    const { members } = folding.space;
    folding.put("members", "leo", member("leo"));
    folding.drop("members", "ana");
    expect(folding.space.members).toBe(members);
  });

  test("ids are plain, __proto__ included, through JSON and back", () => {
    const ids = fc.constantFrom("__proto__", "constructor", "toString", "ana", "");
    const steps = fc.array(fc.record({ id: ids, put: fc.boolean() }), { maxLength: 12 });
    fc.assert(
      fc.property(steps, (all) => {
        const there = new Set<string>();
        let folding = startFolding(emptySpace("drop"));
        for (const { id, put } of all) {
          if (put) folding.put("members", id, member(id));
          else folding.drop("members", id);
          there[put ? "add" : "delete"](id);
          // Spaces are kept between commands, as JSON.
          folding = startFolding(JSON.parse(JSON.stringify(folding.space)));
        }
        expect(new Set(Object.keys(folding.space.members))).toEqual(there);
        expect(Object.getPrototypeOf(folding.space.members)).toBe(Object.prototype);
      }),
    );
  });
});

describe("an event that a command made", () => {
  const context = { now: 5, newId: counter() };

  test("says who, when and, where it was said, why", () => {
    expect(
      happened("member.left", { member: "leo" }, { by: "ana", reason: "spam" }, context, "evt_x"),
    ).toEqual({
      id: "evt_x",
      type: "member.left",
      at: 5,
      by: "ana",
      reason: "spam",
      data: { member: "leo" },
    });
  });

  test("has no reason where none was given, rather than an undefined one that JSON would drop", () => {
    const event = happened("member.left", { member: "leo" }, { by: "ana", reason: undefined }, context);
    expect(Object.keys(event)).toEqual(["id", "type", "at", "by", "data"]);
    expect(JSON.parse(JSON.stringify(event))).toEqual(event);
  });

  test("gets an id of its own kind", () => {
    expect(happened("space.wentLive", {}, { by: "ana" }, context).id).toMatch(/^evt_/);
  });
});
