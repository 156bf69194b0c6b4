import seedrandom from 'seedrandom';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES, renderDiagnostics } from '../../../scenarios/index.ts';
import { MUTATIONS } from './mutations.ts';
import { corpus, decodeIn, LAB } from './texts.ts';

/** Promises I-1 and I-2: no input crashes or hangs, and every refusal says what and where. */

const FILES = 2000;
const SEED = process.env['FUZZ_SEED'] ?? 'fuzz-1';

describe('fuzzed scenarios', () => {
  it(`${FILES} spoiled files: no crash, each refusal with code and place`, () => {
    const random = seedrandom(SEED);
    // Laboratories decode in a millisecond; the large ones are there for their words.
    const texts = [
      ...corpus(),
      ...Array.from({ length: 25 }, () => ({ file: 't.yaml', text: LAB })),
    ];
    const names = Object.keys(MUTATIONS);
    const kinds = { ok: 0, refused: 0 };
    let slowestMs = 0;
    for (let i = 0; i < FILES; i++) {
      const { file, text } = texts[Math.floor(random() * texts.length)]!;
      const used = Array.from(
        { length: 1 + Math.floor(random() * 2) },
        () => names[i % 2 === 0 ? i % names.length : Math.floor(random() * names.length)]!,
      );
      const spoiled = used.reduce((now, name) => MUTATIONS[name]!(now, random), text);
      const start = performance.now();
      const decoded = decodeIn(dirname(file), file, spoiled);
      slowestMs = Math.max(slowestMs, performance.now() - start);
      const about = `file ${i} of seed ${SEED} (${used.join(', ')})`;
      if (decoded.ok) {
        kinds.ok++;
        continue;
      }
      kinds.refused++;
      expect(decoded.diagnostics.length, about).toBeGreaterThan(0);
      for (const diagnostic of decoded.diagnostics.slice(0, 60)) {
        expect(Object.keys(ERROR_CODES), about).toContain(diagnostic.code);
        expect(diagnostic.line, about).toBeGreaterThanOrEqual(1);
        expect(diagnostic.column, about).toBeGreaterThanOrEqual(1);
        expect(diagnostic.message, about).not.toMatch(
          /\u0001|undefined|\[object|internal error|\n|^#\d/,
        );
      }
      const printed = renderDiagnostics(decoded.diagnostics, decoded.sources);
      // eslint-disable-next-line no-control-regex
      expect(printed, about).not.toMatch(
        /[\u0000-\u0009\u000b-\u001f\u007f\u202e]|^\s+at .*:\d+:\d+\)?$/m,
      );
    }
    console.log(
      `refused ${kinds.refused}, still right ${kinds.ok}, slowest ${slowestMs.toFixed(0)} ms`,
    );
    expect(kinds.refused).toBeGreaterThan(FILES / 2);
    expect(slowestMs).toBeLessThan(2000);
  });
});
