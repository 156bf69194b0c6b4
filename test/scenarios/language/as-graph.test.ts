import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ScenarioFiles } from '../../../scenarios/scenario-files.ts';
import { createSimulation } from '../../../sim/index.ts';
import { greatCircleKm, metroAt, propagationNs } from '../../../topology/index.ts';
import { errorsOf, shown, worldOf } from './texts.ts';

/**
 * Two carriers that peer, 10 and 20; an AS of eyeballs below each, behind a reseller 15 in one
 * case; and a stub, 99, that no path between them can cross.
 */
const AS_FILE = `# written for this test
10|20|0
10|15|-1
15|100|-1
20|200|-1
20|99|-1
`;

const filesWith = (bytes: Uint8Array): ScenarioFiles => ({
  read: (name) => ({ ok: true, file: name, bytes }),
});
const FILES = { files: filesWith(Buffer.from(AS_FILE)) };

const story = (regions: string, more = '', pops = POPS) => `version: 1
name: ases
network:
  import:
    as_relationships: ./as.txt
    regions: { ${regions} }
    ${more}
  pops: ${pops}
traffic: { rate: 20/s, classes: { page: { service_time: 1ms } } }
run: { duration: 10s, warmup: 1s, replications: 1 }
`;
const POPS = '{ fra: { location: [50.11, 8.68], transit: [AS20] } }';
const BERLIN = 'berlin: { as: AS100, at: [52.5, 13.4] }';

const rttOf = (text: string, region: string) =>
  createSimulation(worldOf(text, FILES), 'as', 0).run().regions[region]!['rtt_mean_s']! * 1e9;

describe('network.import.as_relationships', () => {
  it('keeps the ASes that a path between clients and carriers may cross', () => {
    const { network } = worldOf(story(BERLIN), FILES);
    const ases = network!.nodes.flatMap(({ attributes }) =>
      attributes?.kind === 'as'
        ? [[attributes.asn, attributes.tier, attributes.metros.length]]
        : [],
    );
    expect(ases).toEqual([
      [10, 'tier-1', 0],
      [15, 'transit', 0],
      [20, 'tier-1', 0],
      [100, 'eyeball', 1],
    ]);
    const packed = { files: filesWith(gzipSync(AS_FILE)) };
    expect(worldOf(story(BERLIN), packed).network).toEqual(network);
  });

  it('an AS of unknown places adds a hand-off and no distance', () => {
    const berlin = metroAt([52.5, 13.4])!;
    const frankfurt = metroAt('fra')!;
    const km = greatCircleKm(
      berlin.latitude,
      berlin.longitude,
      frankfurt.latitude,
      frankfurt.longitude,
    );
    const fibreNs = 9.7e6;
    // AS100, AS15, AS10, AS20 and into the CDN: four hand-offs of 0.4 ms, one way.
    expect(rttOf(story(BERLIN), 'berlin') / 1e6).toBeCloseTo(
      (2 * (propagationNs(km) + 4 * 400_000) + fibreNs) / 1e6,
      1,
    );
    // AS10 only in Tokyo: the way leads there and back.
    const detour = rttOf(story(BERLIN, 'ases: { AS10: [nrt] }'), 'berlin');
    expect(detour / 1e6).toBeGreaterThan(250);
  });

  it('shares follow weights', () => {
    const world = worldOf(story(`${BERLIN}, rio: { as: AS200, at: gru, weight: 3 }`), FILES);
    const shares = world.network!.nodes.flatMap(({ attributes }) =>
      attributes?.kind === 'region' ? [attributes.populationShare] : [],
    );
    expect(shares).toEqual([0.25, 0.75]);
  });

  it.each([
    [story('x: { as: AS5, at: fra }'), 'E0306 6:25 the file has no AS5'],
    [story('x: { as: AS100, at: qqq }'), "E0306 6:36 unknown metro 'qqq'"],
    [story(''), 'E0406 5:23 an AS graph has no clients'],
    [story(BERLIN, 'ases: { AS7: [fra] }'), 'E0306 7:18 the file has no AS7'],
    [story(BERLIN, '', '{ fra: { location: [50, 8] } }'), "E0406 8:11 POP 'fra' of an AS graph"],
    [story(BERLIN, 'json: ./x.json'), 'E0406 5:5 import one file'],
  ])('refuses what cannot be (%#)', (text, expected) => {
    expect(shown(errorsOf(text, FILES)).join('\n')).toContain(expected);
  });

  it('says which line of the file is wrong', () => {
    const files = filesWith(Buffer.from('10|20|0\n10|x|-1\n'));
    expect(shown(errorsOf(story(BERLIN), { files })).join('\n')).toContain('./as.txt:2: ');
  });

  const real = '../shared/data/caida-as-rel2-20191201.txt.bz2';
  it.skipIf(!existsSync(real))(
    `the Internet of 2019 (skipped without ${real}) is on the map within seconds`,
    { timeout: 20_000 },
    () => {
      const files = filesWith(readFileSync(real));
      const text = story(
        'berlin: { as: AS3320, at: fra }, tokyo: { as: AS4713, at: nrt }',
        '',
        '{ fra: { location: [50.1, 8.7], transit: [AS1299] }, ' +
          'nrt: { location: [35.7, 140.4], transit: [AS2914] } }',
      );
      const { pops, regions } = createSimulation(worldOf(text, { files }), 'as', 0).run();
      expect(regions['tokyo']!['availability']).toBe(1);
      expect(pops['nrt']!['requests']).toBeGreaterThan(0);
    },
  );
});
