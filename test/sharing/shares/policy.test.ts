import { type Policy, policyIn, policyOf, strictest, widened } from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aSpace, given } from "../../helpers/spaces.js";

const ORIGIN = { space: "other", slice: "slc_9", root: null };

const someText = fc.option(fc.constantFrom("No advice.", "Paid partnership", "Ad"));
const policies: fc.Arbitrary<Policy> = fc.record({
  visibility: fc.constantFrom("private", "invite", "public"),
  export: fc.constantFrom("nobody", "hosts", "members"),
  ai: fc.boolean(),
  forward: fc.boolean(),
  retention: fc.option(fc.integer({ min: 1, max: 9 })),
  legal: someText,
  disclosure: someText,
});

describe("a policy", () => {
  test("of two that hold together allows no more than either", () => {
    fc.assert(
      fc.property(policies, policies, (a, b) => {
        expect(widened(strictest(a, b), a)).toEqual([]);
        expect(widened(strictest(a, b), b)).toEqual([]);
      }),
    );
  });

  test("is as strict as itself, and combining it with itself changes nothing", () => {
    fc.assert(
      fc.property(policies, policies, policies, (a, b, c) => {
        expect(widened(a, a)).toEqual([]);
        expect(strictest(a, a)).toEqual(a);
        const { legal: _, disclosure: __, ...one } = strictest(strictest(a, b), c);
        expect(strictest(a, strictest(b, c))).toMatchObject(one);
      }),
    );
  });

  test("is wider wherever it allows more or shows less", () => {
    const strict: Policy = {
      ...{ visibility: "private", export: "nobody", ai: false, forward: false },
      ...{ retention: 5, legal: "No advice.", disclosure: "Ad" },
    };
    const wide: Policy = {
      ...{ visibility: "public", export: "members", ai: true, forward: true },
      ...{ retention: null, legal: null, disclosure: "" },
    };
    expect(widened(wide, strict)).toEqual(Object.keys(strict));
    expect(widened(strict, wide)).toEqual([]);
    expect(widened({ ...strict, retention: 6 }, strict)).toEqual(["retention"]);
    expect(widened({ ...strict, legal: "Before. No advice. After." }, strict)).toEqual([]);
  });

  test("of a space says what its settings say, of a channel what both allow", () => {
    const space = given(aSpace()).and(
      { type: "space.configure", by: "ana", ai: true, legal: "No advice.", retention: "30d" },
      { type: "policy.bind", by: "ana", channel: "lounge", policy: { export: "hosts", disclosure: "Ad" } },
    ).space;
    expect(policyOf(space)).toEqual({
      ...{ visibility: "invite", export: "members", ai: true, forward: false },
      ...{ retention: 30 * 86_400_000, legal: "No advice.", disclosure: null },
    });
    expect(policyIn(space, ["lounge", "news"])).toEqual({
      ...policyOf(space),
      ...{ export: "hosts", disclosure: "Ad" },
    });
  });
});

describe("changing a policy", () => {
  const configurer = given(aSpace()).and(
    {
      type: "role.define",
      by: "ana",
      role: "clerk",
      to: { rank: 60, allow: ["space.configure", "channel.configure"] },
    },
    { type: "member.add", by: "ana", member: "noa", roles: ["clerk"] },
  );

  test("narrowing is free for whoever may configure", () => {
    configurer
      .when({ type: "space.configure", by: "noa", exportPolicy: "nobody" })
      .happens({ type: "space.configured", data: { exportPolicy: "nobody" } });
    configurer.when({ type: "policy.bind", by: "noa", channel: "lounge", policy: { ai: false } }).happens({
      type: "policy.bound",
      data: { channel: "lounge", policy: { ai: false, forward: true }, origin: null },
    });
  });

  test("widening takes the right to", () => {
    configurer
      .when({ type: "space.configure", by: "noa", ai: true, forward: true })
      .refused("POLICY_WIDENED", { fields: ["ai", "forward"] });
    configurer.when({ type: "space.configure", by: "ana", ai: true }).happens({ type: "space.configured" });
    const bound = configurer.and({
      type: "policy.bind",
      by: "noa",
      channel: "lounge",
      policy: { ai: false },
    });
    bound
      .when({ type: "policy.bind", by: "noa", channel: "lounge", policy: { ai: true } })
      .refused("POLICY_WIDENED", { fields: ["ai"] });
    bound
      .when({ type: "policy.bind", by: "ana", channel: "lounge", policy: { ai: true } })
      .happens({ type: "policy.bound", data: { policy: { ai: true } } });
  });

  test("one that came with content is widened by nobody, and keeps where it came from", () => {
    const bound = given(aSpace()).and({
      ...{ type: "policy.bind", by: "ana", channel: "lounge", policy: { ai: false } },
      origin: ORIGIN,
    });
    bound
      .when({ type: "policy.bind", by: "ana", channel: "lounge", policy: { ai: true } })
      .refused("POLICY_INHERITED", { fields: ["ai"], channel: "lounge" });
    bound
      .when({ type: "policy.bind", by: "ana", channel: "lounge", policy: { forward: false } })
      .happens({ type: "policy.bound", data: { policy: { ai: false, forward: false }, origin: ORIGIN } });
  });

  test("needs a channel that there is, and the right to configure it", () => {
    given(aSpace())
      .when({ type: "policy.bind", by: "ana", channel: "__proto__", policy: {} })
      .refused("CHANNEL_UNKNOWN");
    given(aSpace())
      .when({ type: "policy.bind", by: "gus", channel: "lounge", policy: {} })
      .refused("NOT_ALLOWED");
  });
});
