import { Fault } from '../core/fault.ts';

/** What PostgreSQL said, wherever in the chain of causes it is (Drizzle wraps it). */
export type DatabaseError = {
  readonly code: string;
  readonly constraint: string | undefined;
  readonly table: string | undefined;
  readonly message: string;
};

type Meaning = { readonly code: string; readonly retryable: boolean; readonly advice: string };

const say = (code: string, retryable: boolean, advice: string): Meaning => ({ code, retryable, advice });

/** SQLSTATE, driver and socket codes that mean something to us. Anything else is a bug and stays what it is. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  // Two transactions met; PostgreSQL chose this one to give way.
  '40001': say('serialization_failure', true, 'Run the transaction again.'),
  '40P01': say('deadlock', true, 'Run the transaction again.'),
  '55P03': say('lock_timeout', true, 'Somebody holds the lock: try again in a moment.'),
  // Deadlines: the statement's own, and ours when the server is silent.
  '57014': say('statement_timeout', true, 'The statement took longer than this pool allows.'),
  '25P03': say('idle_in_transaction', false, 'The transaction waited too long between two statements.'),
  QUERY_DEADLINE: say(
    'server_silent',
    true,
    'The server took the query and did not answer; check the network.',
  ),
  POOL_DEADLINE: say('pool_exhausted', true, 'No connection became free in time: check what holds them.'),
  // The server or the way to it is gone.
  CONNECTION_CLOSED: say('connection_lost', true, 'Check that the database of DATABASE_URL is up.'),
  CONNECTION_DESTROYED: say('connection_lost', true, 'The pool was closed while queries were under way.'),
  CONNECTION_ENDED: say('connection_lost', false, 'The pool is closed: this process is stopping.'),
  CONNECT_TIMEOUT: say(
    'database_unreachable',
    true,
    'Check host and port in DATABASE_URL, and the firewall.',
  ),
  ECONNREFUSED: say(
    'database_unreachable',
    true,
    'Nothing listens there: check host and port in DATABASE_URL.',
  ),
  ECONNRESET: say(
    'connection_lost',
    true,
    'Check that the database of DATABASE_URL is up, and that it speaks TLS where sslmode asks for it.',
  ),
  EPIPE: say('connection_lost', true, 'Check that the database of DATABASE_URL is up.'),
  ETIMEDOUT: say('database_unreachable', true, 'Check host and port in DATABASE_URL, and the firewall.'),
  EHOSTUNREACH: say('database_unreachable', true, 'Check the host in DATABASE_URL and the network.'),
  ENETUNREACH: say('database_unreachable', true, 'Check the host in DATABASE_URL and the network.'),
  ENOTFOUND: say('database_unreachable', true, 'The host name in DATABASE_URL is not known.'),
  EAI_AGAIN: say('database_unreachable', true, 'The host name in DATABASE_URL cannot be looked up now.'),
  '57P01': say('connection_lost', true, 'The database is shutting down or ended this connection.'),
  '57P02': say('connection_lost', true, 'The database crashed and restarts.'),
  '57P03': say('database_unreachable', true, 'The database is starting up: try again in a moment.'),
  '53300': say(
    'too_many_connections',
    true,
    'Raise max_connections, or the limit of the role: each instance of the service takes up to 28.',
  ),
  '53100': say('disk_full', true, 'The disk of the database is full: free space there.'),
  '58030': say('disk_error', true, 'The database cannot read or write its disk: see its log.'),
  '25006': say(
    'read_only',
    true,
    'This is a standby or a read-only transaction: DATABASE_URL must name the primary.',
  ),
  // Configuration.
  '28P01': say('database_login_refused', false, 'User or password in DATABASE_URL is wrong.'),
  '28000': say(
    'database_login_refused',
    false,
    'The server does not let this user in: check DATABASE_URL and pg_hba.conf.',
  ),
  '3D000': say(
    'database_missing',
    false,
    'The database named in DATABASE_URL does not exist: create it first.',
  ),
  '42P01': say('schema_missing', false, 'A table is missing: run "tieout migrate".'),
  '3F000': say('schema_missing', false, 'The schema is missing: run "tieout migrate".'),
  '42501': say(
    'permission_denied',
    false,
    'The login of DATABASE_URL may not do this: make it a member (grant tieout_app to …), and run "tieout migrate" as an administrator.',
  ),
};

/** A dump of a database holds no roles, and `pg_restore` goes on without them. */
export const ROLES_FIRST =
  'A backup was restored before its roles were there: make the database anew, then "create role tieout_owner nologin; ' +
  'create role tieout_app nologin", and restore again.';

const ROLES_MISSING = say('roles_missing', false, ROLES_FIRST);

/** Codes that mean "the installation is wrong": the command ends with exit code 2, not with "try again". */
export const CONFIGURATION_FAULTS: ReadonlySet<string> = new Set([
  'database_url_invalid',
  'database_role_unsafe',
  'database_login_refused',
  'database_missing',
  'driver_unguarded',
  'migrations_inconsistent',
  'permission_denied',
  'roles_missing',
  'schema_missing',
  'schema_newer',
  'schema_older',
]);

/** What PostgreSQL said in `error` or its causes; undefined when it was not PostgreSQL. */
export function databaseError(error: unknown): DatabaseError | undefined {
  for (const link of causes(error)) {
    if (link.name !== 'PostgresError') continue;
    const said = link as Error & { code: string; constraint_name?: string; table_name?: string };
    return {
      code: said.code,
      constraint: said.constraint_name,
      table: said.table_name,
      message: said.message,
    };
  }
  return undefined;
}

/** Whether `error` is PostgreSQL refusing a row because of the constraint or unique index `name`. */
export function violates(error: unknown, name: string): boolean {
  const said = databaseError(error);
  return said?.code.startsWith('23') === true && said.constraint === name;
}

/**
 * The error to throw on: a Fault with advice for what the world did, otherwise `error` itself, unchanged.
 *
 * The messages of PostgreSQL and the driver hold no password; the query text stays in the cause.
 */
export function toFault(error: unknown): unknown {
  if (error instanceof Fault) return error;
  for (const link of causes(error)) {
    const meaning = meaningOf(link);
    if (meaning === undefined) continue;
    const { code, retryable, advice } = meaning;
    return new Fault(
      code,
      `Database: ${link.message || String((link as { code?: unknown }).code)}. ${advice}`,
      {
        cause: error,
        retryable,
      },
    );
  }
  return error;
}

/** The role that every command steps down to; PostgreSQL has no code of its own for one that is missing. */
function meaningOf(link: Error): Meaning | undefined {
  if (link.message === 'role "tieout_app" does not exist') return ROLES_MISSING;
  return 'code' in link ? MEANINGS[String(link.code)] : undefined;
}

/** Whether the connection broke, so that nobody knows what the server did with the last thing it was told. */
export function isConnectionLoss(fault: unknown): boolean {
  return (
    fault instanceof Fault &&
    ['connection_lost', 'server_silent', 'database_unreachable'].includes(fault.code)
  );
}

function* causes(error: unknown): Generator<Error> {
  let link = error;
  for (let depth = 0; link instanceof Error && depth < 5; depth += 1) {
    yield link;
    // A host name with several addresses fails with one error per address.
    if (link instanceof AggregateError) yield* link.errors.filter((inner) => inner instanceof Error);
    link = link.cause;
  }
}
