import { nearestName } from '../suggest.ts';
import { Refusal } from './sentence-problem.ts';

/** A word, number, bracket or comparison, and where it begins in the sentence. */
export interface Token {
  readonly text: string;
  readonly from: number;
}

export const SENTENCE_FORM =
  'METRIC [of ENTITY] [during EVENT] OP VALUE, like p95(latency) < 180ms';

/** The tokens of a sentence, taken one by one; what does not fit is refused at its place. */
export class SentenceTokens {
  readonly text: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(text: string) {
    this.text = text;
    this.#tokens = [...text.matchAll(/[<>]=?|[()]|=+|[^\s()<>=]+/g)].map((match) => ({
      text: match[0],
      from: match.index,
    }));
  }

  peek(): string | undefined {
    return this.#tokens[this.#next]?.text;
  }

  skip(): void {
    this.#next++;
  }

  take(what: string): Token {
    const token = this.#tokens[this.#next++];
    if (token !== undefined) return token;
    const from = this.text.trimEnd().length;
    const message = `the sentence ends where ${what} should be`;
    this.refuse('E0408', { text: ' ', from }, message, SENTENCE_FORM);
  }

  expect(text: string): void {
    const token = this.take(`'${text}'`);
    if (token.text === text) return;
    this.refuse('E0408', token, `expected '${text}', not '${token.text}'`, SENTENCE_FORM);
  }

  /** Nothing may follow. */
  end(): void {
    const rest = this.#tokens[this.#next];
    if (rest === undefined) return;
    const near = nearestName(rest.text, ['during', 'before', 'after', 'of']);
    const hint = near === undefined ? SENTENCE_FORM : `did you mean '${near}'?`;
    this.refuse('E0408', rest, `'${rest.text}' is not expected here`, hint);
  }

  refuse(code: string, { text, from }: Token, message: string, hint?: string): never {
    throw new Refusal({ code, message, hint, from, to: from + text.length });
  }
}
