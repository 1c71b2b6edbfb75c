import { copyRows } from '../../db/copy-rows.sql.ts';
import type { Tx } from '../../db/tx.ts';

/** Columns of a new or re-detected exception; amounts are text. */
export type ExceptionRow = {
  readonly exception_id: string;
  readonly number: number;
  readonly fingerprint: string;
  readonly inputs_hash: string;
  readonly type: string;
  readonly reason: string;
  readonly severity: string;
  readonly domain: string;
  readonly team_id: string;
  readonly client: string | null;
  readonly order_ref: string | null;
  readonly payee: string | null;
  readonly hold_kind: string | null;
  readonly expected_minor: string | null;
  readonly actual_minor: string | null;
  readonly at_stake_minor: string;
  readonly currency: string;
  readonly findings: unknown;
  readonly routed_by: unknown;
  readonly sla: string;
  readonly due_at: string;
  readonly opened_at: string;
  readonly last_seq: string;
  /** What becomes of the recorded one. */
  readonly kind: 'open' | 'update' | 'reopen';
};

/** Puts the rows of a plan's exceptions into the working table `drafted_exception`, from which they are inserted and updated. */
export async function draftExceptions(tx: Tx, rows: readonly ExceptionRow[]): Promise<void> {
  await tx`
    create temp table drafted_exception (
      exception_id uuid, number integer, fingerprint text, inputs_hash text, type text, reason text, severity text,
      domain text, team_id uuid, client text, order_ref text, payee text, hold_kind text, expected_minor bigint,
      actual_minor bigint, at_stake_minor bigint, currency text, findings jsonb, routed_by jsonb, sla text,
      due_at timestamptz, opened_at timestamptz, last_seq bigint, kind text
    ) on commit drop`;
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first) as (keyof ExceptionRow)[];
  const values = (row: ExceptionRow) => columns.map((column) => cellOf(row[column]));
  await copyRows(tx, { table: 'drafted_exception', columns }, mapped(rows, values));
  await tx`analyze drafted_exception (exception_id, kind)`;
}

const cellOf = (value: unknown): string | number | null =>
  value === null || typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value);

function* mapped<T, R>(items: readonly T[], map: (item: T) => R): Generator<R> {
  for (const item of items) yield map(item);
}
