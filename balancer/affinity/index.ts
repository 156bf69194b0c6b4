export { CookieAffinity, type CookieAffinityOptions } from './cookie-affinity.ts';
export { StickTable } from './stick-table.ts';
export { ConnectionTable, type IsTracked } from './connection-table.ts';
export { deliver, FaildTable, type Delivery, type ForwardingTable } from './forwarding.ts';
export { SecondChance } from './second-chance.ts';
export { BeamerTable } from './beamer-table.ts';
export { JetTable } from './jet-table.ts';
export { CheetahCookies } from './cheetah.ts';
export { mayKeep } from './may-keep.ts';
