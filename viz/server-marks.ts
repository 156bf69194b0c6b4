import type { EntityState } from '../sim/recording.ts';
import type { ShownServerState } from './data/server-history.ts';
import { STATE_MARKS, type StateMark } from './theme.ts';

/**
 * How states of servers look. HAProxy's words, not its colours (CIEDE2000 of 7.3 for protanopes):
 * those of `STATE_MARKS`, and each with a sign, because several states share one colour. A server
 * that is scaled down has the grey of the dead and is no trouble.
 */
export const SERVER_MARKS: Readonly<Record<ShownServerState, StateMark>> = {
  UP: { colour: '#0072B2', sign: '', word: 'UP', isTrouble: false },
  'UP going down': { colour: '#E69F00', sign: '↘', word: 'UP going down', isTrouble: true },
  DOWN: { colour: '#6b7280', sign: '✕', word: 'DOWN', isTrouble: true },
  'DOWN going up': { colour: '#56B4E9', sign: '↗', word: 'DOWN going up', isTrouble: true },
  DRAIN: { colour: '#CC79A7', sign: '◐', word: 'draining', isTrouble: true },
  MAINT: { colour: '#CC79A7', sign: '○', word: 'MAINT', isTrouble: true },
  'scaled down': { colour: '#6b7280', sign: '–', word: 'scaled down', isTrouble: false },
  starting: { colour: '#56B4E9', sign: '…', word: 'starting', isTrouble: false },
  'no check': { colour: '#0072B2', sign: '', word: 'no check', isTrouble: false },
};

/** What the checks cannot see: the truth about a server that its balancer thinks is well. */
export function hiddenTrouble(truth: EntityState, thought: ShownServerState): StateMark | null {
  const isKnown = SERVER_MARKS[thought].isTrouble || isScaledOff(thought);
  return truth === 'up' || isKnown ? null : STATE_MARKS[truth];
}

/** Whether an autoscaler does not have it serve: it is off, and not in trouble. */
export const isScaledOff = (state: ShownServerState): boolean =>
  state === 'scaled down' || state === 'starting';

/** What a server is, whatever its balancer thinks of it. */
export function truthMark(truth: EntityState, thought: ShownServerState): StateMark {
  return isScaledOff(thought) ? SERVER_MARKS[thought] : STATE_MARKS[truth];
}

/** Signs and letters stand dark on these. */
export const isPaleMark = ({ colour }: StateMark): boolean =>
  ['#E69F00', '#CC79A7', '#56B4E9'].includes(colour);
