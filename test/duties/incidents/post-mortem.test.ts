import {
  type Draft,
  type Incident,
  type PostMortem,
  postMortem,
  renderPostMortem,
  type Space,
} from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aSpace, given, HOUR, NOW } from "../../helpers/spaces.js";

const MINUTE = 60_000;

/** A draft, as far as a post-mortem reads it. */
const draft = (id: string, more: Partial<Draft>) =>
  ({
    id,
    target: "news",
    title: `draft ${id}`,
    incident: "down",
    revisions: [],
    status: "open",
    publishedAt: null,
    ...more,
  }) as Partial<Draft> as Draft;
const revision = (body: string, of = 1) => ({
  revision: of,
  at: NOW,
  by: "cid",
  body,
  attachments: [],
  cosmetic: false,
});

/** An outage of an hour and a half, reported twice, and what was said and is to be done about it. */
function anOutage(): Space {
  const { space } = given(aSpace())
    .and(
      { type: "member.remove", by: "ana", member: "cora" },
      { type: "member.add", by: "ana", member: "cora", name: "Cora", roles: ["co-moderator"] },
      {
        type: "incident.declare",
        by: "cid",
        id: "down",
        title: "The shop is down",
        severity: 2,
        occurredAt: NOW - 5 * MINUTE,
        commander: "cora",
        channel: { id: "shop-down" },
      },
    )
    .at(NOW + 2 * MINUTE)
    .and(
      { type: "incident.acknowledge", by: "cora", incident: "down" },
      {
        type: "incident.declare",
        by: "ana",
        id: "twin",
        title: "No sales",
        severity: 1,
        channel: { id: "no-sales" },
      },
    )
    .at(NOW + 10 * MINUTE)
    .and(
      { type: "incident.merge", by: "cora", incident: "twin", into: "down" },
      {
        type: "item.raise",
        by: "cora",
        id: "cert",
        title: "Renew the certificate",
        source: { channel: "shop-down", message: "msg_1" },
        owner: "cora",
        dueIn: "1h",
      },
      {
        type: "item.raise",
        by: "ana",
        id: "monitor",
        title: "Watch the sales",
        source: { channel: "no-sales", message: "msg_2" },
      },
      { type: "item.raise", by: "cid", id: "write", title: "Write it up", incident: "down", duty: "ops" },
      { type: "item.raise", by: "cid", id: "other", title: "Tidy up" },
    )
    .at(NOW + 90 * MINUTE)
    .and(
      { type: "incident.resolve", by: "cora", incident: "down", text: "A new certificate" },
      { type: "item.complete", by: "cora", item: "monitor" },
    );
  const drafts = {
    late: draft("late", {
      status: "published",
      publishedAt: NOW + 80 * MINUTE,
      revisions: [revision("We are back."), revision("We are back. Sorry.", 2)],
    }),
    early: draft("early", {
      incident: "twin",
      target: null,
      status: "published",
      publishedAt: NOW + 20 * MINUTE,
      revisions: [revision("We know.")],
    }),
    waiting: draft("waiting", { status: "submitted" }),
    refused: draft("refused", { status: "rejected", incident: "twin" }),
    back: draft("back", { status: "withdrawn", publishedAt: NOW }),
    elsewhere: draft("elsewhere", { incident: null, status: "published", publishedAt: NOW }),
  };
  return { ...space, drafts };
}

const found = (space: Space, incident = "down", at = NOW + 2 * HOUR) =>
  postMortem(space, incident, at) as PostMortem;

