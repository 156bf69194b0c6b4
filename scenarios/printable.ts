/**
 * Text that a terminal shows and does not obey: control characters (so no escape sequence), direction
 * overrides, other invisible marks and lone surrogates are written as `\u{…}`.
 */
export function printable(text: string): string {
  return text.replace(
    // eslint-disable-next-line no-control-regex
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (char) => (char === '\t' ? ' ' : `\\u{${char.charCodeAt(0).toString(16)}}`),
  );
}
