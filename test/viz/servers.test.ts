import { describe, expect, it } from 'vitest';
import type { RecordingIndex } from '../../sim/recording.ts';
import type { RecordingPlayer } from '../../viz/data/recording-player.ts';
import { initialServerState, ServerHistory } from '../../viz/data/server-history.ts';
import { hiddenTrouble, SERVER_MARKS } from '../../viz/server-marks.ts';
import { imbalanceOver, loadCells } from '../../viz/views/balancer/load-cells.ts';
import { balancerLayout } from '../../viz/views/balancer/balancer-layout.ts';

const index = {
  duration_s: 120,
  moments: {
    states: [],
    key_moves: [],
    server_states: [
      { t_s: 75, server: 1, state: 'UP going down', cause: 'fail crash (power)' },
      { t_s: 80, server: 1, state: 'DOWN', cause: 'health check' },
    ],
  },
} as unknown as RecordingIndex;

describe('states of a server', () => {
  const history = new ServerHistory(index, 'UP');

  it('hold until the next change', () => {
    expect(history.at(1, 74.9)).toEqual({ state: 'UP', since_s: null, cause: null });
    expect(history.at(1, 75).state).toBe('UP going down');
    expect(history.at(1, 999)).toMatchObject({ state: 'DOWN', since_s: 80, cause: 'health check' });
    expect(history.at(0, 999).state).toBe('UP');
  });

  it('are spans without gaps over the whole story', () => {
    const spans = history.spans(1);
    expect(spans.map(({ from_s, until_s }) => [from_s, until_s])).toEqual([
      [0, 75],
      [75, 80],
      [80, 120],
    ]);
    expect(history.spans(0)).toEqual([{ from_s: 0, until_s: 120, state: 'UP', cause: null }]);
    expect([history.hasChanges(0), history.hasChanges(1)]).toEqual([false, true]);
  });

  it('begin with UP where somebody checks: a change shows it, or the scenario says so', () => {
    const quiet = { ...index, moments: { ...index.moments, server_states: [] } };
    const manifest = (resolved: unknown) => ({ resolved }) as never;
    expect(initialServerState(index, null)).toBe('UP');
    expect(initialServerState(quiet, null)).toBe('no check');
    expect(initialServerState(quiet, manifest({ health: {} }))).toBe('UP');
    expect(initialServerState(quiet, manifest({ network: {} }))).toBe('no check');
  });

  it('hide trouble only while the checks think that all is well', () => {
    expect(hiddenTrouble('degraded', 'UP')?.word).toBe('degraded');
    expect(hiddenTrouble('down', 'no check')?.word).toBe('down');
    expect(hiddenTrouble('down', 'DOWN')).toBeNull();
    expect(hiddenTrouble('up', 'UP')).toBeNull();
    expect(hiddenTrouble('down', 'scaled down')).toBeNull();
  });

  it('differ by sign where they share a colour, unless all is well', () => {
    const looks = Object.values(SERVER_MARKS)
      .filter(({ sign }) => sign !== '')
      .map(({ colour, sign }) => colour + sign);
    expect(new Set(looks).size).toBe(looks.length);
    expect(
      Object.values(SERVER_MARKS).filter(({ isTrouble, sign }) => isTrouble !== (sign !== '')),
    ).toEqual([SERVER_MARKS['scaled down'], SERVER_MARKS.starting]);
  });
});

describe('load of servers', () => {
  /** Two servers, three buckets of 2 s. */
  const values: Readonly<Record<string, readonly (readonly number[])[]>> = {
    utilisation: [
      [0.5, 1, 0],
      [0.5, 0.5, 0],
    ],
    in_flight: [
      [2, 8, 0],
      [1, Number.NaN, 0],
    ],
    requests: [
      [10, 20, 0],
      [30, 0, 0],
    ],
  };
  const player = {
    index: { world: { servers: [{ concurrency: 2 }, { concurrency: 1 }] } },
    servers: {
      over: (column: string, server: number) => ({ bucket_s: 2, values: values[column]![server]! }),
    },
  } as unknown as RecordingPlayer;

  it('is a share, per slot, or per second', () => {
    expect(loadCells(player, [0, 1], 'utilisation')).toMatchObject({ bucket_s: 2, most: 1 });
    expect(loadCells(player, [0, 1], 'in_flight').rows[0]).toEqual([1, 4, 0]);
    expect(loadCells(player, [0, 1], 'in_flight').most).toBe(4);
    expect(loadCells(player, [0, 1], 'requests')).toMatchObject({ most: 15 });
    expect(loadCells(player, [1], 'requests').rows).toEqual([[15, 0, 0]]);
  });

  it('is the busiest ÷ mean: 1 in balance, nothing without load or with one server', () => {
    const cells = loadCells(player, [0, 1], 'utilisation');
    expect(imbalanceOver(cells)).toEqual([1, 1 / 0.75, null]);
    expect(imbalanceOver(loadCells(player, [0], 'utilisation'))).toEqual([null, null, null]);
  });
});

describe('room of the balancer view', () => {
  it('gives rows what is left, never less than a name needs', () => {
    expect(balancerLayout(900, 24, 0, false).rowHeight).toBe(20);
    expect(balancerLayout(600, 24, 8, true).rowHeight).toBe(10);
    expect(balancerLayout(300, 24, 8, true).rowHeight).toBe(10);
    expect(balancerLayout(600, 300, 0, false).rowHeight).toBe(4);
  });

  it('places sections below each other', () => {
    const { heatBottom, imbalanceTop, movesTop, lanesTop, axisTop, height } = balancerLayout(
      600,
      24,
      8,
      true,
    );
    const tops = [heatBottom, imbalanceTop!, movesTop!, lanesTop!, axisTop, height];
    expect([...tops].sort((a, b) => a - b)).toEqual(tops);
    expect(balancerLayout(600, 24, 0, false)).toMatchObject({ movesTop: null, lanesTop: null });
    // One server is as busy as the mean.
    expect(balancerLayout(600, 1, 0, false)).toMatchObject({ imbalanceTop: null, rowHeight: 40 });
  });
});
