import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import type { Findings } from './diagnostics.ts';
import { HIDDEN, isLoneSurrogate } from './hidden-characters.ts';
import { LIMITS } from './limits.ts';
import type { Place, SourceText } from './source.ts';
import type { TreeEntry, TreeList, TreeMap, TreeNode, TreeScalar } from './tree.ts';

/** Keys that name parts of every JavaScript object: no scenario has a use for them. */
const RESERVED = new Set([
  '__proto__',
  'constructor',
  'prototype',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
]);

/** The parser's document as our tree; null when it holds what a scenario may not hold. */
export function treeOf(
  document: Document,
  source: SourceText,
  findings: Findings,
  allowAliases: boolean,
): TreeNode | null {
  const reader = new DocumentReader(document, source, findings, allowAliases);
  return reader.node(document.contents as Node);
}

class DocumentReader {
  readonly #document: Document;
  readonly #source: SourceText;
  readonly #findings: Findings;
  readonly #allowAliases: boolean;
  #nodeCount = 0;
  #aliasCount = 0;
  readonly #open = new Set<Node>();

  constructor(document: Document, source: SourceText, findings: Findings, allowAliases: boolean) {
    this.#document = document;
    this.#source = source;
    this.#findings = findings;
    this.#allowAliases = allowAliases;
  }

