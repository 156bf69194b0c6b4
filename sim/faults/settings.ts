import type { Tables } from '../tables.ts';

/**
 * What a `set` event may change in flight, by dotted path, and the kind of value it takes (times in
 * ns, rates per second). Paths of one `prefixes.NAME.bgp` are written `bgp.…`: all prefixes of a
 * strategy share their timers.
 */
export const SETTABLE = {
  'traffic.rate': 'rate',
  'dns.ttl': 'duration',
  'dns.clients_ignoring_ttl': 'share',
  'bgp.mrai': 'duration',
  'bgp.hold_timer': 'duration',
  'bgp.bfd': 'boolean',
} as const;
export type SettablePath = keyof typeof SETTABLE;

type Settings = Readonly<Record<string, unknown>>;

export function applySettings(tables: Tables, settings: Settings): void {
  for (const [path, value] of Object.entries(settings)) apply(tables, path as SettablePath, value);
}

/** Back to what the scenario says. */
export function restoreSettings(tables: Tables, settings: Settings): void {
  for (const path of Object.keys(settings)) {
    apply(tables, path as SettablePath, original(tables, path as SettablePath));
  }
}

function apply({ arrivals, routing }: Tables, path: SettablePath, value: unknown): void {
  switch (path) {
    case 'traffic.rate':
      return arrivals.setTotalRate(value as number);
    case 'dns.ttl':
      return routing?.updateSettings({ ttlNs: value as number });
    case 'dns.clients_ignoring_ttl':
      return routing?.updateSettings({ clientsIgnoringTtlRatio: value as number });
    case 'bgp.mrai':
      return routing?.updateSettings({ mraiNs: value as number });
    case 'bgp.hold_timer':
      return routing?.updateSettings({ holdTimerNs: value as number });
    case 'bgp.bfd':
      return routing?.updateSettings({ bfd: value as boolean });
  }
}

function original({ world }: Tables, path: SettablePath): unknown {
  const { arrivals } = world.traffic;
  switch (path) {
    case 'traffic.rate':
      return arrivals.law === 'trace' ? 0 : arrivals.ratePerSecond;
    case 'dns.ttl':
      return world.routing.dns.ttlNs;
    case 'dns.clients_ignoring_ttl':
      return world.routing.dns.clientsIgnoringTtlRatio;
    case 'bgp.mrai':
      return world.routing.bgp.mraiNs;
    case 'bgp.hold_timer':
      return world.routing.bgp.holdTimerNs;
    case 'bgp.bfd':
      return world.routing.bgp.bfd;
  }
}
