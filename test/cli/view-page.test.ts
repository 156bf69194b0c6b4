import { describe, expect, it } from 'vitest';
import { renderPage } from '../../cli/view/page.ts';
import { sampleSummary } from './sample-summary.ts';

describe('the page', () => {
  it('has a row a threshold and a column a strategy, in the units of the terminal', async () => {
    const summary = sampleSummary();
    const versus = {
      text: 'p95(latency) no worse than +3% against baseline',
      strategy: 'geo-dns',
      value: { mean: 0.2095, low: 0.17, high: 0.25, replications: 14 },
      result: 'fail' as const,
    };
    const thresholds = [...summary.thresholds, versus, { ...versus, strategy: 'anycast' }];
    const page = (await renderPage({ ...summary, thresholds }, null)).replace(/\s+/g, ' ');
    const row = (title: string): string[] => {
      const from = page.indexOf(`<bdi>${title}</bdi>`);
      const cells = page.slice(from, page.indexOf('</tr>', from));
      return [...cells.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, text]) => text!);
    };
    expect(row('availability &gt;= 99.95%')).toEqual([
      '99.982 ±0.004<small>pass</small>',
      '99.961 ±0.009<small>pass</small>',
    ]);
    expect(row('p95(latency) no worse than +3% against baseline')).toEqual([
      'baseline',
      '+20.9 % [+17.0, +25.0]<small>fail</small>',
    ]);
    expect(row('p95 latency during fra-down')).toEqual(['+98 % [+85, +112]<small>worse</small>']);
    expect(page.match(/<details>/g)).toHaveLength(2);
  });
});

describe('D-7: hostile names', () => {
  const payloads = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    '</title><script>',
    '<svg/onload=alert(1)>',
    '&lt;script&gt;',
    'javascript:alert(1)',
    '\u202eevil',
    '\u001b[2J',
    '{{7*7}}',
    '${alert(1)}',
    '<!--',
    ']]>',
    '<a href=javascript:alert(1)>',
    'x'.repeat(65_536),
  ];

  it.each(payloads.map((payload) => [payload.slice(0, 40), payload]))('%s', async (_, payload) => {
    const summary = sampleSummary();
    const strategy = summary.strategies['anycast']!;
    const page = await renderPage(
      {
        ...summary,
        scenario: { name: payload, sha256: '' },
        strategies: { [payload]: { ...strategy, pops: { [payload]: strategy.metrics } } },
        thresholds: [{ ...summary.thresholds[0]!, text: payload, strategy: payload }],
        comparisons: [{ ...summary.comparisons[1]!, strategy: payload, during: payload }],
        baseline: payload,
        notes: [payload],
      },
      null,
    );
    const tags = [...page.matchAll(/<\/?([a-z0-9!]+)/gi)].map((match) => match[1]!.toLowerCase());
    const ours = [
      '!doctype',
      'html',
      'head',
      'meta',
      'title',
      'link',
      'body',
      'h1',
      'h2',
      'h3',
      'details',
      'small',
      'summary',
      'p',
      'bdi',
      'div',
      'table',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
      'ul',
      'li',
      'a',
      'strong',
    ];
    expect(tags.filter((tag) => !ours.includes(tag))).toEqual([]);
    expect(page).not.toMatch(/<[^>]+\son\w+=/i);
    expect(page).not.toMatch(/href="(?!\/)/);
    expect(page.length).toBeLessThan(40_000);
  });
});
