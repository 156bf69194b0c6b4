import type { View } from '../view.ts';
import { mapView } from './map/map-view.ts';
import { timelineView } from './timeline/timeline-view.ts';

/** The views in the order of the top bar; keys 1 … 9. */
export const views: readonly View[] = [mapView, timelineView];
