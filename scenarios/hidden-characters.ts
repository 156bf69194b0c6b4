/**
 * Characters that hide what a text says or command a terminal: C0 and C1 controls, zero-width and
 * direction marks (Trojan Source, CVE-2021-42574), and half surrogate pairs. Tab, line feed and
 * carriage return are not among them.
 */
const CONTROLS = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f';
const MARKS = '\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u2069';
const LONE_SURROGATES =
  '[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]';

/** In the text of a scenario; a byte order mark is allowed at its very start. */
export const HIDDEN = new RegExp(`[${CONTROLS}${MARKS}]|(?<!^)\\ufeff|${LONE_SURROGATES}`, 'g');

/** What may not be sent to a terminal as it is: line ends and joiners too. */
const UNPRINTABLE = new RegExp(
  `[${CONTROLS}\\n\\r\\t${MARKS}\\u200c\\u200d\\u2028\\u2029\\ufeff]|${LONE_SURROGATES}`,
  'g',
);

export function isLoneSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

/** Text that a terminal shows and does not obey: what is unprintable is written as `\u{…}`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (char) =>
    char === '\t' ? ' ' : `\\u{${char.charCodeAt(0).toString(16)}}`,
  );
}
