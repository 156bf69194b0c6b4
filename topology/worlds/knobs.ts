/**
 * What the synthetic AS graph is tuned by. The figures were fitted with `bench/delay-law.ts` so
 * that global-80 reproduces two measurements at once: RTT by distance between 242 cities
 * (WonderNetwork 2018) and the detours of anycast clients (Calder et al., IMC 2015, figure 3).
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
  /** Probability that the CDN peers with an eyeball, a regional carrier at an IXP both are at. */
  readonly cdnEyeballPeering: number;
  readonly cdnRegionalPeering: number;
}

export const KNOBS: WorldKnobs = {
  tier1AtHub: 0.8,
  tier1AtSecondHub: 0.35,
  tier1Elsewhere: 0.05,
  tier1Overseas: 1,
  regionalAtHub: 0.9,
  regionalAtSecondHub: 0.6,
  regionalElsewhere: 0.3,
  nationalElsewhere: 0.7,
  regionalUpstreams: 2,
  regionalPeering: 0.3,
  buysRegional: 0.7,
  secondProvider: 0.5,
  buysAbroad: 0.15,
  ixpLocal: 0.7,
  ixpRemote: 0.25,
  ixpRemoteKm: 1500,
  eyeballPeering: 0.3,
  cdnTransit: 0.5,
  cdnEyeballPeering: 0.6,
  cdnRegionalPeering: 0.5,
};
