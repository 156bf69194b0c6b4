import { describe, expect, it } from 'vitest';
import { BYTE_SCALE } from '../../../sim/metrics/recording/byte-ratio.ts';
import { columnOf, ofEntity, record, type RecordedRun, worldOf } from './recorded-run.ts';

/**
 * Four servers of one slot, two of them asked for; a request takes 100 ms, so 10 a second keep one
 * server busy: over the two that are up 50 %, over all four 25 %. A crowd of three times as many
 * wants 30 ÷ 10 ÷ 0.6 = 5 servers, so the other two are started 10 s after they are asked for.
 */
const scenario = (surge: string): string => `
version: 1
name: scaled
network:
  pops:
    lab:
      servers: 4
      concurrency: 1
      autoscale: { target: utilisation 60%, min: 2, initial: 2, start_delay: 10s, ${SCALING} }
traffic:
  arrivals: poisson 10/s
  classes: { page: { service_time: 100ms } }
balancer: { policy: round-robin }
${surge}
strategies: { only: {} }
run: { duration: 5m, seed: 3 }
output: { record: [summary, timeline 1s, servers 1s] }
`;
const SCALING = 'scale_down: { stabilization_window: 0s }';
const CROWD = 'events: [{ at: 1m, surge: world, factor: x3, for: 1m }]';

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function utilisationsOf({ recording }: RecordedRun): {
  readonly pop: readonly number[];
  readonly servers: readonly (readonly number[])[];
} {
  const { pops, servers } = recording.index.series;
  const ofServers = columnOf(recording, servers!, 'utilisation');
  return {
    pop: columnOf(recording, pops, 'utilisation'),
    servers: [0, 1, 2, 3].map((server) => ofEntity(ofServers, 4, server)),
  };
}

describe('servers of an autoscaler in a recording', () => {
  it('have no utilisation while they are off, and count in that of nobody', () => {
    const run = record(worldOf(scenario(''), 'only'));
    const { pop, servers } = utilisationsOf(run);
    expect(servers[2]!.every((byte) => byte === BYTE_SCALE.none)).toBe(true);
    expect(servers[3]!.every((byte) => byte === BYTE_SCALE.none)).toBe(true);
    // 300 s of Poisson arrivals: 50 % ± 1 % (one deviation), a step of 0.4 % rounded up.
    expect(mean(pop) / BYTE_SCALE.full).toBeGreaterThan(0.46);
    expect(mean(pop) / BYTE_SCALE.full).toBeLessThan(0.54);
    pop.forEach((byte, bucket) => {
      const ofTwo = (servers[0]![bucket]! + servers[1]![bucket]!) / 2;
      expect(Math.abs(byte - ofTwo)).toBeLessThanOrEqual(1);
    });
    const inTimeline = run.result.timeline!.utilisationMax;
    expect(Math.abs(mean(inTimeline) - mean(pop) / BYTE_SCALE.full)).toBeLessThan(0.004);
  });

  it('are off, start, serve, end and are off again; utilisation is there while they are', () => {
    const run = record(worldOf(scenario(CROWD), 'only'));
    const changes = run.recording.index.moments.server_states.filter(({ server }) => server === 3);
    expect(changes.map(({ state, scaling }) => `${state} ${scaling ?? ''}`.trim())).toEqual([
      'MAINT off',
      'MAINT starting',
      'no check',
      'DRAIN ending',
      'MAINT off',
    ]);
    const [, starts, serves, ends] = changes;
    expect(starts!.t_s).toBeGreaterThan(60);
    expect(serves!.t_s - starts!.t_s).toBe(10);
    expect(ends!.t_s).toBeGreaterThan(120);
    const { servers } = utilisationsOf(run);
    const whole = servers[3]!.slice(serves!.t_s, ends!.t_s);
    expect(whole.some((byte) => byte === BYTE_SCALE.none)).toBe(false);
    expect(mean(whole)).toBeGreaterThan(0);
    const before = servers[3]!.slice(0, serves!.t_s);
    expect(before.every((byte) => byte === BYTE_SCALE.none)).toBe(true);
  });

  it('are told of nobody where nobody scales', () => {
    const text = scenario('').replace(/autoscale: .*/, '');
    const { recording } = record(worldOf(text, 'only'));
    const { index } = recording;
    expect(index.moments.server_states).toEqual([]);
    const bytes = columnOf(recording, index.series.servers!, 'utilisation');
    expect(bytes).not.toContain(BYTE_SCALE.none);
  });
});
