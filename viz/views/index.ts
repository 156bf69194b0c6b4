import type { View } from '../view.ts';
import { compareView } from './compare/compare-view.ts';
import { balancerView } from './balancer/balancer-view.ts';
import { playgroundView } from '../playground/playground-view.ts';
import { mapView } from './map/map-view.ts';
import { popView } from './pop/pop-view.ts';
import { reportView } from './report/report-view.ts';
import { requestsView } from './requests/requests-view.ts';
import { schematicView } from './schematic/schematic-view.ts';
import { timelineView } from './timeline/timeline-view.ts';

/** The views in the order of the top bar; keys 1 … 9. */
export const views: readonly View[] = [
  mapView,
  schematicView,
  timelineView,
  compareView,
  popView,
  balancerView,
  requestsView,
  reportView,
  playgroundView,
];
