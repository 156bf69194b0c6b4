/**
 * P4: the edge reference at 1×, at 10× POPs, regions and requests under way, and at 100× requests
 * under way: ten times the rate and slots on top. Caches hold a tenth of the objects each, so that
 * all together stay as large: what grows is the number of everything, not the bytes. (100× POPs,
 * 2,000 with a shield each can reach, is out of reach: paths over the backbone are found in n³.)
 * Target: the time of an event grows by 1.5× at most for each 10×.
 */
import { isQuick, median, sideBySide, table } from './side-by-side.ts';
import { R1_SCALE, type EdgeScale } from './worlds/edge-world.ts';
import { runEdge, type EdgeRun } from './worlds/run-edge.ts';

/** Ten times POPs and regions. */
const WIDE: EdgeScale = {
  ...R1_SCALE,
  popCount: R1_SCALE.popCount * 10,
  regionCount: R1_SCALE.regionCount * 10,
  edgeObjects: R1_SCALE.edgeObjects / 10,
};

interface Scale {
  readonly name: string;
  readonly scale: EdgeScale;
  /** Simulated; the last request's end comes 0.2 s later, and traffic goes on until then. */
  readonly seconds: number;
}

const scales: readonly Scale[] = [
  { name: '1×', scale: R1_SCALE, seconds: isQuick ? 1 : 5 },
  { name: '10×', scale: WIDE, seconds: isQuick ? 0.2 : 0.5 },
  { name: '100× under way', scale: { ...WIDE, ratePerRegion: 10_000 }, seconds: 0.05 },
];

const runs = scales.map((): EdgeRun[] => []);
const results = sideBySide(
  (isQuick ? scales.slice(0, 2) : scales).map(({ name, scale, seconds }, index) => ({
    name,
    run: () => {
      const run = runEdge(seconds, scale);
      runs[index]!.push(run);
      return run.events / run.seconds;
    },
  })),
  isQuick ? 1 : 2,
);
console.log(table('R4: edge', 'events', results));
for (const [index, { name, rates }] of results.entries()) {
  const { events, requests, residentBytes, inFlight } = runs[index]!.at(-1)!;
  const growth = index === 0 ? 1 : median(results[index - 1]!.rates) / median(rates);
  console.log(
    `${name}: ${inFlight} requests in flight at the end, ` +
      `${(events / requests).toFixed(2)} events ` +
      `a request, ${(residentBytes / 1e6).toFixed(0)} MB resident; an event takes ` +
      `${growth.toFixed(2)}× the time of the scale before (target 1.5)`,
  );
}
