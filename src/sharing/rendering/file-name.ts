/** Names that Windows keeps for devices, whatever stands behind a dot. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;
/** How long a name is at most, in UTF-8 bytes, its ending not included: systems allow 255. */
const LONGEST = 160;

/**
 * A file name for a title that every system takes: letters and digits of any script, with hyphens between. `Launch: q&a` is
 * `launch-q-a.html`.
 */
export function fileNameOf(title: string, extension: string): string {
  const words = title
    .normalize("NFC")
    .toLowerCase()
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .replace(/[^\p{L}\p{M}\p{Nd}]+/gu, "-")
    .replace(/^[-\p{M}]+/u, "");
  const name = shortened(words).replace(/-+$/, "");
  if (name === "") return `slice.${extension}`;
  return `${RESERVED.test(name) ? `slice-${name}` : name}.${extension}`;
}

function shortened(name: string): string {
  let length = 0;
  let result = "";
  for (const character of name) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (length > LONGEST) break;
    result += character;
  }
  return result;
}
