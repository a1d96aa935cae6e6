/**
 * A store in IndexedDB, for browsers.
 *
 * @module chat-spaces/indexeddb
 */
export { type IndexedDbFactory, type IndexedDbOptions, indexedDbStore } from "./store.js";
