import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';
import { Fault } from '../core/fault.ts';
import type { Sql } from './client.ts';
import { isConnectionLoss, toFault } from './errors.ts';

/**
 * A transaction's handle. Any query on it after the transaction ended, or after its connection died, is refused
 * (TRANSACTION_ENDED, CONNECTION_CLOSED): it never runs on another connection, outside the transaction.
 */
export type Tx = postgres.TransactionSql<{ bigint: bigint }>;

/** What takes statements: a transaction, or a pool, where each statement commits by itself. */
export type Statements = postgres.ISql<{ bigint: bigint }>;

export type TxOptions = {
  /** The function may run again from its beginning when two transactions met: it does nothing but SQL on `tx`. */
  readonly repeatable?: boolean;
  /** One snapshot for all statements, and no writes: for reports and the verifier. */
  readonly snapshot?: boolean;
  /** The first statement is sent together with the one that enters the workspace. Not for a cursor, which the driver then loses. */
  readonly together?: boolean;
};

const ATTEMPTS = 5;

/**
 * Runs `work` in one transaction that sees and writes only this workspace, and commits what it did.
 *
 * Shape:   READ COMMITTED, or one read-only snapshot on request. What `work` returns is returned; what it throws
 *          rolls everything back. A refusal that is *returned* commits: throw, or write nothing before it.
 * Throws:  Fault, with the advice of src/db/errors.ts. `commit_unknown`: the connection broke while committing, so the
 *          change may be there or not; look it up by its request id before doing it again.
 */
export async function inWorkspace<T>(
  sql: Sql,
  workspaceId: string,
  work: (tx: Tx) => Promise<T>,
  options: TxOptions = {},
): Promise<T> {
  return await inTransaction(
    sql,
    async (tx) => {
      const entered = enterWorkspace(tx, workspaceId);
      if (options.together !== true) await entered;
      const [value] = await Promise.all([work(tx), entered]);
      return value;
    },
    options,
  );
}

/** Like `inWorkspace`, without a workspace: for tables that belong to no tenant. */
export async function inTransaction<T>(
  sql: Sql,
  work: (tx: Tx) => Promise<T>,
  options: TxOptions = {},
): Promise<T> {
  return await untilNoConflict(() => once(sql, work, options), options.repeatable === true ? ATTEMPTS : 1);
}

/**
 * Sends one statement that is a transaction of its own, and again when it met another one: a call of a database function
 * that enters the workspace itself, as nothing else would see a row.
 *
 * Throws:  as `inWorkspace`. A statement that `writes` may have done so when the connection broke: `commit_unknown`.
 */
export async function inStatement<T>(
  send: () => Promise<T>,
  { writes }: { readonly writes: boolean },
): Promise<T> {
  return await untilNoConflict(async () => {
    try {
      return await send();
    } catch (error) {
      const fault = toFault(error);
      throw writes && isConnectionLoss(fault) ? unknownOutcome(fault) : fault;
    }
  }, ATTEMPTS);
}

async function untilNoConflict<T>(work: () => Promise<T>, attempts: number): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= attempts || !isConflict(error)) throw error;
      await sleep(Math.random() * 20 * 2 ** attempt); // jitter: two that met must not meet again in step
    }
  }
}

// The policies of every table compare with this setting; `true` ends it with the transaction.
async function enterWorkspace(tx: Tx, workspaceId: string): Promise<void> {
  await tx`select set_config('tieout.workspace_id', ${workspaceId}, true)`;
}

async function once<T>(sql: Sql, work: (tx: Tx) => Promise<T>, options: TxOptions): Promise<T> {
  let isDone = false;
  const isolation = options.snapshot
    ? 'isolation level repeatable read read only'
    : 'isolation level read committed';
  try {
    // Wrapped in an array's place: the driver would await the members of a returned array.
    const outcome = await sql.begin(isolation, async (tx) => {
      const value = await work(tx);
      isDone = true;
      return { value };
    });
    return outcome.value as T;
  } catch (error) {
    const fault = toFault(error);
    throw isDone && isConnectionLoss(fault) ? unknownOutcome(fault) : fault;
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof Fault && (error.code === 'serialization_failure' || error.code === 'deadlock');
}

function unknownOutcome(cause: unknown): Fault {
  return new Fault(
    'commit_unknown',
    'The connection to the database broke while committing: the change may be there or not. ' +
      'Look it up by its request id before doing it again.',
    { cause },
  );
}
