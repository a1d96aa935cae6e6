import { InvalidInputError } from "../../kernel/errors.js";
import { entry } from "../../kernel/record.js";
import { quote } from "../../kernel/text.js";
import type { SliceFormat } from "../../model/slices.js";
import type { Slice } from "../slices/slice.js";
import { fileNameOf } from "./file-name.js";
import { sliceToHtml } from "./html.js";
import { sliceToJson } from "./json.js";
import { sliceToMarkdown } from "./markdown.js";
import type { RenderOptions } from "./options.js";
import { sliceToText } from "./text.js";

/** A slice as a file, to be written or sent as UTF-8. */
export type RenderedSlice = {
  readonly body: string;
  /** `text/html` and such, for a header `Content-Type` with `charset=utf-8`. */
  readonly mediaType: string;
  /** Made from the title, and safe on every system. */
  readonly fileName: string;
};

const FILES: {
  readonly [format in SliceFormat]: { readonly mediaType: string; readonly extension: string };
} = {
  json: { mediaType: "application/json", extension: "json" },
  markdown: { mediaType: "text/markdown", extension: "md" },
  html: { mediaType: "text/html", extension: "html" },
  text: { mediaType: "text/plain", extension: "txt" },
};

/**
 * Writes a slice as a file.
 *
 * ```ts
 * const { body, mediaType, fileName } = renderSlice(slice, "html", { timeZone: "Europe/Berlin" });
 * ```
 *
 * @throws InvalidInputError `INVALID_INPUT` where `timeZone` is not a zone, or there is no such format.
 */
export function renderSlice(
  slice: Slice,
  format: SliceFormat,
  { timeZone }: RenderOptions = {},
): RenderedSlice {
  const file = entry(FILES, format);
  if (!file) {
    const formats = Object.keys(FILES).join(", ");
    throw new InvalidInputError("INVALID_INPUT", `${quote(format)} is no format. There are ${formats}.`);
  }
  const { mediaType, extension } = file;
  return { body: bodyOf(slice, format, timeZone), mediaType, fileName: fileNameOf(slice.title, extension) };
}

function bodyOf(slice: Slice, format: SliceFormat, timeZone: string | undefined): string {
  switch (format) {
    case "json":
      return sliceToJson(slice);
    case "markdown":
      return sliceToMarkdown(slice, { timeZone });
    case "html":
      return sliceToHtml(slice, { timeZone });
    case "text":
      return sliceToText(slice, { timeZone });
    default: {
      const never: never = format;
      return never;
    }
  }
}
