import type { CacheSpec, ClassSpec, OriginSpec } from '../../sim/index.ts';
import { keyAt, type BuildContext } from './context.ts';

/** A cache that nothing could ever be in. */
export function warnIdleCache(
  cache: CacheSpec | null,
  classes: readonly ClassSpec[],
  origins: readonly OriginSpec[],
  context: BuildContext,
): void {
  if (cache === null) return;
  const warn = (message: string, hint: string): void =>
    context.findings.warn('W0111', keyAt(context, 'cache'), message, { hint });
  if (origins.length === 0) {
    const hint = 'origins: { main: { latency: 50ms } }';
    warn("the scenario has no origin to fetch from: 'cache' does nothing here", hint);
  } else if (!classes.some(({ objects, passRatio }) => objects !== null && passRatio < 1)) {
    warn("no class has objects that may be kept: 'cache' does nothing here", 'objects: 10k');
  }
}
