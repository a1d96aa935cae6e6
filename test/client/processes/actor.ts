// A process of its own: two kinds of bot and a dashboard, on one database. Prints a line for everything it has to say.
// actor.ts <sqlite|postgres> <where> <table> <role> <number>
import { createSpaces, RefusedError, type SpaceStore } from "chat-spaces";
import { postgresStore } from "chat-spaces/postgres";
import { sqliteStore } from "chat-spaces/sqlite";
import pg from "pg";

const [kind, where = "", table = "", role, number = "0"] = process.argv.slice(2);

const pool = kind === "postgres" ? new pg.Pool({ connectionString: where }) : undefined;
const store: SpaceStore = pool ? postgresStore({ pool, table }) : sqliteStore({ path: where });
const spaces = createSpaces({ store });
const say = (line: string) => process.stdout.write(`${line}\n`);

if (role === "dashboard") {
  // Shows who is in, and what is said, until everybody has said goodbye.
  const drop = await spaces.open("drop");
  const stop = new AbortController();
  const expected = Number(number);
  let goodbyes = 0;
  spaces.on("member.joined", ({ data }) => say(`joined ${data.member}`));
  spaces.on("message.posted", ({ data, by }) => {
    say(`said ${by} ${data.body}`);
    if (data.body === "goodbye" && ++goodbyes === expected) stop.abort();
  });
  let first = true;
  await spaces.follow({
    signal: stop.signal,
    onCursor() {
      if (first) say("ready");
      first = false;
    },
  });
  say(`members ${Object.keys(drop.space.members).sort().join(" ")}`);
} else {
  // Brings as many people in by one link as it will let in, and says hello to each.
  const drop = await spaces.open("drop");
  const token = process.env["TOKEN"] ?? "";
  const me = `bot-${number}`;
  for (let person = 0; ; person++) {
    try {
      await drop.join({ token, as: `${me}-guest-${person}` });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      say(`refused ${error.refusal.code}`);
      break;
    }
    await drop.post({ by: me, channel: "lounge", body: `hello ${person}` });
    say(`admitted ${person}`);
  }
  await drop.post({ by: me, channel: "lounge", body: "goodbye" });
}

await spaces.close();
await pool?.end();
