import type { RequestIndex } from '../../requests.ts';
import type { FailureReason } from '../../world.ts';

/** What stands between the arrival of a request at its POP and its server. */
export interface RequestDispatch {
  /** A client's attempt is at its POP. */
  arrived(request: RequestIndex): void;
  /** It leaves its server, or its place in a queue, however it ends. */
  left(request: RequestIndex): void;
  /** It failed at a server. True if the balancer tries again, and nobody else hears of it. */
  retried(request: RequestIndex, reason: FailureReason): boolean;
  /** The client, or the POP, closes the connection that the request came by. */
  connectionDropped(request: RequestIndex): void;
  /** Whether the balancer will by itself end its wait for the server's answer. */
  givesUp(request: RequestIndex): boolean;
  /** Tells the draws of one attempt's tries apart. */
  drawOffset(request: RequestIndex): number;
}

/** What can be done with a request there. */
export interface RequestEnds {
  /** To a server: it takes the request in, or not. */
  send(request: RequestIndex, balancer: number, server: number): void;
  failed(request: RequestIndex, reason: FailureReason): void;
  unanswered(request: RequestIndex): void;
  /** The balancer waits no longer for a server's answer. */
  gaveUp(request: RequestIndex): void;
  /** The client's connection ended at a server that does not know it. */
  reset(request: RequestIndex): void;
}
