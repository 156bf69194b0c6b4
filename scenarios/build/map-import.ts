import {
  attachClients,
  importGraphml,
  importJson,
  nodesOfKind,
  type NetworkGraph,
} from '../../topology/index.ts';
import { decodeUtf8 } from '../scenario-files.ts';
import type { ImportSettings, NetworkSettings } from '../schema/network.ts';
import { placeAt } from '../tree.ts';
import { importAses } from './as-import.ts';
import type { MapContext } from './map.ts';

const FORMS = ['graphml', 'json', 'as_relationships'] as const;

/**
 * `network: { import: { graphml: ./geant.graphml } }`. A backbone without client regions gets one a
 * POP of equal share, all behind one carrier. Null after saying what is wrong.
 */
export function importMap(
  settings: ImportSettings,
  network: NetworkSettings,
  context: MapContext,
): NetworkGraph | null {
  const { root, findings, files, file } = context;
  const forms = FORMS.filter((key) => settings[key] !== undefined);
  const form = forms[0];
  const name = form === undefined ? undefined : settings[form];
  if (form === undefined || name === undefined || forms.length > 1) {
    findings.error('E0406', placeAt(root, ['network', 'import']), 'import one file', {
      hint: 'import: { graphml: ./backbone.graphml }, { json: … } or { as_relationships: … }',
    });
    return null;
  }
  const place = placeAt(root, ['network', 'import', form]);
  const read = files.read(name, file);
  if (!read.ok) {
    findings.error(read.code, place, read.message, { hint: read.hint });
    return null;
  }
  if (form === 'as_relationships') return importAses(read.bytes, name, network, context);
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
