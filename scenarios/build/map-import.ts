import {
  attachClients,
  importGraphml,
  importJson,
  nodesOfKind,
  type NetworkGraph,
} from '../../topology/index.ts';
import { decodeUtf8 } from '../scenario-files.ts';
import type { ImportSettings } from '../schema/network.ts';
import { placeAt } from '../tree.ts';
import type { MapContext } from './map.ts';

/**
 * `network: { import: { graphml: ./geant.graphml } }`. A backbone without client regions gets one a
 * POP of equal share, all behind one carrier. Null after saying what is wrong.
 */
export function importMap(settings: ImportSettings, context: MapContext): NetworkGraph | null {
  const { root, findings, files, file } = context;
  const form = settings.graphml !== undefined ? 'graphml' : 'json';
  const name = settings[form];
  if (name === undefined || (settings.graphml !== undefined && settings.json !== undefined)) {
    findings.error('E0406', placeAt(root, ['network', 'import']), 'import one file', {
      hint: 'import: { graphml: ./backbone.graphml } or { json: ./map.json }',
    });
    return null;
  }
  const place = placeAt(root, ['network', 'import', form]);
  const read = files.read(name, file);
  if (!read.ok) {
    findings.error(read.code, place, read.message, { hint: read.hint });
    return null;
  }
  const text = decodeUtf8(read.bytes);
  if (text === null) {
    findings.error('E0104', place, `'${name}' is not UTF-8`);
    return null;
  }
  const imported = form === 'json' ? importJson(text) : graphmlOf(text, settings);
  if (!imported.ok) {
    const at = imported.line > 0 ? `${name}:${imported.line}` : name;
    findings.error('E0125', place, `${at}: ${imported.message.split('\n', 1)[0]!}`);
    return null;
  }
  const graph = imported.value;
  if (nodesOfKind(graph, 'region').length === 0) attachClients(graph, settings.access);
  return graph;
}

function graphmlOf(text: string, settings: ImportSettings) {
  const imported = importGraphml(text, {
    withoutCoordinates: settings.without_coordinates,
    ...(settings.bandwidth === undefined ? {} : { defaultBandwidthBps: settings.bandwidth }),
  });
  return imported.ok ? { ok: true as const, value: imported.value.graph } : imported;
}
