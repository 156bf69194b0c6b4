import { expect } from 'vitest';
import type { Summary } from '../../scenarios/index.ts';

/** What a scenario's comment promises, in words and as an assertion that holds for any seed. */
export interface Claim {
  readonly says: string;
  check(story: Story): void;
}

/** Means over replications, by strategy and event; throws for what the summary does not have. */
export class Story {
  readonly #summary: Summary;

  constructor(summary: Summary) {
    this.#summary = summary;
  }

  mean(strategy: string, metric: string, during?: string): number {
    const { metrics, windows } = this.#summary.strategies[strategy]!;
    const estimate = (during === undefined ? metrics : windows[during]!.metrics)[metric];
    return known(estimate?.mean, `${metric} of ${strategy}`);
  }

  /** The same metric before the event began. */
  before(strategy: string, metric: string, event: string): number {
    const estimate = this.#summary.strategies[strategy]!.windows[event]!.before[metric];
    return known(estimate?.mean, `${metric} of ${strategy} before ${event}`);
  }

  pop(strategy: string, pop: string, metric: string): number {
    const estimate = this.#summary.strategies[strategy]!.pops[pop]![metric];
    return known(estimate?.mean, `${metric} of ${pop}`);
  }

  link(strategy: string, link: string, metric: string): number {
    const estimate = this.#summary.strategies[strategy]!.links[link]![metric];
    return known(estimate?.mean, `${metric} of ${link}`);
  }

  interval(strategy: string, metric: string): readonly [number, number] {
    const estimate = this.#summary.strategies[strategy]!.metrics[metric]!;
    return [known(estimate?.low, metric), known(estimate?.high, metric)];
  }

  /** Where the mean of each threshold lies, however few the replications. */
  values(text: string): Readonly<Record<string, number>> {
    return Object.fromEntries(
      this.#summary.thresholds
        .filter((threshold) => threshold.text === text)
        .map(({ strategy, value }) => [strategy, known(value?.mean, text)]),
    );
  }
}

function known(value: number | null | undefined, what: string): number {
  if (value === null || value === undefined) throw new Error(`the summary has no ${what}`);
  return value;
}

/** Every part of these sums was lost while Frankfurt was dark. */
const lost = (story: Story, strategy: string): number =>
  1 - story.mean(strategy, 'availability', 'fra-down');

