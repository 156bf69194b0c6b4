import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { healthChecks, policies } from '../../balancer/index.ts';
import { familyPages } from '../../scripts/docs/balancing/family-pages.ts';
import { withGeneratedPart } from '../../scripts/docs/generated-part.ts';

describe('pages of the balancer', () => {
  it.each(familyPages)('$page is up to date', (part) => {
    const advice = 'run npx tsx scripts/docs/write-all.ts';
    expect(readFileSync(part.page, 'utf8'), advice).toBe(withGeneratedPart(part));
  });

  it('every policy has a row in one of them', () => {
    const rows = familyPages.flatMap(({ page }) =>
      [...readFileSync(page, 'utf8').matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, name]) => name!),
    );
    expect(rows.toSorted()).toEqual(policies.map(({ name }) => name).toSorted());
  });

  it.each(['docs/balancer.md', 'docs/balancer-catalogue.md'])('%s names them all', (page) => {
    const text = readFileSync(page, 'utf8');
    // `ketama`, `-libmemcached`: names that share a beginning are written once.
    const isNamed = (name: string): boolean =>
      text.includes(`\`${name}\``) ||
      name.split('-').some((_, i, parts) => text.includes(`\`-${parts.slice(i).join('-')}\``));
    expect(policies.map(({ name }) => name).filter((name) => !isNamed(name))).toEqual([]);
    if (page.includes('catalogue')) {
      const missing = healthChecks.map(({ name }) => name).filter((name) => !isNamed(name));
      expect(missing).toEqual([]);
    }
  });
});
