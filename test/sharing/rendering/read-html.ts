/** What a page says, read as a browser's tokenizer would: far enough for pages that are all ours but for their texts. */
export type ReadPage = {
  readonly tags: readonly string[];
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly text: string;
};

/** Reads a page. Throws where something could be read in two ways: a loose `<`, an attribute without quotes, a bare `&`. */
export function readHtml(page: string): ReadPage {
  const tags: string[] = [];
  const attributes: { name: string; value: string }[] = [];
  const open: string[] = [];
  let text = "";
  let rest = page.replace(/^<!doctype html>/, "");
  while (rest !== "") {
    const said = /^[^<]+/.exec(rest)?.[0];
    if (said !== undefined) {
      text += decoded(said);
      rest = rest.slice(said.length);
      continue;
    }
    const closing = /^<\/([a-z0-9]+)>/.exec(rest);
    if (closing) {
      if (open.pop() !== closing[1]) throw new Error(`</${closing[1]}> closes something else.`);
      rest = rest.slice(closing[0].length);
      continue;
    }
    const opening = /^<([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)>/.exec(rest);
    if (!opening) throw new Error(`This is no tag of ours: ${rest.slice(0, 80)}`);
    const [whole, tag = "", list = ""] = opening;
    tags.push(tag);
    if (tag !== "meta") open.push(tag);
    for (const [, name = "", value = ""] of list.matchAll(/([a-z-]+)="([^"]*)"/g))
      attributes.push({ name, value: decoded(value) });
    rest = rest.slice(whole.length);
    if (tag !== "style") continue;
    const end = rest.indexOf("</style");
    rest = rest.slice(end);
  }
  if (open.length > 0) throw new Error(`Left open: ${open.join(", ")}.`);
  return { tags, attributes, text };
}

function decoded(text: string): string {
  if (/&(?!#\d+;)/.test(text)) throw new Error(`A bare & in ${text}`);
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
