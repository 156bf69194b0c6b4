import { describe, expect, it } from 'vitest';
import { decodeScenario, expand, LIMITS, type Scenario } from '../../../scenarios/index.ts';
import { LAB, errorsOf, scenarioOf, shown, worldOf } from './texts.ts';

const STORY = `${LAB}events: [{ at: 5m, name: crash, fail: server/lab/0, mode: power, for: 1m }]\n`;
const recording = (output: string) => worldOf(`${LAB}output: ${output}\n`).record.recording;

describe('output', () => {
  it('records nothing unless asked, and a time series for a threshold alone is none', () => {
    expect(recording('{ record: [summary] }')).toBeUndefined();
    const recovery = 'recovery_time(p95(latency) within 10%) after crash < 30s';
    expect(worldOf(`${STORY}thresholds: [${recovery}]\n`).record.recording).toBeUndefined();
  });

  it.each([
    ['{ record: [timeline 2s] }', [2, 0, 0, 0, 0]],
    ['{ record: [timeline 15s, pops 1s] }', [1, 0, 0, 0, 0]],
    ['{ record: [timeline] }', [1, 0, 0, 0, 0]],
    ['{ record: [catchments, servers 500ms, link_utilisation 2s] }', [0.5, 10, 2, 0.5, 0]],
    ['{ trace: 1 in 1000 }', [10, 0, 0, 0, 1000]],
    ['{ record: [timeline 1s], trace: 1 in 2k }', [1, 0, 0, 0, 2000]],
  ])('%s', (output, [pops, regions, links, servers, traceOneIn]) => {
    expect(recording(output)).toEqual({
      popsNs: pops! * 1e9,
      regionsNs: regions! * 1e9,
      linksNs: links! * 1e9,
      serversNs: servers! * 1e9,
      traceOneIn,
    });
  });

  it('the width of the map does not change that of the time series', () => {
    const { record } = worldOf(`${LAB}output: { record: [timeline 15s, pops 1s] }\n`);
    expect(record.timelineNs).toBe(15e9);
    expect(worldOf(`${LAB}output: { record: [pops 1s] }\n`).record.timelineNs).toBe(0);
  });

  it('a recording too large to hold is coarser, and that is said', () => {
    // 72 million buckets of 34 bytes.
    const text = `${LAB.replace('30m', '20h')}output: { record: [pops 1ms] }\n`;
    const factor = Math.ceil((20 * 3600e3 * 34) / LIMITS.recordingBytes);
    expect(worldOf(text).record.recording!.popsNs).toBe(factor * 1e6);
    expect(scenarioOf(text).warnings).toMatchObject([{ code: 'W0110' }]);
  });

  it.each([
    ['{ record: [everything] }', /'everything' is not something to record/],
    ['{ record: [summary 1s] }', /'summary 1s' is not something to record/],
    ['{ record: [servers 0s] }', /'servers 0s' is not something to record/],
    ['{ trace: 1000 }', /E0203/],
    ['{ trace: 1 of 1000 }', /'1 of 1000' is not a share of requests/],
    ['{ trace: 1 in 0 }', /'1 in 0' is not a share/],
  ])('refuses %s', (output, message) => {
    const errors = shown(errorsOf(`${LAB}output: ${output}\n`));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(message);
  });
});

describe('captions', () => {
  const storyOf = (story: string): Scenario['story'] =>
    scenarioOf(`${STORY}story:\n${story}`).story;

  it('wait for instants and for events', () => {
    expect(
      storyOf(`  - { at: 90s, for: 5s, text: one }
  - { at: crash, show: pop/lab, text: two }
  - { at: crash + 8s, text: three }
  - four
`),
    ).toEqual([
      { atNs: 90e9, forNs: 5e9, text: 'one', show: null },
      { atNs: 300e9, forNs: null, text: 'two', show: 'pop/lab' },
      { atNs: 308e9, forNs: null, text: 'three', show: null },
      { atNs: null, forNs: null, text: 'four', show: null },
    ]);
  });

  it('may be a mapping from events', () => {
    expect(storyOf('  crash: It is gone.\n')).toEqual([
      { atNs: 300e9, forNs: null, text: 'It is gone.', show: null },
    ]);
  });

  it.each([
    [
      '  - { at: crush + 8s, text: x }\n',
      "E0307 14:11 unknown event 'crush' | did you mean 'crash'",
    ],
    ['  crush: x\n', "E0307 14:3 unknown event 'crush' | did you mean 'crash'"],
    ['  - { at: crash - 8s, text: x }\n', "E0206 14:11 'crash - 8s' is not a moment"],
    ['  - { at: 5s, show: pop/lob, text: x }\n', "E0306 14:21 unknown pop 'pop/lob'"],
    ['  - { at: 5, text: x }\n', 'E0203 14:11'],
  ])('refuse %s', (story, message) => {
    const errors = shown(errorsOf(`${STORY}story:\n${story}`));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(message);
  });

  it('are the same for every strategy and change nothing in their worlds', () => {
    const plain = decodeScenario('a.yaml', STORY);
    const told = decodeScenario('a.yaml', `${STORY}story: { crash: x }\n`);
    if (!plain.ok || !told.ok) throw new Error('refused');
    const [without, withStory] = [expand(plain.value), expand(told.value)];
    if (!without.ok || !withStory.ok) throw new Error('refused');
    expect(withStory.value.map(({ world }) => world)).toEqual(
      without.value.map(({ world }) => world),
    );
  });
});
