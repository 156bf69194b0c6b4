import { describe, expect, it } from 'vitest';
import { compileNetwork, importJson, Relation } from '../../topology/index.ts';

const fra = { name: 'fra', latitude: 50.12, longitude: 8.68, country: 'DE', continent: 'europe' };
const ams = { name: 'ams', latitude: 52.37, longitude: 4.89, country: 'NL', continent: 'europe' };
const MAP = {
  metros: [fra, ams],
  ases: [
    { asn: 1299, metros: ['fra', 'ams'], tier: 'tier-1' },
    { asn: 64500, metros: ['fra'] },
  ],
  links: [{ provider: 1299, customer: 64500 }],
  ixps: [{ name: 'de-cix', metro: 'fra' }],
  pops: [
    { name: 'fra', metro: 'fra' },
    { name: 'ams', metro: 'ams' },
  ],
  sessions: [
    { pop: 'fra', asn: 1299, relation: 'provider' },
    { pop: 'fra', asn: 64500, relation: 'peer', ixp: 'de-cix' },
  ],
  backbone: [{ between: ['fra', 'ams'], latencyMs: 3.4, bandwidth: '800Gbps' }],
  regions: [
    { name: 'de-fra', metro: 'fra', asn: 64500, share: 3 },
    { name: 'nl-ams', metro: 'ams', asn: 1299, share: 1, access: 'dsl' },
  ],
};

describe('importJson', () => {
  it('reads a whole map', () => {
    const imported = importJson(JSON.stringify(MAP));
    if (!imported.ok) throw new Error(imported.message);
    const network = compileNetwork(imported.value);
    expect(network.popNames).toEqual(['ams', 'fra']);
    expect([...network.linkLatencyNs]).toEqual([3_400_000]);
    expect([...network.linkBandwidthBps]).toEqual([8e11]);
    expect([...network.regionPopulationShare]).toEqual([0.75, 0.25]);
    expect([...network.regionAccessRttNs]).toEqual([9_700_000, 26_800_000]);
    expect([...network.sessionRelation]).toEqual([Relation.Provider, Relation.Peer]);
    // AS 1299 sees a customer, AS 64500 a provider.
    expect([...network.neighbourRelation]).toEqual([Relation.Customer, Relation.Provider]);
  });

  it('takes the latency of cable where none is given', () => {
    const backbone = [{ between: ['fra', 'ams'], bandwidth: '1Gbps' }];
    const imported = importJson(JSON.stringify({ ...MAP, backbone }));
    if (!imported.ok) throw new Error(imported.message);
    // 364 km × 1.4 ÷ 199.861 km/ms = 2.55 ms.
    expect(compileNetwork(imported.value).linkLatencyNs[0]! / 1e6).toBeCloseTo(2.55, 2);
  });

  it.each([
    ['not JSON', '{', /not JSON/],
    ['unknown key', JSON.stringify({ ...MAP, popz: [] }), /popz/],
    ['missing metros', '{}', /metros/],
    [
      'unknown metro',
      change({ pops: [{ name: 'x', metro: 'lis' }] }),
      /pops.0.metro: there is no metro lis/,
    ],
    ['unknown AS', change({ links: [{ peers: [1, 1299] }] }), /links.0: there is no AS 1/],
    [
      'unknown POP',
      change({ backbone: [{ between: ['fra', 'lis'], bandwidth: '1Gbps' }] }),
      /no POP lis/i,
    ],
    [
      'bandwidth',
      change({ backbone: [{ between: ['fra', 'ams'], bandwidth: '10gbps' }] }),
      /10Gbps \(bits\)/,
    ],
    [
      'no bandwidth',
      change({ backbone: [{ between: ['fra', 'ams'], bandwidth: '0bps' }] }),
      /more than 0/,
    ],
    ['name twice', change({ metros: [fra, ams, fra] }), /metro\/fra/],
    ['link twice', change({ links: [MAP.links[0], MAP.links[0]] }), /as\/64500~as\/1299/],
    ['latitude', change({ metros: [{ ...fra, latitude: 100 }, ams] }), /metros.0.latitude/],
    [
      'region AS',
      change({ regions: [{ name: 'x', metro: 'fra', asn: 7, share: 1 }] }),
      /regions.0.asn/,
    ],
    [
      'no clients',
      change({ regions: [{ name: 'x', metro: 'fra', asn: 1299, share: 0 }] }),
      /shares/,
    ],
  ])('refuses: %s', (_, text, message) => {
    const imported = importJson(text);
    expect(imported.ok).toBe(false);
    if (!imported.ok) expect(imported.message).toMatch(message);
  });
});

function change(part: object): string {
  return JSON.stringify({ ...MAP, ...part });
}
