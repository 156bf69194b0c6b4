import {
  createShortestPaths,
  greatCircleKm,
  type Network,
  NO_LINK,
  type PopIndex,
  propagationNs,
  type ShortestPaths,
  ShortestPathSolver,
} from '../../topology/index.ts';
import { NONE } from '../requests.ts';
import type { PopSpec } from '../world.ts';
import { type PipeSpec, Pipes } from './pipes.ts';
import { mathisBps } from './transport.ts';

/**
 * What a path over the public Internet costs against the great circle where the backbone is cut:
 * the median of 57,640 measured city pairs (WonderNetwork, 2018).
 */
const INTERNET_INFLATION = 2.03;

/**
 * The CDN's own network: links between POPs, each direction a pipe, and each POP's egress towards
 * its clients, also a pipe. Paths are the shortest by propagation over links that are up; where the
 * backbone does not lead, traffic between POPs takes the Internet, at the great circle's delay
 * times its usual inflation.
 *
 * Without a network (a laboratory) there are no links and every delay is 0.
 */
export class Backbone {
  readonly linkCount: number;
  readonly linkNames: readonly string[];
  readonly popCount: number;
  readonly pipes: Pipes;
  private readonly network: Network | null;
  /** First pipe on the way from POP a to POP b: [a × popCount + b]; NONE if there is no way. */
  private readonly firstPipe: Int32Array;
  private readonly internetNs: Float64Array;
  private readonly target: Int32Array;
  private readonly solver: ShortestPathSolver | null;
  private readonly paths: ShortestPaths;
  private readonly latencyNs: Float64Array;
  readonly #isLinkUp = (link: number) => this.pipes.isUp(link * 2);

  constructor(network: Network | null, pops: readonly PopSpec[]) {
    this.network = network;
    this.linkCount = network?.linkCount ?? 0;
    this.linkNames = network?.linkNames ?? [];
    this.popCount = pops.length;
    this.pipes = new Pipes([...linkPipes(network), ...pops.map(egressPipe)]);
    const cells = network === null ? 0 : this.popCount * this.popCount;
    this.firstPipe = new Int32Array(cells).fill(NONE);
    this.internetNs = new Float64Array(cells);
    this.target = new Int32Array(this.linkCount * 2);
    this.solver = network === null ? null : new ShortestPathSolver(network);
    this.paths = createShortestPaths(this.popCount);
    this.latencyNs = new Float64Array(this.linkCount);
    if (network === null) return;
    for (let link = 0; link < this.linkCount; link++) {
      this.target[link * 2] = network.linkPopB[link]!;
      this.target[link * 2 + 1] = network.linkPopA[link]!;
    }
    this.#measureInternet(network);
    this.reroute();
  }

  /** The pipe from a POP to its clients. */
  egressPipe(pop: number): number {
    return this.linkCount * 2 + pop;
  }

  /** POP at the far end of a link's pipe. */
  endOf(pipe: number): number {
    return this.target[pipe]!;
  }

  setLinkUp(link: number, isUp: boolean): void {
    this.pipes.setUp(link * 2, isUp);
    this.pipes.setUp(link * 2 + 1, isUp);
    this.reroute();
  }

  degradeLink(
    link: number,
    latencyFactor: number,
    bandwidthFactor: number,
    lossRatio: number,
  ): void {
    this.pipes.degrade(link * 2, latencyFactor, bandwidthFactor, lossRatio);
    this.pipes.degrade(link * 2 + 1, latencyFactor, bandwidthFactor, lossRatio);
    this.reroute();
  }

  /** One way from POP to POP now, ns, not rounded; `bytes` are put on every link on the way. */
  delayNs(from: number, to: number, bytes: number, nowNs: number): number {
    if (this.network === null || from === to) return 0;
    let delayNs = 0;
    for (let pop = from; pop !== to;) {
      const pipe = this.firstPipe[pop * this.popCount + to]!;
      if (pipe === NONE) return this.internetNs[from * this.popCount + to]!;
      delayNs += this.pipes.delayNs(pipe, nowNs);
      if (bytes > 0) this.pipes.carry(pipe, bytes, nowNs);
      pop = this.target[pipe]!;
    }
    return delayNs;
  }

