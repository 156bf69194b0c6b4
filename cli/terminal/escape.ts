/**
 * Characters that could move the cursor, recolour the screen, reverse the reading order or break a
 * table: C0 and C1 controls, line separators, bidirectional controls, lone surrogates.
 */
const HAZARDOUS = new RegExp(
  [
    '[\\u0000-\\u001F\\u007F-\\u009F\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069\\uFEFF]',
    '[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])',
    '(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]',
  ].join('|'),
  'g',
);

/** A name or sentence from a file, safe to print on one line: hazards appear as `\u{1b}`. */
export function escapeLine(text: string): string {
  return text.replace(HAZARDOUS, (found) => `\\u{${found.charCodeAt(0).toString(16)}}`);
}

/** As `escapeLine`, for text of several lines: line breaks and tabs stay. */
export function escapeText(text: string): string {
  return text.replace(HAZARDOUS, (found) =>
    found === '\n' || found === '\t' ? found : `\\u{${found.charCodeAt(0).toString(16)}}`,
  );
}

/** At most `limit` characters, the last an ellipsis where something was cut. */
export function shorten(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`;
}
