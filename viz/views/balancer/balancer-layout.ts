import { LANE_HEIGHT } from './state-lanes.ts';

/** Heights from the top of the chart, pixels. */
export interface BalancerLayout {
  readonly rowHeight: number;
  readonly heatTop: number;
  readonly heatBottom: number;
  readonly imbalanceTop: number;
  /** null where no keys are moved, or no state changes. */
  readonly movesTop: number | null;
  readonly lanesTop: number | null;
  readonly axisTop: number;
  readonly height: number;
}

export const HEADING = 22;
export const FLAGS = 22;
export const IMBALANCE = 46;
export const MOVES = 40;
const AXIS = 26;
const ROW = { min: 4, max: 20 } as const;

/** Rows as high as the room allows; where it allows too little, the chart is scrolled. */
export function balancerLayout(
  room: number,
  rows: number,
  lanes: number,
  hasMoves: boolean,
): BalancerLayout {
  const lanesHeight = lanes === 0 ? 0 : HEADING + lanes * LANE_HEIGHT + 4;
  const movesHeight = hasMoves ? HEADING + MOVES + 4 : 0;
  const rest = FLAGS + HEADING + IMBALANCE + movesHeight + lanesHeight + AXIS + 4;
  const wanted = (room - rest) / Math.max(rows, 1);
  // Names need 10 pixels; better to scroll than to squeeze a handful of rows below that.
  const least = rows <= 60 ? 10 : ROW.min;
  const rowHeight = Math.floor(Math.min(Math.max(wanted, least), ROW.max));
  const heatBottom = FLAGS + rowHeight * rows;
  const imbalanceTop = heatBottom + HEADING;
  const afterImbalance = imbalanceTop + IMBALANCE + 4;
  const movesTop = hasMoves ? afterImbalance + HEADING : null;
  const afterMoves = afterImbalance + movesHeight;
  const lanesTop = lanes === 0 ? null : afterMoves + HEADING;
  const axisTop = afterMoves + lanesHeight;
  return {
    rowHeight,
    heatTop: FLAGS,
    heatBottom,
    imbalanceTop,
    movesTop,
    lanesTop,
    axisTop,
    height: axisTop + AXIS,
  };
}