  node(node: Node): TreeNode | null {
    const place = this.#placeOf(node);
    if (++this.#nodeCount > LIMITS.nodes) {
      if (this.#nodeCount === LIMITS.nodes + 1) {
        this.#findings.error('E0119', place, 'more than 2 million values');
      }
      return null;
    }
    if (isAlias(node)) return this.#alias(node, place);
    if (node.tag !== undefined) {
      this.#findings.error('E0109', place, `explicit tags are not allowed (${node.tag})`);
      return null;
    }
    if ('anchor' in node && node.anchor !== undefined && !this.#allowAliases) {
      this.#findings.error('E0108', place, `the anchor '&${node.anchor}' is not allowed`, {
        hint: 'repeat the value, use extends, or pass --allow-aliases',
      });
      return null;
    }
    if (isMap(node)) return this.#map(node, place);
    if (isSeq(node)) return this.#list(node.items as Node[], place);
    if (isScalar(node)) return this.#scalar(node.value, node.source ?? '', node.type, place);
    this.#findings.error('E0105', place, 'not a value');
    return null;
  }

  #map(node: YAMLMap, place: Place): TreeMap {
    if (node.items.length > LIMITS.keysPerMap) {
      this.#findings.error('E0119', place, 'more than 100,000 keys in one mapping');
      return { kind: 'map', entries: new Map(), place };
    }
    const entries = new Map<string, TreeEntry>();
    const firstSpelling = new Map<string, Place>();
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      const entry = this.#entry(pair, node.flow === true);
      if (entry === null) continue;
      const { key, keyPlace, value } = entry;
      const normal = key.normalize('NFC');
      const first = firstSpelling.get(normal);
      if (first !== undefined) {
        this.#reportTwin(key, keyPlace, first, entries.has(key));
        continue;
      }
      firstSpelling.set(normal, keyPlace);
      entries.set(key, { keyPlace, value });
    }
    return { kind: 'map', entries, place };
  }

  #reportTwin(key: string, keyPlace: Place, first: Place, same: boolean): void {
    const { line, column } = this.#source.position(first.from);
    if (same) {
      this.#findings.error('E0106', keyPlace, `the key '${key}' is there twice`, {
        notes: [`it is first at ${line}:${column}`],
      });
    } else {
      this.#findings.error(
        'E0115',
        keyPlace,
        `the key '${key}' equals another after Unicode normalisation`,
        { notes: [`the other is at ${line}:${column}`] },
      );
    }
  }

  #entry(
    pair: Pair<Node, Node | null>,
    flow: boolean,
  ): { key: string; keyPlace: Place; value: TreeNode } | null {
    const keyPlace = this.#placeOf(pair.key);
    if (!isScalar(pair.key) || typeof pair.key.value !== 'string') {
      this.#findings.error('E0111', keyPlace, 'a key must be plain text');
      return null;
    }
    const key = pair.key.value;
    if (key === '') {
      this.#findings.error('E0111', keyPlace, 'a key is missing before the colon');
      return null;
    }
    if (key === '<<') {
      this.#findings.error('E0112', keyPlace, 'merge keys are not supported', {
        hint: 'use extends in strategies, or include',
      });
      return null;
    }
    if (RESERVED.has(key)) {
      this.#findings.error('E0110', keyPlace, `the key '${key}' is reserved`);
      return null;
    }
    if (pair.value === null || isEmptyScalar(pair.value)) {
      this.#reportEmpty(key, keyPlace, flow);
      return null;
    }
    const value = this.node(pair.value);
    return value === null ? null : { key, keyPlace, value };
  }

  #reportEmpty(key: string, keyPlace: Place, flow: boolean): void {
    if (flow) {
      this.#findings.error('E0211', keyPlace, `'${key}' is a key without a value`, {
        label: 'inside { } a comma ends the value',
        hint: 'write distributions without commas and parentheses: lognormal mean=35ms p99=220ms',
      });
    } else {
      this.#findings.error('E0118', keyPlace, `'${key}' has no value`, {
        hint: 'write the value, or null to delete what an include set',
      });
    }
  }

  #list(items: readonly Node[], place: Place): TreeList {
    const list: TreeNode[] = [];
    for (const item of items) {
      if (isEmptyScalar(item)) {
        this.#findings.error('E0118', this.#placeOf(item), 'an item of the list has no value');
        continue;
      }
      const value = this.node(item);
      if (value !== null) list.push(value);
    }
    return { kind: 'list', items: list, place };
  }

  #scalar(
    value: unknown,
    source: string,
    type: string | undefined,
    place: Place,
  ): TreeScalar | null {
    if (typeof value === 'string') return this.#text(value, place);
    if (typeof value !== 'number') {
      return { kind: 'scalar', value: typeof value === 'boolean' ? value : null, place };
    }
    if (!Number.isFinite(value)) {
      this.#findings.error('E0201', place, `'${source}' is not a finite number`);
    } else if (type === 'PLAIN' && /^[-+]?0[0-9]/.test(source)) {
      this.#findings.error('E0204', place, `'${source}' has a leading zero: is it octal?`, {
        hint: `write ${value}, or quote it if it is a name`,
      });
    } else if (/^[-+]?[0-9a-fox]+$/i.test(source) && !Number.isSafeInteger(value)) {
      this.#findings.error('E0202', place, `'${source}' is beyond 2^53 − 1 and would lose digits`, {
        hint: `quote it: "${source}"`,
      });
    } else {
      return { kind: 'scalar', value, place };
    }
    return null;
  }

  #text(value: string, place: Place): TreeScalar | null {
    if (value.length > LIMITS.scalarLength) {
      this.#findings.error('E0119', place, 'a value longer than 64 KiB');
      return null;
    }
    // Escapes in double quotes can still spell what the text itself may not hold.
    const hidden = value.match(HIDDEN)?.[0];
    if (hidden === undefined) return { kind: 'scalar', value, place };
    if (isLoneSurrogate(hidden.charCodeAt(0))) {
      this.#findings.error('E0114', place, 'half of a surrogate pair');
    } else {
      this.#findings.error('E0113', place, 'an escape that spells a hidden character');
    }
    return null;
  }

  #alias(alias: Node, place: Place): TreeNode | null {
    if (!this.#allowAliases) {
      this.#findings.error('E0108', place, 'aliases are not allowed', {
        hint: 'repeat the value, use extends, or pass --allow-aliases',
      });
      return null;
    }
    const target = isAlias(alias) ? alias.resolve(this.#document) : undefined;
    if (target === undefined || this.#open.has(target as Node)) {
      this.#findings.error('E0108', place, 'the alias points nowhere, or at itself');
      return null;
    }
    if (++this.#aliasCount > LIMITS.aliases) {
      if (this.#aliasCount === LIMITS.aliases + 1) {
        this.#findings.error('E0108', place, `more than ${LIMITS.aliases} aliases`);
      }
      return null;
    }
    this.#open.add(target as Node);
    const value = this.node(target as Node);
    this.#open.delete(target as Node);
    return value;
  }

  #placeOf(node: Node | null): Place {
    const range = node?.range;
    const from = range?.[0] ?? 0;
    return { source: this.#source, from, to: Math.max(from + 1, range?.[1] ?? from + 1) };
  }
}

function isEmptyScalar(node: Node): boolean {
  return isScalar(node) && node.value === null && (node.source ?? '') === '';
}
