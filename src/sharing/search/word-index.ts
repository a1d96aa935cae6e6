import MiniSearch, { type Query } from "minisearch";
import type { SearchQuery } from "./query.js";

/** How much words count that count less. */
const ASIDE = 0.3;
/** From how many letters on a word may have one typing error, and from how many on two. */
const ONE_TYPO = 5;
const TWO_TYPOS = 8;

/** A document that an index found, and how well it fits: more is better. */
export type Found = { readonly id: string; readonly score: number };

/** A document as an index takes it: its words, with single spaces between. */
export type Entry = {
  readonly id: string;
  readonly words: string;
  /** Words that count less: who said it. */
  readonly aside: string;
};

/** The words of documents in memory. */
export type WordIndex = {
  /** Puts a document in, in the place of an earlier one. */
  put(entry: Entry): void;
  /** Takes a document out. */
  drop(id: string): void;
  /**
   * The documents that have all the words that are wanted, in whatever order, the best first. Whether they stand
   * together and whether unwanted ones are there is for whoever asks to see.
   */
  find(query: Pick<SearchQuery, "wanted">, options?: FindOptions): readonly Found[];
};

/** How an index is asked. */
export type FindOptions = {
  /** Whether words of five letters or more may be misspelt a little. Such documents come after all others. */
  readonly typos?: boolean | undefined;
  /** Which documents are looked at. Default: all. */
  readonly only?: ((id: string) => boolean) | undefined;
};

/** An index without anything in it. */
export function wordIndex(): WordIndex {
  const index = new MiniSearch<Entry>({
    fields: ["words", "aside"],
    // They are words already.
    tokenize: (text) => text.split(" "),
    processTerm: (term) => term,
    // It would go on working after a timer; whatever is taken out is thrown out at once instead.
    autoVacuum: false,
    searchOptions: { boost: { aside: ASIDE }, combineWith: "AND" },
  });
  const documents = new Map<string, Entry>();
  const drop = (id: string): void => {
    const known = documents.get(id);
    if (!known) return;
    index.remove(known);
    documents.delete(id);
  };
  return {
    put(entry) {
      drop(entry.id);
      documents.set(entry.id, entry);
      index.add(entry);
    },
    drop,
    find({ wanted }, { typos = false, only } = {}) {
      const queries = wanted.flatMap(({ terms, prefix }) =>
        terms.map((term, place): Query => {
          const begins = prefix && place === terms.length - 1;
          return { queries: [term], prefix: begins, fuzzy: typos && terms.length === 1 && tolerance(term) };
        }),
      );
      if (queries.length === 0) return [];
      const found = index.search(
        { combineWith: "AND", queries },
        only ? { filter: ({ id }) => only(id as string) } : {},
      );
      const exact = found.filter(({ terms }) => isExact(terms, wanted));
      const close = found.filter(({ terms }) => !isExact(terms, wanted));
      // A rare misspelling would weigh more than the word itself.
      const ceiling = exact.reduce((lowest, { score }) => Math.min(lowest, score), 1);
      return [
        ...exact.map(({ id, score }): Found => ({ id, score })),
        ...close.map(({ id, score }): Found => ({ id, score: (ceiling * score) / (score + 1) })),
      ];
    },
  };
}

function tolerance(term: string): number | false {
  const { length } = [...term];
  return length >= TWO_TYPOS ? 2 : length >= ONE_TYPO ? 1 : false;
}

function isExact(found: readonly string[], wanted: SearchQuery["wanted"]): boolean {
  return wanted.every(({ terms, prefix }) =>
    terms.every((term, place) =>
      found.some((word) => word === term || (prefix && place === terms.length - 1 && word.startsWith(term))),
    ),
  );
}
