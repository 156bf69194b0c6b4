import { request } from 'node:http';
import type { BackendIndex } from '../backend-pool.ts';
import type { Prober, ProbeOutcome } from '../ports.ts';

export interface HttpProberOptions {
  /** Where a backend listens. */
  readonly address: (backend: BackendIndex) => { readonly host: string; readonly port: number };
  /** `/` when absent. */
  readonly path?: string;
  /** Passing status codes; 200 to 399 when absent, as in HAProxy's `httpchk`. */
  readonly passes?: (statusCode: number) => boolean;
  /** After which the connection of an unanswered probe is closed; 30 s when absent. */
  readonly timeoutMs?: number;
}

/**
 * Probes with `GET path` over HTTP/1.1, a new connection each time, so that a server that accepts
 * nobody fails. The body is read and thrown away.
 */
export function createHttpProber(options: HttpProberOptions): Prober {
  const { address, path = '/', passes = isSuccess, timeoutMs = 30_000 } = options;
  return {
    probe(backend, done) {
      const answer = once(done);
      const probe = request({ ...address(backend), path, agent: false, timeout: timeoutMs });
      probe.on('response', (response) => {
        response.on('error', () => answer('fail'));
        response.on('end', () =>
          answer(passes(response.statusCode ?? 0) ? 'pass' : 'wrong-answer'),
        );
        response.resume();
      });
      probe.on('timeout', () => probe.destroy(new Error('probe timed out')));
      probe.on('error', () => answer('fail'));
      probe.end();
    },
  };
}

function isSuccess(statusCode: number): boolean {
  return statusCode >= 200 && statusCode < 400;
}

/** An aborted response may report both an error and an end. */
function once(done: (outcome: ProbeOutcome) => void): (outcome: ProbeOutcome) => void {
  let isDone = false;
  return (outcome) => {
    if (isDone) return;
    isDone = true;
    done(outcome);
  };
}
