/**
 * How a schema says more than a sentence: code, message, hint and notes travel through the schema
 * library as one string, because its issues carry nothing else through unions.
 */
export interface CodedMessage {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

const MARK = '\u0001';

export function coded(code: string, message: string, hint?: string): string {
  return [MARK + code, message, hint ?? ''].join(MARK);
}

/** The parts again, or null for a plain message. */
export function decodeMessage(text: string): CodedMessage | null {
  if (!text.startsWith(MARK)) return null;
  const [code, message, hint] = text.slice(1).split(MARK);
  return { code: code!, message: message!, ...(hint === '' ? {} : { hint }) };
}
