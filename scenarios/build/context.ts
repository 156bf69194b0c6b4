import type { Findings } from '../diagnostics.ts';
import type { Names } from '../names.ts';
import type { SectionReader } from '../sections.ts';
import { keyPlaceAt, placeAt, type Path, type TreeMap } from '../tree.ts';
import type { Place } from '../source.ts';
import type { WorldMap } from './world-map.ts';

/** What every part of the build may look at. Parts report what is wrong and go on. */
export interface BuildContext {
  readonly root: TreeMap;
  readonly sections: SectionReader;
  readonly names: Names;
  readonly map: WorldMap;
  readonly findings: Findings;
  /** Root seed of the run: which targets a `share:` takes depends on it and on nothing else. */
  readonly seed: string;
}

/** Where a value of the scenario is written. */
export function valueAt({ root }: BuildContext, ...path: Path): Place {
  return placeAt(root, path);
}

/** Where a key of the scenario is written. */
export function keyAt({ root }: BuildContext, ...path: Path): Place {
  return keyPlaceAt(root, path);
}
