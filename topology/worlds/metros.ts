/**
 * 265 metros: code, country, continent, latitude, longitude, people in thousands, city.
 *
 * Facts from GeoNames (https://www.geonames.org, CC BY 4.0), derived by `docs/build-metros.ts`:
 * the people are those of every place nearer to this metro than to another one of its country.
 */
export const METRO_TABLE = `
abj CI africa 5.35 -4.00 13678 Abidjan
abq US north-america 35.08 -106.65 2766 Albuquerque
abv NG africa 9.06 7.50 29105 Abuja
acc GH africa 5.56 -0.20 9894 Accra
adb TR asia 38.41 27.14 8776 İzmir
add ET africa 9.02 38.75 7140 Addis Ababa
adl AU oceania -34.93 138.60 1939 Adelaide
akl NZ oceania -36.85 174.76 1562 Auckland
ala KZ asia 43.26 76.93 11370 Almaty
alg DZ africa 36.73 3.09 18829 Algiers
amd IN asia 23.03 72.59 30386 Ahmedabad
amm JO asia 31.96 35.95 4461 Amman
ams NL europe 52.37 4.89 4975 Amsterdam
anc US north-america 61.22 -149.90 644 Anchorage
anr BE europe 51.22 4.40 2975 Antwerpen
arn SE europe 59.33 18.07 5088 Stockholm
asu PY south-america -25.29 -57.65 3988 Asunción
ath GR europe 37.98 23.73 7011 Athens
atl US north-america 33.75 -84.39 6899 Atlanta
aus US north-america 30.27 -97.74 2422 Austin
bah BH asia 26.23 50.59 563 Manama
baq CO south-america 10.97 -74.78 6816 Barranquilla
bcn ES europe 41.39 2.16 10510 Barcelona
bdl US north-america 41.76 -72.69 5078 Hartford
beg RS europe 44.80 20.47 7407 Belgrade
bel BR south-america -1.46 -48.50 6944 Belém
ber DE europe 52.52 13.41 6123 Berlin
bey LB asia 33.89 35.50 10540 Beirut
bgw IQ asia 33.34 44.40 21357 Baghdad
bhx GB europe 52.48 -1.90 8689 Birmingham
bkk TH asia 13.75 100.50 16357 Bangkok
blq IT europe 44.49 11.34 12274 Bologna
blr IN asia 12.97 77.59 34858 Bengaluru
bna US north-america 36.17 -86.78 4522 Nashville
bne AU oceania -27.47 153.03 4889 Brisbane
bog CO south-america 4.61 -74.08 18192 Bogotá
bom IN asia 19.07 72.88 36626 Mumbai
bos US north-america 42.36 -71.06 9004 Boston
brn CH europe 46.95 7.45 1451 Bern
brq CZ europe 49.20 16.61 3632 Brno
brs GB europe 51.46 -2.60 8068 Bristol
bru BE europe 50.85 4.35 7256 Brussels
bsb BR south-america -15.78 -47.93 9984 Brasília
bsl CH europe 47.56 7.57 670 Basel
bts SK europe 48.15 17.11 2968 Bratislava
bud HU europe 47.50 19.04 8538 Budapest
buf US north-america 42.89 -78.88 2376 Buffalo
bwi US north-america 39.29 -76.61 4175 Baltimore
cai EG africa 30.06 31.25 27035 Cairo
can CN asia 23.12 113.25 69414 Guangzhou
ccs VE south-america 10.49 -66.88 22133 Caracas
ccu IN asia 22.56 88.36 48416 Kolkata
cdg FR europe 48.85 2.35 23595 Paris
ceb PH asia 10.32 123.89 27170 Cebu City
cgk ID asia -6.21 106.85 31514 Jakarta
chc NZ oceania -43.53 172.63 711 Christchurch
cle US north-america 41.50 -81.70 3149 Cleveland
clj RO europe 46.77 23.60 10251 Cluj-Napoca
clt US north-america 35.23 -80.84 5255 Charlotte
cmb LK asia 6.94 79.85 4175 Colombo
cmh US north-america 39.96 -83.00 3371 Columbus
cmn MA africa 33.59 -7.61 16300 Casablanca
cnf BR south-america -19.92 -43.94 12778 Belo Horizonte
cor AR south-america -31.41 -64.18 13103 Córdoba
cph DK europe 55.68 12.57 4445 Copenhagen
cpt ZA africa -33.93 18.42 6338 Cape Town
cts JP asia 43.07 141.35 6606 Sapporo
ctu CN asia 30.67 104.07 61491 Chengdu
cvg US north-america 39.13 -84.51 2371 Cincinnati
cwb BR south-america -25.43 -49.27 13146 Curitiba
dac BD asia 23.71 90.41 26832 Dhaka
dar TZ africa -6.82 39.27 11875 Dar es Salaam
del IN asia 28.65 77.23 80695 Delhi
den US north-america 39.74 -104.98 5129 Denver
dfw US north-america 32.78 -96.81 8536 Dallas
dkr SN africa 14.69 -17.44 14238 Dakar
dla CM africa 4.05 9.70 11705 Douala
doh QA asia 25.29 51.53 746 Doha
dtw US north-america 42.33 -83.05 5284 Detroit
dub IE europe 53.33 -6.25 3328 Dublin
dur ZA africa -29.86 31.03 6751 Durban
dus DE europe 51.22 6.78 18624 Düsseldorf
dxb AE asia 25.08 55.31 6697 Dubai
ebb UG africa 0.32 32.58 6637 Kampala
edi GB europe 55.95 -3.20 6491 Edinburgh
ein NL europe 51.44 5.48 3899 Eindhoven
esb TR asia 39.92 32.85 27369 Ankara
evn AM asia 40.18 44.51 2521 Yerevan
eze AR south-america -34.61 -58.38 22344 Buenos Aires
fco IT europe 41.89 12.51 7809 Rome
fih CD africa -4.33 15.31 19777 Kinshasa
for BR south-america -3.72 -38.54 8348 Fortaleza
fra DE europe 50.12 8.68 10696 Frankfurt am Main
fuk JP asia 33.60 130.42 13825 Fukuoka
gdl MX north-america 20.67 -103.39 19839 Guadalajara
gig BR south-america -22.91 -43.18 14341 Rio de Janeiro
got SE europe 57.71 11.97 3703 Göteborg
grq NL europe 53.22 6.57 1997 Groningen
gru BR south-america -23.55 -46.64 35006 São Paulo
gua GT north-america 14.64 -90.51 12981 Guatemala City
gva CH europe 46.20 6.15 915 Genève
gyd AZ asia 40.38 49.89 4612 Baku
gye EC south-america -2.20 -79.89 4738 Guayaquil
ham DE europe 53.55 9.99 11834 Hamburg
han VN asia 21.02 105.84 6079 Hanoi
hel FI europe 60.17 24.94 5166 Helsinki
hkg HK asia 22.28 114.17 10110 Hong Kong
hnl US north-america 21.31 -157.86 1346 Honolulu
hre ZW africa -17.83 31.05 5750 Harare
hyd IN asia 17.38 78.46 37409 Hyderabad
iad US north-america 39.04 -77.49 4596 Ashburn
iah US north-america 29.76 -95.36 5282 Houston
icn KR asia 37.57 126.98 35091 Seoul
ind US north-america 39.77 -86.16 3098 Indianapolis
isb PK asia 33.72 73.04 15504 Islamabad
ist TR asia 41.01 28.95 27074 Istanbul
jax US north-america 30.33 -81.66 2811 Jacksonville
jed SA asia 21.49 39.19 9434 Jeddah
jfk US north-america 40.71 -74.01 31175 New York City
jib DJ africa 11.59 43.15 7934 Djibouti
jnb ZA africa -26.20 28.04 18242 Johannesburg
kbp UA europe 50.45 30.52 13808 Kyiv
kef IS europe 64.14 -21.90 321 Reykjavík
khi PK asia 24.86 67.01 20582 Karachi
kin JM north-america 18.00 -76.79 5637 Kingston
kix JP asia 34.69 135.50 21866 Osaka
kno ID asia 3.58 98.67 8215 Medan
krk PL europe 50.06 19.94 9162 Kraków
krt SD africa 15.55 32.53 9922 Khartoum
ktm NP asia 27.70 85.32 3993 Kathmandu
kuf RU europe 53.20 50.15 16044 Samara
kul MY asia 3.14 101.69 17692 Kuala Lumpur
kwi KW asia 29.37 47.98 1371 Kuwait City
lad AO africa -8.84 13.23 4837 Luanda
las US north-america 36.17 -115.14 2412 Las Vegas
lax US north-america 34.05 -118.24 18437 Los Angeles
lba GB europe 53.80 -1.55 8360 Leeds
lca CY europe 34.92 33.62 886 Larnaca
led RU europe 59.94 30.31 11041 Saint Petersburg
lej DE europe 51.34 12.37 8346 Leipzig
lhe PK asia 31.56 74.35 22368 Lahore
lhr GB europe 51.51 -0.13 23577 London
lil FR europe 50.63 3.06 4449 Lille
lim PE south-america -12.04 -77.03 18765 Lima
lis PT europe 38.72 -9.13 4934 Lisbon
lju SI europe 46.05 14.51 1184 Ljubljana
lnz AT europe 48.31 14.29 3035 Linz
los NG africa 6.45 3.39 30141 Lagos
lun ZM africa -15.41 28.29 4292 Lusaka
lwo UA europe 49.84 24.02 5349 Lviv
lys FR europe 45.75 4.85 7421 Lyon
maa IN asia 13.09 80.28 10763 Chennai
mad ES europe 40.42 -3.70 23781 Madrid
man GB europe 53.48 -2.24 9078 Manchester
mao BR south-america -3.10 -60.02 4264 Manaus
mci US north-america 39.10 -94.58 5767 Kansas City
mco US north-america 28.54 -81.38 2964 Orlando
mct OM asia 23.58 58.41 2487 Muscat
mde CO south-america 6.25 -75.56 9059 Medellín
mel AU oceania -37.81 144.96 6149 Melbourne
mex MX north-america 19.43 -99.13 58587 Mexico City
mia US north-america 25.77 -80.19 12942 Miami
mid MX north-america 20.98 -89.62 7960 Mérida
mke US north-america 43.04 -87.91 5050 Milwaukee
mnl PH asia 14.60 120.98 33213 Manila
mpm MZ africa -25.97 32.58 5205 Maputo
mrs FR europe 43.30 5.38 6979 Marseille
mru MU africa -20.16 57.50 1966 Port Louis
msp US north-america 44.98 -93.26 6686 Minneapolis
msq BY europe 53.90 27.57 7084 Minsk
msy US north-america 29.95 -90.08 4778 New Orleans
mty MX north-america 25.68 -100.32 13438 Monterrey
muc DE europe 48.14 11.58 6470 Munich
mvd UY south-america -34.90 -56.19 2672 Montevideo
mxp IT europe 45.46 9.19 11559 Milan
nap IT europe 40.85 14.27 11545 Naples
nbo KE africa -1.28 36.82 9993 Nairobi
ngo JP asia 35.18 136.91 13381 Nagoya
nrt JP asia 35.69 139.69 42506 Tokyo
nue DE europe 49.45 11.08 4776 Nürnberg
odo UA europe 46.48 30.73 14528 Odessa
okc US north-america 35.47 -97.52 4773 Oklahoma City
opo PT europe 41.15 -8.61 3703 Porto
ord US north-america 41.85 -87.65 11108 Chicago
osl NO europe 59.91 10.75 3124 Oslo
otp RO europe 44.43 26.11 12487 Bucharest
ovb RU asia 55.04 82.93 15405 Novosibirsk
pdx US north-america 45.52 -122.68 3895 Portland
pek CN asia 39.91 116.40 130006 Beijing
per AU oceania -31.95 115.86 2646 Perth
phl US north-america 39.95 -75.16 6162 Philadelphia
phx US north-america 33.45 -112.07 6636 Phoenix
pit US north-america 40.44 -80.00 2459 Pittsburgh
pmo IT europe 38.13 13.34 6871 Palermo
pnh KH asia 11.56 104.92 3776 Phnom Penh
poa BR south-america -30.03 -51.23 8934 Porto Alegre
pom PG oceania -9.48 147.15 917 Port Moresby
poz PL europe 52.41 16.93 9332 Poznań
prg CZ europe 50.09 14.42 4761 Prague
pty PA north-america 8.99 -79.52 2291 Panamá
pus KR asia 35.10 129.03 15608 Busan
pvg CN asia 31.22 121.46 75917 Shanghai
rdu US north-america 35.77 -78.64 3606 Raleigh
rec BR south-america -8.05 -34.88 11698 Recife
rgn MM asia 16.81 96.16 12500 Yangon
ric US north-america 37.55 -77.46 3000 Richmond
rix LV europe 56.95 24.11 1618 Riga
rov RU europe 47.23 39.72 19285 Rostov-na-Donu
rtm NL europe 51.92 4.48 4229 Rotterdam
ruh SA asia 24.69 46.72 8796 Riyadh
san US north-america 32.72 -117.16 4369 San Diego
sat US north-america 29.42 -98.49 4428 San Antonio
scl CL south-america -33.46 -70.65 12682 Santiago
sdf US north-america 38.25 -85.76 2131 Louisville
sdq DO north-america 18.47 -69.89 11673 Santo Domingo
sea US north-america 47.61 -122.33 5673 Seattle
sgn VN asia 10.82 106.63 8750 Ho Chi Minh City
sin SG asia 1.29 103.85 3800 Singapore
sjc US north-america 37.34 -121.89 9179 San Jose
sjo CR north-america 9.93 -84.08 4603 San José
sju PR north-america 18.47 -66.11 3282 San Juan
skg GR europe 40.64 22.93 5287 Thessaloníki
slc US north-america 40.76 -111.89 4105 Salt Lake City
smf US north-america 38.58 -121.49 5131 Sacramento
sof BG europe 42.70 23.32 8438 Sofia
ssa BR south-america -12.97 -38.51 9300 Salvador
stl US north-america 38.63 -90.20 4384 St. Louis
str DE europe 48.78 9.18 10098 Stuttgart
sub ID asia -7.25 112.75 24915 Surabaya
suv FJ oceania -18.14 178.44 1013 Suva
svo RU europe 55.75 37.62 34323 Moscow
svq ES europe 37.38 -5.97 11450 Sevilla
svx RU asia 56.85 60.61 14818 Yekaterinburg
sxb FR europe 48.58 7.75 4093 Strasbourg
syd AU oceania -33.87 151.21 6742 Sydney
tas UZ asia 41.26 69.22 12548 Tashkent
tbs GE asia 41.69 44.83 2382 Tbilisi
thr IR asia 35.69 51.42 41009 Tehran
tij MX north-america 32.50 -117.00 5328 Tijuana
tll EE europe 59.44 24.75 996 Tallinn
tls FR europe 43.60 1.44 6759 Toulouse
tlv IL asia 32.08 34.78 9160 Tel Aviv
tnr MG africa -18.91 47.54 5027 Antananarivo
tpa US north-america 27.95 -82.46 3999 Tampa
tpe TW asia 25.05 121.53 14249 Taipei
trn IT europe 45.07 7.69 3710 Turin
tun TN africa 36.82 10.17 7880 Tunis
uio EC south-america -0.23 -78.52 2929 Quito
uln MN asia 47.91 106.88 1446 Ulan Bator
vie AT europe 48.21 16.37 3522 Vienna
vno LT europe 54.69 25.28 2307 Vilnius
vvi BO south-america -17.79 -63.18 5223 Santa Cruz de la Sierra
vvo RU asia 43.11 131.87 7016 Vladivostok
waw PL europe 52.23 21.01 10171 Warsaw
wlg NZ oceania -41.29 174.78 1036 Wellington
wuh CN asia 30.58 114.27 61664 Wuhan
yhz CA north-america 44.65 -63.57 1604 Halifax
yow CA north-america 45.41 -75.70 2028 Ottawa
yul CA north-america 45.51 -73.59 5994 Montréal
yvr CA north-america 49.25 -123.12 4270 Vancouver
ywg CA north-america 49.88 -97.15 1254 Winnipeg
yyc CA north-america 51.05 -114.09 3223 Calgary
yyz CA north-america 43.70 -79.42 11062 Toronto
zag HR europe 45.81 15.98 4021 Zagreb
zrh CH europe 47.37 8.55 3136 Zürich
`;
