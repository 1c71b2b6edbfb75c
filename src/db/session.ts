import { Fault } from '../core/fault.ts';
import type { Sql } from './client.ts';
import { toFault } from './errors.ts';
import { readSession, type SessionRow } from './session.sql.ts';

/** The oldest PostgreSQL that the migrations and the SQL are tested on. */
const OLDEST_MAJOR = 15;

export type SafetyOptions = {
  /** The pool was made with stepDown: who logged in may be an administrator, only who acts counts. */
  readonly steppedDown?: boolean;
  readonly variable?: string;
};

/**
 * Resolves when this pool's role is one that row-level security and the audit trail hold for.
 *
 * Throws: Fault('database_role_unsafe'), exit code 2, with one line that names the variable and the way out.
 */
export async function assertSafeSession(sql: Sql, options: SafetyOptions = {}): Promise<void> {
  const rows = await readSession(sql).catch((error: unknown) => {
    throw toFault(error);
  });
  const variable = options.variable ?? 'DATABASE_URL';
  const considered = options.steppedDown ? rows.filter((row) => row.via === 'current_user') : rows;
  for (const row of considered) {
    const wrong = PROBLEMS.find(({ holds }) => holds(row));
    if (wrong !== undefined) {
      throw new Fault('database_role_unsafe', `${variable}: ${wrong.say(row)}`);
    }
  }
}

const WAY_OUT = 'use the login of tieout_app here, and keep this one for "tieout migrate"';

const PROBLEMS: readonly { holds: (row: SessionRow) => boolean; say: (row: SessionRow) => string }[] = [
  {
    holds: (row) => Math.floor(row.server_version_num / 10_000) < OLDEST_MAJOR,
    say: (row) => `the server is PostgreSQL ${row.server_version}; ${OLDEST_MAJOR} or later is needed.`,
  },
  {
    holds: (row) => row.is_superuser,
    say: (row) => `the role ${row.user} is a superuser, whom row-level security does not bind: ${WAY_OUT}.`,
  },
  {
    holds: (row) => row.bypasses_rls,
    say: (row) => `the role ${row.user} has BYPASSRLS and would see every workspace: ${WAY_OUT}.`,
  },
  {
    // Before PostgreSQL 16 such a role grants itself any other, tieout_owner too.
    holds: (row) => row.creates_roles,
    say: (row) => `the role ${row.user} has CREATEROLE and could make itself the owner: ${WAY_OUT}.`,
  },
  {
    holds: (row) => row.owns_schema,
    say: (row) =>
      `the role ${row.user} owns the tables (or is a member of tieout_owner) and could rewrite the trail: ${WAY_OUT}.`,
  },
  {
    // Measured: with "off", 123 of 11,583 acknowledged writes were gone after 40 crashes; with "on", none of 11,385.
    holds: (row) => row.synchronous_commit === 'off',
    say: (row) =>
      'synchronous_commit is off, so a crash loses writes that people were told of: ' +
      `alter role ${row.user} reset synchronous_commit, or set it to on.`,
  },
];
