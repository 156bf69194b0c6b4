import { LANE_HEIGHT } from './state-lanes.ts';

/** Heights from the top of the chart, pixels. */
export interface BalancerLayout {
  readonly rowHeight: number;
  readonly heatTop: number;
  readonly heatBottom: number;
  /** null with one server: it is as busy as the mean. */
  readonly imbalanceTop: number | null;
  readonly imbalanceHeight: number;
  /** null where no keys are moved, or no state changes. */
  readonly movesTop: number | null;
  readonly lanesTop: number | null;
  readonly axisTop: number;
  readonly height: number;
}

export const HEADING = 22;
export const FLAGS = 22;
export const MOVES = 40;
const AXIS = 26;
const IMBALANCE = { least: 46, most: 130 } as const;
/** Few rows may be high. */
const ROW = { min: 4, max: 20, few: 8, maxOfFew: 40 } as const;

/** Rows as high as the room allows; where it allows too little, the chart is scrolled. */
export function balancerLayout(
  room: number,
  rows: number,
  lanes: number,
  hasMoves: boolean,
): BalancerLayout {
  const lanesHeight = lanes === 0 ? 0 : HEADING + lanes * LANE_HEIGHT + 4;
  const movesHeight = hasMoves ? HEADING + MOVES + 4 : 0;
  const hasImbalance = rows > 1;
  const leastImbalance = hasImbalance ? HEADING + IMBALANCE.least + 4 : 0;
  const rest = FLAGS + leastImbalance + movesHeight + lanesHeight + AXIS;
  const wanted = (room - rest) / Math.max(rows, 1);
  // Names need 10 pixels; better to scroll than to squeeze a handful of rows below that.
  const least = rows <= 60 ? 10 : ROW.min;
  const most = rows <= ROW.few ? ROW.maxOfFew : ROW.max;
  const rowHeight = Math.floor(Math.min(Math.max(wanted, least), most));
  const left = Math.max(room - rest - rowHeight * rows, 0);
  const imbalanceHeight = Math.min(IMBALANCE.least + left, IMBALANCE.most);
  const heatBottom = FLAGS + rowHeight * rows;
  const imbalanceTop = hasImbalance ? heatBottom + HEADING : null;
  const afterImbalance = imbalanceTop === null ? heatBottom : imbalanceTop + imbalanceHeight + 4;
  const movesTop = hasMoves ? afterImbalance + HEADING : null;
  const afterMoves = afterImbalance + movesHeight;
  const lanesTop = lanes === 0 ? null : afterMoves + HEADING;
  const axisTop = afterMoves + lanesHeight;
  return {
    rowHeight,
    heatTop: FLAGS,
    heatBottom,
    imbalanceTop,
    imbalanceHeight,
    movesTop,
    lanesTop,
    axisTop,
    height: axisTop + AXIS,
  };
}
