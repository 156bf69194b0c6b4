import type { TraceOutcome, TraceSegmentKind } from '../../../sim/recording.ts';

export interface SegmentMark {
  /** In legends: several kinds are one colour because they are one thing to a user. */
  readonly group: string;
  /** Number of the custom property `--segment-N`. */
  readonly colour: 1 | 2 | 3 | 4 | 5 | 6;
  readonly meaning: string;
}

/** What each part of a request's time is: network, edge, fetch, or nothing happening. */
export const SEGMENT_MARKS: Readonly<Record<TraceSegmentKind, SegmentMark>> = {
  resolve: { group: 'network', colour: 1, meaning: 'the DNS answer' },
  connect: { group: 'network', colour: 1, meaning: 'handshakes' },
  request: { group: 'network', colour: 1, meaning: 'the client’s packets on their way' },
  transfer: { group: 'network', colour: 1, meaning: 'the response on its way' },
  queue: { group: 'queue', colour: 2, meaning: 'waiting for a slot at the edge server' },
  service: { group: 'edge', colour: 3, meaning: 'served by the edge server' },
  wait: { group: 'queue', colour: 2, meaning: 'waiting for somebody else’s fetch' },
  shield: { group: 'shield', colour: 4, meaning: 'the shield: way there, look-up, way back' },
  origin: { group: 'origin', colour: 5, meaning: 'the origin' },
  silence: { group: 'nobody answers', colour: 6, meaning: 'nobody answers' },
  backoff: {
    group: 'nobody answers',
    colour: 6,
    meaning: 'the client waits before it tries again',
  },
};

/** Groups in the order in which a request passes them. */
export const SEGMENT_GROUPS: readonly (readonly [group: string, colour: number])[] = [
  ['network', 1],
  ['queue', 2],
  ['edge', 3],
  ['shield', 4],
  ['origin', 5],
  ['nobody answers', 6],
];

export interface OutcomeMark {
  readonly sign: string;
  readonly isFailure: boolean;
}

export const TRACE_OUTCOMES: Readonly<Record<TraceOutcome, OutcomeMark>> = {
  completed: { sign: '✓', isFailure: false },
  error: { sign: '✗', isFailure: true },
  rejected: { sign: '✗', isFailure: true },
  timeout: { sign: '✗', isFailure: true },
  unreachable: { sign: '✗', isFailure: true },
  unfinished: { sign: '…', isFailure: false },
};
