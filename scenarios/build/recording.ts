import type { PopSpec, RecordingSpec } from '../../sim/index.ts';
import { LIMITS } from '../limits.ts';
import type { RecordName } from '../schema/output.ts';
import { valueAt, type BuildContext } from './context.ts';

/** Memory of an entity's bucket: its columns, see `sim/recorded-series.ts`, and what they need. */
const BYTES_A_POP = 34;
const BYTES_A_REGION = 16;
const BYTES_A_DIRECTION = 1;
const BYTES_A_SERVER = 9;

/** Where only traces are asked for, the map is coarse. */
const USUAL_NS = 10e9;

/**
 * What replication 0 keeps for the dashboard; null where nothing was asked for. Any word of
 * `output.record` but `summary`, and `output.trace`, gives a map: POPs (as fine as `pops`, else as
 * `timeline`, else as the finest of the others) and every change of catchments; client regions,
 * links and servers have series of their own where they are named.
 */
export function buildRecording(
  durationNs: number,
  pops: readonly PopSpec[],
  context: BuildContext,
): RecordingSpec | null {
  const output = context.sections.read(context.root, 'output');
  const widthOf = new Map<RecordName, number>();
  for (const { what, everyNs } of output?.record ?? []) {
    if (what !== 'summary') widthOf.set(what, Math.min(widthOf.get(what) ?? Infinity, everyNs));
  }
  const traceOneIn = output?.trace ?? 0;
  if (widthOf.size === 0 && traceOneIn === 0) return null;
  const width = (name: RecordName): number => widthOf.get(name) ?? 0;
  const finestNs = widthOf.size === 0 ? USUAL_NS : Math.min(...widthOf.values());
  const wanted: RecordingSpec = {
    popsNs: width('pops') || width('timeline') || finestNs,
    regionsNs: width('catchments'),
    linksNs: width('link_utilisation'),
    serversNs: width('servers'),
    traceOneIn,
  };
  return storable(wanted, durationNs, pops, context);
}

/** As wanted, or with all widths multiplied by the least whole number that lets it be kept. */
function storable(
  wanted: RecordingSpec,
  durationNs: number,
  pops: readonly PopSpec[],
  context: BuildContext,
): RecordingSpec {
  const { names } = context.map;
  const serverCount = pops.reduce((sum, { servers }) => sum + servers.length, 0);
  const bytesOf = (widthNs: number, entities: number, bytes: number): number =>
    widthNs === 0 ? 0 : Math.ceil(durationNs / widthNs) * entities * bytes;
  const bytes =
    bytesOf(wanted.popsNs, pops.length, BYTES_A_POP) +
    bytesOf(wanted.regionsNs, names.regions.length, BYTES_A_REGION) +
    bytesOf(wanted.linksNs, names.links.length * 2, BYTES_A_DIRECTION) +
    bytesOf(wanted.serversNs, serverCount, BYTES_A_SERVER);
  const factor = Math.ceil(bytes / LIMITS.recordingBytes);
  if (factor <= 1) return wanted;
  context.findings.warn(
    'W0110',
    valueAt(context, 'output'),
    `the recording is made in buckets ${factor} times as wide as asked for`,
    { hint: `as asked for it would take ${Math.ceil(bytes / 2 ** 20)} MiB` },
  );
  return {
    popsNs: wanted.popsNs * factor,
    regionsNs: wanted.regionsNs * factor,
    linksNs: wanted.linksNs * factor,
    serversNs: wanted.serversNs * factor,
    traceOneIn: wanted.traceOneIn,
  };
}
