import { lockPeriods } from '../../db/lock-periods.sql.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * The month an entry of this one is booked to: itself while it is open, else the next that is, up to the current one. No
 * month is closed until the transaction ends.
 */
export async function openPeriod(
  tx: Tx,
  { workspaceId, original, current }: { workspaceId: string; original: string; current: string },
): Promise<string | undefined> {
  await lockPeriods(tx, workspaceId, { alone: false });
  const [row] = await tx<{ period: string }[]>`
    select to_char(m.month, 'YYYY-MM') as period
    from generate_series(${`${original}-01`}::date, ${`${current}-01`}::date, interval '1 month') as m (month)
    where not is_period_closed(${workspaceId}::uuid, to_char(m.month, 'YYYY-MM'))
    order by m.month
    limit 1`;
  return row?.period;
}