describe("a post-mortem", () => {
  test("has what, how bad, when, and how long it took", () => {
    expect(found(anOutage())).toMatchObject({
      incident: "down",
      title: "The shop is down",
      severity: 1,
      status: "resolved",
      duty: "ops",
      asOf: NOW + 2 * HOUR,
      times: {
        occurred: NOW - 5 * MINUTE,
        opened: NOW,
        acknowledged: NOW + 2 * MINUTE,
        contained: null,
        resolved: NOW + 90 * MINUTE,
      },
      durations: {
        detect: 5 * MINUTE,
        acknowledge: 2 * MINUTE,
        contain: null,
        resolve: 90 * MINUTE,
      },
      reopenings: 0,
    });
  });

  test("has who was there, in the order they came in, and who led", () => {
    const { openedBy, commander, people } = found(anOutage());
    expect(openedBy).toEqual({ id: "cid", name: null });
    expect(commander).toEqual({ id: "cora", name: "Cora" });
    expect(people.map(({ id }) => id)).toEqual(["cid", "cora", "ana"]);
  });

  test("has the record, the duplicates' included", () => {
    const { timeline, duplicates } = found(anOutage());
    expect(timeline.map(({ kind, text }) => [kind, text])).toEqual([
      ["declared", "The shop is down"],
      ["commanded", "cora"],
      ["acknowledged", ""],
      ["declared", "No sales"],
      ["merged", "twin"],
      ["resolved", "A new certificate"],
    ]);
    expect(duplicates).toEqual([
      {
        incident: "twin",
        title: "No sales",
        openedAt: NOW + 2 * MINUTE,
        openedBy: { id: "ana", name: null },
      },
    ]);
  });

  test("has the public updates that went out, as they did, and those that have not", () => {
    const { updates, openDrafts } = found(anOutage());
    expect(updates).toEqual([
      {
        draft: "early",
        title: "draft early",
        body: "We know.",
        publishedAt: NOW + 20 * MINUTE,
        channel: null,
      },
      {
        draft: "late",
        title: "draft late",
        body: "We are back. Sorry.",
        publishedAt: NOW + 80 * MINUTE,
        channel: "news",
      },
    ]);
    expect(openDrafts).toEqual([
      { draft: "waiting", title: "draft waiting", status: "submitted" },
      { draft: "refused", title: "draft refused", status: "rejected" },
    ]);
  });

  test("has what is to be done: raised about it or in its channel, and those of its duplicates", () => {
    expect(found(anOutage()).items).toEqual([
      {
        id: "cert",
        title: "Renew the certificate",
        status: "open",
        owner: { id: "cora", name: "Cora" },
        duty: null,
        dueAt: NOW + 70 * MINUTE,
        overdue: true,
      },
      {
        id: "monitor",
        title: "Watch the sales",
        status: "done",
        owner: null,
        duty: null,
        dueAt: null,
        overdue: false,
      },
      {
        id: "write",
        title: "Write it up",
        status: "open",
        owner: null,
        duty: "ops",
        dueAt: null,
        overdue: false,
      },
    ]);
    expect(found(anOutage(), "down", NOW).items[0]?.overdue).toBe(false);
  });

  test("of a duplicate is that of the incident it became part of", () => {
    expect(found(anOutage(), "twin")).toEqual(found(anOutage()));
  });

  test("of an incident that is going on has nothing where nothing is yet", () => {
    const { space } = given(aSpace()).and({
      type: "incident.declare",
      by: "cid",
      id: "down",
      title: "Hm",
      severity: 4,
    });
    expect(found(space)).toMatchObject({
      status: "open",
      durations: { detect: 0, acknowledge: null, contain: null, resolve: null },
      commander: null,
      updates: [],
      openDrafts: [],
      items: [],
      duplicates: [],
    });
  });

  test("of what came before its beginning says that it took no time", () => {
    const space = anOutage();
    const incident = { ...(space.incidents["down"] as Incident), acknowledgedAt: NOW - 1 };
    const { durations } = found({ ...space, incidents: { ...space.incidents, down: incident } });
    expect(durations.acknowledge).toBe(0);
  });

  test("is plain data", () => {
    const one = found(anOutage());
    expect(JSON.parse(JSON.stringify(one))).toEqual(one);
  });

  test("is of an incident that is there", () => {
    expect(postMortem(anOutage(), "other", NOW)).toBeUndefined();
    expect(postMortem(anOutage(), "__proto__", NOW)).toBeUndefined();
  });

  test("comes to an end also where the record says that incidents are part of each other", () => {
    const space = anOutage();
    const down = { ...(space.incidents["down"] as Incident), mergedInto: "twin" };
    expect(postMortem({ ...space, incidents: { ...space.incidents, down } }, "down", NOW)).toBeDefined();
  });
});

