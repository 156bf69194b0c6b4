import { describe, expect, it } from 'vitest';
import { lost, metric, ofServer, shareOf, tell } from './tell.ts';

/** Reported effects of health checks, each against what cures it. */

describe('panic-surprise', async () => {
  const { 'panic-50': half, 'panic-100': all, never } = await tell('panic-surprise');

  it('two of three down is less than half: two thirds of the requests go to the dead', () => {
    expect(lost(half, { during: 'two-down' })).toBeCloseTo(2 / 3, 1);
    expect(lost(half, { during: 'one-down' })).toBeLessThan(0.03);
  });

  it('a threshold of 100 % panics at the first loss', () => {
    expect(lost(all, { during: 'one-down' })).toBeCloseTo(1 / 3, 1);
  });

  it('without panic the one left serves all but what came before the checks knew', () => {
    // Three probes 500 ms apart take 1 to 1.5 s, of 60 s, in which two thirds are lost.
    expect(lost(never, { during: 'two-down' })).toBeLessThan((1.6 / 60) * (2 / 3) * 1.2);
    expect(lost(never, { during: 'two-down' })).toBeGreaterThan(0.004);
  });
});

describe('quorum-cliff', async () => {
  const { 'quorum-50': half, any, fallback } = await tell('quorum-cliff');

  it('the first loss goes unnoticed, the second takes the director down', () => {
    expect(lost(half, { before: 'second' })).toBeLessThan(0.02);
    expect(lost(half, { during: 'second' })).toBeGreaterThan(0.97);
    expect(lost(any, { during: 'second' })).toBeLessThan(0.03);
  });

  it('a fallback above it serves from the spare', () => {
    expect(lost(fallback, { during: 'second' })).toBeLessThan(0.03);
    // 60 of 140 s.
    expect(shareOf(fallback, 'lab/spare')).toBeCloseTo(60 / 140, 1);
    expect(shareOf(any, 'lab/spare')).toBe(0);
  });
});

describe('outlier-small-cluster', async () => {
  const told = await tell('outlier-small-cluster');

  it.each(['default', 'percent-33'])('%s ejects nobody of three', (strategy) => {
    expect(metric(told[strategy], 'flaps')).toBe(0);
    expect(lost(told[strategy], { during: 'bad' })).toBeCloseTo(1 / 3, 2);
  });

  it.each(['one-at-least', 'percent-34'])('%s ejects the bad one, and only it', (strategy) => {
    expect(ofServer(told[strategy], 'lab/1', 'flaps')).toBeGreaterThanOrEqual(1);
    expect(metric(told[strategy], 'flaps')).toBe(ofServer(told[strategy], 'lab/1', 'flaps'));
    expect(lost(told[strategy], { during: 'bad' })).toBeLessThan(0.02);
  });

  it('nine hosts are too few as well, ten are not', async () => {
    const of = (count: number) =>
      tell('outlier-small-cluster', { 'network.pops.lab.servers': String(count) });
    expect(metric((await of(9))['default'], 'flaps')).toBe(0);
    expect(metric((await of(10))['default'], 'flaps')).toBeGreaterThanOrEqual(1);
  });
});

describe('nginx-max-fails-1', async () => {
  const { 'max-fails-1': one, 'max-fails-0': none, panic } = await tell('nginx-max-fails-1');

  it('0.3 s of errors become ten seconds without upstreams', () => {
    // 10 s of the 39.7 s after the hiccup.
    expect(lost(one, { after: 'hiccup' })).toBeGreaterThan(0.2);
    expect(lost(one, { after: 'hiccup' })).toBeLessThan(0.3);
    for (const server of ['lab/0', 'lab/1', 'lab/2', 'lab/3']) {
      expect(ofServer(one, server, 'flaps')).toBe(1);
    }
  });

  it('who does not count, or panics, loses the hiccup only', () => {
    for (const cure of [none, panic]) {
      expect(lost(cure, { after: 'hiccup' })).toBe(0);
      expect(lost(cure)).toBeLessThan(0.01);
    }
  });
});

describe('failfast-all-open', async () => {
  const { breakers, linkerd, panic, capped } = await tell('failfast-all-open');

  it('all breakers open, and stay open after the servers are well', () => {
    expect(lost(breakers, { after: 'outage' })).toBeGreaterThan(0.15);
    expect(lost(linkerd, { after: 'outage' })).toBeGreaterThan(0.003);
    expect(lost(breakers, { after: 'outage' })).toBeGreaterThan(
      lost(linkerd, { after: 'outage' }) * 3,
    );
  });

  it('a cap or a panic threshold loses the outage only', () => {
    expect(lost(panic, { after: 'outage' })).toBe(0);
    expect(lost(capped, { after: 'outage' })).toBe(0);
  });
});

describe('hc-flood', async () => {
  const told = await tell('hc-flood', { 'run.duration': '25s' });
  const { spread, together, 'one-balancer': one, subsets } = told;
  const probesPerS = (result: typeof spread) => metric(result, 'probes') / 20;

  it('probes are balancers × hosts a second; one balancer, or subsets of 4, send fewer', () => {
    expect(probesPerS(spread)).toBeCloseTo(50 * 20, -1);
    expect(probesPerS(one)).toBeCloseTo(20, 0);
    expect(probesPerS(subsets)).toBeCloseTo(50 * 4, -1);
  });

  it('they take a fifth of the servers: 50 × 4 ms a second', () => {
    const extra = metric(spread, 'utilisation') - metric(one, 'utilisation');
    expect(extra).toBeCloseTo(49 * 0.004, 2);
  });

  it('all at the same moment they are a wave in which requests wait', () => {
    expect(metric(together, 'latency_p99_s')).toBeGreaterThan(metric(spread, 'latency_p99_s') * 4);
    expect(metric(together, 'probes')).toBe(metric(spread, 'probes'));
  });
});

describe('flapping-link', async () => {
  const told = await tell('flapping-link');
  const [q, p, probes] = [0.33, 0.67, 1800];
  /** Mean number of probes until so many in a row, each with this probability. */
  const run = (length: number, each: number) =>
    (1 - each ** length) / ((1 - each) * each ** length);
  const cycles = (fall: number, rise: number) => probes / (run(fall, q) + run(rise, p));

  it.each([
    ['fall-1-rise-1', cycles(1, 1)],
    ['fall-3-rise-2', cycles(3, 2)],
    ['fall-5-rise-2', cycles(5, 2)],
    ['envoy', cycles(3, 2)],
    ['fastly', probes * 6 * p ** 3 * q ** 3],
    ['varnish', probes * 21 * p ** 3 * q ** 6],
  ])('%s goes down as often as reckoned: %f times', (strategy, expected) => {
    const flaps = ofServer(told[strategy], 'lab/1', 'flaps');
    // Four standard deviations of a Poisson count, which is wider than these.
    expect(Math.abs(flaps - expected)).toBeLessThan(4 * Math.sqrt(expected));
    expect(ofServer(told[strategy], 'lab/2', 'flaps')).toBe(0);
  });

  it('wider windows and longer runs keep calm; probing faster when in doubt does not', () => {
    const flaps = (strategy: string) => ofServer(told[strategy], 'lab/1', 'flaps');
    expect(flaps('varnish')).toBeLessThan(flaps('fastly') / 3);
    expect(flaps('fall-5-rise-2')).toBeLessThan(flaps('fall-3-rise-2') / 2);
    expect(flaps('fall-3-rise-2')).toBeLessThan(flaps('fall-1-rise-1') / 4);
    expect(flaps('haproxy-fast')).toBeGreaterThan(flaps('fall-5-rise-2'));
  });
});
