/**
 * What the synthetic AS graph is tuned by. The figures were fitted, by hill climbing with the
 * comparisons of `bench/delay-law.ts`, so that global-80 reproduces two measurements at once: RTT
 * by
 * distance between 242 cities (WonderNetwork 2018) and the detours of anycast clients (Calder et
 * al., IMC 2015, figure 3). Fitted is meant literally: of 32 quantiles all lie within 20 % in the
 * world that is shipped, while in other samples of the same knobs four to seven do not, and the
 * detours scatter (samples 2 to 5: 18 to 40 % of clients ≥ 25 ms worse, 1 to 6 % ≥ 100 ms). The
 * knobs of global-8 and global-24 are fitted to the detours only. See `docs/validation.md`.
 */
export interface WorldKnobs {
  /** Probability that a tier-1 sells at a hub, a second hub, any other metro. */
  readonly tier1AtHub: number;
  readonly tier1AtSecondHub: number;
  readonly tier1Elsewhere: number;
  /** By how much these are less outside Europe and North America, where most tier-1s come from. */
  readonly tier1Overseas: number;
  /** The same of a regional carrier at the metros of its countries. */
  readonly regionalAtHub: number;
  readonly regionalAtSecondHub: number;
  readonly regionalElsewhere: number;
  /** Probability that a country's own carrier reaches one of the country's lesser metros. */
  readonly nationalElsewhere: number;
  /** Tier-1s that a regional carrier buys from. */
  readonly regionalUpstreams: number;
  /** Probability that two regional carriers which share a hub peer. */
  readonly regionalPeering: number;
  /** Probability that an eyeball's first provider is a regional or national one, not a tier-1. */
  readonly buysRegional: number;
  /** Probability of a second provider, and of a third given a second. */
  readonly secondProvider: number;
  /** Probability that an eyeball buys a further transit from a tier-1 at a hub abroad. */
  readonly buysAbroad: number;
  /**
   * Probability that an AS is a member of the IXP in its metro, and of the nearest one elsewhere.
   */
  readonly ixpLocal: number;
  readonly ixpRemote: number;
  /** Farthest exchange that an AS reaches for, km. */
  readonly ixpRemoteKm: number;
  /** Probability that two eyeballs at one IXP peer. */
  readonly eyeballPeering: number;
  /** Probability that the CDN buys from a tier-1 at a POP where that tier-1 sells. */
  readonly cdnTransit: number;
  /**
   * Probability that the CDN buys from a tier-1 on one continent only: clients of it come from
   * afar.
   */
  readonly cdnOneContinent: number;
  /** Probability that the CDN peers with an eyeball, a regional carrier at an IXP both are at. */
  readonly cdnEyeballPeering: number;
  readonly cdnRegionalPeering: number;
}

export const KNOBS: WorldKnobs = {
  tier1AtHub: 0.57,
  tier1AtSecondHub: 0.14,
  tier1Elsewhere: 0,
  tier1Overseas: 0.68,
  regionalAtHub: 0.36,
  regionalAtSecondHub: 0.22,
  regionalElsewhere: 0.01,
  nationalElsewhere: 0.05,
  regionalUpstreams: 2,
  regionalPeering: 0.02,
  buysRegional: 0.84,
  secondProvider: 0.76,
  buysAbroad: 0.36,
  ixpLocal: 0.53,
  ixpRemote: 0.99,
  ixpRemoteKm: 800,
  eyeballPeering: 0.37,
  cdnTransit: 0.47,
  cdnOneContinent: 0.6,
  cdnEyeballPeering: 0.26,
  cdnRegionalPeering: 0.72,
};
