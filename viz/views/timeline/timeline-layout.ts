import { scaleLinear, type ScaleLinear } from 'd3-scale';
import type { TimePanel } from '../../charts/time-panel.ts';
import type { Size } from '../../observe-size.ts';
import type { TimeWindow } from '../../store.ts';
import { FLAG_LANE, FLAG_LANES } from './event-flags.ts';
import { LEGEND_WIDTH, legendHeight } from './panel-legend.ts';
import type { PanelPlace } from './panel-marks.ts';

export const TOP = FLAG_LANES * FLAG_LANE + 6;
export const AXIS = 24;
/** Room for labels of values. */
const LABELS = 56;
const RIGHT = 18;
/** Flatter lines say nothing. */
const PANEL_MIN = 70;
/** Between the ends of a panel and those of its scale. */
const PADDING = 9;

/** Where everything stands, pixels. */
export interface TimelineLayout {
  readonly width: number;
  /** Ends of the axis of time. */
  readonly left: number;
  readonly right: number;
  /** Under the last panel. */
  readonly bottom: number;
  readonly x: ScaleLinear<number, number>;
  /** Upper end of a panel. */
  topOf(panel: number): number;
  placeOf(panel: number): PanelPlace;
}

/** Panels share the height there is; more than fit are scrolled to. */
export function layOutTimeline(
  size: Size,
  panels: readonly TimePanel[],
  shown: TimeWindow,
): TimelineLayout {
  const count = panels.length;
  const share = Math.floor((size.height - TOP - AXIS) / Math.max(count, 1));
  const each = Math.max(PANEL_MIN, ...panels.map(legendHeight), share);
  const left = LEGEND_WIDTH + LABELS;
  const right = Math.max(size.width - RIGHT, left + 10);
  const topOf = (panel: number): number => TOP + panel * each;
  return {
    width: Math.max(size.width, 1),
    left,
    right,
    bottom: topOf(count),
    x: scaleLinear([shown.from_s, shown.until_s], [left, right]),
    topOf,
    placeOf: (panel) => ({
      left,
      right,
      top: topOf(panel) + PADDING,
      bottom: topOf(panel + 1) - PADDING,
    }),
  };
}
