import { NONE, type RequestIndex } from '../../requests.ts';
import { RESOLVERS_PER_REGION } from '../../routing/dns.ts';
import type { Routing } from '../../routing/routing.ts';
import type { Tables } from '../../tables.ts';

/** Why the present attempt of a request goes where it goes, from what routing and DNS know now. */
export function whyPop(tables: Tables, request: RequestIndex): string {
  const { requests, routing, pops } = tables;
  if (routing === null) return 'a laboratory: its requests arrive at this POP';
  const prefix = requests.prefix[request]!;
  const pop = requests.pop[request]!;
  if (prefix === NONE) return 'it has no address to send to';
  const reasons = [addressReason(tables, routing, request)];
  if (pop === NONE) reasons.push(`no route to prefix ${routing.prefixName(prefix)}`);
  else {
    reasons.push(routeReason(routing, prefix, requests.region[request]!, pops.names[pop]!));
    reasons.push(distanceReason(tables, routing, request));
  }
  return reasons.join('; ');
}

function addressReason(tables: Tables, routing: Routing, request: RequestIndex): string {
  const { requests, regionNames, kernel, world } = tables;
  const region = requests.region[request]!;
  const prefix = routing.prefixName(requests.prefix[request]!);
  const dns = routing.explainDns(region, requests.client[request]!, kernel.nowNs);
  const { name } = world.routing.strategy;
  if (dns === null) return `${name}: clients of ${regionNames[region]!} use prefix ${prefix}`;
  const resolver = `resolver ${dns.resolver + 1} of ${RESOLVERS_PER_REGION}`;
  const whose = dns.place === region ? '' : ` (taken to be in ${regionNames[dns.place]!})`;
  const isKept = requests.newConnection[request] === 0 && requests.attempt[request] === 0;
  if (isKept) return `${name}: its connection to ${prefix} is open, whatever DNS says now`;
  const held = `held for ${seconds(dns.validForNs)} more`;
  return dns.ignoresTtl
    ? `${name}: answer ${prefix} of ${resolver}${whose}, ${held} by a client that ignores TTLs`
    : `${name}: answer ${prefix} of ${resolver}${whose}, ${held}`;
}

function routeReason(routing: Routing, prefix: number, region: number, pop: string): string {
  const path = routing.asPath(prefix, region);
  if (path === null) return `a route that is about to change still leads to ${pop}`;
  const hops = path.length === 1 ? '1 AS' : `${path.length} ASes`;
  return `AS path ${path.join(' → ')} → CDN at ${pop} (${hops}; the nearest hand-off wins ties)`;
}

function distanceReason(tables: Tables, routing: Routing, request: RequestIndex): string {
  const { requests, pops } = tables;
  const rttNs = requests.rttNs[request]!;
  const rtt = `round trip ${milliseconds(rttNs)}`;
  const best = routing.bestPop(requests.region[request]!);
  if (best === NONE) return `${rtt}; no POP is well`;
  if (best === requests.pop[request]) return `${rtt}, the least of all POPs that are well`;
  return `${rtt}; ${pops.names[best]!} would be ${milliseconds(requests.bestRttNs[request]!)}`;
}

function milliseconds(timeNs: number): string {
  return `${(timeNs / 1e6).toFixed(1)} ms`;
}

function seconds(timeNs: number): string {
  return `${(timeNs / 1e9).toFixed(1)} s`;
}
