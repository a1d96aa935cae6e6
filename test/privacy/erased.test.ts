import {
  emptySpace,
  emptyTimeline,
  evolve,
  fold,
  foldTimeline,
  type SpaceEvent,
  type TimelineEvent,
} from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { prepare } from "../../src/metrics/facts.js";
import { type Erased, erased, writtenBy } from "../../src/privacy/erased.js";
import { NOW } from "../helpers/spaces.js";

let made = 0;
const event = <T extends SpaceEvent["type"]>(
  type: T,
  by: string,
  data: SpaceEvent<T>["data"],
  more: { id?: string; at?: number; reason?: string } = {},
) => ({ id: `evt_${made++}`, type, at: NOW, by, data, ...more }) as SpaceEvent;

const LEO: Erased = { person: "leo" };
const nobodys = () => false;
const posted = (author: string, body: string) => ({ author, kind: "text" as const, body });

describe("what stays of an event when a person is erased", () => {
  test("their name goes, and what they belong to stays", () => {
    const data = { member: "leo", name: "Leo", roles: ["guest"], invite: "inv_1", campaign: "spring" };
    expect(erased(event("member.joined", "leo", data), LEO, nobodys)).toEqual({ ...data, name: null });
    expect(erased(event("member.joined", "mina", { ...data, member: "mina" }), LEO, nobodys)).toBeUndefined();
  });

  test("what they wrote goes, and that they wrote it stays", () => {
    const data = {
      author: "leo",
      authorName: "Leo of the bakery",
      kind: "media" as const,
      body: "my passport",
      replyTo: "m1",
      attachments: [{ name: "passport.jpg", kind: "image" as const, size: 9 }],
      poll: { question: "Where do I live?", options: ["here", "there"], multiple: false },
      source: { platform: "whatsapp", id: "wa_1", wallClock: "2026-05-01T12:00:00", note: "call with Leo" },
    };
    expect(erased(event("message.posted", "import", data), LEO, nobodys)).toEqual({
      author: "leo",
      kind: "media",
      body: "",
      replyTo: "m1",
      attachments: [{ name: null, kind: "image" }],
      poll: { question: "", options: ["", ""], multiple: false },
      source: { platform: "whatsapp", id: "wa_1" },
    });
    expect(
      erased(event("message.posted", "mina", posted("mina", "leo is late")), LEO, nobodys),
    ).toBeUndefined();
  });

  test("so does how it was edited, also by somebody else", () => {
    const edit = event("message.edited", "sam", { message: "m1", body: "my pass…" });
    expect(erased(edit, LEO, (message) => message === "m1")).toEqual({ message: "m1", body: "" });
    expect(erased(edit, LEO, nobodys)).toBeUndefined();
  });

  test("so do reasons that they gave, or that were given about them", () => {
    const out = { member: "leo" };
    const why = { reason: "shouted at everybody" };
    expect(erased(event("member.removed", "ana", out, why), LEO, nobodys)).toEqual(out);
    expect(erased(event("channel.closed", "leo", { channel: "lounge" }, why), LEO, nobodys)).toEqual({
      channel: "lounge",
    });
    expect(erased(event("channel.closed", "ana", { channel: "lounge" }, why), LEO, nobodys)).toBeUndefined();
  });

  test("so do the notes of handoffs that they offered", () => {
    const data = offered("leo", "sam", "two refunds");
    expect(erased(event("handoff.offered", "leo", data), LEO, nobodys)).toEqual({ ...data, note: null });
  });

  test("so do the titles of what they wrote in the notes of others", () => {
    const item = {
      kind: "question",
      id: "m1",
      title: "Where is Leo's parcel?",
      by: "leo",
      since: 1,
      dueAt: null,
    } as const;
    const data = { ...offered("ana", "sam", "one question"), items: [item, { ...item, by: "zoe" }] };
    expect(erased(event("handoff.offered", "ana", data), LEO, nobodys)).toEqual({
      ...data,
      items: [
        { ...item, title: "" },
        { ...item, by: "zoe" },
      ],
    });
  });

  test("so do their drafts, and what of theirs was taken up into those of others", () => {
    const attachments = [{ name: "leo.jpg", kind: "image" }] as const;
    const proposed = {
      ...{ draft: "d1", channel: "studio", target: null, title: "Leo's text", body: "I am Leo", attachments },
      ...{ incident: null, rule: null },
    };
    expect(erased(event("draft.proposed", "leo", proposed), LEO, nobodys)).toEqual({
      ...proposed,
      ...{ title: "", body: "", attachments: [{ name: null, kind: "image" }] },
    });
    expect(erased(event("draft.proposed", "ana", proposed), LEO, nobodys)).toBeUndefined();
    const suggested = {
      ...{ draft: "d1", suggestion: "s1", revision: 1, note: "better" },
      edits: [{ start: 0, end: 4, text: "Leo!" }],
    };
    const suggestion = event("suggestion.made", "leo", suggested);
    expect(writtenBy(suggestion, "leo")).toBe("s1");
    expect(erased(suggestion, LEO, nobodys)).toEqual({
      ...suggested,
      ...{ note: null, edits: [{ start: 0, end: 4, text: "" }] },
    });
    const revised = {
      ...{ draft: "d1", revision: 2, body: "Leo! am", attachments: [], cosmetic: false, keeps: false },
      suggestion: "s1",
    };
    expect(erased(event("draft.revised", "ana", revised), LEO, (id) => id === "s1")).toEqual({
      ...revised,
      body: "",
    });
    expect(erased(event("draft.revised", "leo", revised), LEO, nobodys)).toBeUndefined();
  });

  test("so does what they reported, and what they said was to be done", () => {
    const text = { incident: "i1", text: "Leo's phone was stolen" };
    expect(erased(event("incident.updated", "leo", text), LEO, nobodys)).toEqual({
      incident: "i1",
      text: "",
    });
    expect(erased(event("incident.updated", "ana", text), LEO, nobodys)).toBeUndefined();
    const raised = {
      ...{ item: "t1", title: "Call Leo", duty: null, owner: "leo", dueAt: null, source: null },
      ...{ incident: null, checklist: null },
    };
    expect(erased(event("item.raised", "leo", raised), LEO, nobodys)).toEqual({ ...raised, title: "" });
    expect(erased(event("item.raised", "ana", raised), LEO, nobodys)).toBeUndefined();
    expect(erased(event("item.changed", "leo", { item: "t1", dueAt: 7 }), LEO, nobodys)).toBeUndefined();
  });

  test("nothing is left to do the second time, nor of what is erased altogether", () => {
    const first = event("message.posted", "leo", posted("leo", "hello"), { reason: "greeting" });
    const { reason: _, ...rest } = first;
    const second = { ...rest, data: erased(first, LEO, nobodys) } as SpaceEvent;
    expect(erased(second, LEO, nobodys)).toBeUndefined();
    expect(erased({ ...rest, data: null } as never, LEO, nobodys)).toBeUndefined();
  });
});

