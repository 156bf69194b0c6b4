import { resolveEntities } from '../entities.ts';
import type { Names } from '../names.ts';
import { nearestName } from '../suggest.ts';
import { parsePercent } from './numerals.ts';
import { attempt, type ParsedSentence } from './sentence-problem.ts';
import { SENTENCE_FORM, SentenceTokens, type Token } from './sentence-tokens.ts';
import { uncovered } from './threshold-coverage.ts';
import { aggregateOf, METRIC_SYNONYMS, VALUE_FORMS, type ValueForm } from './threshold-words.ts';
import {
  METRICS,
  METRICS_NOT_YET,
  type Aggregate,
  type ComparisonOperator,
  type Limit,
  type MetricName,
  type MetricUnit,
  type NoWorseThan,
  type Recovery,
  type Threshold,
  type ThresholdEntity,
  type ThresholdWindow,
} from './threshold.ts';

/** What a threshold or precision measures. */
export interface Subject {
  readonly metric: MetricName;
  readonly aggregate: Aggregate | null;
  readonly of: ThresholdEntity | null;
  readonly recovery: Recovery | null;
}

export function parseThreshold(
  text: string,
  names: Names,
): ParsedSentence<Omit<Threshold, 'only'>> {
  return attempt(() => new Parser(text).threshold(names));
}

/** `p95(latency)`, as in `precision: 5% on p95(latency)`. */
export function parseSubject(text: string, names: Names): ParsedSentence<Subject> {
  return attempt(() => {
    const parser = new Parser(text);
    const subject = parser.subject(names);
    parser.end();
    return subject;
  });
}

const COMPARISONS = ['<', '<=', '>', '>='];
const WINDOW_WORDS: Readonly<Record<string, ThresholdWindow['kind']>> = {
  during: 'during',
  on: 'during',
  before: 'before',
  after: 'after',
};

class Parser extends SentenceTokens {
  /** Where the parts are that a run may not record. */
  readonly #partAt: { metric?: Token; entity?: Token; window?: Token } = {};

  /**
   * METRIC [of ENTITY] [during EVENT] (OP VALUE | no worse than MARGIN against S) [during EVENT]
   */
  threshold(names: Names): Omit<Threshold, 'only'> {
    const subject = this.subject(names);
    let window = this.#window(names);
    const test = this.peek() === 'no' ? this.#noWorse(names) : this.#limit(unitOf(subject));
    window ??= this.#window(names);
    this.end();
    this.#checkCoverage({ ...subject, window, noWorseThan: 'op' in test ? null : test });
    return {
      text: this.text,
      ...subject,
      window,
      limit: 'op' in test ? test : null,
      noWorseThan: 'op' in test ? null : test,
    };
  }

