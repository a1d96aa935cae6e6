/** A piece of HTML that may stand in a page as it is. */
export type Html = { readonly html: string };

/** What can stand in a template: text is escaped, lists are joined. */
type Content = string | number | Html | readonly Html[];

const ESCAPES: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** HTML or SVG as a template. Whatever is put into it is text, unless `html` made it too. */
export function html(pieces: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return { html: String.raw({ raw: pieces }, ...contents.map(render)) };
}

function render(content: Content): string {
  if (typeof content === "number") return String(content);
  if (typeof content === "string")
    return content.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
  return "html" in content ? content.html : content.map((one) => one.html).join("\n");
}