  /** Propagation alone from POP to POP, ns: what distance decisions look at. */
  distanceNs(from: number, to: number): number {
    if (this.network === null || from === to) return 0;
    let distanceNs = 0;
    for (let pop = from; pop !== to;) {
      const pipe = this.firstPipe[pop * this.popCount + to]!;
      if (pipe === NONE) return this.internetNs[from * this.popCount + to]!;
      distanceNs += this.pipes.latencyNs(pipe);
      pop = this.target[pipe]!;
    }
    return distanceNs;
  }

  /**
   * What one transfer gets from POP to POP now, bits/s: the narrowest link, less where more is
   * offered than it carries, and no more than congestion control reaches at the loss of the way.
   */
  rateBps(from: number, to: number, nowNs: number): number {
    const { pipes } = this;
    let rateBps = Infinity;
    let passedRatio = 1;
    if (this.network === null) return rateBps;
    for (let pop = from; pop !== to;) {
      const pipe = this.firstPipe[pop * this.popCount + to]!;
      if (pipe === NONE) break;
      const load = pipes.utilisation(pipe, nowNs);
      const shareBps = pipes.bandwidthBps(pipe) / (load > 1 ? load : 1);
      if (shareBps < rateBps) rateBps = shareBps;
      passedRatio *= 1 - pipes.lossRatio(pipe);
      pop = this.target[pipe]!;
    }
    if (passedRatio === 1) return rateBps;
    const lossBps = mathisBps(2 * this.distanceNs(from, to), 1 - passedRatio);
    return lossBps < rateBps ? lossBps : rateBps;
  }

  /** Finds all paths anew: a link has changed. */
  reroute(): void {
    const { popCount, pipes } = this;
    if (this.network === null) return;
    for (let link = 0; link < this.linkCount; link++) {
      this.latencyNs[link] = pipes.latencyNs(link * 2);
    }
    for (let target = 0; target < popCount; target++) {
      this.solver!.solveInto(this.paths, target as PopIndex, this.#isLinkUp, this.latencyNs);
      // Ways back along the tree of the target: they cannot loop, whatever the ties.
      for (let from = 0; from < popCount; from++) {
        const link = this.paths.lastLink[from]!;
        const pipe = link === NO_LINK ? NONE : link * 2 + (this.target[link * 2] === from ? 1 : 0);
        this.firstPipe[from * popCount + target] = pipe;
      }
    }
  }

  #measureInternet(network: Network): void {
    for (let from = 0; from < this.popCount; from++) {
      for (let to = 0; to < this.popCount; to++) {
        const km = greatCircleKm(
          network.popLatitude[from]!,
          network.popLongitude[from]!,
          network.popLatitude[to]!,
          network.popLongitude[to]!,
        );
        this.internetNs[from * this.popCount + to] = propagationNs(km, INTERNET_INFLATION);
      }
    }
  }
}

/** Two pipes a link: even = from `linkPopA` to `linkPopB`, odd = back. */
function linkPipes(network: Network | null): PipeSpec[] {
  const specs: PipeSpec[] = [];
  for (let link = 0; network !== null && link < network.linkCount; link++) {
    const spec = {
      latencyNs: network.linkLatencyNs[link]!,
      bandwidthBps: network.linkBandwidthBps[link]!,
      lossRatio: network.linkLossRatio[link]!,
      bufferNs: network.linkBufferNs[link]!,
    };
    specs.push(spec, spec);
  }
  return specs;
}

/** Buffer of a POP's egress, as time at full rate; a common rule is one RTT, here 50 ms. */
const EGRESS_BUFFER_NS = 50e6;

function egressPipe(pop: PopSpec): PipeSpec {
  return { latencyNs: 0, bandwidthBps: pop.egressBps, lossRatio: 0, bufferNs: EGRESS_BUFFER_NS };
}
