/** The comparisons in `docs/balancing/`, made by running every policy of a family. */

import { policies, policyNotes, type PolicyFamily } from '../../../balancer/index.ts';
import { table, type GeneratedPart } from '../generated-part.ts';
import { measureHashing } from './hashing-measures.ts';
import { measureLoad } from './load-measures.ts';
import { measuredSpeed } from './measured-speed.ts';

/** A page each; some small families share one. */
const PAGES: Readonly<Record<string, readonly PolicyFamily[]>> = {
  rings: ['rings'],
  tables: ['tables'],
  buckets: ['scores', 'buckets'],
  turns: ['random', 'turns'],
  load: ['load'],
};

const HASHING = new Set(['rings', 'tables', 'buckets']);

export const familyPages: readonly GeneratedPart[] = Object.entries(PAGES).map(
  ([page, families]) => ({
    page: `docs/balancing/${page}.md`,
    name: 'comparison',
    text: () => (HASHING.has(page) ? hashingTable(families) : loadTable(families)),
  }),
);

function members(families: readonly PolicyFamily[]) {
  return policies.filter(({ name }) => families.includes(policyNotes[name]!.family));
}

function hashingTable(families: readonly PolicyFamily[]): string {
  const rows = members(families).map((policy) => {
    const measures = measureHashing(policy);
    return [
      `\`${policy.name}\``,
      measures.peak.toFixed(3),
      measures.weightError === null ? 'ignored' : `±${percent(measures.weightError)}`,
      times(measures.middleLeaves),
      times(measures.lastLeaves),
      times(measures.oneJoins),
      measures.oneDoubles === null ? '' : times(measures.oneDoubles),
      policyNotes[policy.name]!.pick,
      ...speedCells(policy.name),
    ];
  });
  const heads = [
    'policy',
    'peak',
    'weights',
    'one leaves',
    'last leaves',
    'one joins',
    'weight × 2',
    'look-up',
    ...SPEED_HEADS,
  ];
  return table(heads, rows);
}

function loadTable(families: readonly PolicyFamily[]): string {
  const rows = members(families).map((policy) => {
    const measures = measureLoad(policy);
    const notes = policyNotes[policy.name]!;
    return [
      `\`${policy.name}\``,
      notes.heedsWeights ? 'heeded' : 'ignored',
      String(measures.longestRun),
      measures.equal.toFixed(2),
      measures.oneSlow < 100 ? measures.oneSlow.toFixed(2) : 'grows',
      notes.pick,
      ...speedCells(policy.name),
    ];
  });
  const heads = ['policy', 'weights', 'longest run', 'equal', 'one slow', 'a pick'];
  return table([...heads, ...SPEED_HEADS], rows);
}

const SPEED_HEADS = ['M picks/s', 'rebuild', 'memory'];

function speedCells(name: string): string[] {
  const speed = measuredSpeed()?.policies[name];
  if (speed === undefined) return ['', '', ''];
  const { picksPerSecond, buildMs, bytes } = speed;
  const millions = picksPerSecond / 1e6;
  return [
    millions.toFixed(millions < 10 ? 1 : 0),
    `${buildMs < 10 ? buildMs.toFixed(1) : buildMs.toFixed(0)} ms`,
    bytes < 1024 ? '< 1 KiB' : `${Math.round(bytes / 1024)} KiB`,
  ];
}

const percent = (ratio: number): string => `${(100 * ratio).toFixed(1)} %`;
const times = (ratio: number): string => `× ${ratio.toFixed(2)}`;
