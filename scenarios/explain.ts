import { POLICIES, ROUTING } from './catalogue.ts';
import { healthDetails, policyDetails } from './explain-balancing.ts';
import { ERROR_CODES } from './error-codes.ts';
import { glossary, GLOSSARY_TOPICS, type GlossaryTopic } from './glossary.ts';
import { METRICS, type MetricName } from './schema/threshold.ts';
import { nearestNames } from './suggest.ts';

/** What a word of ours means. A word may mean several things: `random` is a policy, say. */
export interface Explanation {
  readonly topic: string;
  readonly name: string;
  readonly lines: readonly string[];
}

export type Explained =
  | { readonly found: true; readonly explanations: readonly Explanation[] }
  | { readonly found: false; readonly nearest: readonly string[] };

/**
 * Looks up an error code, or a word among policies, health checks, strategies, eviction, presets
 * and metrics; `topic` leaves the others out.
 */
export function explain(word: string, topic?: GlossaryTopic): Explained {
  const code = ERROR_CODES[word.toUpperCase()];
  if (code !== undefined && topic === undefined) {
    const lines = [code.title, code.explanation];
    return {
      found: true,
      explanations: [{ topic: 'error code', name: word.toUpperCase(), lines }],
    };
  }
  const topics = GLOSSARY_TOPICS.filter((each) => topic === undefined || each === topic);
  const explanations = topics.flatMap((each) =>
    glossary(each)
      .filter(({ name }) => name === word || name.replace(/@\d+$/, '') === word)
      .map(({ name, summary }) => ({
        topic: each,
        name,
        lines: [summary, ...details(each, name)],
      })),
  );
  const alias = POLICIES.aliases[word] ?? ROUTING.aliases[word];
  if (explanations.length === 0 && alias !== undefined) {
    const meant = explain(alias, topic);
    if (!meant.found) return meant;
    return {
      found: true,
      explanations: meant.explanations.map((one) => ({
        ...one,
        lines: [`'${word}' of other products is '${alias}' here`, ...one.lines],
      })),
    };
  }
  if (explanations.length > 0) return { found: true, explanations };
  const names = topics.flatMap((each) => glossary(each).map(({ name }) => name));
  if (topic === undefined) names.push(...Object.keys(ERROR_CODES));
  return { found: false, nearest: nearestNames(word, names).slice(0, 3) };
}

function details(topic: string, name: string): string[] {
  if (topic === 'metrics') {
    const { unit, more, key, sampled } = METRICS[name as MetricName];
    const aggregate = sampled ? `: write p95(${name}), mean(${name})` : '';
    return [
      `unit: ${unit}; more is ${more}${aggregate}`,
      `in summary.json: ${sampled && !key.endsWith('_s') ? `${key}_p95_s and the like` : key}`,
    ];
  }
  if (topic === 'policies') return policyDetails(name);
  if (topic === 'health') return healthDetails(name);
  if (topic === 'strategies') return aliasLine(name, ROUTING.aliases);
  return [];
}

function aliasLine(name: string, aliases: Readonly<Record<string, string>>): string[] {
  const others = Object.keys(aliases).filter((alias) => aliases[alias] === name);
  return others.length === 0 ? [] : [`elsewhere called: ${others.join(', ')}`];
}
