import type { IncomingMessage } from 'node:http';
import { hostname, networkInterfaces } from 'node:os';
import { HttpFailure } from './http-failure.js';

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];
const ANY_ADDRESS = ['0.0.0.0', '::'];

/** Whether only this machine can reach a server that listens there. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.includes(host) || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Refuses requests that no page of this server made. A name that somebody lets point here (DNS rebinding) shows in `Host`, a page
 * of another site in `Origin` and `Sec-Fetch-Site`.
 *
 * @param host the address that is listened on
 */
export function createAdmission(host: string): (request: IncomingMessage) => void {
  const names = new Set([...LOOPBACK, host, ...(ANY_ADDRESS.includes(host) ? namesOfThisMachine() : [])]);
  return ({ method, headers }) => {
    if (method !== 'GET' && method !== 'HEAD') {
      throw new HttpFailure(405, 'METHOD_NOT_ALLOWED', 'Only GET and HEAD are answered.', { Allow: 'GET, HEAD' });
    }
    const name = nameIn(headers.host);
    if (name === undefined || !names.has(name)) {
      throw new HttpFailure(403, 'FORBIDDEN', `Open the page under the address that was printed, e.g. localhost.`);
    }
    const { origin } = headers;
    if (origin !== undefined && origin !== `http://${headers.host}`) {
      throw new HttpFailure(403, 'FORBIDDEN', 'Pages of other sites are not answered.');
    }
    // A link on another site may lead here; nothing else there may ask.
    const isForeign = headers['sec-fetch-site'] === 'cross-site' || headers['sec-fetch-site'] === 'same-site';
    if (isForeign && headers['sec-fetch-mode'] !== 'navigate') {
      throw new HttpFailure(403, 'FORBIDDEN', 'Pages of other sites are not answered.');
    }
  };
}

/** The name in a `Host` header, in small letters and without its port; undefined where there is none. */
function nameIn(header: string | undefined): string | undefined {
  const [, name] = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/.exec(header?.toLowerCase() ?? '') ?? [];
  return name?.replace(/^\[|\]$/g, '');
}

function namesOfThisMachine(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all?.map(({ address }) => address) ?? []);
  return [hostname().toLowerCase(), ...addresses];
}
