import { describe, expect, it } from 'vitest';
import { availabilityAtTheEnd, lost, metric, ofServer, shareOf, tell } from './tell.ts';

/** Reported effects of hashing, each against what cures it. */

describe('ring-two-shards', async () => {
  const told = await tell('ring-two-shards');
  const imbalance = (strategy: string) => metric(told[strategy], 'imbalance');

  it('ten points a shard give one twice the load of the other', () => {
    const share = shareOf(told['points-10'], 'lab/1');
    expect(share / (1 - share)).toBeGreaterThan(1.7);
  });

  it('more points are more even, by 1 ÷ √V; Maglev is even', () => {
    // Four standard errors of a share around the mean of two.
    expect(imbalance('points-100') - 1).toBeLessThan(4 / Math.sqrt(100));
    expect(imbalance('points-1000') - 1).toBeLessThan(4 / Math.sqrt(1000));
    expect(imbalance('points-1000')).toBeLessThan(imbalance('points-10') - 0.2);
    expect(imbalance('maglev')).toBeLessThan(1.03);
  });
});

describe('hot-key', async () => {
  const told = await tell('hot-key');
  const { ring, 'bounded-1.25': bounded, 'bounded-envoy': envoy, 'two-choices': choices } = told;

  it('the ring drowns one server, two choices none', () => {
    expect(metric(ring, 'imbalance')).toBeGreaterThan(1.9);
    expect(metric(choices, 'imbalance')).toBeLessThan(1.1);
  });

  it('the ring has the best hit ratio, two choices the worst: every cache holds the same', () => {
    expect(metric(ring, 'hit_ratio')).toBeGreaterThan(metric(bounded, 'hit_ratio'));
    expect(metric(bounded, 'hit_ratio')).toBeGreaterThan(metric(choices, 'hit_ratio') + 0.03);
    expect(metric(envoy, 'hit_ratio')).toBeGreaterThan(metric(choices, 'hit_ratio') + 0.03);
  });

  it('bounds take the hot server’s surplus off', () => {
    expect(metric(bounded, 'imbalance')).toBeLessThan(1.5);
    expect(metric(envoy, 'imbalance')).toBeLessThan(metric(ring, 'imbalance') - 0.3);
    expect(metric(bounded, 'queue_wait_mean_s')).toBeLessThan(
      metric(ring, 'queue_wait_mean_s') / 20,
    );
  });
});

describe('bounded-load-cascade', async () => {
  const { walk, jump, unbounded } = await tell('bounded-load-cascade', { 'run.duration': '20s' });

  it('without a bound the server of the hottest key is lost, with either bound nobody is', () => {
    expect(lost(unbounded)).toBeGreaterThan(0.05);
    expect(lost(walk)).toBe(0);
    expect(lost(jump)).toBe(0);
  });

  it('walking displaces more keys than jumping: more of them miss', () => {
    expect(1 - metric(walk, 'hit_ratio')).toBeGreaterThan((1 - metric(jump, 'hit_ratio')) * 1.08);
  });
});

describe('maglev-host-order', async () => {
  const told = await tell('maglev-host-order');
  const counts = (strategy: string) =>
    ['blue-0', 'blue-1', 'blue-2', 'green-0', 'green-1', 'green-2'].map((server) =>
      ofServer(told[strategy], `lab/${server}`, 'requests'),
    );

  it('Maglev: no request goes elsewhere when hosts are listed in another order', () => {
    expect(counts('maglev-reordered')).toEqual(counts('maglev'));
  });

  it('HAProxy’s ring goes by the place in the list, not by the name', () => {
    expect(counts('haproxy-reordered')).not.toEqual(counts('haproxy'));
    const [blue, green] = [counts('haproxy').slice(0, 3), counts('haproxy').slice(3)];
    expect(counts('haproxy-reordered')).toEqual([...green, ...blue]);
  });
});

describe('maglev-weight-drift', async () => {
  const told = await tell('maglev-weight-drift');

  it('keys of others move: more in Katran’s second version, none on a ring', () => {
    const moved = (strategy: string) => metric(told[strategy], 'moved_keys_ratio');
    expect(moved('katran-v2')).toBeGreaterThan(0.001);
    expect(moved('katran-v1')).toBeGreaterThan(0);
    expect(moved('katran-v1')).toBeLessThan(moved('katran-v2') / 2);
    expect(moved('ring')).toBe(0);
    expect(moved('rendezvous')).toBe(0);
  });

  it('weights that exceed the first version’s table starve a third of the hosts', () => {
    const idle = (strategy: string) =>
      Object.values(told[strategy]!.servers).filter(({ requests }) => requests === 0).length;
    // 65,537 slots ÷ weights of 1,000: 65 full hosts, one in part, one more while one weighs less.
    expect(idle('starved-v1')).toBe(33);
    expect(idle('starved-v2')).toBe(0);
    expect(idle('katran-v1')).toBe(0);
  });
});

describe('hashring-churn', async () => {
  const told = await tell('hashring-churn', { 'run.duration': '50s' });
  const { churn, static: still, roomy } = told;

  it('one crash of ten seconds, and members die of each other’s keys ever after', () => {
    // But for what was inside the one that crashed.
    expect(lost(churn, { before: 'crash' })).toBeLessThan(0.001);
    // Each of the eight within the crash, and once more after it, at least.
    expect(metric(churn, 'overload_crashes', { during: 'crash' })).toBeGreaterThanOrEqual(7);
    expect(metric(churn, 'overload_crashes', { after: 'crash' })).toBeGreaterThanOrEqual(8);
    expect(availabilityAtTheEnd(churn, 10)).toBeLessThan(0.5);
    // They are down indeed: no verdict of theirs is wrong for longer than it takes to notice.
    expect(metric(churn, 'false_down_time_ratio')).toBeLessThan(0.1);
  });

  it('a ring that stays as it is loses the keys of one, for as long as that is gone', () => {
    expect(metric(still, 'overload_crashes')).toBe(0);
    expect(Math.abs(lost(still, { during: 'crash' }) - 1 / 8)).toBeLessThan(0.03);
    expect(lost(still, { after: 'crash' })).toBe(0);
  });

  it('members with room for the keys of another may come and go', () => {
    expect(metric(roomy, 'overload_crashes')).toBe(0);
    expect(lost(roomy, { after: 'crash' })).toBe(0);
  });
});

