import { describe, expect, it } from 'vitest';
import { record, SMALL_NETWORK, sum, tracesOf, worldOf } from './recorded-run.ts';

/** Every request, so that all kinds are among them. */
const EVERY = SMALL_NETWORK.replace('1 in 20', '1 in 1');
const anycast = record(worldOf(EVERY, 'anycast'));
const traces = tracesOf(anycast.recording);

describe('traces of all requests', () => {
  const ended = traces.requests.filter(({ outcome }) => outcome !== 'unfinished');

  it('are of all requests, in order, and end as the result says', () => {
    const count = (outcome: string): number =>
      traces.requests.filter((request) => request.outcome === outcome).length;
    const { metrics } = anycast.result;
    expect(traces.is_cut).toBe(false);
    expect(traces.requests).toHaveLength(metrics['requests']!);
    expect(count('completed')).toBe(metrics['completed']);
    expect(count('timeout')).toBe(metrics['timeouts']);
    expect(count('error') + count('rejected')).toBe(metrics['errors']);
    const sent = traces.requests.map(({ sent_s }) => sent_s);
    expect(sent).toEqual(sent.toSorted((a, b) => a - b));
  });

  it('fill the latency of each request without a gap', () => {
    for (const { segments, latency_s, id } of ended) {
      let untilS = 0;
      for (const { start_s, duration_s } of segments) {
        expect(start_s, id).toBeCloseTo(untilS, 8);
        untilS = start_s + duration_s;
      }
      expect(untilS, id).toBeCloseTo(latency_s!, 8);
    }
  });

  it('have a queue as long as the result has, on the whole', () => {
    const completed = ended.filter(({ attempts }) => attempts.length === 1);
    const queued = completed.map(({ segments }) =>
      sum(segments.filter(({ kind }) => kind === 'queue').map(({ duration_s }) => duration_s)),
    );
    expect(sum(queued) / completed.length).toBeGreaterThan(0);
    expect(sum(queued) / completed.length).toBeLessThan(
      2 * anycast.result.metrics['queue_wait_mean_s']! + 1e-3,
    );
  });

  it('know hits from misses: only these go to a shield or an origin', () => {
    const kinds = (cache: string): Set<string> =>
      new Set(
        ended
          .filter((request) => request.cache === cache && request.attempts.length === 1)
          .flatMap(({ segments }) => segments.map(({ kind }) => kind)),
      );
    expect(kinds('hit')).not.toContain('origin');
    expect(kinds('hit')).not.toContain('shield');
    expect([...kinds('miss')]).toEqual(expect.arrayContaining(['shield', 'origin']));
    expect([...kinds('collapsed')]).toContain('wait');
    const origins = ended.flatMap(({ segments }) => segments.filter((s) => s.kind === 'origin'));
    expect(origins.every(({ where }) => where!.startsWith('origin main'))).toBe(true);
  });

  it('tell of silence and of another try where the POP was dark', () => {
    const lost = ended.filter(({ attempts }) => attempts.length > 1 && attempts[0]!.pop >= 0);
    expect(lost.length).toBeGreaterThan(0);
    const silent = lost.filter(({ segments }) => segments.some(({ kind }) => kind === 'silence'));
    expect(silent.length).toBeGreaterThan(0);
    expect(silent[0]!.attempts[0]!.failure).toMatch(/^the client waited for its timeout; tried/);
    expect(silent[0]!.segments.some(({ kind }) => kind === 'backoff')).toBe(true);
  });

  it('say why this POP, with the AS path, and why this server, with what there was', () => {
    const { why_pop, why_server } = ended.find(({ attempts }) => attempts.length === 1)!
      .attempts[0]!;
    expect(why_pop).toMatch(/^anycast: clients of [\w-]+ use prefix www; AS path .+ → CDN at \w+ /);
    expect(why_pop).toMatch(/round trip [\d.]+ ms/);
    expect(why_server).toMatch(
      /^two-choices from 3 of 3 servers: \w+\/\d, \d+ in flight with this one; least \d+, most \d+/,
    );
  });
});

describe('a sample', () => {
  const sampleOf = (strategy: string) =>
    tracesOf(record(worldOf(SMALL_NETWORK, strategy)).recording).requests;

  it('is of the same requests under every strategy, about as many as asked for', () => {
    const [one, other] = [sampleOf('anycast'), sampleOf('geo-dns')];
    expect(one.map(({ id }) => id)).toEqual(other.map(({ id }) => id));
    const expected = anycast.result.metrics['requests']! / 20;
    expect(Math.abs(one.length - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });

  it('says under DNS which resolver answered, and hashes under hashing policies', () => {
    const attempts = sampleOf('geo-dns').flatMap((request) => request.attempts);
    const reasons = attempts.map(({ why_pop }) => why_pop);
    expect(reasons.some((text) => /^dns-geo: answer \w+ of resolver \d of 8/.test(text))).toBe(
      true,
    );
    expect(
      attempts.some(({ why_server }) => /hash of its object [0-9a-f]{8}/.test(why_server ?? '')),
    ).toBe(true);
  });
});
