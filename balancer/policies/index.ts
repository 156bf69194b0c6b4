import type { PolicyDefinition } from '../policy.ts';
import { anchor, dx, memento } from './buckets-any-leaves.ts';
import { binomial, flip, jumpBack, powerCh } from './buckets-last-leaves.ts';
import { c3 } from './c3.ts';
import { leastRequestEnvoy, wrrEnvoy } from './envoy-weighted.ts';
import { glb } from './glb.ts';
import { wrrByUtilisation, wrrGrpc } from './grpc-weighted.ts';
import { hashHaproxy } from './hash-haproxy.ts';
import { heatWeighted } from './heat-weighted.ts';
import { joinIdleQueue } from './join-idle-queue.ts';
import { jump } from './jump-hash.ts';
import { ketama, ketamaLibmemcached, ketamaSpymemcached } from './ketama.ts';
import { leastRequest } from './least-request.ts';
import { maglev, maglevKatranV1, maglevKatranV2, maglevPaper } from './maglev.ts';
import { multiProbe } from './multi-probe.ts';
import { hashNginx, ipHashNginx } from './nginx-modulo.ts';
import { peakEwma } from './peak-ewma.ts';
import { prequal } from './prequal.ts';
import { random } from './random.ts';
import { rendezvousEnvoy } from './rendezvous-envoy.ts';
import { rendezvous } from './rendezvous.ts';
import { ringHaproxy } from './ring-haproxy.ts';
import { ringHash } from './ring-hash.ts';
import { ringNginx } from './ring-nginx.ts';
import { ringVarnish } from './ring-varnish.ts';
import { roundRobin } from './round-robin.ts';
import { staticRrHaproxy } from './static-rr-haproxy.ts';
import { twoChoices } from './two-choices.ts';
import { weightedRoundRobin } from './weighted-round-robin.ts';
import { wrrHaproxy } from './wrr-haproxy.ts';
import { wrrLvs } from './wrr-lvs.ts';

/** The catalogue: a new policy is its file and a line here. */
export const policies: readonly PolicyDefinition[] = [
  random,
  roundRobin,
  weightedRoundRobin,
  wrrHaproxy,
  staticRrHaproxy,
  wrrLvs,
  wrrEnvoy,
  wrrGrpc,
  wrrByUtilisation,
  leastRequest,
  leastRequestEnvoy,
  twoChoices,
  joinIdleQueue,
  peakEwma,
  prequal,
  c3,
  heatWeighted,
  ringHash,
  ringHaproxy,
  ringNginx,
  ringVarnish,
  ketama,
  ketamaLibmemcached,
  ketamaSpymemcached,
  maglev,
  maglevPaper,
  maglevKatranV1,
  maglevKatranV2,
  rendezvous,
  rendezvousEnvoy,
  glb,
  jump,
  jumpBack,
  binomial,
  powerCh,
  flip,
  anchor,
  dx,
  memento,
  multiProbe,
  hashHaproxy,
  hashNginx,
  ipHashNginx,
];

export { policyAliases } from './aliases.ts';
