import { isMap, isSeq, parseDocument, type Document, type YAMLMap } from 'yaml';
import type { Edits } from './edits.ts';

/** How many servers each POP has, by name: what a capacity is a multiple of. */
export type ServerCounts = Readonly<Record<string, number>>;

/**
 * The scenario with the edits written into it: comments and order of the text stay. The policy is
 * set for `strategy`, whose own settings stand above those of the file; the rest is set for all.
 */
export function editScenario(
  text: string,
  strategy: string,
  edits: Edits,
  servers: ServerCounts,
): string {
  const document = parseDocument(text);
  if (edits.policy !== null) setPolicy(document, strategy, edits.policy);
  for (const [pop, factor] of Object.entries(edits.capacity)) {
    setCapacity(document, pop, factor, servers[pop] ?? 1);
  }
  for (const link of edits.cutLinks) addCut(document, link);
  return document.toString({ lineWidth: 0 });
}

/** Options belong to the policy that they were written for: they go with it. */
function setPolicy(document: Document, strategy: string, policy: string): void {
  const own = document.getIn(['strategies', strategy]);
  if (!isMap(own)) {
    document.setIn(['balancer'], withoutOptions(document.getIn(['balancer']), policy));
    return;
  }
  for (const key of own.items.map((item) => String(item.key))) {
    if (key === 'balancer' || key.startsWith('balancer.')) own.delete(key);
  }
  own.set('balancer.policy', policy);
}

/** Keys of `balancer:` that are about what stands around a policy, whichever it is. */
const AROUND_A_POLICY = new Set(['hash_key', 'panic_threshold']);

function withoutOptions(balancer: unknown, policy: string): Record<string, unknown> {
  const kept: Record<string, unknown> = { policy };
  if (!isMap(balancer)) return kept;
  for (const { key, value } of (balancer as YAMLMap).items) {
    if (AROUND_A_POLICY.has(String(key))) kept[String(key)] = value;
  }
  return kept;
}

function setCapacity(document: Document, pop: string, factor: number, count: number): void {
  const path = ['network', 'pops', pop, 'servers'];
  const groups = document.getIn(path);
  if (!isSeq(groups)) {
    document.setIn(path, scaled(count, factor));
    return;
  }
  groups.items.forEach((_group, index) => {
    const own = document.getIn([...path, index, 'count']);
    document.setIn([...path, index, 'count'], scaled(typeof own === 'number' ? own : 1, factor));
  });
}

function scaled(count: number, factor: number): number {
  return Math.max(1, Math.round(count * factor));
}

function addCut(document: Document, link: string): void {
  const event = document.createNode({ at: '0s', fail: `link/${link}` }, { flow: true });
  if (isSeq(document.getIn(['events']))) document.addIn(['events'], event);
  else document.setIn(['events'], document.createNode([event]));
}
