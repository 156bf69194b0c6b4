export { createForwarder, type Forwarder, type ForwarderPorts } from './forwarder.ts';
export type { Forwardable, Forwarded, Tried, Try } from './forwardable.ts';
export { createHttpProber, type HttpProberOptions } from './http-prober.ts';
export { createSystemTimers, systemRandom } from './system-timers.ts';
