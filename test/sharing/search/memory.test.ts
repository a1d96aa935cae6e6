import { memoryStore } from "chat-spaces";
import { describe } from "vitest";
import { searchSuite } from "./suite.js";

describe("searching a space in memory", () => searchSuite(() => memoryStore()));
