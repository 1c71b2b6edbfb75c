import { copyText, copyTexts } from '../../db/copy-rows.sql.ts';
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
  /** What becomes of the recorded one. */
  readonly kind: 'open' | 'update' | 'reopen';
};

const COLUMNS = [
  'exception_id',
  'number',
  'fingerprint',
  'inputs_hash',
  'type',
  'reason',
  'severity',
  'domain',
  'team_id',
  'client',
  'order_ref',
  'payee',
  'hold_kind',
  'expected_minor',
  'actual_minor',
  'at_stake_minor',
  'currency',
  'findings',
  'routed_by',
  'sla',
  'due_at',
  'opened_at',
  'kind',
] as const satisfies readonly (keyof ExceptionRow)[];

/** The row as it goes into `drafted_exception`, but for its place on the trail: written before that is known. */
export const draftText = (row: ExceptionRow): string =>
  copyText(COLUMNS.map((column) => cellOf(row[column])));

/** Puts the rows of a plan's exceptions into the working table `drafted_exception`, from which they are inserted and updated. */
export async function draftExceptions(
  tx: Tx,
  rows: Iterable<{ readonly text: string; readonly seq: bigint }>,
): Promise<void> {
  await tx`
    create temp table drafted_exception (
      exception_id uuid, number integer, fingerprint text, inputs_hash text, type text, reason text, severity text,
      domain text, team_id uuid, client text, order_ref text, payee text, hold_kind text, expected_minor bigint,
      actual_minor bigint, at_stake_minor bigint, currency text, findings jsonb, routed_by jsonb, sla text,
      due_at timestamptz, opened_at timestamptz, last_seq bigint, kind text
    ) on commit drop`;
  await copyTexts(tx, { table: 'drafted_exception', columns: [...COLUMNS, 'last_seq'] }, wholeTexts(rows));
  await tx`analyze drafted_exception (exception_id, kind)`;
}

/** Lets go of them once they are on the record: the next part has its own. */
export async function dropDrafted(tx: Tx): Promise<void> {
  await tx`drop table drafted_exception`;
}

function* wholeTexts(rows: Iterable<{ readonly text: string; readonly seq: bigint }>): Generator<string> {
  for (const { text, seq } of rows) yield `${text}\t${seq}`;
}

const cellOf = (value: unknown): string | number | null =>
  value === null || typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value);
