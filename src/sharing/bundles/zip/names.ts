import { ImportError } from "../../../kernel/errors.js";

/** Where the bundle itself is. */
export const BUNDLE_NAME = "bundle.jsonl";
/** Where the files are that belong to it. */
export const MEDIA_FOLDER = "media/";

const LONGEST = 255;
/** Names that Windows keeps for devices, with any ending. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
/** What turns the writing direction round, so that `exe.jpg` can be shown for `gpj.exe`. */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/u;

/** Why a file must not be called so, or `undefined` where it may: for a plain name, without a folder. */
export function flawOf(name: string): string | undefined {
  if (name === "" || name.length > LONGEST) return `must have 1 to ${LONGEST} characters`;
  if (/[/\\]/.test(name) || /^[a-z]:/i.test(name)) return "must not lead into another folder";
  if (/\p{Cc}|\p{Surrogate}/u.test(name) || DIRECTION.test(name))
    return "must not have characters that control what is shown";
  if (/[. ]$/.test(name)) return "must not end in a dot or a space";
  return RESERVED.test(name) ? "must not be that of a device" : undefined;
}

/** Remembers names, and refuses those that are not safe and those that some file system takes for one it has already. */
export function nameKeeper(): (name: string) => void {
  const seen = new Set<string>();
  return (name) => {
    const flaw = flawOf(name) ?? (seen.has(folded(name)) ? "must not be there twice" : undefined);
    if (flaw !== undefined) {
      throw new ImportError(
        "BUNDLE_UNSAFE_NAME",
        `The name of a file ${flaw}: ${JSON.stringify(name.slice(0, 80))}.`,
        {
          name: name.slice(0, LONGEST),
        },
      );
    }
    seen.add(folded(name));
  };
}

function folded(name: string): string {
  return name.normalize("NFKC").toLowerCase().toUpperCase();
}
