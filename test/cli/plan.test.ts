import { describe, expect, it } from 'vitest';
import {
  decodeScenario,
  describePlan,
  expand,
  loadScenario,
  requestRun,
} from '../../scenarios/index.ts';
import { labText } from './cli-process.ts';

function planOf(text: string) {
  const decoded = decodeScenario('plan.yaml', text);
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.diagnostics));
  const plans = expand(decoded.value);
  if (!plans.ok) throw new Error('no plans');
  return describePlan(requestRun(decoded.value, plans.value));
}

const linesOf = (text: string, topic: string): readonly string[] =>
  planOf(text).sections.find((section) => section.topic === topic)?.lines ?? [];

describe('the plan', () => {
  it('load is rate × mean service time ÷ slots: 50/s × 10 ms ÷ 1 = 50 %', () => {
    expect(linesOf(labText(), 'load')).toEqual(['50 req/s on average; pop/lab 50 % of 100 req/s']);
    const slots = labText().replace('servers: 1, concurrency: 1', 'servers: 2, concurrency: 5');
    expect(linesOf(slots, 'load')).toEqual(['50 req/s on average; pop/lab 5 % of 1000 req/s']);
  });

  it('I-6: warns of every entity with ρ ≥ 1, at the limit too, and of none below', () => {
    const at = (rate: number): readonly string[] =>
      planOf(labText().replace('50/s', `${rate}/s`)).warnings.filter((one) =>
        /overloaded/.test(one),
      );
    expect(at(99)).toEqual([]);
    expect(at(100)).toHaveLength(1);
    expect(at(150)[0]).toMatch(/^pop\/lab is overloaded: ρ = 1\.50 /);
  });

  it('says what a run costs: strategies × replications', () => {
    expect(linesOf(labText(), 'cells')[0]).toMatch(/^1 strategy × 10 replications = 10 runs/);
  });

  const world = `version: 1
name: world
include: [{ preset: topology/global-8 }, { preset: workload/web-mix }]
traffic: { rate: 100/s }
events: [{ at: 5m, name: fra-down, fail: pop/fra, mode: power, for: 20m }]
prefixes: { www: { bgp: { hold_timer: 90s } } }
strategies:
  baseline: anycast
  anycast: { routing: anycast }
  anycast-bfd: { routing: anycast, prefixes.www.bgp.bfd: on }
run: { duration: 30m, replications: 10..40 }
`;

  it('a POP without power is noticed within the hold timer, by BFD within 0.9 s', () => {
    expect(linesOf(world, 'detection')).toEqual([
      'fra-down: BGP hold timer 90 s (bfd off) → withdrawn 0:06:00..0:06:30   (anycast)',
      'fra-down: BFD → withdrawn 0:05:00.9   (anycast-bfd)',
    ]);
    expect(linesOf(world, 'timeline')).toEqual(['0:05:00  fra-down: fail pop/fra until 0:25:00']);
  });

  it('how many servers an autoscaler has, and how late it is', () => {
    const scaled = `version: 1
name: scaled
network: { pops: { lab: { servers: 12, autoscale: { target: utilisation 60%, min: 2 } } } }
traffic: { arrivals: poisson 10/s, classes: { page: { service_time: 10ms } } }
run: { duration: 1m, replications: 10 }
`;
    expect(linesOf(scaled, 'autoscaling')).toEqual([
      'pop/lab: 2 to 12 servers, 2 at first, for 60 % of its slots busy; looks every 15 s, ' +
        'a server is up 30 s later, down after 300 s',
    ]);
  });

  it('says which POPs are busiest, found by sending requests through the routing', () => {
    const decoded = decodeScenario('plan.yaml', world);
    if (!decoded.ok) throw new Error('invalid');
    const plans = expand(decoded.value);
    if (!plans.ok) throw new Error('no plans');
    const request = requestRun(decoded.value, plans.value);
    const lines = describePlan(request, { withCatchments: true }).sections.find(
      ({ topic }) => topic === 'load',
    )!.lines;
    const shares = [...lines[0]!.matchAll(/pop\/(\w+) ([\d.]+) % of/g)].map((match) =>
      Number(match[2]),
    );
    expect(shares.length).toBeGreaterThan(2);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(shares[0]! / shares.at(-1)!).toBeGreaterThan(1.1);
    expect(describePlan(request, { withCatchments: true }).sections).toEqual(
      describePlan(request, { withCatchments: true }).sections,
    );
  });

  it('names the busiest link and, given a clock, says how long it will take', async () => {
    const decoded = await loadScenario('scenarios/library/origin-overload.yaml');
    if (!decoded.ok) throw new Error('invalid');
    const plans = expand(decoded.value);
    if (!plans.ok) throw new Error('no plans');
    const request = requestRun(decoded.value, plans.value);
    // A clock that advances by as many ms as there are calls: 1, 2, 3 … between two of them.
    let calls = 0;
    let nowMs = 0;
    const clockMs = () => (nowMs += ++calls);
    const { sections } = describePlan(request, { withCatchments: true, clockMs });
    const lines = (topic: string) => sections.find((section) => section.topic === topic)!.lines;
    expect(lines('load')[1]).toMatch(/^busiest link: [a-z]+-[a-z]+, [\d.e-]+ % of its capacity/);
    expect(lines('cells')[1]).toMatch(/^about [\d.]+ (s|min|h) of processor time a run /);
    expect(calls).toBe(6);
  });

  it('counts the map and finds it connected', () => {
    expect(linesOf(world, 'topology')[0]).toMatch(/^8 POPs .*; connected; no isolated POP$/);
    expect(planOf(world)).toMatchObject({ popCount: 8, strategyCount: 2 });
  });
});
