/** What the access rules look at; header names in lower case, as Node delivers them. */
export interface AccessRequest {
  readonly method: string;
  /** The request target as sent: `/data/summary`, or an absolute URL from a proxy. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface AccessRules {
  readonly port: number;
  /** Host names beside the loopback ones: of `--allow-host`, and the machine's own with a token. */
  readonly allowedHosts: readonly string[];
}

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The status with which to refuse a request, or null to let it pass.
 *
 * - 421: a Host that is not ours. A page that rebinds its name to 127.0.0.1 is stopped here.
 * - 403: another site asks (Origin, Sec-Fetch-Site). No CORS header is ever sent either.
 * - 405: anything but GET and HEAD; nothing here changes state.
 */
export function refusalOf(request: AccessRequest, rules: AccessRules): 403 | 405 | 421 | null {
  const { headers } = request;
  if (!isOurHost(headers['host'], rules)) return 421;
  if (!request.target.startsWith('/')) return 421;
  if (!isSameSite(headers['origin'], headers['sec-fetch-site'], rules)) return 403;
  if (request.method !== 'GET' && request.method !== 'HEAD') return 405;
  return null;
}

/** Compares spellings, never resolves: `127.1`, `localhost.` and `2130706433` are not ours. */
function isOurHost(host: string | string[] | undefined, rules: AccessRules): boolean {
  if (typeof host !== 'string') return false;
  const spelled = host.toLowerCase();
  return [...LOOPBACK_HOSTS, ...rules.allowedHosts.map((name) => name.toLowerCase())].some(
    (name) => spelled === name || spelled === `${name}:${rules.port}`,
  );
}

/** Browsers send Sec-Fetch-Site; `none` is the address bar. Other programs send neither header. */
function isSameSite(
  origin: string | string[] | undefined,
  site: string | string[] | undefined,
  rules: AccessRules,
): boolean {
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (origin === undefined) return true;
  if (typeof origin !== 'string' || !origin.startsWith('http://')) return false;
  return isOurHost(origin.slice('http://'.length), rules);
}
