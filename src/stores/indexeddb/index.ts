/**
 * A store in IndexedDB, for browsers.
 *
 * @module chat-spaces/indexeddb
 */
export {};
