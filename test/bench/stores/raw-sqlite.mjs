// What somebody writes by hand who needs just this: the version checked and the events inserted in one immediate
// transaction, with prepared statements, in WAL mode with synchronous = NORMAL.
import { DRIVERS } from "./drivers.mjs";

/** Nothing but what the check needs. Does not find events by id, nor know a commit again, nor put all in one order. */
export function bareTable(name, driver, path) {
  const { exec, prepare, close } = connect(name, driver, path);
  exec(`CREATE TABLE event (
    stream TEXT NOT NULL, revision INTEGER NOT NULL, event TEXT NOT NULL, PRIMARY KEY (stream, revision)
  )`);
  const insert = prepare("INSERT INTO event (stream, revision, event) VALUES (?, ?, ?)");
  return {
    append: appender(prepare, ({ stream, revision, event }) =>
      insert.run(stream, revision, JSON.stringify(event)),
    ),
    read: reader(prepare),
    close,
  };
}

/** What the contract of a store needs: events have ids, commits have ids that come once, and all have one order. */
export function tableWithIds(name, driver, path) {
  const { exec, prepare, close } = connect(name, driver, path);
  exec(`CREATE TABLE event (
    position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL, commit_id TEXT,
    event TEXT NOT NULL, UNIQUE (stream, revision)
  )`);
  exec("CREATE INDEX event_by_id ON event (stream, id)");
  exec("CREATE UNIQUE INDEX event_by_commit ON event (stream, commit_id) WHERE commit_id IS NOT NULL");
  const insert = prepare("INSERT INTO event (stream, revision, id, commit_id, event) VALUES (?, ?, ?, ?, ?)");
  return {
    append: appender(prepare, ({ stream, revision, event, commit }) =>
      insert.run(stream, revision, event.id, commit, JSON.stringify(event)),
    ),
    read: reader(prepare),
    close,
  };
}

function appender(prepare, insert) {
  const [begin, end] = [prepare("BEGIN IMMEDIATE"), prepare("COMMIT")];
  const head = prepare("SELECT max(revision) AS head FROM event WHERE stream = ?");
  return (stream, id, expected, events) => {
    begin.run();
    const found = head.all(stream)[0].head ?? 0;
    if (found !== expected) throw new Error(`${stream} is at ${found}, not at ${expected}.`);
    for (const [index, event] of events.entries()) {
      const commit = index === events.length - 1 ? id : null;
      insert({ stream, revision: expected + index + 1, event, commit });
    }
    end.run();
  };
}

function reader(prepare) {
  const select = prepare("SELECT revision, event FROM event WHERE stream = ? ORDER BY revision");
  return (stream) => select.all(stream).map(({ event }) => JSON.parse(event));
}

function connect(name, driver, path) {
  const { asArray = false, wal = true } = DRIVERS[name];
  const database = new driver(path);
  const prepare = (sql) => {
    const statement = database.prepare(sql);
    if (!asArray) return statement;
    return { run: (...values) => statement.run(values), all: (...values) => statement.all(values) };
  };
  if (wal) prepare("PRAGMA journal_mode = WAL").all();
  database.exec("PRAGMA synchronous = NORMAL");
  return { exec: (sql) => database.exec(sql), prepare, close: () => database.close() };
}
