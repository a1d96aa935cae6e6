// tsx --conditions=@chat-spaces/source scripts/bundle-schema.mjs [--check]
// Makes schemas/bundle-v1.schema.json from the schemas of the events. --check fails when it is out of date.
import { bundleJsonSchema } from "../src/sharing/bundles/json-schema.ts";
import { keepUpToDate } from "./generated.mjs";

keepUpToDate(
  "schemas/bundle-v1.schema.json",
  `${JSON.stringify(bundleJsonSchema(), null, 1)}\n`,
  "npm run generate",
);
