import { type Environment, type Session, sessionOf } from "./session.js";

/** The sessions of a client: one for each space, for as long as somebody holds a handle to it. */
export type Sessions = {
  /** The session of a space, as it is or made anew. */
  enter(id: string): Session;
  /** The session of a space, where there is one. */
  known(id: string): Session | undefined;
};

/** Starts without any. */
export function sessionsOf(environment: Environment): Sessions {
  const sessions = new Map<string, WeakRef<Session>>();
  const forget = new FinalizationRegistry<string>((id) => {
    if (sessions.get(id)?.deref() === undefined) sessions.delete(id);
  });
  const known = (id: string): Session | undefined => sessions.get(id)?.deref();
  return {
    known,
    enter(id) {
      const session = known(id);
      if (session) return session;
      const made = sessionOf(id, environment);
      sessions.set(id, new WeakRef(made));
      forget.register(made, id);
      return made;
    },
  };
}
