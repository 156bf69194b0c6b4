export { createHttpProber, type HttpProberOptions } from './http-prober.ts';
export { createSystemTimers, systemRandom } from './system-timers.ts';