  #checkCoverage(sentence: Parameters<typeof uncovered>[0]): void {
    const found = uncovered(sentence);
    if (found === null) return;
    const token = this.#partAt[found.part] ?? { text: this.text, from: 0 };
    this.refuse('E0303', token, found.message, found.hint);
  }

  subject(names: Names): Subject {
    const word = this.take('a metric');
    const aggregate = aggregateOf(word.text);
    if (aggregate !== null) {
      this.expect('(');
      const metric = this.#metric(this.take('a metric'));
      const inner = this.#entity(names);
      this.expect(')');
      return { metric, aggregate, of: inner ?? this.#entity(names), recovery: null };
    }
    if (word.text === 'share') return this.#share(names);
    const metric = this.#metric(word);
    if (this.peek() !== '(') return this.#plain(metric, word, names);
    this.expect('(');
    if (metric === 'recovery_time') return this.#recovery(names);
    if (metric === 'imbalance') return this.#imbalance(names);
    const token = this.take('an entity');
    const of = this.#resolve(token, names);
    this.expect(')');
    return { metric, aggregate: null, of, recovery: null };
  }

  #plain(metric: MetricName, word: Token, names: Names): Subject {
    if (METRICS[metric].sampled && metric !== 'queue_wait') {
      this.refuse(
        'E0408',
        word,
        `'${metric}' is a distribution: say which part of it`,
        `mean(${metric}), p95(${metric}) or max(${metric})`,
      );
    }
    return { metric, aggregate: null, of: this.#entity(names), recovery: null };
  }

  /** `share(latency > 200ms)`; the word has been read. */
  #share(names: Names): Subject {
    this.expect('(');
    const token = this.take('a metric');
    const metric = this.#metric(token);
    if (metric !== 'latency') {
      this.refuse('E0303', token, `share(${metric} …) is not yet supported`, 'share(latency > …)');
    }
    const op = this.#comparison();
    const limit = this.#value(METRICS[metric].unit);
    this.expect(')');
    const aggregate = { kind: 'share', op, limit } as const;
    return { metric, aggregate, of: this.#entity(names), recovery: null };
  }

  /** `recovery_time(p95(latency) within 10%)`; read up to the bracket. */
  #recovery(names: Names): Subject {
    const { metric, aggregate, of } = this.subject(names);
    this.expect('within');
    const token = this.take('a percentage');
    const within = parsePercent(token.text);
    if (!within.ok) this.refuse('E0206', token, within.message, 'within 10%');
    this.expect(')');
    const recovery = { metric, aggregate, withinRatio: within.ok ? within.value : 0 };
    return { metric: 'recovery_time', aggregate: null, of, recovery };
  }

  /** `imbalance(p99 over servers)` or `imbalance(max over servers)`; read up to the bracket. */
  #imbalance(names: Names): Subject {
    const token = this.take('p99 or max');
    const aggregate = aggregateOf(token.text);
    if (aggregate === null)
      this.refuse('E0408', token, `'${token.text}' is not p99, max …`, 'p99 over servers');
    this.expect('over');
    const of = this.#resolve(this.take('servers'), names);
    this.expect(')');
    return { metric: 'imbalance', aggregate, of, recovery: null };
  }

  #metric(token: Token): MetricName {
    this.#partAt.metric = token;
    if (Object.hasOwn(METRICS, token.text)) return token.text as MetricName;
    if ((METRICS_NOT_YET as readonly string[]).includes(token.text)) {
      this.refuse('E0303', token, `the metric '${token.text}' is not yet supported`);
    }
    const known = Object.keys(METRICS);
    const near =
      METRIC_SYNONYMS[token.text] ??
      nearestName(token.text, [...known, 'mean', 'max', 'min', 'share']);
    this.refuse(
      'E0308',
      token,
      `unknown metric '${token.text}'`,
      near === undefined ? `metrics: ${known.join(', ')}` : `did you mean '${near}'?`,
    );
  }

  #entity(names: Names): ThresholdEntity | null {
    if (this.peek() !== 'of' && this.peek() !== 'over') return null;
    this.skip();
    return this.#resolve(this.take('an entity'), names);
  }

  #resolve(token: Token, names: Names): ThresholdEntity {
    this.#partAt.entity = token;
    const text = bareEntity(token.text, names);
    const resolved = resolveEntities(text, names);
    if (!resolved.ok) this.refuse(resolved.code, token, resolved.message, resolved.hint);
    if (resolved.plural !== null) {
      if (!/^[a-z]+$/.test(text)) {
        this.refuse(
          'E0408',
          token,
          `'${text}' is more than one`,
          'name one, or all: links, servers',
        );
      }
      return { kind: 'all', of: resolved.plural };
    }
    return { kind: 'one', ref: resolved.refs[0]! };
  }

  #window(names: Names): ThresholdWindow | null {
    const kind = WINDOW_WORDS[this.peek() ?? ''];
    if (kind === undefined) return null;
    this.skip();
    const token = this.take('the name of an event');
    this.#partAt.window = token;
    if (!names.events.includes(token.text)) {
      const near = nearestName(token.text, names.events);
      this.refuse(
        'E0307',
        token,
        `unknown event '${token.text}'`,
        near !== undefined
          ? `did you mean '${near}'?`
          : names.events.length === 0
            ? 'no event has a name: add name: to it'
            : `events: ${names.events.join(', ')}`,
      );
    }
    return { kind, event: token.text };
  }

  #noWorse(names: Names): NoWorseThan {
    for (const word of ['no', 'worse', 'than']) this.expect(word);
    const margin = this.take('a margin');
    const parsed = parsePercent(margin.text);
    if (!parsed.ok) this.refuse(parsed.code ?? 'E0206', margin, parsed.message, 'like +3%');
    if (this.peek() !== 'against')
      return { marginRatio: parsed.ok ? parsed.value : 0, against: 'baseline' };
    this.expect('against');
    const against = this.take('a strategy');
    const known = ['baseline', ...names.strategies];
    if (!known.includes(against.text)) {
      const near = nearestName(against.text, known);
      this.refuse(
        'E0310',
        against,
        `unknown strategy '${against.text}'`,
        near === undefined ? `strategies: ${known.join(', ')}` : `did you mean '${near}'?`,
      );
    }
    return { marginRatio: parsed.ok ? parsed.value : 0, against: against.text };
  }

  #limit(unit: MetricUnit): Limit {
    const op = this.#comparison();
    return { op, value: this.#value(unit), unit };
  }

  #comparison(): ComparisonOperator {
    const token = this.take('a comparison');
    if (COMPARISONS.includes(token.text)) return token.text as ComparisonOperator;
    const near = nearestName(token.text, Object.keys(WINDOW_WORDS));
    this.refuse(
      'E0408',
      token,
      `expected <, <=, > or >=, not '${token.text}'`,
      near === undefined ? SENTENCE_FORM : `did you mean '${near}'?`,
    );
  }

  #value(unit: MetricUnit): number {
    const token = this.take('a value');
    const { parse, example }: ValueForm = VALUE_FORMS[unit];
    const parsed = parse(token.text);
    if (parsed.ok) return unit === 's' ? parsed.value / 1e9 : parsed.value;
    this.refuse(parsed.code ?? 'E0206', token, parsed.message, parsed.hint || `like ${example}`);
  }
}

/** A share of samples is a ratio, whatever is sampled. */
function unitOf({ metric, aggregate }: Subject): MetricUnit {
  return aggregate?.kind === 'share' ? 'ratio' : METRICS[metric].unit;
}

/** `page` → `class/page`, `main` → `origin/main`: classes and origins go by their bare names. */
function bareEntity(text: string, names: Names): string {
  if (names.classes.includes(text)) return `class/${text}`;
  if (names.origins.includes(text)) return `origin/${text}`;
  return text;
}
