import {
  importAsRelationships,
  metroAt,
  placeAsGraph,
  type NetworkGraph,
  type PlacedRegion,
} from '../../topology/index.ts';
import type { AsPlacement, NetworkSettings } from '../schema/network.ts';
import { keyPlaceAt, placeAt } from '../tree.ts';
import type { MapContext } from './map.ts';

/** Where the settings of the import stand. */
const PATH = ['network', 'import'] as const;

/**
 * `network: { import: { as_relationships: FILE, regions: … } }`: who is whose provider comes from a
 * CAIDA file, who stands where from the scenario. Null after saying what is wrong.
 */
export function importAses(
  bytes: Uint8Array,
  name: string,
  network: NetworkSettings,
  context: MapContext,
): NetworkGraph | null {
  const { root, findings } = context;
  const place = placeAt(root, [...PATH, 'as_relationships']);
  const imported = importAsRelationships(bytes);
  if (!imported.ok) {
    const at = imported.line > 0 ? `${name}:${imported.line}` : name;
    findings.error('E0125', place, `${at}: ${imported.message}`);
    return null;
  }
  const { graph } = imported.value;
  const before = findings.errorCount;
  const known = new Set(graph.asn);
  const regions = regionsOf(network, known, context);
  if (regions.length === 0 && findings.errorCount === before) {
    findings.error('E0406', place, 'an AS graph has no clients: say where they are', {
      hint: 'import: { as_relationships: …, regions: { berlin: { as: AS3320, at: fra } } }',
    });
  }
  const transits = transitsOf(network, context);
  const ases = new Map<number, readonly string[]>();
  for (const [asn, codes] of Object.entries(network.import?.ases ?? {})) {
    if (!known.has(numberOf(asn))) unknownAs(asn, [...PATH, 'ases', asn], context);
    codes.forEach((code, i) => checkMetro(code, [...PATH, 'ases', asn, i], context));
    ases.set(numberOf(asn), codes);
  }
  return findings.errorCount > before ? null : placeAsGraph(graph, { regions, ases, transits });
}

function regionsOf(
  network: NetworkSettings,
  known: ReadonlySet<number>,
  context: MapContext,
): PlacedRegion[] {
  const access = network.import?.access ?? 'fibre';
  return Object.entries(network.import?.regions ?? {}).map(([name, region]: RegionEntry) => {
    const path = [...PATH, 'regions', name];
    if (!known.has(numberOf(region.as))) unknownAs(region.as, [...path, 'as'], context);
    checkMetro(region.at, [...path, 'at'], context);
    const { at, weight } = region;
    return { name, asn: numberOf(region.as), at, weight, access: region.access ?? access };
  });
}

type RegionEntry = [string, AsPlacement];

/** Every POP names its carriers: here is no nearest POP that it could share them with. */
function transitsOf(network: NetworkSettings, { root, findings }: MapContext): number[] {
  return Object.entries(network.pops ?? {}).flatMap(([name, { location, transit }]) => {
    if (name === '*') return [];
    if (location !== undefined && (transit === undefined || transit.length === 0)) {
      findings.error(
        'E0406',
        keyPlaceAt(root, ['network', 'pops', name]),
        `POP '${name}' of an AS graph needs its carriers`,
        { hint: 'transit: [AS1299, AS3356]' },
      );
    }
    return (transit ?? []).map(numberOf);
  });
}

function checkMetro(
  at: PlacedRegion['at'],
  path: readonly (string | number)[],
  { root, findings }: MapContext,
): void {
  if (metroAt(at) !== null) return;
  findings.error('E0306', placeAt(root, path), `unknown metro '${String(at)}'`, {
    hint: 'an airport code of the built-in worlds, like fra, or [latitude, longitude]',
  });
}

function unknownAs(asn: string, path: readonly string[], { root, findings }: MapContext): void {
  findings.error('E0306', placeAt(root, path), `the file has no ${asn}`);
}

function numberOf(asn: string): number {
  return Number(asn.slice('AS'.length));
}
