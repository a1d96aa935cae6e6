import { seeded } from "../random.mjs";

const random = seeded(11);
const CHARACTERS = "useandom-26T198340PX75pxJACKVERYMINDBUSHWOLF_GQZbfghjklqvwyzrict";
let at = Date.parse("2026-05-01T16:00:00Z");

/** An id as the library makes them: the kind and 126 random bits. */
export function newId(prefix) {
  return `${prefix}_${Array.from({ length: 21 }, () => CHARACTERS[random.below(64)]).join("")}`;
}

/** Messages as a fan posts them, about 300 bytes each as JSON. */
export function messages(count) {
  return Array.from({ length: count }, () => {
    at += random.below(60_000);
    const data = { message: newId("msg"), channel: "lounge", body: random.pick(BODIES), replyTo: null };
    return { id: newId("evt"), type: "message.posted", at, by: newId("usr"), data };
  });
}

const BODIES = [
  "Is the blue one coming back this week, or only the small sizes?",
  "Mine arrived yesterday and the colour is even better than in the pictures 😍 thank you so much, all of you",
  "How long does shipping to Portugal take? I ordered on Friday and have heard nothing since then.",
  "ok",
];
