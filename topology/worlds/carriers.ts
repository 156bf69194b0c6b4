/**
 * Carriers of the built-in worlds. Numbers and names are real; footprints, links and who buys from
 * whom are synthetic, made by rule so that the delay law comes out (see `knobs.ts`).
 */

export interface Carrier {
  readonly asn: number;
  readonly name: string;
}

/** The top of the hierarchy: they buy from nobody and peer with each other. */
export const TIER_1S: readonly Carrier[] = [
  { asn: 1299, name: 'Arelion' },
  { asn: 3356, name: 'Lumen' },
  { asn: 2914, name: 'NTT' },
  { asn: 174, name: 'Cogent' },
  { asn: 6453, name: 'Tata' },
  { asn: 3257, name: 'GTT' },
  { asn: 6762, name: 'Sparkle' },
  { asn: 3491, name: 'PCCW' },
  { asn: 5511, name: 'Orange' },
  { asn: 12956, name: 'Telxius' },
  { asn: 6461, name: 'Zayo' },
  { asn: 3320, name: 'Deutsche Telekom' },
];

export interface RegionalCarrier extends Carrier {
  /** Where it sells: whole countries by ISO code (`DE`), single metros by code (`bos`). */
  readonly sellsIn: readonly string[];
  /** Metros abroad where it meets the tier-1s. */
  readonly hubs: readonly string[];
}

const regional = (asn: number, name: string, sellsIn: string, hubs: string): RegionalCarrier => ({
  asn,
  name,
  sellsIn: sellsIn.split(' '),
  hubs: hubs.split(' '),
});

/**
 * In order of use: a world of n regional carriers takes the first n; every country has one in 12.
 */
export const REGIONALS: readonly RegionalCarrier[] = [
  regional(
    9002,
    'RETN',
    'RU UA BY KZ UZ MN GE AM AZ EE LV LT FI SE NO DK PL CZ SK HU RO BG IS',
    'fra ams lhr',
  ),
  regional(
    1273,
    'Vodafone',
    'GB IE NL DE BE FR CH AT ES PT IT GR HR SI RS MA DZ TN EG TR CY',
    'fra lhr mrs',
  ),
  regional(7018, 'AT&T', 'US CA PR', 'iad ord dfw lax'),
  regional(7473, 'Singtel', 'SG MY TH VN PH ID KH MM BD LK', 'sin hkg lax'),
  regional(52320, 'V.tal', 'BR AR CL UY PY BO PE CO VE', 'mia jfk gru'),
  regional(2516, 'KDDI', 'JP KR TW HK CN', 'nrt lax hkg'),
  regional(23520, 'Liberty Networks', 'MX GT CR PA DO JM CO EC PE VE PR', 'mia'),
  regional(9498, 'Airtel', 'IN NP LK BD', 'sin lhr mrs bom'),
  regional(8966, 'Etisalat', 'AE SA QA KW BH OM JO LB IL IQ IR PK SD DJ', 'fra mrs sin dxb'),
  regional(4637, 'Telstra', 'AU NZ FJ PG', 'hkg sin lax syd'),
  regional(37100, 'SEACOM', 'ZA MZ ZW ZM TZ KE UG ET MG MU DJ AO', 'mrs lhr'),
  regional(37282, 'MainOne', 'NG GH CI SN CM CD AO', 'lhr lis'),
  regional(
    7922,
    'Comcast',
    'bos bdl phl bwi ric pit cle ord atl mia jax msp den slc sea pdx smf sjc iah ind bna',
    'iad ord sjc',
  ),
  regional(1257, 'Tele2', 'SE NO FI DK EE LV LT', 'arn ams fra'),
  regional(12389, 'Rostelecom', 'RU BY KZ UZ AM', 'svo fra arn'),
  regional(16735, 'Algar', 'BR', 'gru mia'),
  regional(9121, 'Türk Telekom', 'TR GE AZ IQ', 'ist fra'),
  regional(4766, 'KT', 'KR', 'icn nrt lax'),
  regional(4134, 'China Telecom', 'CN HK', 'hkg lax fra'),
  regional(7738, 'Oi', 'BR', 'for mia'),
  regional(4755, 'Tata India', 'IN', 'bom maa sin'),
  regional(30844, 'Liquid', 'ZA ZW ZM KE UG TZ CD', 'lhr jnb'),
  regional(4826, 'Vocus', 'AU NZ', 'syd lax sin'),
  regional(9299, 'PLDT', 'PH', 'hkg lax'),
  regional(7713, 'Telkom Indonesia', 'ID', 'sin hkg'),
  regional(17557, 'PTCL', 'PK', 'khi mrs sin'),
  regional(8220, 'Colt', 'GB IE NL DE BE FR CH AT ES PT IT DK SE', 'lhr fra cdg'),
  regional(6327, 'Shaw', 'CA', 'sea ord'),
  regional(8048, 'CANTV', 'VE CO', 'mia'),
  regional(36992, 'Etisalat Misr', 'EG SD', 'cai mrs'),
  regional(6939, 'Hurricane Electric', 'US CA GB DE NL FR CH SE', 'fra lhr iad sjc'),
  regional(701, 'Verizon', 'US', 'jfk iad dfw lax'),
  regional(
    20115,
    'Charter',
    'lax san hnl dfw aus sat clt rdu cmh cvg cle buf stl mci mke jfk tpa sdf',
    'ord lax atl',
  ),
  regional(7029, 'Windstream', 'atl clt cmh bna stl msp pit rdu jax', 'iad ord atl'),
  regional(22773, 'Cox', 'phx las san msy okc mci iad ric bdl', 'dfw lax atl'),
  regional(209, 'Qwest', 'den slc phx pdx sea msp abq las dfw', 'den sjc ord'),
  regional(46887, 'Lightower', 'bos jfk phl bwi buf bdl', 'jfk iad'),
  regional(11404, 'Wave', 'sea pdx sjc smf', 'sea sjc'),
  regional(5650, 'Frontier', 'tpa mco dfw bdl lax ind mia', 'mia dfw lax'),
  regional(6830, 'Liberty Global', 'NL DE AT CH PL CZ RO HU IE GB BE SK', 'ams fra lhr'),
  regional(3352, 'Telefónica', 'ES PT', 'mad lhr mia'),
  regional(3269, 'TIM', 'IT GR', 'mxp fra'),
  regional(5588, 'GTS', 'CZ SK HU PL RO BG RS HR SI AT', 'fra vie'),
  regional(20485, 'TransTeleCom', 'RU KZ MN', 'svo fra hkg'),
  regional(577, 'Bell Canada', 'CA', 'ord jfk sea'),
  regional(17676, 'SoftBank', 'JP', 'nrt sjc'),
];

/** Metros where carriers from everywhere meet. */
export const HUBS: readonly string[] =
  'ams fra lhr cdg iad jfk ord lax sjc dfw mia sin hkg nrt mrs mad mxp arn sea atl gru'.split(' ');

/** Metros where several tier-1s sell, without being a meeting point of continents. */
export const SECOND_HUBS: readonly string[] = (
  'vie waw prg bud otp sof zrh bru dub man muc ham ber dus bcn lis fco cph hel osl svo kbp ist ' +
  'den phx slc iah bos clt msp dtw mci yyz yul yvr las pdx phl mex eze scl bog syd mel ' +
  'kix tpe icn bom maa kul bkk cgk dxb tlv jnb'
).split(' ');
