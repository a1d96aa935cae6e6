import { StoreError } from "../kernel/errors.js";
import { hasLoneSurrogate } from "./commit.js";
import type { EraseRequest, StoredEvent } from "./contract.js";

/**
 * What stays of the payloads of a request, as JSON text by revision; `null` stands for all revisions.
 *
 * @throws StoreError `STORE_INVALID_ERASURE` where the request is not one.
 */
export function encodeErasure(request: EraseRequest): ReadonlyMap<number, string> | null {
  if (typeof request !== "object" || request === null) throw invalid("there is no request");
  if ("all" in request && request.all === true) return null;
  const { revisions, data } = request as Exclude<EraseRequest, { all: true }>;
  if (!Array.isArray(revisions) || !revisions.every((one) => Number.isSafeInteger(one) && one > 0))
    throw invalid("revisions must be a list of revisions: 1 or more");
  if (data !== undefined && (!Array.isArray(data) || data.length !== revisions.length))
    throw invalid("data must have as many entries as revisions");
  return new Map(revisions.map((revision, index) => [revision, encodeData(data?.[index] ?? null, index)]));
}

/** An event as JSON text with what is to stay of its payload, or `undefined` where there is nothing left to erase. */
export function eraseEvent(json: string, data = "null"): string | undefined {
  const { reason, ...event } = JSON.parse(json) as StoredEvent;
  if (reason === undefined && JSON.stringify(event.data) === data) return undefined;
  return JSON.stringify({ ...event, data: JSON.parse(data) });
}

function encodeData(data: unknown, index: number): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(data);
  } catch (cause) {
    throw invalid(`data[${index}] is not JSON`, cause);
  }
  if (json === undefined || hasLoneSurrogate(json)) throw invalid(`data[${index}] is not JSON`);
  return json;
}

function invalid(what: string, cause?: unknown): StoreError {
  return new StoreError(
    "STORE_INVALID_ERASURE",
    `The erasure cannot be carried out: ${what}.`,
    {},
    { cause },
  );
}
