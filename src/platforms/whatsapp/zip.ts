import { unzipSync } from "fflate";
import { ImportError } from "../../kernel/errors.js";

const MAX_TEXT = 2 ** 30;
/** How WhatsApp calls the text in the zips of iPhones. */
const IPHONE_NAME = "_chat.txt";

/**
 * The text of the chat in a zip. The names of all entries are looked at before anything is unpacked, and only the
 * chat is.
 *
 * @throws ImportError `IMPORT_UNSAFE_NAME`, `IMPORT_TOO_LARGE`, `IMPORT_NO_CHAT` or `IMPORT_DAMAGED`.
 */
export function unzipChat(
  zip: Uint8Array,
  limit = MAX_TEXT,
): { readonly bytes: Uint8Array; readonly fileName: string } {
  const sizes = new Map<string, number>();
  unzip(zip, ({ name, originalSize }) => {
    if (!isInside(name)) {
      throw new ImportError(
        "IMPORT_UNSAFE_NAME",
        `The zip names a file outside its own folder (${JSON.stringify(name.slice(0, 80))}). No phone makes such a zip; nothing was read from it.`,
      );
    }
    sizes.set(name, originalSize);
    return false;
  });
  const fileName = chooseChat([...sizes.keys()]);
  if (fileName === undefined) {
    throw new ImportError("IMPORT_NO_CHAT", "The zip has no text file that could be a chat.", {
      files: sizes.size,
    });
  }
  if ((sizes.get(fileName) ?? 0) > limit) {
    throw new ImportError(
      "IMPORT_TOO_LARGE",
      `The text in the zip is larger than ${limit} bytes. If you trust it, raise limits.text.`,
      { limit, size: sizes.get(fileName) ?? 0 },
    );
  }
  // The size that the zip declares is all that is ever unpacked: the buffer is made that large and does not grow.
  const bytes = unzip(zip, ({ name }) => name === fileName)[fileName];
  if (!bytes) throw damaged();
  return { bytes, fileName: baseName(fileName) };
}

type Filter = NonNullable<Parameters<typeof unzipSync>[1]>["filter"];

function unzip(zip: Uint8Array, filter: NonNullable<Filter>): Record<string, Uint8Array> {
  try {
    return unzipSync(zip, { filter });
  } catch (error) {
    if (error instanceof ImportError) throw error;
    throw damaged(error);
  }
}

/** The entry that is the chat: an iPhone's `_chat.txt`, a file that says WhatsApp, or the only text there is. */
function chooseChat(names: readonly string[]): string | undefined {
  const texts = names.filter(
    (name) => /\.txt$/i.test(name) && !name.startsWith("__MACOSX/") && !baseName(name).startsWith("._"),
  );
  return (
    texts.find((name) => baseName(name) === IPHONE_NAME) ??
    texts.find((name) => /whatsapp/i.test(baseName(name))) ??
    (texts.length === 1 ? texts[0] : undefined)
  );
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/** Whether a name stays inside the folder that the zip would be unpacked into. */
function isInside(name: string): boolean {
  return !/^[/\\]|^[a-z]:|\\|\p{Cc}/iu.test(name) && !name.split("/").includes("..");
}

function damaged(cause?: unknown): ImportError {
  return new ImportError(
    "IMPORT_DAMAGED",
    "The zip cannot be read: it is cut short, encrypted or damaged. Copy or export it again.",
    {},
    { cause },
  );
}
