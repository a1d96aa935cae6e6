import type * as z from "zod/mini";

// The compiler proves that a schema says neither more nor less than the type of the payload it is for: being assignable both
// ways is not enough, since a schema that forgets an optional field is.

/** A type with its intersections worked out and nothing read-only, so that two that mean the same are the same. */
type Plain<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? Plain<Item>[]
    : { -readonly [K in keyof T]: Plain<T[K]> };

type Same<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;

/** The names under which a schema is missing, superfluous, or of another type than the payload. */
export type Wrong<S extends { readonly [type: string]: () => z.ZodMiniType }, T> =
  | Exclude<keyof S, keyof T>
  | {
      [K in keyof T]: K extends keyof S
        ? Same<Plain<z.output<ReturnType<S[K]>>>, Plain<T[K]>> extends true
          ? never
          : K
        : K;
    }[keyof T];
