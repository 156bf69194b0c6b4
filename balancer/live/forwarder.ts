import type { BackendIndex } from '../backend-pool.ts';
import type { Cluster, Member } from '../cluster/cluster.ts';
import { createCluster, type ClusterPorts } from '../cluster/create-cluster.ts';
import { readClusterOptions, type ClusterOptions } from '../cluster/options/cluster-options.ts';
import type { ClientCookies } from '../dispatching/client-memory.ts';
import type { DispatchEnds } from '../dispatching/dispatch-ends.ts';
import type { FailureReason } from '../dispatching/dispatch-settings.ts';
import type { Outcome } from '../ports.ts';
import { Calls, type Call } from './calls.ts';
import type { Forwardable, Forwarded, Tried, Try } from './forwardable.ts';
import { createSystemTimers, systemRandom } from './system-timers.ts';

export type ForwarderPorts = Partial<Omit<ClusterPorts, 'ends' | 'cookies'>>;

/**
 * A cluster in front of real backends: forwards requests as functions that return promises. Throws
 * as `createCluster` does. Timers and draws are this machine's unless others are given.
 */
export function createForwarder<Answer>(
  options: ClusterOptions,
  members: readonly Member[],
  ports: ForwarderPorts = {},
): Forwarder<Answer> {
  return new Forwarder(options, members, ports);
}

const REASONS: Readonly<Record<Exclude<Outcome, 'success'>, FailureReason>> = {
  'server-error': '5xx',
  rejected: '503',
  timeout: 'timeout',
  'connect-error': 'connect_error',
};

export class Forwarder<Answer> {
  readonly cluster: Cluster;
  readonly #calls = new Calls<Answer>();
  readonly #timers: ClusterPorts['timers'];
  readonly #byCookie: boolean;

  constructor(options: ClusterOptions, members: readonly Member[], ports: ForwarderPorts) {
    const { timers = createSystemTimers(), random = () => systemRandom } = ports;
    this.#timers = timers;
    this.#byCookie = readClusterOptions(options).affinity?.by === 'cookie';
    const ends: DispatchEnds = {
      send: (number, backend) => void this.#try(number, backend),
      refused: (number, why) => this.#calls.release(number).resolve({ kind: 'refused', why }),
      gaveUp: (number) => {
        this.#calls.at(number).controller.abort();
        this.#ended(number, 'timeout', (call) => call.resolve({ kind: 'gave-up' }));
      },
    };
    const cookies: ClientCookies = {
      cookieOf: (number) => this.#calls.at(number).request.cookie,
      set: (number, value) => {
        this.#calls.at(number).cookie = value;
      },
    };
    this.cluster = createCluster(options, members, { ...ports, timers, random, ends, cookies });
  }

  /**
   * Sends a request to a backend, and to another if that fails and retries are allowed. Rejects
   * when the last `send` did; a `send` that rejects counts as one without a connection.
   */
  forward(
    request: Forwardable,
    send: (to: Try) => Promise<Tried<Answer>>,
  ): Promise<Forwarded<Answer>> {
    return new Promise((resolve, reject) => {
      const number = this.#calls.open({ request, send, resolve, reject });
      const client = this.#byCookie ? number : (request.client ?? request.keyHash);
      this.cluster.dispatcher.arrived(number, request.keyHash, client, 0);
    });
  }

  async #try(number: number, backend: BackendIndex): Promise<void> {
    const { balancer } = this.cluster;
    const call = this.#calls.at(number);
    const turn = ++call.turn;
    const id = balancer.pool.id(backend);
    call.backend = backend;
    call.sentNs = this.#timers.nowNs;
    call.controller = new AbortController();
    balancer.start(backend);
    try {
      const { outcome, answer } = await call.send({ backend, id, signal: call.controller.signal });
      if (call.turn !== turn) return;
      this.#ended(number, outcome, ({ resolve, cookie }) =>
        resolve({
          kind: 'answered',
          answer,
          outcome,
          id,
          ...(cookie === undefined ? {} : { cookie }),
        }),
      );
    } catch (error) {
      if (call.turn !== turn) return;
      this.#ended(number, 'connect-error', ({ reject }) => reject(error));
    }
  }

  /** A try is over: another one, or `tell` the sender. */
  #ended(number: number, outcome: Outcome, tell: (call: Call<Answer>) => void): void {
    const { dispatcher, balancer } = this.cluster;
    const call = this.#calls.at(number);
    call.turn++;
    dispatcher.left(number);
    balancer.finish(call.backend, outcome, this.#timers.nowNs - call.sentNs);
    if (outcome !== 'success' && dispatcher.retried(number, REASONS[outcome])) return;
    tell(this.#calls.release(number));
  }
}
