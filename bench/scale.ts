/**
 * P4: the edge reference at 1×, with ten times the POPs and regions, and with ten times the
 * requests under way on top (rate and slots), beside the same in C++, which tells what of the
 * growth is the machine's: what ten times as many servers cache does not fit the caches of a
 * processor. (A hundred times the POPs is out of reach: paths over the backbone are found in n³.)
 * Each run has a process of its own. Target: a request takes 1.5× the time at most for each 10×.
 */
import { runCpp, type PeerMacros } from './peers.ts';
import {
  type Contender,
  isQuick,
  type Measured,
  median,
  sideBySide,
  table,
} from './side-by-side.ts';
import { R1_SCALE, type EdgeScale } from './worlds/edge-world.ts';
import { edgeAlone } from './worlds/edge-process.ts';

const WIDE: EdgeScale = {
  ...R1_SCALE,
  popCount: R1_SCALE.popCount * 10,
  regionCount: R1_SCALE.regionCount * 10,
};

interface Scale {
  readonly name: string;
  readonly scale: EdgeScale;
  /** The same for the peer. */
  readonly macros: PeerMacros;
}

const scales: readonly Scale[] = [
  { name: '1×', scale: R1_SCALE, macros: {} },
  { name: '10× POPs and regions', scale: WIDE, macros: { PLACES: 10 } },
  {
    name: '100× requests under way',
    scale: { ...WIDE, ratePerRegion: R1_SCALE.ratePerRegion * 10 },
    macros: { PLACES: 10, RATE: 10 },
  },
];

/** Of each run. */
const REQUESTS = isQuick ? 100_000 : 3_000_000;
const ROUNDS = isQuick ? 1 : 2;

const anycastle = scales.map(({ name, scale }): Contender => {
  const perSecond = scale.regionCount * scale.ratePerRegion;
  return {
    name,
    run: () => {
      const { requests, seconds } = edgeAlone(REQUESTS / perSecond, scale);
      return requests / seconds;
    },
  };
});
const cpp = scales.map(({ name, macros }): Contender => ({
  name: `C++, ${name}`,
  run: () => {
    const result = runCpp('edge', REQUESTS, macros);
    return result === null ? null : result.requests / result.seconds;
  },
}));

const results = sideBySide([...anycastle, ...cpp], ROUNDS);
for (const [title, group] of [
  ['R4: edge', results.slice(0, scales.length)],
  ['the same in C++', results.slice(scales.length)],
] as const) {
  console.log(table(title, 'requests', group));
  console.log(growth(group));
}

/** How much longer a request takes than at the scale before. */
function growth(group: readonly Measured[]): string {
  const factors = group.slice(1).map(({ name, rates }, index) => {
    const before = group[index]!.rates;
    const factor = rates.length === 0 ? NaN : median(before) / median(rates);
    return `${name}: a request takes ${factor.toFixed(2)}× the time (target 1.5)\n`;
  });
  return factors.join('');
}
