/**
 * P4: the edge reference at 1×, 10× and 100× POPs, regions, requests under way and slots at the
 * origin, at the same load on each. Caches hold a tenth and a hundredth of the objects, so that all
 * of them together stay as large: what grows is the number of everything, not the bytes. Target:
 * the time of an event grows by 1.5× at most for each 10×.
 */
import { isQuick, median, sideBySide, table } from './side-by-side.ts';
import { R1_SCALE } from './worlds/edge-world.ts';
import { runEdge, type EdgeRun } from './worlds/run-edge.ts';

/** Of simulated time at 1×; the number of requests is the same at each scale. */
const SECONDS = isQuick ? 1 : 10;
/** The longest way is 32 ms, with shield and origin 112 ms: after that everything is under way. */
const SECONDS_MIN = 0.15;
const FACTORS = isQuick ? [1, 10] : [1, 10, 100];

const runs = FACTORS.map((): EdgeRun[] => []);
const results = sideBySide(
  FACTORS.map((factor, index) => ({
    name: `${factor}×: ${20 * factor} POPs, ${200 * factor} regions`,
    run: () => {
      const run = runEdge(Math.max(SECONDS / factor, SECONDS_MIN), {
        popCount: R1_SCALE.popCount * factor,
        regionCount: R1_SCALE.regionCount * factor,
        edgeObjects: R1_SCALE.edgeObjects / factor,
        objectCount: R1_SCALE.objectCount,
        ratePerRegion: R1_SCALE.ratePerRegion,
      });
      runs[index]!.push(run);
      return run.events / run.seconds;
    },
  })),
  isQuick ? 1 : 3,
);
console.log(table('R4: edge', 'events', results));
for (const [index, factor] of FACTORS.entries()) {
  const { events, requests, residentBytes, inFlight } = runs[index]!.at(-1)!;
  const growth =
    index === 0 ? 1 : median(results[index - 1]!.rates) / median(results[index]!.rates);
  console.log(
    `${factor}×: ${inFlight} in flight at the end, ${(events / requests).toFixed(2)} events a ` +
      `request, ${(residentBytes / 1e6).toFixed(0)} MB resident, an event takes ` +
      `${growth.toFixed(2)}× the time of the scale before (target 1.5)`,
  );
}
