import { describe, expect, test, vi } from "vitest";
import { createClosing } from "../../../src/stores/decorators/closing.js";

describe("a signal that is joined with the end of a store", () => {
  test("tells those who listen of either, once they listen and as long as they do", () => {
    const closing = createClosing();
    const controller = new AbortController();
    const [alone, joined] = [closing.join(undefined), closing.join(controller.signal)];
    const [stays, goes] = [vi.fn(), vi.fn()];
    for (const signal of [alone, joined]) {
      signal.addEventListener("abort", stays);
      signal.addEventListener("abort", goes);
      signal.removeEventListener("abort", goes);
    }
    expect([alone.reason, joined.reason]).toEqual([undefined, undefined]);
    controller.abort("enough");
    expect(stays).toHaveBeenCalledTimes(1);
    expect([alone.aborted, joined.aborted]).toEqual([false, true]);
    closing.close();
    expect(stays).toHaveBeenCalledTimes(3);
    expect([alone.aborted, joined.aborted]).toEqual([true, true]);
    expect(joined.reason).toBe("enough");
    expect(alone.reason).toMatchObject({ code: "STORE_CLOSED" });
    expect(goes).not.toHaveBeenCalled();
  });

  test("does not take from one what another one no longer listens to", () => {
    const closing = createClosing();
    const [one, other] = [closing.join(undefined), closing.join(undefined)];
    const listener = vi.fn();
    one.addEventListener("abort", listener);
    other.addEventListener("abort", listener);
    one.removeEventListener("abort", listener);
    closing.close();
    expect(listener).toHaveBeenCalledTimes(1);
  });
});
