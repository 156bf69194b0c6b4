import { describe, expect, it } from 'vitest';
import {
  decodeScenario,
  ERROR_CODES,
  renderDiagnostics,
  scenarioJsonSchema,
  type RenderOptions,
} from '../../../scenarios/index.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LAB } from './texts.ts';

function printed(text: string, options: RenderOptions = {}): string {
  const decoded = decodeScenario('lb.yaml', text);
  if (decoded.ok) return renderDiagnostics(decoded.warnings, decoded.sources, options);
  return renderDiagnostics(decoded.diagnostics, decoded.sources, options);
}

const WRONG = LAB.replace('random', 'least-conn');

describe('diagnostics as text', () => {
  it('look like this', () => {
    const names = /policies: .*/;
    expect(printed(WRONG).replace(names, 'policies: …')).toBe(
      [
        "error[E0304]: unknown policy 'least-conn'",
        '  --> lb.yaml:10:21',
        '   |',
        '10 | balancer: { policy: least-conn }',
        '   |                     ^^^^^^^^^^ not a policy',
        '   |',
        "   = did you mean 'least-request'?",
        '   = policies: …',
        '   = anycastle explain E0304',
        '',
        '1 error in 1 file. Nothing was run.',
      ].join('\n'),
    );
  });

  it('at most 50 are shown, and the rest is counted', () => {
    const many = `${LAB}${Array.from({ length: 162 }, (_, i) => `unknown-${i}: 1`).join('\n')}\n`;
    const text = printed(many);
    expect(text.match(/^error\[/gm)!.length).toBe(50);
    expect(text).toContain('… and 112 more');
    expect(text).toContain('162 errors in 1 file. Nothing was run.');
  });

  it('a long line is cut around the place', () => {
    const long = LAB.replace('{ servers: 1,', `{ ${' '.repeat(300)}serves: 1, ${' '.repeat(300)}`);
    const rows = printed(long).split('\n');
    const line = rows.findIndex((row) => row.includes('serves: 1'));
    expect(rows[line]!.length).toBeLessThan(170);
    const caret = rows[line + 1]!.indexOf('^');
    expect(rows[line]!.slice(caret, caret + 6)).toBe('serves');
  });

  it('control characters of names are shown, not sent', () => {
    const text = printed(LAB.replace('balancer:', '"bal\\e[31mancer":'));
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/\u001b/);
    const colored = renderDiagnostics(
      [
        {
          code: 'E0301',
          severity: 'error',
          file: 'a\u001b[2J.yaml',
          line: 1,
          column: 1,
          message: 'x\u202ey',
        },
      ],
      new Map(),
    );
    expect(colored).toContain('a\\u{1b}[2J.yaml');
    expect(colored).toContain('x\\u{202e}y');
  });

  it('is coloured only when asked', () => {
    // eslint-disable-next-line no-control-regex
    expect(printed(WRONG, { color: true })).toMatch(/\u001b\[/);
  });
});

describe('diagnostics for machines', () => {
  it('json, sarif and github carry code, place and advice', () => {
    const [json] = JSON.parse(printed(WRONG, { format: 'json' })) as Record<string, unknown>[];
    expect(json).toMatchObject({
      code: 'E0304',
      line: 10,
      column: 21,
      endColumn: 31,
      severity: 'error',
    });
    const sarif = JSON.parse(printed(WRONG, { format: 'sarif' })) as {
      runs: { results: object[] }[];
    };
    expect(sarif.runs[0]!.results[0]).toMatchObject({
      ruleId: 'E0304',
      level: 'error',
      locations: [
        { physicalLocation: { region: { startLine: 10, startColumn: 21, endColumn: 31 } } },
      ],
    });
    expect(printed(WRONG, { format: 'github' })).toBe(
      '::error file=lb.yaml,line=10,col=21,title=E0304::' +
        "unknown policy 'least-conn' (did you mean 'least-request'?)",
    );
  });
});

describe('codes', () => {
  const folder = join(process.cwd(), 'scenarios');
  const sources = ['', 'build', 'schema'].flatMap((part) =>
    readdirSync(join(folder, part))
      .filter((name) => name.endsWith('.ts') && name !== 'error-codes.ts')
      .map((name) => readFileSync(join(folder, part, name), 'utf8')),
  );
  const used = new Set(sources.join('\n').match(/(?<=')[EW]\d{4}(?=')/g));

  it('every code that is used is explained, and every explained code is used', () => {
    const unexplained = [...used].filter((code) => ERROR_CODES[code] === undefined);
    expect(unexplained).toEqual([]);
    const stale = Object.keys(ERROR_CODES).filter(
      (code) => !used.has(code) && !sources.some((text) => text.includes(`${code}:`)),
    );
    expect(stale).toEqual([]);
  });
});

describe('warnings', () => {
  it('an unstable load is warned of, with ρ', () => {
    const decoded = decodeScenario('t.yaml', LAB.replace('80/s', '125/s'));
    expect(decoded.ok && decoded.warnings).toMatchObject([
      { code: 'W0109', line: 7, message: 'pop/lab gets more work than it can do: ρ = 1.25' },
    ]);
    const stable = decodeScenario('t.yaml', LAB);
    expect(stable.ok && stable.warnings).toEqual([]);
  });
});

describe('JSON Schema', () => {
  const schema = scenarioJsonSchema() as {
    properties: Record<string, { properties?: Record<string, unknown> }>;
    $defs: Record<string, unknown>;
    additionalProperties: boolean;
  };

  it('names every section, and refuses others', () => {
    expect(Object.keys(schema.properties)).toEqual(
      expect.arrayContaining([
        'version',
        'name',
        'include',
        'network',
        'traffic',
        'cache',
        'origins',
        'balancer',
        'routing',
        'health',
        'events',
        'strategies',
        'run',
        'thresholds',
        'output',
      ]),
    );
    expect(schema.additionalProperties).toBe(false);
    expect(schema.properties['run']!.properties).toHaveProperty('warmup');
  });

  it('describes what is written, not what it becomes', () => {
    const duration = schema.properties['run']!.properties!['duration'] as { $ref?: string };
    const shared = schema.$defs[duration.$ref?.replace('#/$defs/', '') ?? ''];
    expect(shared ?? duration).toMatchObject({ type: 'string' });
    expect(JSON.stringify(schema)).toContain('least-request');
  });
});
