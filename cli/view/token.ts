import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** 256 bits: not to be guessed, however long the server stands. */
const SECRET_BYTES = 32;

/**
 * Who may read when the server can be reached from other machines. The token is printed once, as
 * part of the address; whoever opens that gets a cookie and an address without it, so that the
 * token stays out of the history, of links and of what is shown on a projector.
 */
export class TokenGate {
  readonly token = randomBytes(SECRET_BYTES).toString('base64url');
  readonly #session = randomBytes(SECRET_BYTES).toString('base64url');

  /** True: go on. False: the answer has been given (303 with the cookie, or 401). */
  admit(request: IncomingMessage, response: ServerResponse, port: number): boolean {
    const cookieName = `anycastle-${port}`;
    const offered = /^\/\?token=([\w-]*)$/.exec(request.url ?? '')?.[1];
    if (offered !== undefined && isSame(offered, this.token)) {
      response.setHeader(
        'Set-Cookie',
        `${cookieName}=${this.#session}; Path=/; HttpOnly; SameSite=Strict`,
      );
      response.writeHead(303, { Location: '/', 'Content-Length': 0 }).end();
      return false;
    }
    if (isSame(cookieOf(request, cookieName), this.#session)) return true;
    response.writeHead(401, { 'Content-Length': 0, Connection: 'close' }).end();
    return false;
  }
}

/** Cookies do not know ports, so the name carries it. */
function cookieOf(request: IncomingMessage, name: string): string {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}

/** In constant time, whatever the lengths: digests are compared. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
