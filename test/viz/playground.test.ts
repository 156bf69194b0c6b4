import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import xxhashWasm from 'xxhash-wasm';
import { parse } from 'yaml';
import { editScenario } from '../../viz/playground/edit-scenario.ts';
import {
  isEdited,
  NO_EDITS,
  withCapacity,
  withLinkToggled,
  withPolicy,
  type Edits,
} from '../../viz/playground/edits.ts';
import withoutWasm from '../../viz/playground/xxhash-without-wasm.ts';

const SCENARIO = `# a comment at the top
name: small
network:
  pops:
    fra:
      # a comment inside
      servers: 10
    ams:
      servers:
        - { count: 4, speed: 1 }
        - count: 6
balancer:
  policy: maglev
  table_size: 65537
  hash_key: client
  panic_threshold: 50%
strategies:
  plain: {}
  own: { balancer.policy: two-choices, balancer.choices: 3, dns.ttl: 30s }
events:
  - { at: 5m, fail: pop/fra }
`;

const edited = (edits: Partial<Edits>, strategy = 'plain', text = SCENARIO) =>
  editScenario(text, strategy, { ...NO_EDITS, ...edits }, { fra: 10, ams: 10, lhr: 7 });

describe('a scenario with edits', () => {
  it('is the same value without any, and keeps its comments', () => {
    expect(parse(edited({}))).toEqual(parse(SCENARIO));
    const text = edited({ capacity: { fra: 0.5 } });
    expect(text).toContain('# a comment at the top');
    expect(text).toContain('# a comment inside');
  });

  it('has capacities as multiples of what each POP has, one server at least', () => {
    const { pops } = parse(edited({ capacity: { fra: 0.25, ams: 1.5, lhr: 3 } })).network;
    expect(pops.fra.servers).toBe(3);
    expect(pops.ams.servers).toEqual([{ count: 6, speed: 1 }, { count: 9 }]);
    // Not in the text: its count is what was run.
    expect(pops.lhr.servers).toBe(21);
    expect(parse(edited({ capacity: { fra: 0.01 } })).network.pops.fra.servers).toBe(1);
  });

  it('cuts links at the start, after the events that are there', () => {
    const { events } = parse(edited({ cutLinks: ['fra-ams', 'ams-lhr'] }));
    expect(events).toEqual([
      { at: '5m', fail: 'pop/fra' },
      { at: '0s', fail: 'link/fra-ams' },
      { at: '0s', fail: 'link/ams-lhr' },
    ]);
    expect(parse(edited({ cutLinks: ['a-b'] }, 'plain', 'name: bare\n')).events).toHaveLength(1);
  });

  it("takes another policy without the old one's options, and keeps what stands around it", () => {
    expect(parse(edited({ policy: 'round-robin' }, 'absent')).balancer).toEqual({
      policy: 'round-robin',
      hash_key: 'client',
      panic_threshold: '50%',
    });
  });

  it("sets the policy among a strategy's own settings, which win", () => {
    const { strategies, balancer } = parse(edited({ policy: 'round-robin' }, 'own'));
    expect(strategies.own).toEqual({ 'dns.ttl': '30s', 'balancer.policy': 'round-robin' });
    expect(balancer.policy).toBe('maglev');
  });

  it('puts names of any kind into the text as names', () => {
    const name = 'x: "y"\n- {z}';
    const { events, network } = parse(edited({ cutLinks: [name], capacity: { [name]: 2 } }));
    expect(events.at(-1).fail).toBe(`link/${name}`);
    expect(network.pops[name].servers).toBe(2);
  });
});

describe('edits', () => {
  it('are taken back by a factor of 1, a second click, or no policy', () => {
    const all = withPolicy(withLinkToggled(withCapacity(NO_EDITS, 'fra', 2), 'a-b'), 'maglev');
    expect(isEdited(all)).toBe(true);
    expect(all).toEqual({ policy: 'maglev', capacity: { fra: 2 }, cutLinks: ['a-b'] });
    const none = withPolicy(withLinkToggled(withCapacity(all, 'fra', 1), 'a-b'), null);
    expect(none).toEqual(NO_EDITS);
    expect(isEdited(none)).toBe(false);
  });
});

describe('hashes without WebAssembly', () => {
  it('are those of xxhash-wasm', async () => {
    const [plain, wasm] = await Promise.all([withoutWasm(), xxhashWasm()]);
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 70 }),
        fc.nat({ max: 0xff_ff_ff_ff }),
        (text, seed) => {
          expect(plain.h32(text, seed)).toBe(wasm.h32(text, seed));
          expect(plain.h64(text, BigInt(seed))).toBe(wasm.h64(text, BigInt(seed)));
        },
      ),
      { numRuns: 40 },
    );
  });
});
