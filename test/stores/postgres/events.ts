import { ChatSpacesError, type Code, type NewEvent, type StoredEvent } from "chat-spaces";

/** An event that says something, to a store that does not care what. */
export function event(id: string, data: unknown = null): NewEvent {
  return { id, type: "note.written", at: Date.parse("2026-05-01T12:00:00Z"), by: "ana", data };
}

/** A commit of one event, which has the same id. */
export const commit = (id: string, expected: number) => ({ id, expected, events: [event(id, "said")] });

export const idsOf = ({ events }: { readonly events: readonly StoredEvent[] }) => events.map(({ id }) => id);

/** The code of what is thrown. */
export async function codeOf(act: () => unknown): Promise<Code | undefined> {
  try {
    await act();
  } catch (error) {
    if (error instanceof ChatSpacesError) return error.code;
    throw error;
  }
  return undefined;
}
