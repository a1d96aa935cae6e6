import { describe, test } from "vitest";
import { aSpace, given, NOW } from "../helpers/spaces.js";

describe("a legal hold", () => {
  test("is put there and released by a host, in an archived space too", () => {
    given(aSpace())
      .when({ type: "space.hold", by: "ana", reason: "the dispute with the supplier" })
      .happens({ type: "space.held", data: {} });
    given(aSpace())
      .and({ type: "space.archive", by: "ana" }, { type: "space.hold", by: "ana" })
      .when({ type: "space.release", by: "ana" })
      .happens({ type: "space.released" });
  });

  test("is put there once, and released once", () => {
    given(aSpace()).and({ type: "space.hold", by: "ana" }).when({ type: "space.hold", by: "ana" }).happens();
    given(aSpace()).when({ type: "space.release", by: "ana" }).happens();
  });

  test("is not a guest's to put there, nor to release", () => {
    const space = given(aSpace()).and({ type: "member.add", by: "ana", member: "leo", roles: ["guest"] });
    space.when({ type: "space.hold", by: "leo" }).refused("NOT_ALLOWED");
    space
      .and({ type: "space.hold", by: "ana" })
      .when({ type: "space.release", by: "leo" })
      .refused("NOT_ALLOWED");
  });

  test("refuses every erasure, until it is released", () => {
    const held = given(aSpace()).and({ type: "space.hold", by: "ana" });
    held.when({ type: "person.erase", by: "operator", person: "leo" }).refused("LEGAL_HOLD");
    held.when({ type: "retention.apply", by: "operator", before: NOW }).refused("LEGAL_HOLD");
    held
      .and({ type: "space.release", by: "ana" })
      .when({ type: "person.erase", by: "operator", person: "leo" })
      .happens({ type: "person.erased", data: { person: "leo" } });
  });
});

describe("retention", () => {
  test("is a length of time, or for good", () => {
    given(aSpace())
      .when({ type: "space.configure", by: "ana", retention: "90d" })
      .happens({ type: "space.configured", data: { retention: 90 * 86_400_000 } });
    given(aSpace())
      .when({ type: "space.configure", by: "ana", retention: null })
      .happens({ type: "space.configured", data: { retention: null } });
    given(aSpace())
      .when({ type: "space.configure", by: "ana", retention: "soon" as never })
      .refused("INVALID_COMMAND");
  });
});
