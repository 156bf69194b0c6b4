import { UNIT_MS, UNITS_PER_SECOND } from './quantities.ts';

/** What a laboratory is made of, in the words of the scenario format. */
export interface Laboratory {
  /** Settings of POP `lab`: `servers: 1, concurrency: 1`. */
  readonly pop: string;
  /** `poisson` or `constant`. */
  readonly law?: 'poisson' | 'constant';
  /** Requests a unit of time. */
  readonly rate: number;
  /** Law of the service time. */
  readonly service: string;
  /** Policy and its options: `two-choices, choices: 3`. */
  readonly policy?: string;
  /** Further settings of `traffic`: `timeout: …`. */
  readonly traffic?: string;
  /** Whole sections at the end of the file. */
  readonly more?: string;
}

/** One POP called `lab`, one class called `page`. */
export function laboratory(lab: Laboratory): string {
  const { law = 'poisson', policy = 'random' } = lab;
  return `version: 1
network:
  pops:
    lab: { ${lab.pop} }
traffic:
  arrivals: ${law} ${perSecond(lab.rate)}
${lab.traffic === undefined ? '' : `  ${lab.traffic}\n`}  classes:
    page: { service_time: ${lab.service} }
balancer: { policy: ${policy} }
${lab.more ?? ''}`;
}

/** Units of time → `12.5ms`. */
export function duration(units: number): string {
  return `${plain(units * UNIT_MS)}ms`;
}

/** Requests a unit of time → `80/s`. */
export function perSecond(rate: number): string {
  return `${plain(rate * UNITS_PER_SECOND)}/s`;
}

/** Fifteen digits without an exponent: what the format reads as a number. */
export function plain(value: number): string {
  const digits = String(Number(value.toPrecision(15)));
  return digits.includes('e') ? value.toFixed(15) : digits;
}

/** With how long it runs: the cut and the window behind it, in nanoseconds. */
export function withLength(scenario: string, cutNs: number, windowNs: number): string {
  return `${scenario}run:
  duration: ${cutNs + windowNs}ns
  warmup: ${cutNs}ns
  seed: 1
`;
}