describe("what stays of what was said too long ago", () => {
  const old: Erased = { before: NOW };

  test("everything but the texts, of everybody, up to that instant and not at it", () => {
    const at = NOW - 1;
    expect(erased(event("message.posted", "leo", posted("leo", "hi"), { at }), old, nobodys)).toEqual(
      posted("leo", ""),
    );
    expect(
      erased(event("message.edited", "leo", { message: "m1", body: "ho" }, { at }), old, nobodys),
    ).toEqual({ message: "m1", body: "" });
    expect(erased(event("message.posted", "leo", posted("leo", "hi")), old, nobodys)).toBeUndefined();
  });

  test("the charter, which is no conversation, stays", () => {
    const data = { member: "leo", name: "Leo", roles: [], invite: null, campaign: null };
    expect(
      erased(event("member.joined", "leo", data, { at: 0, reason: "a friend" }), old, nobodys),
    ).toBeUndefined();
  });
});

/** An offer of a duty. */
function offered(from: string, to: string, note: string) {
  const of = { duty: "ops" };
  return { handoff: "h1", of, from, to, note, window: null, expiresAt: NOW, items: [] };
}

describe("folds and counts come out as before", () => {
  const person = fc.constantFrom("leo", "mina", "__proto__");
  const text = fc.string();
  const charter = fc.oneof(
    fc
      .tuple(person, text)
      .map(([member, name]) =>
        event("member.joined", member, { member, name, roles: ["guest"], invite: null, campaign: null }),
      ),
    person.map((member) => event("member.left", member, { member })),
    fc
      .tuple(person, person, text)
      .map(([from, to, note]) =>
        event("handoff.offered", from, { ...offered(from, to, note), handoff: `h${made}` }),
      ),
    fc
      .tuple(person, text)
      .map(([member, reason]) =>
        event("role.assigned", "ana", { member, roles: ["contributor"] }, { reason }),
      ),
  );
  const id = fc.constantFrom("x", "y");
  const worked = fc.oneof(
    fc.tuple(person, id, text).map(([by, draft, body]) =>
      event("draft.proposed", by, {
        ...{ draft, channel: "studio", target: null, title: body, body, attachments: [] },
        ...{ incident: null, rule: null },
      }),
    ),
    fc.tuple(person, id, text, fc.option(id)).map(([by, draft, body, suggestion]) =>
      event("draft.revised", by, {
        ...{ draft, revision: made, body, attachments: [{ name: body, kind: "image" as const }] },
        ...{ cosmetic: false, keeps: true, suggestion: suggestion === null ? null : `${draft}${suggestion}` },
      }),
    ),
    fc.tuple(person, id, id, text).map(([by, draft, name, note]) =>
      event("suggestion.made", by, {
        ...{ draft, suggestion: `${draft}${name}`, revision: 1, note },
        edits: [{ start: 0, end: 0, text: note }],
      }),
    ),
    fc
      .tuple(person, id, text)
      .map(([by, draft, note]) =>
        event("verdict.given", by, { draft, revision: 1, verdict: "approve", note }),
      ),
    fc.tuple(person, id, text).map(([by, incident, title]) =>
      event("incident.declared", by, {
        ...{ incident, title, severity: 2 as const, occurredAt: NOW, duty: "ops", channel: null },
        ...{ source: null, text: title },
      }),
    ),
    fc
      .tuple(person, id, text)
      .map(([by, incident, said]) => event("incident.updated", by, { incident, text: said })),
    person.map((by) => event("incident.merged", by, { incident: "x", into: "y" })),
    fc.tuple(person, id, text).map(([by, item, title]) =>
      event("item.raised", by, {
        ...{ item, title, duty: null, owner: null, dueAt: null, source: null },
        ...{ incident: null, checklist: null },
      }),
    ),
    fc.tuple(person, id, text).map(([by, item, title]) => event("item.changed", by, { item, title })),
  );
  const policy = {
    ...{ visibility: "invite" as const, export: "hosts" as const, ai: false, forward: false },
    ...{ retention: null, legal: null, disclosure: null },
  };
  const shared = fc.oneof(
    fc.tuple(person, id, text, fc.option(person)).map(([by, slice, title, hidden]) =>
      event("slice.created", by, {
        ...{ slice, title, channels: ["lounge"], pick: [], except: [], spare: [], context: false },
        redact: hidden === null ? ["people"] : ["links", { person: hidden, alsoKnownAs: [title] }],
        ...{ mode: "live", until: [], count: 1, seed: "sed", policy },
      }),
    ),
    fc.tuple(person, id, id, text).map(([by, share, slice, recipient]) =>
      event("slice.shared", by, {
        ...{ share, slice, cohorts: [], audience: [by], hash: null, recipient },
        ...{ expiresAt: null, policy, marked: false },
      }),
    ),
    person.map((by) => event("slice.revoked", by, { slice: "x" })),
    fc
      .tuple(person, id, text)
      .map(([member, request, note]) =>
        event("request.made", member, { request, member, name: note, invite: "i", status: "pending", note }),
      ),
  );
  const said = fc.oneof(
    fc
      .tuple(person, text, fc.nat(9))
      .map(([by, body, n]) => event("message.posted", by, posted(by, body), { id: `m${n}` })),
    fc
      .tuple(person, text, fc.nat(9))
      .map(([by, body, n]) => event("message.edited", by, { message: `m${n}`, body })),
    fc.tuple(person, fc.nat(9)).map(([by, n]) => event("message.deleted", by, { message: `m${n}` })),
    fc
      .tuple(person, fc.nat(9))
      .map(([by, n]) => event("reaction.added", by, { message: `m${n}`, emoji: "👍" })),
  );

  /** The events as a store gives them after the erasure. */
  function stored(events: readonly SpaceEvent[], what: Erased): readonly SpaceEvent[] {
    const theirs = new Set<string>();
    return events.map((one) => {
      const written = "person" in what ? writtenBy(one, what.person) : undefined;
      if (written !== undefined) theirs.add(written);
      const data = erased(one, what, (id) => theirs.has(id));
      if (data === undefined) return one;
      const { reason: _, ...rest } = one;
      return { ...rest, data } as SpaceEvent;
    });
  }

  test("of a space, for whom it is folded from before and for whom it is folded anew", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(charter, worked, shared)), person, (events, who) => {
        const record = event("person.erased", "operator", { person: who });
        const before = evolve(fold(emptySpace("s"), events), record);
        expect(fold(emptySpace("s"), [...stored(events, { person: who }), record])).toEqual(before);
        expect(before.members[who]?.name ?? null).toBeNull();
      }),
    );
  });

  test("of a channel: the same messages by the same people, and the same facts for the metrics", () => {
    fc.assert(
      fc.property(
        fc.array(said),
        fc.oneof(
          person.map((who) => ({ person: who })),
          fc.constant({ before: NOW + 1 }),
        ),
        (events, what) => {
          const after = stored(events, what);
          const skeleton = (list: readonly SpaceEvent[]) =>
            Object.values(foldTimeline(emptyTimeline("lounge"), list).messages).map(
              ({ body: _, ...rest }) => rest,
            );
          expect(skeleton(after)).toEqual(skeleton(events));
          expect(prepare("lounge", after as TimelineEvent[])).toEqual(
            prepare("lounge", events as TimelineEvent[]),
          );
          const bodies = Object.values(foldTimeline(emptyTimeline("lounge"), after).messages)
            .filter(({ author }) => "before" in what || author === what.person)
            .map(({ body }) => body);
          expect(bodies.join("")).toBe("");
        },
      ),
    );
  });
});
