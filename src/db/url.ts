import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { type ConnectionOptions, checkServerIdentity } from 'node:tls';
import { Fault } from '../core/fault.ts';

/** A database address in parts, so that the driver need not read the URL (and can print no password from it). */
export type Address = {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly ssl: false | 'require' | 'prefer' | ConnectionOptions;
  /** Further settings of the URL: options, application_name, connect_timeout. */
  readonly settings: Readonly<Record<string, string>>;
};

const KNOWN = ['sslmode', 'sslrootcert', 'host', 'port', 'options', 'application_name', 'connect_timeout'];
const LOCAL_NAMES = ['localhost', '127.0.0.1', '::1', '[::1]'];

/**
 * The parts of a `postgres://` URL. `variable` is the name to put into messages.
 *
 * Refuses to go to another machine with `sslmode=disable`; without sslmode it asks for TLS there, as libpq does.
 * Throws: Fault('database_url_invalid'); its message never holds the URL, which holds the password.
 */
export function parseDatabaseUrl(url: string, variable = 'DATABASE_URL'): Address {
  const parsed = parse(url, variable);
  const query = Object.fromEntries(parsed.searchParams);
  const unknown = Object.keys(query).filter((name) => !KNOWN.includes(name));
  if (unknown.length > 0) {
    throw invalid(
      variable,
      `does not understand the parameter ${unknown.join(', ')}; it knows ${KNOWN.join(', ')}`,
    );
  }
  const host = query.host ?? (plain(parsed.hostname, variable) || 'localhost');
  const { sslmode, sslrootcert, host: _host, port, ...settings } = query;
  const database = plain(parsed.pathname.slice(1), variable);
  if (database === '')
    throw invalid(variable, 'names no database: end it with /tieout, or whatever yours is called');
  return {
    host,
    port: Number(port ?? (parsed.port || 5432)),
    database,
    user: plain(parsed.username, variable) || 'postgres',
    password: plain(parsed.password, variable),
    ssl: tls(host, { sslmode, sslrootcert }, variable),
    settings,
  };
}

/** The same server and user, another database. */
export function withDatabase(url: string, database: string): string {
  const parsed = parse(url, 'DATABASE_URL');
  parsed.pathname = `/${encodeURIComponent(database)}`;
  return parsed.href;
}

/** The same server and database, another user. */
export function withLogin(url: string, user: string, password: string): string {
  const parsed = parse(url, 'DATABASE_URL');
  parsed.username = encodeURIComponent(user);
  parsed.password = encodeURIComponent(password);
  return parsed.href;
}

/** A part of the URL as it is meant. A password that was made by a program often has a % that was not escaped. */
function plain(part: string, variable: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalid(variable, 'has a % that is no escape: write it as %25');
  }
}

function parse(url: string, variable: string): URL {
  if (/@[^/?]*,/.test(url)) throw invalid(variable, 'names several hosts: name the one that takes writes');
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed !== undefined && ['postgres:', 'postgresql:'].includes(parsed.protocol)) return parsed;
  throw invalid(
    variable,
    'is not a database address: write it as postgres://user:password@host:5432/database',
  );
}

function tls(
  host: string,
  { sslmode, sslrootcert }: { sslmode: string | undefined; sslrootcert: string | undefined },
  variable: string,
): Address['ssl'] {
  const isLocal = LOCAL_NAMES.includes(host) || host.startsWith('/');
  if (sslmode === 'disable' && !isLocal) {
    throw invalid(
      variable,
      `would send the password and all data to ${host} in the clear: use sslmode=verify-full`,
    );
  }
  const ca =
    sslrootcert === undefined || sslrootcert === 'system'
      ? {}
      : { ca: readCertificate(sslrootcert, variable) };
  const servername = isIP(host) === 0 ? { servername: host } : {};
  const modes: Readonly<Record<string, Address['ssl']>> = {
    disable: false,
    allow: isLocal ? false : 'prefer',
    prefer: isLocal ? false : 'prefer',
    require: sslrootcert === undefined ? 'require' : { ...ca, checkServerIdentity: () => undefined },
    'verify-ca': { ...ca, checkServerIdentity: () => undefined },
    'verify-full': {
      ...ca,
      ...servername,
      checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate),
    },
  };
  const mode = modes[sslmode ?? (sslrootcert === 'system' ? 'verify-full' : 'prefer')];
  if (mode === undefined)
    throw invalid(variable, `has sslmode=${sslmode}; it knows ${Object.keys(modes).join(', ')}`);
  return mode;
}

function readCertificate(path: string, variable: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Fault('database_url_invalid', `${variable}: the sslrootcert ${path} cannot be read.`, {
      cause,
    });
  }
}

const invalid = (variable: string, what: string): Fault =>
  new Fault('database_url_invalid', `${variable} ${what}.`);
