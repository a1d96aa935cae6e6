/** What the compiler knows about the client and its handles. Checked by `npm run typecheck`; never run. */
import {
  createSpaces,
  type Handoff,
  type Invite,
  type JoinRequest,
  type Member,
  type Message,
  memoryStore,
  type Slice,
  type SliceRecord,
  type Space,
  type SpaceHandle,
} from "chat-spaces";
import { productDrop } from "chat-spaces/templates";
import { expectTypeOf } from "vitest";

const spaces = createSpaces({ store: memoryStore() });
// @ts-expect-error spaces are kept somewhere
createSpaces({});
// @ts-expect-error the clock gives milliseconds
createSpaces({ store: memoryStore(), now: () => new Date(0) });

// --- Opening a space ---------------------------------------------------------------------------------------------

const template = productDrop({ product: "Spring kit", opensAt: "2026-05-01T16:00:00Z" });
const drop = await spaces.create({ id: "spring-drop", by: "ana", template });
expectTypeOf(drop).toEqualTypeOf<SpaceHandle>();
expectTypeOf(drop.space).toEqualTypeOf<Space>();

// @ts-expect-error somebody opens it
await spaces.create({ id: "spring-drop" });
// @ts-expect-error the plan, not the template that makes it
await spaces.create({ by: "ana", template: productDrop });
// @ts-expect-error there is no such visibility
await spaces.create({ by: "ana", visibility: "hidden" });

// --- Listening ---------------------------------------------------------------------------------------------------

// The event has the type that its name says.
const stop = spaces.on("member.joined", (event, { space }) => {
  expectTypeOf(event.data.roles).toEqualTypeOf<readonly string[]>();
  expectTypeOf(space).toEqualTypeOf<string>();
});
expectTypeOf(stop).toEqualTypeOf<() => void>();
// @ts-expect-error there is no such event
spaces.on("member.join", () => {});
spaces.on("click.recorded", (event) => {
  // @ts-expect-error a click has no member
  event.data.member;
});

// --- Verbs -------------------------------------------------------------------------------------------------------

// A verb takes one options object, which names who does it, and gives what it made.
const invite = await drop.invite({ by: "ana", role: "guest", expiresIn: "7d", maxUses: 50 });
expectTypeOf(invite).toExtend<Invite>();
expectTypeOf(invite.token).toEqualTypeOf<string>();
const joined = await drop.join({ token: invite.token, as: "leo" });
// What came of it is told apart by either of the two.
if (joined.member) expectTypeOf(joined).toEqualTypeOf<{ readonly member: Member; readonly request: null }>();
else expectTypeOf(joined.request).toEqualTypeOf<JoinRequest>();
const { member: leo, request } = joined;
if (request) expectTypeOf(leo).toEqualTypeOf<null>();
const offer = await drop.handOff({
  duty: "host",
  from: "ana",
  to: "sam",
  window: { start: "2026-05-01T18:00:00Z", end: new Date(0) },
});
expectTypeOf(offer).toEqualTypeOf<Handoff>();
expectTypeOf(
  await drop.post({ by: "ana", channel: "lounge", body: "hi", reason: "kick-off" }),
).toEqualTypeOf<{
  readonly id: string;
}>();
expectTypeOf(await drop.messages("lounge", { as: "leo" })).toEqualTypeOf<readonly Message[]>();

// @ts-expect-error the token is made by the handle, not handed to it
await drop.invite({ by: "ana", token: "secret" });
// @ts-expect-error a duration has a unit that there is
await drop.invite({ by: "ana", expiresIn: "1 week" });
// @ts-expect-error who joins is `as`: nobody acts for them
await drop.join({ token: invite.token, by: "leo" });
// @ts-expect-error every change says who makes it
await drop.openChannel({ channel: "news" });
// @ts-expect-error there is no such kind of channel
await drop.openChannel({ by: "ana", channel: "news", kind: "broadcast" });
// @ts-expect-error the verb says the type already
await drop.post({ type: "message.post", by: "ana", channel: "lounge", body: "hi" });
// @ts-expect-error a message is said in a channel
await drop.post({ by: "ana", body: "hi" });
// @ts-expect-error there is no such kind of attachment
await drop.post({ by: "ana", channel: "lounge", attachments: [{ name: "a.mp4", kind: "movie" }] });
// @ts-expect-error an offer goes to somebody
await drop.handOff({ duty: "host", from: "ana" });
// @ts-expect-error a window has a start
await drop.handOff({ duty: "host", from: "ana", to: "sam", window: { end: 0 } });
// @ts-expect-error money has a currency
await drop.recordConversion({ order: "1001", amount: { minor: 4900 } });
// @ts-expect-error an order is a sale, a refund or a sign-up
await drop.recordConversion({ order: "1001", kind: "purchase" });

// --- Sharing and reporting ---------------------------------------------------------------------------------------

const by = "ana";
const title = "Best of";
const channel = "lounge";
const channels = [channel];
const record = drop.slices.create({
  by,
  title,
  channels,
  pick: [{ pinned: true }],
  redact: ["links", { person: "leo" }],
});
expectTypeOf(await record).toEqualTypeOf<SliceRecord>();
expectTypeOf(await drop.slices.open({ by, slice: "slc_1" })).toEqualTypeOf<Slice>();
// @ts-expect-error there is no such pick
await drop.slices.create({ by, title, channels, pick: [{ starred: true }] });
// @ts-expect-error nor such a redaction
await drop.slices.create({ by, title, channels, pick: [], redact: ["names"] });

const { activity, credit } = await drop.metrics({ as: "ana", last: "28d", per: "campaign" });
expectTypeOf(activity.from).toEqualTypeOf<string | null>();
expectTypeOf(credit.per).toEqualTypeOf<"link" | "cohort" | "campaign">();
// @ts-expect-error days are calendar days, so a range is counted in them
await drop.metrics({ last: "4w" });
// @ts-expect-error credit is summed by what a link has
await drop.metrics({ per: "country" });
