import seedrandom from 'seedrandom';
import { expect, test } from 'vitest';
import {
  createBalancer,
  createHealthChecker,
  policies,
  type Prober,
  type ProbeOutcome,
  type Timers,
} from '../../balancer/index.ts';
import { createSystemTimers } from '../../balancer/live/index.ts';
import { FakeTimers } from '../balancer/fake-timers.ts';

/**
 * What the probes of each backend meet, one letter a probe: p passes, f fails, and - is lost. After
 * its last letter a backend passes.
 */
const SCRIPTS = ['pppppp', 'fffppp', 'pffppffp', '---pp', 'p-f-ppp', 'fpfpfpff', 'ffff--pp', 'p'];

const INTERVAL_NS = 40e6;

/** By then every script has been played and its last transition made. */
const PROBES_AT_LEAST = 11;

/** One balancer with its checker: what happened to each backend, and what it then picks. */
function setUp(timers: Timers) {
  const definition = policies.find(({ name }) => name === 'rendezvous')!;
  const policy = definition.create({}, { random: () => 0 });
  const balancer = createBalancer({ policy, clock: timers, panicThreshold: 0.5 });
  for (const index of SCRIPTS.keys()) balancer.add({ id: `backend-${index}` });
  const probeCount = SCRIPTS.map(() => 0);
  const history = SCRIPTS.map(() => '');
  const prober: Prober = {
    probe(backend, done) {
      const letter = SCRIPTS[backend]![probeCount[backend]!++] ?? 'p';
      if (letter === '-') return;
      const outcome: ProbeOutcome = letter === 'p' ? 'pass' : 'fail';
      timers.after(1e6, () => done(outcome));
    },
  };
  const checker = createHealthChecker({
    pool: balancer.pool,
    timers,
    prober,
    random: seedrandom.alea('phases'),
    intervalNs: INTERVAL_NS,
    timeoutNs: 20e6,
    fall: 2,
    rise: 2,
    jitterRatio: 0.05,
    onTransition: (backend, transition) => {
      history[backend] += `${transition}@${probeCount[backend]} `;
    },
  });
  checker.start();
  const finish = () => {
    checker.stop();
    const keys = Array.from({ length: 500 }, (_, key) => Math.imul(key, 0x9e3779b1) >>> 0);
    return { history, picks: keys.map((key) => balancer.pick(key, 0)) };
  };
  return { isPlayed: () => Math.min(...probeCount) >= PROBES_AT_LEAST, finish };
}

test('the same transitions and picks under a kernel’s timers and this machine’s', async () => {
  const fakeTimers = new FakeTimers();
  const simulation = setUp(fakeTimers);
  while (!simulation.isPlayed()) fakeTimers.runUntil(fakeTimers.nowNs + INTERVAL_NS);

  const live = setUp(createSystemTimers());
  while (!live.isPlayed()) await new Promise((later) => setTimeout(later, INTERVAL_NS / 1e6));

  const simulated = simulation.finish();
  expect(live.finish()).toEqual(simulated);
  // By hand: two failures or losses in a row bring a backend down, two passes bring it up.
  expect(simulated.history).toEqual([
    '',
    'down@2 up@5 ',
    'down@3 up@5 down@7 up@9 ',
    'down@2 up@5 ',
    'down@3 up@6 ',
    'down@8 up@10 ',
    'down@2 up@8 ',
    '',
  ]);
});
