/** What a sentence says, or the first thing wrong with it and where (offsets into the text). */
export type ParsedSentence<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: SentenceProblem };

export interface SentenceProblem {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly from: number;
  readonly to: number;
}

/** Leaves a recursive descent at its first problem; `attempt` turns it into a value again. */
export class Refusal extends Error {
  readonly problem: SentenceProblem;
  constructor(problem: SentenceProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Runs a parser that may refuse. */
export function attempt<Value>(parse: () => Value): ParsedSentence<Value> {
  try {
    return { ok: true, value: parse() };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: error.problem };
    throw error;
  }
}
