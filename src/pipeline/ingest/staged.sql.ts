import type { Tx } from '../../db/tx.ts';

/** A row as the contract reads it. */
export type StagedRow = {
  readonly line: number;
  readonly sourceRef: string;
  /** Minor units. */
  readonly amountMinor: string | null;
  readonly currency: string | null;
  readonly fields: Readonly<Record<string, string>>;
};

export type StagedProblem = {
  readonly line: number;
  readonly reason: string;
  readonly field: string | null;
  readonly detail: string;
  readonly raw: Buffer;
};

/** Whether rows were read at all in this transaction. */
export async function hasStaged(tx: Tx): Promise<boolean> {
  const [row] = await tx<{ there: boolean }[]>`select to_regclass('pg_temp.staged') is not null as there`;
  return row?.there === true;
}

/** The first rows that the contract accepts. */
export async function firstStaged(tx: Tx, limit: number): Promise<readonly StagedRow[]> {
  return [
    ...(await tx<StagedRow[]>`
      select s.line, s.source_ref as "sourceRef", s.amount_minor::text as "amountMinor", s.currency, s.fields::json
      from staged s
      where s.reason is null and not s.is_removal
      order by s.line
      limit ${limit}`),
  ];
}

/** The first rows that are kept out, each with its reason. */
export async function refusedStaged(tx: Tx, limit: number): Promise<readonly StagedProblem[]> {
  return [
    ...(await tx<StagedProblem[]>`
      select s.line, s.reason, s.field, s.detail, s.raw
      from staged s
      where s.reason is not null
      order by s.line
      limit ${limit}`),
  ];
}
