/**
 * Makes ids for messages, from when and by whom they were written: two exports of one chat then agree on them,
 * even where a message was edited or deleted in between. What somebody writes within the same second, or minute
 * where the export has no seconds, is numbered.
 */
export type Identity = { of(clock: number, author: number): string };

const SETS = 1_024;
const WAYS = 4;
const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

/**
 * Starts numbering. Memory does not grow with the chat: the last thousands of moments are remembered in a table of
 * fixed size, four to a place, of which the oldest goes first. Messages of one moment lie close together in a
 * file, so none is forgotten before the next comes.
 */
export function newIdentity(): Identity {
  // Three numbers each: both halves of an id and how often it was given.
  const table = new Int32Array(SETS * WAYS * 3);
  const oldest = new Uint8Array(SETS);

  const timesGiven = (high: number, low: number): number => {
    const set = low & (SETS - 1);
    const base = set * WAYS * 3;
    for (let at = base; at < base + WAYS * 3; at += 3) {
      const count = table[at + 2] as number;
      if (count > 0 && table[at] === high && table[at + 1] === low) {
        table[at + 2] = count + 1;
        return count;
      }
    }
    const way = oldest[set] as number;
    oldest[set] = (way + 1) % WAYS;
    const slot = base + way * 3;
    table[slot] = high;
    table[slot + 1] = low;
    table[slot + 2] = 1;
    return 0;
  };

  return {
    of(clock, author) {
      // Two rounds of a xorshift-multiply mixer (MurmurHash3's finaliser): both halves depend on both inputs.
      let high = Math.imul(clock ^ (clock >>> 16), 0x85ebca6b) ^ author;
      let low = Math.imul(author ^ (author >>> 16), 0xc2b2ae35) ^ clock;
      high = Math.imul(high ^ (high >>> 13), 0xc2b2ae35) ^ low;
      low = Math.imul(low ^ (low >>> 13), 0x85ebca6b) ^ high;
      const before = timesGiven(high, low);
      const id = write(high, low);
      return before === 0 ? id : `${id}.${before}`;
    },
  };
}

/** 64 bits as eleven characters that are safe anywhere. */
function write(high: number, low: number): string {
  return String.fromCharCode(
    ALPHABET.charCodeAt(high & 63),
    ALPHABET.charCodeAt((high >>> 6) & 63),
    ALPHABET.charCodeAt((high >>> 12) & 63),
    ALPHABET.charCodeAt((high >>> 18) & 63),
    ALPHABET.charCodeAt((high >>> 24) & 63),
    ALPHABET.charCodeAt(((high >>> 30) & 3) | ((low & 15) << 2)),
    ALPHABET.charCodeAt((low >>> 4) & 63),
    ALPHABET.charCodeAt((low >>> 10) & 63),
    ALPHABET.charCodeAt((low >>> 16) & 63),
    ALPHABET.charCodeAt((low >>> 22) & 63),
    ALPHABET.charCodeAt((low >>> 28) & 63),
  );
}

/** A number for a name: FNV-1a over its UTF-16 code units. */
export function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash;
}
