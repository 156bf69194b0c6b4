import { z } from 'zod';
import { aboveZero, duration } from '../../../balancer/index.ts';

/** How scenarios call the group detector. */
export const SWIM = 'swim';

const options = z.strictObject({
  probe_interval: aboveZero(duration()).prefault('1s'),
  probe_timeout: aboveZero(duration()).prefault('500ms'),
  indirect_checks: z.int().min(0).default(3).describe('members that probe in one’s stead'),
  suspicion_mult: z.number().min(1).default(4),
  suspicion_max_mult: z.number().min(1).default(6),
  awareness_max_multiplier: z.int().min(1).default(8),
  gossip_interval: aboveZero(duration()).prefault('200ms'),
  gossip_nodes: z.int().min(1).default(3).describe('members told at a time'),
  retransmit_mult: z.int().min(1).default(4),
});

export type SwimOptions = z.output<typeof options>;

/** A group detector for the catalogue of scenarios; defaults of memberlist's `DefaultLANConfig`. */
export const swimCheck = {
  name: SWIM,
  summary: 'Servers and balancers watch one another, and gossip who is suspected and dead.',
  options,
} as const;
