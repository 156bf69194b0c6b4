/** The built-in worlds. POPs, exchanges and backbone routes follow where such things really are. */

import type { WorldPlan } from './world-plan.ts';

const words = (text: string): readonly string[] => text.split(' ');

export const GLOBAL_8: WorldPlan = {
  name: 'topology/global-8@1',
  seed: 'topology/global-8@1',
  summary: '8 POPs, 12 backbone links, 8 transit ASes, 3 IXPs, 24 client regions',
  pops: words('fra iad lax sin nrt gru syd jnb'),
  backbone: words(
    'fra-iad iad-lax lax-nrt nrt-sin sin-fra iad-gru lax-syd sin-syd jnb-fra jnb-sin ' +
      'gru-lax gru-jnb',
  ),
  backboneIs: 'all',
  ixps: words('fra iad sin'),
  tier1Count: 3,
  regionalCount: 5,
  metroCount: 20,
  regionCount: 24,
  knobs: {
    cdnTransit: 0.42,
    cdnOneContinent: 0.04,
    cdnEyeballPeering: 0.44,
    cdnRegionalPeering: 0.6,
  },
};

export const GLOBAL_24: WorldPlan = {
  name: 'topology/global-24@1',
  seed: 'topology/global-24@1',
  summary: '24 POPs, 41 backbone links, 18 transit ASes, 7 IXPs, 96 client regions',
  pops: words(
    'ams fra lhr cdg mad arn waw iad jfk ord dfw mia lax sea gru eze scl sin hkg nrt icn bom syd ' +
      'jnb',
  ),
  backbone: words(
    'fra-ams ams-lhr lhr-cdg fra-cdg cdg-mad lhr-mad fra-waw waw-arn ams-arn ' +
      'lhr-jfk cdg-iad mad-iad jfk-iad jfk-ord iad-ord iad-mia iad-dfw ord-dfw ord-sea dfw-mia ' +
      'dfw-lax lax-sea ord-lax mia-gru mia-scl gru-eze scl-eze jfk-gru lax-nrt sea-nrt nrt-icn ' +
      'nrt-hkg hkg-sin nrt-sin sin-bom bom-cdg lax-syd sin-syd jnb-lhr jnb-bom icn-hkg',
  ),
  backboneIs: 'all',
  ixps: words('ams fra lhr iad gru sin nrt'),
  tier1Count: 6,
  regionalCount: 12,
  metroCount: 80,
  regionCount: 96,
  knobs: {
    tier1AtHub: 0.71,
    tier1AtSecondHub: 0.24,
    regionalAtHub: 0.77,
    regionalAtSecondHub: 0.59,
    cdnTransit: 0.68,
    cdnOneContinent: 0.49,
    cdnEyeballPeering: 0.48,
    cdnRegionalPeering: 0.53,
  },
};

export const GLOBAL_80: WorldPlan = {
  name: 'topology/global-80@1',
  seed: 'topology/global-80@1',
  summary: '80 POPs, 163 backbone links, 58 transit ASes, 28 IXPs, 400 client regions',
  pops: words(
    'ams fra lhr cdg mad mxp arn vie waw prg bud otp sof zrh bru dub man muc ham ber bcn lis fco ' +
      'mrs cph hel osl ' +
      'iad jfk bos atl mia ord dfw iah den phx lax sjc sea msp dtw stl cmh pdx yyz yul yvr mex ' +
      'gru gig for cwb eze scl lim bog ' +
      'sin hkg tpe nrt kix icn kul bkk mnl cgk del bom maa hyd dxb ' +
      'syd mel bne per akl jnb cpt los',
  ),
  backbone: words(
    'fra-ams ams-lhr fra-lhr fra-cdg cdg-mad fra-mad fra-mxp fra-waw fra-vie ams-arn cdg-mrs ' +
      'jfk-ord iad-ord iad-atl iad-dfw ord-sea ord-sjc dfw-lax dfw-mia atl-lax ' +
      'lhr-jfk lhr-iad dub-bos cdg-iad mad-iad lis-for lis-los lhr-cpt los-cpt mrs-bom ' +
      'mia-bog mia-scl mia-gru jfk-gru for-mia lax-scl gru-cpt ' +
      'lax-nrt sea-nrt sjc-hkg lax-mnl lax-syd lax-akl hkg-sin nrt-sin nrt-hkg sin-bom sin-maa ' +
      'bom-dxb dxb-sof mrs-sin sin-per sin-syd nrt-syd jnb-bom jnb-dxb',
  ),
  backboneIs: 'long-haul',
  ixps: words(
    'ams fra lhr cdg mad mxp arn vie waw prg otp iad jfk ord dfw mia lax sjc sea yyz gru eze sin ' +
      'hkg nrt bom syd jnb',
  ),
  tier1Count: 12,
  regionalCount: 46,
  metroCount: 265,
  regionCount: 400,
  knobs: {},
};
