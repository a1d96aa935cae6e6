import { emptySpace, evolve, fold, type SpaceEvent } from "chat-spaces";
import fc from "fast-check";
import { expect, test } from "vitest";
import { erased } from "../../../src/privacy/erased.js";
import { NOW } from "../../helpers/spaces.js";

const person = fc.constantFrom("leo", "mina", "__proto__");
const made = fc
  .tuple(person, fc.constantFrom("q1", "q2", "__proto__"), fc.string(), fc.constantFrom("pending", "waiting"))
  .map(
    ([member, request, text, status]) =>
      ({
        ...{ id: "evt", type: "request.made", at: NOW, by: member, reason: text },
        data: { request, member, name: text, invite: "inv1", status, note: text },
      }) as SpaceEvent,
  );
const settled = fc
  .constantFrom("q1", "q2", "__proto__")
  .map(
    (request) =>
      ({ id: "evt", type: "request.declined", at: NOW, by: "ana", data: { request } }) as SpaceEvent,
  );

test("what somebody said for themselves and what they are called goes from their requests, and nothing else", () => {
  const nobodys = () => false;
  fc.assert(
    fc.property(fc.array(fc.oneof(made, settled)), person, (events, who) => {
      const record = {
        id: "e",
        type: "person.erased",
        at: NOW,
        by: "operator",
        data: { person: who },
      } as SpaceEvent;
      const before = fold(emptySpace("s"), events);
      const stored = events.map((event) => {
        const data = erased(event, { person: who }, nobodys);
        return data === undefined ? event : ({ ...event, data } as SpaceEvent);
      });
      const after = evolve(before, record);
      expect(fold(emptySpace("s"), [...stored, record])).toEqual(after);
      for (const request of Object.values(after.requests)) {
        const was = Object.values(before.requests).find(({ id }) => id === request.id);
        const words = request.member === who ? { name: null, note: null } : {};
        expect(request).toEqual({ ...was, ...words });
      }
    }),
    { numRuns: 200 },
  );
});
