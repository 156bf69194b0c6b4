import type { HealthDefinition } from './health-definition.ts';
import { phiAccrual } from './heartbeats/definitions.ts';
import { envoyHealth, fastlyHealth, haproxyHealth, varnishHealth } from './probes/definitions.ts';
import { finagleAccrual, linkerdAccrual, nginxPassive } from './traffic/definitions.ts';
import { envoyOutliers, grpcOutliers } from './traffic/outlier-definitions.ts';

/** The catalogue: a new health check is its file and a line here. */
export const healthChecks: readonly HealthDefinition[] = [
  fastlyHealth,
  varnishHealth,
  haproxyHealth,
  envoyHealth,
  envoyOutliers,
  grpcOutliers,
  nginxPassive,
  finagleAccrual,
  linkerdAccrual,
  phiAccrual,
];