describe('stale-ring', async () => {
  const told = await tell('stale-ring', { 'run.warmup': '5s' });
  const { 'at-once': fast, patient, 'patient-with-retry': retrying } = told;

  it('an old ring sends an eighth of the keys to who has gone', () => {
    // Five to ten seconds of thirty; the server of the most asked keys has up to a quarter.
    expect(lost(patient, { during: 'gone' })).toBeGreaterThan((5 / 30) * (1 / 8) * 0.7);
    expect(lost(patient, { during: 'gone' })).toBeLessThan((10 / 30) * (1 / 4));
    expect(lost(fast, { during: 'gone' })).toBeLessThan(0.003);
    expect(lost(retrying, { during: 'gone' })).toBe(0);
  });

  it('a new one moves keys at every flap, which costs cache hits', () => {
    const missed = (result: typeof fast) => 1 - metric(result, 'hit_ratio', { during: 'flapping' });
    expect(ofServer(fast, 'lab/5', 'flaps')).toBe(5);
    expect(ofServer(patient, 'lab/5', 'flaps')).toBe(0);
    expect(missed(fast)).toBeGreaterThan(missed(patient) * 2);
  });

  it('a flap within a build leaves a ring without the server, where its end is lost', () => {
    const { coalesced, lossy } = told;
    const requests = (result: typeof fast) => ofServer(result, 'lab/5', 'requests');
    // From 1:11.5 to the end at 1:55, of 1:55 in all.
    const told5 = requests(lossy) / requests(patient);
    expect(Math.abs(told5 - 71.5 / 115)).toBeLessThan(0.03);
    expect(requests(coalesced) / requests(patient)).toBeGreaterThan(0.8);
    expect(metric(lossy, 'table_lag_max_s')).toBeGreaterThan(5);
    expect(metric(coalesced, 'table_lag_max_s')).toBeLessThan(2 * 1.5 + 0.01);
    expect(ofServer(lossy, 'lab/5', 'flaps')).toBe(5);
  });
});

describe('maglev-rehash-cpu', async () => {
  const told = await tell('maglev-rehash-cpu');
  const { free, 'small-table': small, 'large-table': large, merged } = told;
  const busy = (result: typeof free) => metric(result, 'builder_busy_ratio');

  it('the builder is busy for updates a second × time of a build', () => {
    // 12.5 updates a second.
    expect(Math.abs(busy(small) - 12.5 * 0.0018)).toBeLessThan(0.002);
    expect(Math.abs(busy(large) - 12.5 * 0.0229)).toBeLessThan(0.02);
    expect(metric(large, 'table_builds')).toBeGreaterThan(350);
    expect(free!.metrics['table_builds']).toBeNull();
  });

  it('merging takes nine tenths of the work away and makes the table older', () => {
    expect(busy(merged)).toBeLessThan(busy(large) / 9);
    expect(metric(large, 'table_lag_max_s')).toBeLessThan(3 * 0.0229);
    expect(metric(merged, 'table_lag_mean_s')).toBeGreaterThan(0.3);
    expect(metric(merged, 'table_lag_max_s')).toBeLessThan(1.03);
    expect(metric(merged, 'stale_picks')).toBeGreaterThan(metric(large, 'stale_picks') * 5);
    // What was inside an instance that crashed is lost anyway.
    expect(lost(free)).toBeLessThan(0.001);
    expect(lost(merged) - lost(free)).toBeGreaterThan((lost(large) - lost(free)) * 5);
  });
});

describe('ring-rebuild-storm', async () => {
  const told = await tell('ring-rebuild-storm', { 'run.duration': '20s' });
  const { 'one-by-one': queued, coalesced, merged, linear } = told;

  it('in time n², updates queue up and the table falls behind for as long as they last', () => {
    // Five updates a second, ten from 3.9 s on; two and a half builds a second.
    expect(metric(queued, 'builder_busy_ratio')).toBeGreaterThan(0.99);
    expect(metric(queued, 'table_lag_max_s')).toBeGreaterThan(8);
    expect(lost(queued)).toBeGreaterThan(0.003);
  });

  it('one build for all that came meanwhile is two builds behind at most', () => {
    expect(metric(coalesced, 'builder_busy_ratio')).toBeGreaterThan(0.95);
    expect(metric(coalesced, 'table_lag_max_s')).toBeLessThan(2 * 0.4 + 0.01);
    expect(lost(coalesced)).toBeLessThan(lost(queued) / 3);
  });

  it('a merge window halves the work for an older table', () => {
    expect(metric(merged, 'builder_busy_ratio')).toBeLessThan(0.45);
    expect(metric(merged, 'table_lag_mean_s')).toBeGreaterThan(
      metric(coalesced, 'table_lag_mean_s'),
    );
    expect(metric(merged, 'table_lag_max_s')).toBeLessThan(1 + 0.4 + 0.2);
  });

  it('a linear build keeps up with every update', () => {
    expect(metric(linear, 'table_builds')).toBeGreaterThan(metric(coalesced, 'table_builds') * 3);
    expect(metric(linear, 'table_lag_max_s')).toBeLessThan(0.1);
    expect(lost(linear)).toBeLessThan(0.0005);
  });
});
