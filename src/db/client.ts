import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { Fault } from '../core/fault.ts';
import { promptly } from './prompt-socket.ts';
import { parseDatabaseUrl } from './url.ts';

/** A pool of connections for raw SQL. int8 is bigint, numeric and date are text, timestamptz is Date, json is parsed. */
export type Sql = postgres.Sql<{ bigint: bigint }>;

/** Who waits for the answer: it decides how long a statement may take. */
type PoolRole = 'people' | 'api' | 'runs' | 'reports' | 'admin';

type Limits = {
  /** Milliseconds a statement may run, a lock may be waited for, a transaction may do nothing; 0 = no end. */
  readonly statement: number;
  readonly lock: number;
  readonly idle: number;
  /** Seconds to wait for a free connection; undefined = no end. */
  readonly queue: number | undefined;
  readonly max: number;
};

const LIMITS = {
  people: { statement: 5_000, lock: 2_000, idle: 5_000, queue: 5, max: 10 }, // Slack wants an answer within 3 s
  api: { statement: 3_000, lock: 1_000, idle: 3_000, queue: 3, max: 8 }, // never waits behind people, nor they behind it
  runs: { statement: 30 * 60_000, lock: 60_000, idle: 30 * 60_000, queue: 60, max: 4 },
  reports: { statement: 60_000, lock: 5_000, idle: 60_000, queue: 60, max: 4 },
  admin: { statement: 0, lock: 0, idle: 0, queue: undefined, max: 1 }, // migrations wait as long as they must
} satisfies Record<PoolRole, Limits>;

// How much longer than the server's own limit we wait before a silent connection is given up, in seconds.
const SILENCE_GRACE = 10;

/**
 * What a night sorts and joins should not go through files; people's queries touch few rows. Memory is taken as it is used.
 * The API asks the same few questions all day: planned once and not for each, a question of GET /api/v1/holds costs the
 * database 1.1 ms of its processor instead of 1.65 (2026-11-29).
 */
const SETTINGS = {
  people: {},
  runs: { work_mem: '128MB', temp_buffers: '64MB' },
  api: { plan_cache_mode: 'force_generic_plan' },
  reports: { work_mem: '32MB' },
  admin: { maintenance_work_mem: '256MB' },
} satisfies Record<PoolRole, Readonly<Record<string, string>>>;

export type ConnectOptions = {
  readonly url: string;
  readonly role: PoolRole;
  readonly max?: number;
  /** Act as tieout_app from the first statement on: for a command that was given an administrator's URL. */
  readonly stepDown?: boolean;
  readonly applicationName?: string;
  /** The variable that `url` came from, for messages. */
  readonly variable?: string;
  /** Milliseconds; instead of the role's own limit. */
  readonly statementTimeout?: number;
  /** A database of others: read only, under its own search path. */
  readonly isForeign?: boolean;
  /** Called as each statement is sent: for counting them. */
  readonly onStatement?: () => void;
};

/**
 * A pool for raw SQL. No connection is made before the first query.
 *
 * Every query settles: the server ends a statement after the role's limit, a silent connection is given up some
 * seconds later, and waiting for a free connection has an end too. Not for use: `reserve` (a dead connection goes
 * unnoticed there; take a pool with max 1).
 * Throws: Fault('database_url_invalid'), Fault('driver_unguarded').
 */
export function connect(options: ConnectOptions): Sql {
  refuseUnguardedDriver();
  const address = parseDatabaseUrl(options.url, options.variable);
  const limits: Limits = LIMITS[options.role];
  const statement = options.statementTimeout ?? limits.statement;
  const { connect_timeout, application_name, ...settings } = address.settings;

  return postgres({
    host: address.host,
    port: address.port,
    database: address.database,
    user: address.user,
    password: address.password,
    ssl: address.ssl,
    ...(address.host.startsWith('/') ? { path: `${address.host}/.s.PGSQL.${address.port}` } : {}),
    ...promptly(address),
    max: options.max ?? limits.max,
    connect_timeout: Number(connect_timeout ?? 10),
    idle_timeout: 300,
    // The driver's own goes up to 20 s: too long for a person, after a restart of the database that took two.
    backoff: (retries: number) => Math.min(0.05 * 2 ** retries, 1) * (0.5 + Math.random() / 2),
    ...deadlines(statement, limits.queue),
    connection: {
      ...settings,
      application_name: options.applicationName ?? application_name ?? `tieout ${options.role}`,
      ...(options.isForeign ? { default_transaction_read_only: true } : { search_path: 'tieout,pg_catalog' }),
      TimeZone: 'UTC',
      statement_timeout: statement,
      ...SETTINGS[options.role],
      lock_timeout: limits.lock,
      idle_in_transaction_session_timeout: limits.idle,
      ...(options.stepDown ? { role: 'tieout_app' } : {}),
    },
    types: TYPES,
    ...(options.onStatement ? { debug: options.onStatement } : {}),
    onnotice: () => {}, // "already exists, skipping" and the like: nobody can act on it
  }) as Sql;
}

/** A pool wrapped by Drizzle. A pool of its own: Drizzle changes how the pool it wraps reads dates. */
export function drizzleClient(options: ConnectOptions): PostgresJsDatabase & { readonly $client: Sql } {
  return drizzle(connect(options)) as PostgresJsDatabase & { readonly $client: Sql };
}

/** Options that scripts/postgres-guard.mjs adds to the driver, in seconds. */
function deadlines(statementMs: number, queue: number | undefined): object {
  if (statementMs === 0) return {};
  return {
    silence: statementMs / 1000 + SILENCE_GRACE,
    ...(queue === undefined ? {} : { queue_deadline: queue }),
  };
}

const refuseDate = (value: unknown): string => {
  if (typeof value === 'string') return value;
  throw new TypeError(
    'A business day goes to PostgreSQL as text, as in 2026-11-22: a Date would shift by time zones.',
  );
};

const TYPES = {
  bigint: postgres.BigInt,
  // 1082 is date: a business day has no instant, so it stays text.
  day: { to: 1082, from: [1082], serialize: refuseDate, parse: (text: string) => text },
};

function refuseUnguardedDriver(): void {
  if ('tieoutGuard' in postgres) return;
  throw new Fault(
    'driver_unguarded',
    'The database driver in node_modules lacks the fixes that keep this process alive when PostgreSQL goes away. ' +
      'Run: node scripts/ensure-installed.mjs',
  );
}
