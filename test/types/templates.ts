/** What the compiler knows about templates. Checked by `npm run typecheck`; never run. */
import type { SpacePlan } from "chat-spaces";
import { defineTemplate, instantiate, productDrop } from "chat-spaces/templates";
import { expectTypeOf } from "vitest";
import { z } from "zod";

// --- Filling one in ----------------------------------------------------------------------------------------------

const opensAt = "2026-05-01T16:00:00Z";
const plan = productDrop({ product: "Spring kit", opensAt });
expectTypeOf(plan).toEqualTypeOf<SpacePlan>();
productDrop({ product: "Spring kit", opensAt, cohorts: ["early"], team: { sam: "co-moderator" } });

// @ts-expect-error a variable is missing
productDrop({ product: "Spring kit" });
// @ts-expect-error a variable is of the wrong type
productDrop({ product: "Spring kit", opensAt, cohorts: "early" });
// @ts-expect-error a variable is misspelt
productDrop({ product: "Spring kit", opensAt, timezone: "Europe/Berlin" });
// @ts-expect-error there is no such role
productDrop({ product: "Spring kit", opensAt, team: { sam: "moderator" } });
// @ts-expect-error fans are no team
productDrop({ product: "Spring kit", opensAt, team: { leo: "guest" } });
// @ts-expect-error a plan is read, not changed
plan.channels.push({ id: "attic", name: "Attic", kind: "discussion" });

// --- Defining one ------------------------------------------------------------------------------------------------

const bookClub = defineTemplate({
  name: "book-club",
  version: 1,
  variables: z.object({ book: z.string(), size: z.number().default(8) }),
  plan: ({ book, size }) => {
    // The plan gets what the schema gives: a variable with a default is there.
    expectTypeOf(book).toEqualTypeOf<string>();
    expectTypeOf(size).toEqualTypeOf<number>();
    return { name: book, channels: [{ id: "talk", name: "Talk", kind: "discussion" }] };
  },
});

// Whoever fills it in gives what the schema takes: a variable with a default may be left out.
bookClub({ book: "Middlemarch" });
expectTypeOf(instantiate(bookClub, { book: "Middlemarch", size: 4 })).toEqualTypeOf<SpacePlan>();
// @ts-expect-error the book is missing
bookClub({});
// @ts-expect-error the size is a number
bookClub({ book: "Middlemarch", size: "4" });
// @ts-expect-error also where the template is handed to `instantiate`
instantiate(bookClub, { size: 4 });

const variables = z.object({ book: z.string() });
// @ts-expect-error a plan has a name
defineTemplate({ name: "t", version: 1, variables, plan: () => ({ visibility: "public" }) });
// @ts-expect-error there is no such visibility
defineTemplate({ name: "t", version: 1, variables, plan: () => ({ name: "x", visibility: "open" }) });
// @ts-expect-error the schema has no such variable
defineTemplate({ name: "t", version: 1, variables, plan: ({ boook }) => ({ name: boook }) });
// @ts-expect-error a version is a number that can be compared
defineTemplate({ name: "t", version: "1.0", variables, plan: () => ({ name: "x" }) });
