import type {
  RecordedCatchments,
  RecordedEvent,
  Recording,
  RecordingIndex,
} from '../../sim/index.ts';
import { BYTE_SCALE } from '../../sim/metrics/recording/byte-ratio.ts';
import { encodeSeries } from '../../sim/metrics/recording/encode-series.ts';
import { SyntheticSeries } from './synthetic-series.ts';
import { distanceKm, syntheticWorld, type Tier } from './synthetic-world.ts';

/** A POP is down in this part of the story. */
const DOWN = { from: 0.2, until: 0.5 } as const;
/** Routes leave it in three steps so long after: three steps that a viewer can tell apart. */
const STEPS_S = [1, 3, 6];

/**
 * A recording of a world of a tier's size, for tests of the page's speed: drawn, not simulated, so
 * its figures mean nothing. The same bytes every time.
 */
export function syntheticRecording(tier: Tier, strategy: string, duration_s: number): Recording {
  const world = syntheticWorld(tier);
  const files = new Map<string, Uint8Array>();
  const from_s = Math.floor(duration_s * DOWN.from);
  const until_s = Math.floor(duration_s * DOWN.until);
  const isDown = (pop: number, second: number): boolean =>
    pop === 0 && second >= from_s && second < until_s;
  const series = new SyntheticSeries({ tier, strategy, world }, duration_s, isDown);
  const index: RecordingIndex = {
    format: 1,
    scenario: `synthetic-${tier}`,
    strategy,
    seed: '0',
    replication: 0,
    fingerprint: '0000000000000000',
    duration_s,
    cut_s: 0,
    world,
    series: {
      pops: encodeSeries(series.pops(), files),
      links: encodeSeries(series.links(), files),
      regions: encodeSeries(series.regions(), files),
      servers: null,
    },
    byte_scale: BYTE_SCALE,
    catchments: catchmentsOf(world, from_s, until_s),
    moments: {
      states: [
        { t_s: from_s, kind: 'pop', index: 0, state: 'down', cause: 'fail outage', event: 0 },
        { t_s: until_s, kind: 'pop', index: 0, state: 'up', cause: 'outage ends', event: 0 },
      ],
      server_states: [],
      key_moves: [],
    },
    events: [outage(from_s, until_s)],
    traces: null,
  };
  return { index, files };
}

function outage(at_s: number, until_s: number): RecordedEvent {
  const text = 'pop/p0 fails (power)';
  return { name: 'outage', at_s, until_s, verb: 'fail', targets: ['pop/p0'], text };
}

/** Each region at its nearest POP; while POP 0 is down, in three steps at the second nearest. */
function catchmentsOf(
  { pops, regions }: RecordingIndex['world'],
  from_s: number,
  until_s: number,
): RecordedCatchments {
  const nearest = regions.map((region) => {
    const km = pops.map((pop) => distanceKm(region, pop));
    let [first, second] = [0, 1];
    if (km[1]! < km[0]!) [first, second] = [1, 0];
    for (let pop = 2; pop < pops.length; pop++) {
      if (km[pop]! < km[first]!) [first, second] = [pop, first];
      else if (km[pop]! < km[second]!) second = pop;
    }
    return { first, second };
  });
  const moved = nearest.flatMap(({ first, second }, region) =>
    first === 0 ? [{ region, first, second, step: region % STEPS_S.length }] : [],
  );
  const changes = STEPS_S.flatMap((after_s, step) => {
    const now = moved.filter((each) => each.step === step);
    return now.map(({ region, second }) => ({ t_s: from_s + after_s, region, pop: second }));
  });
  const back = moved.map(({ region, first }) => ({ t_s: until_s + 1, region, pop: first }));
  const all = [...changes, ...back];
  return {
    initial: nearest.map(({ first }) => first),
    t_s: all.map(({ t_s }) => t_s),
    region: all.map(({ region }) => region),
    pop: all.map(({ pop }) => pop),
  };
}
