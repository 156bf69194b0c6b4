import { describe, expect, it } from 'vitest';
import { createSimulation } from '../../../sim/index.ts';
import { columnOf, ofEntity, record, SMALL_NETWORK, sum, worldOf } from './recorded-run.ts';

const anycast = record(worldOf(SMALL_NETWORK, 'anycast'));
const geoDns = record(worldOf(SMALL_NETWORK, 'geo-dns'));

describe.each([
  ['anycast', anycast],
  ['geo-dns', geoDns],
])('%s, recorded', (_, { world, result, recording }) => {
  const { index } = recording;
  const { pops } = index.series;

  it('has the same events and figures as when nobody records', () => {
    const alone = createSimulation(world, '8', 0);
    expect(alone.run()).toEqual(result);
    expect(index.fingerprint).toBe(result.fingerprint);
    expect(alone.recording()).toBeNull();
  });

  it('counts the requests and failures that the result counts, POP by POP', () => {
    const requests = columnOf(recording, pops, 'requests');
    const failed = columnOf(recording, pops, 'failed');
    index.world.pops.forEach(({ name }, pop) => {
      const { requests: counted, completed } = result.pops[name]!;
      expect(sum(ofEntity(requests, pops.entities, pop))).toBe(counted);
      expect(sum(ofEntity(failed, pops.entities, pop))).toBe(counted! - completed!);
    });
  });

  it('has the load of POPs and servers that the result has', () => {
    const servers = index.series.servers!;
    const perPop = columnOf(recording, pops, 'utilisation');
    const perServer = columnOf(recording, servers, 'utilisation');
    const inside = columnOf(recording, servers, 'in_flight');
    index.world.pops.forEach(({ name }, pop) => {
      const mean = sum(ofEntity(perPop, pops.entities, pop)) / 20 / index.byte_scale.full;
      expect(mean - result.pops[name]!['utilisation']!).toBeGreaterThanOrEqual(-1e-9);
      expect(mean - result.pops[name]!['utilisation']!).toBeLessThan(1 / 250);
    });
    index.world.servers.forEach(({ name, pop }, server) => {
      const figures = result.servers[`${index.world.pops[pop]!.name}/${name}`]!;
      const mean = sum(ofEntity(perServer, servers.entities, server)) / 20 / 250;
      expect(mean).toBeCloseTo(figures['utilisation']!, 2);
      expect(sum(ofEntity(inside, servers.entities, server)) / 20).toBeCloseTo(
        figures['in_system_mean']!,
        5,
      );
    });
  });

  it('has every request of every region', () => {
    const regions = index.series.regions!;
    const requests = columnOf(recording, regions, 'requests');
    expect(regions.levels[0]!.bucket_s).toBe(5);
    expect(sum(requests)).toBe(result.metrics['requests']);
    index.world.regions.forEach(({ name }, region) => {
      const own = sum(ofEntity(requests, regions.entities, region));
      expect(own).toBe(result.regions[name]!['requests']);
    });
  });

  it('agrees with the time series', () => {
    const { timeline } = result;
    const failures = [timeline!.errors, timeline!.timeouts, timeline!.unreachable];
    expect(timeline!.failed).toEqual(
      timeline!.failed.map((_count, bucket) => sum(failures.map((column) => column[bucket]!))),
    );
    const perPop = columnOf(recording, pops, 'in_flight');
    timeline!.inFlight.forEach((inFlight, bucket) => {
      const frame = perPop.slice(bucket * pops.entities, (bucket + 1) * pops.entities);
      expect(sum(frame)).toBeCloseTo(inFlight, 1);
    });
    expect(sum(timeline!.hits) / sum(timeline!.lookUps)).toBeCloseTo(
      result.metrics['hit_ratio']!,
      2,
    );
  });

  it('says what happened to whom, and what the checks made of it', () => {
    const fra = index.world.pops.findIndex(({ name }) => name === 'fra');
    const { states, server_states: servers } = index.moments;
    const changed = states.map(({ t_s, kind, state }) => `${t_s} ${kind} ${state}`);
    expect(changed).toEqual(['2 pop down', '12 pop up', '14 server degraded', '18 server up']);
    const { first_server } = index.world.pops[fra]!;
    const first = servers.filter(({ server }) => server === first_server);
    expect(first.map(({ state }) => state)).toEqual([
      'UP going down',
      'DOWN',
      'DOWN going up',
      'UP',
    ]);
    expect(first[0]).toMatchObject({ t_s: 2, cause: 'fail outage (power)' });
    expect(first[2]).toMatchObject({ t_s: 12, cause: 'outage ends' });
    expect(index.events[0]).toMatchObject({
      name: 'outage',
      until_s: 12,
      text: 'pop/fra fails (power) until 0:12',
    });
  });
});

describe('catchments', () => {
  it('begin with what routing has at 0:00 and change at the instants of route changes', () => {
    const { initial, t_s, region, pop } = anycast.recording.index.catchments!;
    const changes: [number, number, number][] = [];
    const world = anycast.world;
    const simulation = createSimulation(world, '8', 0, {
      observers: [
        {
          routeChanged: (_prefix, where, _from, to, atNs) => {
            if (atNs <= world.time.durationNs) changes.push([atNs / 1e9, where, to]);
          },
        },
      ],
    });
    expect(initial).toEqual(initial.map((_, r) => simulation.tables.routing!.servingPop(r)));
    simulation.run();
    expect(t_s.map((at, i) => [at, region[i], pop[i]])).toEqual(changes);
    expect(changes.length).toBeGreaterThan(0);
  });

  it('under DNS leave the POP that is down as answers expire, within TTL and failover', () => {
    const { initial, t_s, region, pop } = geoDns.recording.index.catchments!;
    const fra = geoDns.recording.index.world.pops.findIndex(({ name }) => name === 'fra');
    const served = [...initial];
    const after: Record<number, number> = {};
    t_s.forEach((at, i) => {
      served[region[i]!] = pop[i]!;
      after[at] = served.filter((value) => value === fra).length;
    });
    const before = initial.filter((value) => value === fra).length;
    expect(before).toBeGreaterThan(0);
    expect(Math.min(...Object.values(after))).toBeLessThan(before);
  });
});

describe('links', () => {
  const CUT = `${SMALL_NETWORK.replace(
    /events:\n/,
    'events:\n  - { at: 3s, name: cut, fail: link/LINK, for: 4s }\n',
  )}`;

  it('have no utilisation while they are down, and the mean that the result has', () => {
    const { links } = anycast.recording.index.world;
    const { recording, result } = record(worldOf(CUT.replace('LINK', links[0]!.name), 'anycast'));
    const series = recording.index.series.links!;
    const column = columnOf(recording, series, 'utilisation');
    const there = ofEntity(column, series.entities, 0);
    expect(there.flatMap((byte, second) => (byte === 255 ? [second] : []))).toEqual([3, 4, 5, 6]);
    links.slice(1).forEach(({ name }, i) => {
      const means = [0, 1].map((direction) => {
        const own = ofEntity(column, series.entities, (i + 1) * 2 + direction);
        return sum(own) / own.length / 250;
      });
      const mean = result.links[name]!['utilisation']!;
      expect(Math.max(...means) - mean).toBeGreaterThanOrEqual(-1e-9);
      expect(Math.max(...means) - mean).toBeLessThan(1 / 250);
    });
  });
});
