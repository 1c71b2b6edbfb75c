import type { Tx } from '../../db/tx.ts';

export type Planned = {
  readonly rowsNew: number;
  readonly rowsChanged: number;
  readonly rowsUnchanged: number;
  /** Rows whose revision is older than the recorded one. */
  readonly rowsOlder: number;
};

/** How many accepted rows are new, changed and unchanged. */
export async function countPlanned(tx: Tx): Promise<Planned> {
  const [row] = await tx<Planned[]>`
    select count(*) filter (where outcome = 'new')::integer as "rowsNew",
           count(*) filter (where outcome = 'changed')::integer as "rowsChanged",
           count(*) filter (where outcome = 'unchanged')::integer as "rowsUnchanged",
           count(*) filter (where is_older)::integer as "rowsOlder"
    from planned`;
  if (row === undefined) throw new Error('counting planned rows gave no row');
  return row;
}
