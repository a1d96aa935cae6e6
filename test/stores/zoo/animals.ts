import type { OpenStores } from "chat-spaces/conformance";
import { APPENDING, REPEATING } from "./appending.js";
import { openBreed, type Zoo } from "./breed.js";
import { SHARING, SPELLING } from "./copying.js";
import { CLOSING, DECLARING, OPENING, REOPENING } from "./ending.js";
import { ERASING, ERASING_LATE } from "./erasing.js";
import { FEEDING, WAITING } from "./feeding.js";
import { LISTING } from "./listing.js";
import { IDENTIFYING, NAMING } from "./naming.js";
import { ABORTING, PAGING, REFUSING } from "./reading.js";

const BREEDS: Zoo = {
  ...APPENDING,
  ...REPEATING,
  ...SHARING,
  ...SPELLING,
  ...NAMING,
  ...IDENTIFYING,
  ...PAGING,
  ...ABORTING,
  ...REFUSING,
  ...DECLARING,
  ...REOPENING,
  ...FEEDING,
  ...WAITING,
  ...LISTING,
  ...ERASING,
  ...ERASING_LATE,
  ...CLOSING,
};

/** Every broken store there is: what is broken about it, and how it is opened. */
export const ANIMALS: { readonly [what: string]: OpenStores } = {
  ...Object.fromEntries(Object.entries(BREEDS).map(([what, breed]) => [what, () => openBreed(breed)])),
  ...Object.fromEntries(
    Object.entries(OPENING).map(([what, handIn]) => [what, () => handIn(openBreed(() => ({})))]),
  ),
};
