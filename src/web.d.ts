// The few web-standard globals the library uses. They exist in browsers, workers, Deno, Bun and Node, but the
// core is compiled without DOM and without Node types, so that nothing else from either can slip in.

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array, options?: { stream?: boolean }): string;
}

declare class TextEncoder {
  encode(input?: string): Uint8Array;
}

declare class URL {
  constructor(url: string, base?: string);
  readonly href: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly searchParams: { has(name: string): boolean; set(name: string, value: string): void };
  static canParse(url: string): boolean;
}

declare function setTimeout(act: () => void, milliseconds: number): number;
declare function clearTimeout(timer: number): void;
