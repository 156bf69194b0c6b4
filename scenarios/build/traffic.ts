import type {
  ArrivalSpec,
  DayCurveSpec,
  ProtocolSpec,
  RetrySpec,
  TrafficSpec,
} from '../../sim/index.ts';
import type { TrafficSettings } from '../schema/traffic.ts';
import { hasUnknownSections } from '../sections.ts';
import { keyAt, valueAt, type BuildContext } from './context.ts';

/** Peak hour and swing of residential traffic: an evening peak, 1.6 × the mean. */
const DAY = { amplitude: 0.6, peakHour: 20.5, startUtcHour: 0 };

/** Round trips of TCP + TLS 1.3, and of QUIC (RFC 8446, RFC 9000). */
const HANDSHAKE_ROUND_TRIPS = { h1: 2, h2: 2, h3: 1 } as const;

const RETRY_OFF: RetrySpec = {
  on: [],
  max: 0,
  backoffLowNs: 0,
  backoffHighNs: 0,
  budgetRatio: Infinity,
};

/** Who asks, how often, and with how much patience. */
export function buildTraffic(context: BuildContext): TrafficSpec | null {
  const { root, sections, findings } = context;
  const settings = sections.read(root, 'traffic');
  if (settings === undefined) {
    if (!root.entries.has('traffic') && !hasUnknownSections(root)) {
      findings.error('E0406', root.place, 'the scenario has no traffic', {
        hint: 'traffic: { arrivals: poisson 80/s }',
      });
    }
    return null;
  }
  const arrivals = arrivalsOf(settings, context);
  if (arrivals === null) return null;
  return {
    arrivals,
    dayCurve: dayCurveOf(settings, context),
    protocols: protocolsOf(settings, context),
    clientsPerRegion: settings.clients ?? 1000,
    keepAliveNs: settings.keep_alive ?? 60e9,
    timeout:
      settings.timeout === undefined || settings.timeout === 'none' ? null : settings.timeout,
    retry: retryOf(settings.retry),
    accessBps: settings.access ?? 50e6,
    handshakeServiceNs: settings.handshake_work ?? 0,
  };
}

function arrivalsOf(
  { arrivals, rate }: TrafficSettings,
  context: BuildContext,
): ArrivalSpec | null {
  const { findings } = context;
  if (arrivals !== undefined && rate !== undefined) {
    findings.error(
      'E0401',
      keyAt(context, 'traffic', 'rate'),
      "'rate' and 'arrivals' both set the load",
      {
        hint: 'rate: 80/s is short for arrivals: poisson 80/s',
      },
    );
    return null;
  }
  const spec: ArrivalSpec | null =
    arrivals ?? (rate === undefined ? null : { law: 'poisson', ratePerSecond: rate });
  if (spec === null) {
    if (!context.sections.isSound(context.root, 'traffic')) return null;
    findings.error('E0209', keyAt(context, 'traffic'), "'traffic' says no load", {
      hint: 'rate: 80/s, or arrivals: poisson 80/s',
    });
    return null;
  }
  if (spec.law !== 'trace' && spec.ratePerSecond <= 0) {
    const key = rate === undefined ? 'arrivals' : 'rate';
    findings.error('E0207', valueAt(context, 'traffic', key), 'the rate must be above 0');
  }
  return spec;
}

function dayCurveOf(
  { day_curve: curve = 'flat' }: TrafficSettings,
  context: BuildContext,
): DayCurveSpec {
  const settings = typeof curve === 'string' ? { kind: curve } : curve;
  const amplitude = 'amplitude' in settings ? settings.amplitude : DAY.amplitude;
  const peakHour = 'peak_hour' in settings ? settings.peak_hour : DAY.peakHour;
  if (settings.kind === 'flat') return { kind: 'flat' };
  if (context.map.graph === null) {
    context.findings.error(
      'E0406',
      valueAt(context, 'traffic', 'day_curve'),
      'a day curve needs regions with a local time; a laboratory has none',
    );
  }
  if (settings.kind === 'peak') return { kind: 'peak', amplitude, peakHour };
  const startUtcHour = 'start_utc' in settings ? settings.start_utc : DAY.startUtcHour;
  return { kind: 'daily', amplitude, peakHour, startUtcHour };
}

function protocolsOf(
  { protocol = { h2: 1 } }: TrafficSettings,
  context: BuildContext,
): ProtocolSpec[] {
  const named = (['h1', 'h2', 'h3'] as const).flatMap((name) => {
    const share = protocol[name] ?? 0;
    return share > 0 ? [{ name, share, handshakeRoundTrips: HANDSHAKE_ROUND_TRIPS[name] }] : [];
  });
  const sum = named.reduce((total, { share }) => total + share, 0);
  if (Math.abs(sum - 1) > 1e-9 && context.sections.isSound(context.root, 'traffic')) {
    context.findings.error(
      'E0409',
      valueAt(context, 'traffic', 'protocol'),
      `the shares of 'protocol' sum to ${percent(sum)}, not 100%`,
    );
  }
  return named;
}

export function percent(ratio: number): string {
  return `${Number((ratio * 100).toPrecision(6))}%`;
}

function retryOf(retry: TrafficSettings['retry']): RetrySpec {
  if (retry === undefined || retry === 'off') return RETRY_OFF;
  return {
    on: retry.on ?? ['timeout', 'reset', 'connect_error'],
    max: retry.max,
    backoffLowNs: retry.backoff?.lowNs ?? 0,
    backoffHighNs: retry.backoff?.highNs ?? 0,
    budgetRatio: retry.budget ?? Infinity,
  };
}
