import { type WordIndex, wordIndex } from "../sharing/search/word-index.js";
import type { TextDocument, TextHit, TextIndex, TextPosition, TextQuery } from "../stores/text-index.js";

type Stream = {
  readonly position: TextPosition;
  readonly index: WordIndex;
  readonly documents: Map<string, TextDocument>;
};

const NOWHERE: TextPosition = { revision: 0, epoch: 0 };

/** An index in the memory of a session, for stores that have none of their own. */
export function memoryText(): TextIndex {
  const streams = new Map<string, Stream>();
  const blank = (position: TextPosition): Stream => ({ position, index: wordIndex(), documents: new Map() });
  return {
    indexed: async (name) => streams.get(name)?.position ?? NOWHERE,

    async put(name, { after, revision, documents, gone }) {
      const stream = streams.get(name) ?? blank(NOWHERE);
      const { position, index } = stream;
      if (position.revision !== after.revision || position.epoch !== after.epoch) {
        return { ok: false, reason: "conflict" };
      }
      for (const id of gone) {
        index.drop(id);
        stream.documents.delete(id);
      }
      for (const document of documents) {
        index.put(document);
        stream.documents.set(document.id, document);
      }
      streams.set(name, { ...stream, position: { ...position, revision } });
      return { ok: true };
    },

    async drop(name) {
      const { epoch } = streams.get(name)?.position ?? NOWHERE;
      streams.set(name, blank({ revision: 0, epoch: epoch + 1 }));
    },

    async query(query) {
      const hits = [...new Set(query.streams)].flatMap((name) => {
        const stream = streams.get(name);
        return stream ? hitsIn(name, stream, query) : [];
      });
      return hits.sort(byRank).slice(0, query.limit);
    },
  };
}

function hitsIn(name: string, { index, documents }: Stream, query: TextQuery): readonly TextHit[] {
  const { words, beginnings, by, kinds, from = -Infinity, to = Infinity } = query;
  const wanted = [
    ...words.map((word) => ({ terms: [word], prefix: false })),
    ...beginnings.map((word) => ({ terms: [word], prefix: true })),
  ];
  const fits = ({ by: author, kind, at }: TextDocument): boolean =>
    (!by || (author !== null && by.includes(author))) &&
    (!kinds || kinds.includes(kind)) &&
    from <= at &&
    at < to;
  return index.find({ wanted }).flatMap(({ id, score }) => {
    const document = documents.get(id);
    return document && fits(document)
      ? [{ stream: name, id, events: document.events, at: document.at, score }]
      : [];
  });
}

function byRank(one: TextHit, other: TextHit): number {
  return other.score - one.score || other.at - one.at || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);
}
