import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Fault } from '../core/fault.ts';
import { mayReach } from './address.ts';

/** What a request may reach. */
export type Reach = {
  /** Host names that may be asked; `*.example.com` stands for every host below it. */
  readonly hosts: readonly string[];
  /** Addresses and networks (CIDR) that may be reached although they are not of the open network. */
  readonly networks: readonly string[];
};

export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/**
 * The address as a URL, when a request may go there as far as its text tells; the addresses behind its name are judged when
 * it is connected (`guardedLookup`).
 *
 * Throws: Fault('address_refused') in words.
 */
export function checkUrl(text: string | URL, reach: Reach): URL {
  const url = URL.canParse(String(text)) ? new URL(text) : undefined;
  if (url === undefined) throw refused(String(text), 'it is no web address');
  const host = bareHost(url);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw refused(url, 'only http and https are spoken');
  if (url.username !== '' || url.password !== '') throw refused(url, 'it holds a user or password');
  if (!reach.hosts.some((allowed) => isHost(host, allowed))) {
    throw refused(url, `the host ${host} is not among those allowed (${reach.hosts.join(', ')})`);
  }
  const isClear = url.protocol === 'http:';
  if (isClear && reach.networks.length === 0) throw refused(url, 'it is not https');
  if (isIP(host) !== 0 && !mayReach(host, { networks: reach.networks, isClear }))
    throw refused(url, notOpen(host));
  return url;
}

/**
 * A look-up for `net.connect`: asks once, refuses the host when any of its addresses may not be reached, and hands out just
 * the addresses that were judged, so that a name that changes its mind between check and use gains nothing.
 */
export function guardedLookup(
  { networks }: Reach,
  { isClear, resolve = systemResolve }: { isClear: boolean; resolve?: Resolve | undefined },
): LookupFunction {
  return (host, options, callback) => {
    resolve(host).then(
      (found) => {
        const closed = found.find(({ address }) => !mayReach(address, { networks, isClear }));
        const [first] = found;
        if (closed !== undefined) return callback(refused(host, notOpen(closed.address)), '', 0);
        if (first === undefined) return callback(new Error(`the host ${host} has no address`), '', 0);
        if (options.all === true) callback(null, [...found]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}

const systemResolve: Resolve = (host) =>
  new Promise((resolve, reject) => {
    systemLookup(host, { all: true, verbatim: true }, (error, found) =>
      error ? reject(error) : resolve(found),
    );
  });

const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').toLowerCase();

function isHost(host: string, allowed: string): boolean {
  const wanted = allowed.toLowerCase();
  return wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) : host === wanted;
}

const notOpen = (address: string): string =>
  `${address} is an address of this machine, of a private network or of a special use; if it is meant, name its network under networks`;

function refused(address: string | URL, why: string): Fault {
  return new Fault('address_refused', `${shownAddress(address)} is not asked: ${why}.`);
}

/** An address without what may be secret: its user, its password, its query. */
export function shownAddress(address: string | URL): string {
  const url = URL.canParse(String(address)) ? new URL(address) : undefined;
  if (url === undefined) return String(address).slice(0, 200);
  return `${url.protocol}//${url.host}${url.pathname}`.slice(0, 200);
}
