import { expect, test } from 'vitest';
import { policies, policyAliases, policyNotes } from '../../../balancer/index.ts';
import { EXCEPTIONS } from '../../conformance/exceptions.ts';
import { describePolicy } from '../../conformance/policy.ts';

for (const definition of policies) describePolicy(definition, EXCEPTIONS[definition.name]);

const ringHash = policies.find(({ name }) => name === 'ring-hash')!;
describePolicy(ringHash, {
  options: { vnodes: 100 },
  shareBound: { bound: 0.04, reason: 'weight 5 of 12 × 100 points: s.e. 1.4 %' },
});

describePolicy(ringHash, {
  options: { vnodes: 160, load_bound: 1.25 },
  shareBound: { bound: 0.04, reason: '1920 points: s.e. 1.1 %; the bound pulls shares together' },
});

for (const name of ['maglev', 'ring-hash', 'rendezvous-envoy']) {
  describePolicy(
    policies.find((policy) => policy.name === name)!,
    {
      ...EXCEPTIONS[name],
      options: { hash_balance_factor: 150 },
      shareBound: { bound: 0.04, reason: 'as without the factor, which pulls shares together' },
      attemptsRepeat: 'a random jump instead of a walk: two attempts may land on one backend',
    },
  );
}

const prequal = policies.find(({ name }) => name === 'prequal')!;
describePolicy(prequal, { ...EXCEPTIONS['prequal'], options: { mode: 'sync' } });

const c3 = policies.find(({ name }) => name === 'c3')!;
describePolicy(c3, { ...EXCEPTIONS['c3'], options: { rate_control: true } });

const grpc = policies.find(({ name }) => name === 'wrr-grpc')!;
for (const ties of ['in-order', 'heap']) {
  describePolicy(grpc, { options: { scheduler: 'edf', ties } });
}

const twoChoices = policies.find(({ name }) => name === 'two-choices')!;
describePolicy(twoChoices, { options: { choices: 3, replacement: true } });

test('names are unique and every alias leads to a policy', () => {
  const names = policies.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const [alias, name] of Object.entries(policyAliases)) {
    expect(names).toContain(name);
    expect(names).not.toContain(alias);
  }
});

test('notes and the suite agree on who heeds weights, and no exception is for nothing', () => {
  const names = policies.map(({ name }) => name);
  for (const name of Object.keys(EXCEPTIONS)) expect(names).toContain(name);
  for (const name of names) {
    expect({ name, heeds: policyNotes[name]!.heedsWeights }).toEqual({
      name,
      heeds: EXCEPTIONS[name]?.ignoresWeights === undefined,
    });
  }
});
