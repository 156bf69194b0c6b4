import type { Findings } from './diagnostics.ts';
import { nested, overlay } from './overlay.ts';
import { readDocument } from './read.ts';
import { SourceText } from './source.ts';
import type { TreeMap } from './tree.ts';
import type { DecodeOptions } from './scenario.ts';

/**
 * `--set path=value`, `--seed` and `--replications` as overlays: each is a text of its own, so that
 * an error in it points at what was typed.
 */
export function applyOverrides(
  root: TreeMap,
  options: DecodeOptions,
  findings: Findings,
  sources: Map<string, string>,
): TreeMap {
  let result = root;
  for (const [path, value] of Object.entries(options.overrides ?? {})) {
    const file = `--set ${path}`;
    const source = new SourceText(file, `${path}: ${value}`);
    sources.set(file, source.text);
    const over = readDocument(source, findings);
    if (over === null) continue;
    const [key = ''] = over.entries.keys();
    if (over.entries.size !== 1 || key !== path) {
      findings.error('E0208', over.place, `'${path}' is not a dotted path`);
      continue;
    }
    result = overlay(result, nested(over, findings), findings);
  }
  return { ...result, place: root.place };
}