export const STORIES: Readonly<Record<string, readonly Claim[]>> = {
  'pop-failure': [
    {
      says: 'the hold timer of 90 s is a black hole for half of the outage, BFD hardly one',
      check: (story) => {
        // Half of 180 s, times the share of the users that are Frankfurt's (an eighth or so, here
        // between a twentieth and a fifth).
        expect(lost(story, 'anycast')).toBeGreaterThan(0.5 * 0.05);
        expect(lost(story, 'anycast')).toBeLessThan(0.5 * 0.2);
        expect(lost(story, 'anycast-bfd')).toBeLessThan(lost(story, 'anycast') / 3);
      },
    },
    {
      says: 'DNS moves users with its TTL: 20 s loses fewer requests than 60 s',
      check: (story) => {
        expect(lost(story, 'geo-dns-20s')).toBeLessThan(lost(story, 'geo-dns'));
        expect(lost(story, 'geo-dns-20s')).toBeGreaterThan(lost(story, 'anycast-bfd'));
        expect(story.mean('geo-dns-20s', 'dns_queries')).toBeGreaterThan(
          story.mean('geo-dns', 'dns_queries'),
        );
      },
    },
    {
      says: 'regional anycast sends fewer users far away',
      check: (story) => {
        expect(story.mean('regional-anycast', 'share_25ms_worse')).toBeLessThan(
          story.mean('anycast', 'share_25ms_worse') / 2,
        );
      },
    },
    {
      says: 'a drain costs no request',
      check: (story) => {
        for (const strategy of ['anycast', 'anycast-bfd', 'regional-anycast', 'geo-dns']) {
          expect(story.mean(strategy, 'availability', 'fra-drain')).toBeGreaterThan(0.999);
        }
      },
    },
    {
      says: 'the cable cut costs no request; what it carried goes by Paris',
      check: (story) => {
        expect(story.mean('anycast', 'availability', 'cable-cut')).toBeGreaterThan(0.998);
        expect(story.link('anycast', 'cdg-iad', 'bytes')).toBeGreaterThan(0);
      },
    },
    {
      says: 'the busiest POPs are planned for some 60 %, Stockholm is fuller than planned',
      check: (story) => {
        for (const pop of ['ams', 'iad', 'mia']) {
          expect(story.pop('anycast', pop, 'utilisation')).toBeGreaterThan(0.4);
          expect(story.pop('anycast', pop, 'utilisation')).toBeLessThan(0.8);
        }
        expect(story.pop('anycast-bfd', 'arn', 'queue_wait_mean_s')).toBeGreaterThan(
          2 * story.pop('regional-anycast', 'arn', 'queue_wait_mean_s'),
        );
      },
    },
  ],
  'routing-shootout': [
    {
      says: 'a fifth of anycast requests are 25 ms or more from their best POP (Calder 2015)',
      check: (story) => {
        expect(story.mean('anycast', 'share_25ms_worse')).toBeGreaterThan(0.12);
        expect(story.mean('anycast', 'share_25ms_worse')).toBeLessThan(0.28);
      },
    },
    {
      says: 'the oracle sends nobody further than need be, and no one is faster',
      check: (story) => {
        expect(story.mean('nearest', 'share_25ms_worse')).toBe(0);
        for (const strategy of ['anycast', 'regional-anycast', 'geo-dns', 'latency-dns']) {
          expect(story.mean(strategy, 'latency_p95_s')).toBeGreaterThan(
            story.mean('nearest', 'latency_p95_s'),
          );
        }
      },
    },
  ],
  'mm1-lab': [
    {
      says: 'the mean time in the system is 1/(μ − λ) = 50 ms, the 99th percentile 50 ms × ln 100',
      check: (story) => {
        const [low, high] = story.interval('default', 'latency_mean_s');
        expect(low).toBeLessThan(0.05);
        expect(high).toBeGreaterThan(0.05);
        const [low99, high99] = story.interval('default', 'latency_p99_s');
        expect(low99).toBeLessThan(0.05 * Math.log(100));
        expect(high99).toBeGreaterThan(0.05 * Math.log(100));
      },
    },
  ],
  'pop-lab': [
    {
      says: 'policies that look at load walk around the slow server; turns, lots and hashes do not',
      check: (story) => {
        for (const seeing of ['least-request', 'two-choices']) {
          for (const blind of ['round-robin', 'random', 'maglev']) {
            expect(story.mean(seeing, 'latency_p99_s', 'slow')).toBeLessThan(
              story.mean(blind, 'latency_p99_s', 'slow') / 3,
            );
          }
        }
      },
    },
    {
      says: 'dead servers look idle: least-request loses most in the crash, then two-choices',
      check: (story) => {
        const during = (strategy: string): number => story.mean(strategy, 'availability', 'crash');
        expect(during('least-request')).toBeLessThan(during('two-choices'));
        expect(during('two-choices')).toBeLessThan(during('round-robin'));
      },
    },
  ],
  'origin-overload': [
    {
      says: 'a shield saves fetches, collapsing more',
      check: (story) => {
        const fetches = (strategy: string): number => story.mean(strategy, 'origin_fetches');
        expect(fetches('shield')).toBeLessThan(fetches('no-shield'));
        expect(fetches('no-shield')).toBeLessThan(fetches('no-collapsing'));
      },
    },
    {
      says: 'the shield holds in the crowd, without it users get errors unless pages may be stale',
      check: (story) => {
        const errors = (strategy: string): number => story.mean(strategy, 'error_ratio', 'crowd');
        expect(errors('shield')).toBeLessThan(0.001);
        expect(errors('no-shield')).toBeGreaterThan(0.005);
        expect(errors('no-collapsing')).toBeGreaterThan(errors('no-shield'));
        expect(errors('stale-if-error')).toBeLessThan(errors('no-shield') / 10);
      },
    },
  ],
  'autoscale-surge': [
    {
      says: 'servers that start when they are needed have the first crowd lose, not the second',
      check: (story) => {
        const failed = (strategy: string, crowd: string): number =>
          1 - story.mean(strategy, 'availability', crowd);
        // 80 of 144 slots for the 45 s of a sync and a start, of 120 s: a sixth or so.
        expect(failed('hpa', 'first')).toBeGreaterThan(0.1);
        expect(failed('hpa', 'second')).toBeLessThan(0.01);
        expect(failed('eager', 'second')).toBeGreaterThan(0.1);
        expect(failed('quick-start', 'first')).toBeLessThan(failed('hpa', 'first') / 3);
        expect(failed('headroom', 'first')).toBeLessThan(0.001);
      },
    },
    {
      says: 'what loses less is paid for longer',
      check: (story) => {
        const hours = ['eager', 'hpa', 'quick-start', 'headroom', 'all-on'].map((strategy) =>
          story.mean(strategy, 'server_hours'),
        );
        expect(hours).toEqual(hours.toSorted((a, b) => a - b));
        // 64 servers for 16 minutes.
        expect(hours.at(-1)).toBeCloseTo((64 * 16) / 60, 6);
      },
    },
  ],
  geant: [
    {
      says: 'each cut makes the ways longer; nothing is lost, no link is full',
      check: (story) => {
        const median = (event: string): number => story.mean('shielded', 'latency_p50_s', event);
        expect(median('cut-paris')).toBeGreaterThan(
          story.before('shielded', 'latency_p50_s', 'cut-paris'),
        );
        expect(median('cut-milan')).toBeGreaterThan(median('cut-paris'));
        expect(story.mean('shielded', 'availability')).toBe(1);
        expect(story.values('max(utilisation of links) < 90%')['shielded']).toBeLessThan(0.9);
      },
    },
    {
      says: 'the shield saves the origin fetches',
      check: (story) => {
        expect(story.mean('shielded', 'origin_fetches')).toBeLessThan(
          0.95 * story.mean('no-shield', 'origin_fetches'),
        );
      },
    },
  ],
};