describe("the text of a post-mortem", () => {
  test("tells it all, in local time", () => {
    expect(renderPostMortem(found(anOutage()), { timeZone: "Europe/Berlin" })).toBe(`\
# Post-mortem: The shop is down

- Severity: 1
- Status: resolved
- Answers for it: ops
- Led by: Cora
- Involved: cid, Cora, ana
- Times in Europe/Berlin, as of 2026-05-01 16:00

| | When | How long |
| --- | --- | --- |
| Began | 2026-05-01 13:55 | |
| Declared | 2026-05-01 14:00 | 5 min after it began |
| Acknowledged | 2026-05-01 14:02 | 2 min after it was declared |
| Contained | no | |
| Resolved | 2026-05-01 15:30 | 1 h 30 min after it was declared |

## What happened

- 2026-05-01 14:00: cid declared it

  > The shop is down

- 2026-05-01 14:00: cid gave the lead to Cora
- 2026-05-01 14:02: Cora acknowledged it
- 2026-05-01 14:02: ana declared it

  > No sales

- 2026-05-01 14:10: Cora merged "No sales" into it
- 2026-05-01 15:30: Cora resolved it

  > A new certificate

## What was said in public

- 2026-05-01 14:20: draft early

  > We know.

- 2026-05-01 15:20: draft late, in news

  > We are back. Sorry.

## Not published

- draft waiting (submitted)
- draft refused (rejected)

## What is to be done

- [ ] Renew the certificate (Cora, due 2026-05-01 15:10, overdue)
- [x] Watch the sales
- [ ] Write it up (ops)

## Duplicates

- No sales, declared by ana at 2026-05-01 14:02
`);
  });

  test("is in UTC unless a zone is named, which has to be one", () => {
    expect(renderPostMortem(found(anOutage()))).toContain("- Times in UTC, as of 2026-05-01 14:00");
    expect(() => renderPostMortem(found(anOutage()), { timeZone: "Mars/Olympus" })).toThrow(
      /not a time zone/,
    );
  });

  test("says how often it was reopened", () => {
    const again = { ...found(anOutage()), reopenings: 1 };
    expect(renderPostMortem(again)).toContain("- Status: resolved, reopened once\n");
    expect(renderPostMortem({ ...again, reopenings: 2 })).toContain(", reopened 2 times\n");
  });

  test("tells the two passes of an hour apart that clocks show twice", () => {
    const first = Date.parse("2026-10-25T00:30:00Z");
    const at = (asOf: number) =>
      renderPostMortem({ ...found(anOutage()), asOf }, { timeZone: "Europe/Berlin" });
    expect(at(first)).toContain("as of 2026-10-25 02:30 (UTC+02:00)\n");
    expect(at(first + HOUR)).toContain("as of 2026-10-25 02:30 (UTC+01:00)\n");
    expect(at(first + 2 * HOUR)).toContain("as of 2026-10-25 03:30\n");
  });

  test("can tell of any time", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -8.64e15, max: 8.64e15 }),
        fc.constantFrom("Europe/Berlin", "America/New_York", "Pacific/Apia"),
        (asOf, timeZone) => {
          expect(renderPostMortem({ ...found(anOutage()), asOf }, { timeZone })).toMatch(
            /as of [+-]?\d{4,6}-\d\d-\d\d \d\d:\d\d/,
          );
        },
      ),
      {
        numRuns: 100,
        examples: [
          [-8.64e15, "America/New_York"],
          [8.64e15, "Europe/Berlin"],
        ],
      },
    );
  });

  test("has no structure but its own, whatever people write", () => {
    const nasty = fc.oneof(
      fc.string({
        unit: fc.constantFrom(..."\\`*_{}[]<>()#+-.!|~&:^$= \n\r\t1aé\u2028\u202e"),
        maxLength: 30,
      }),
      fc.constantFrom(
        "# big",
        "===",
        "---",
        "- x",
        "1. x",
        "1) x",
        "    code",
        "```\ncode",
        "<script>alert(1)</script>",
        "![x](https://evil.example/y.png)",
        "a | b\n--|--",
        "x\n===",
        "[x]: https://evil.example",
        "&lt;",
        "\n\n\n",
      ),
    );
    const space = anOutage();
    fc.assert(
      fc.property(nasty, nasty, nasty, (a, b, c) => {
        const before = found(space);
        const text = renderPostMortem({
          ...before,
          title: a,
          duty: b,
          commander: { id: c, name: a },
          timeline: before.timeline.map((one) => ({ ...one, text: one.kind === "merged" ? "twin" : b })),
          updates: before.updates.map((one) => ({ ...one, title: c, body: a, channel: b })),
          openDrafts: before.openDrafts.map((one) => ({ ...one, title: a })),
          items: before.items.map((one) => ({ ...one, title: b, duty: c })),
          duplicates: before.duplicates.map((one) => ({ ...one, title: c })),
        });
        const lines = text.split("\n");
        expect(text).not.toMatch(/[\r\u2028\u202e\t]/);
        // Every line is one of ours, and within it nothing that people wrote means anything.
        const ours =
          /^(# Post-mortem: |## (What happened|What was said in public|Not published|What is to be done|Duplicates)$|- (\[[ x]\] )?|\| (Began|Declared|Acknowledged|Contained|Resolved) \||\| \| When|\| --- \||$| {2}>( |$))/;
        for (const line of lines) {
          expect(line).toMatch(ours);
          const said = line.replace(ours, "");
          if (line.startsWith("|")) continue;
          expect(said.replace(/\\[^a-z0-9\s]|&[lg]t;/gi, "")).not.toMatch(/[\\`*_{}[\]<>#!|~&^$]/);
          if (line.startsWith("  >")) expect(said).not.toMatch(/^([-+=]|\d+[.)])/);
        }
        expect(lines.filter((line) => line.startsWith("#"))).toHaveLength(6);
        expect(lines.filter((line) => line.startsWith("|"))).toHaveLength(7);
      }),
      { numRuns: 200 },
    );
  });
});
