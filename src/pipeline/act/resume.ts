import { type ExceptionNow, resumed } from '../../core/act.ts';
import { cutoffDay } from '../../core/cutoff.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result } from '../../core/result.ts';
import { historyOf } from '../../db/cards/history.sql.ts';
import type { Sql } from '../../db/client.ts';
import type { Tx } from '../../db/tx.ts';
import { type Acted, type ActInput, act } from './act.ts';
import { tellPeople } from './tell-person.ts';
import { type TickInput, tick } from './tick.ts';

/** Takes up again what waits, before its day. */
export const resume = (sql: Sql, input: ActInput, now: Date = new Date()): Promise<Result<Acted, Refusal>> =>
  act(sql, input, {
    action: 'resume',
    audited: 'exception.resume',
    isAlone: true,
    decide: (facts) => accept({ next: resumed(facts, now) }),
  });

/** Takes up again what waited for a day that has come, and tells its owner. Returns whether there was anything to do. */
export const resumeOnTime = (
  sql: Sql,
  input: TickInput,
  { now, zone }: { now: Date; zone: string },
): Promise<boolean> =>
  tick(sql, input, {
    audited: 'exception.resume',
    decide: (seen) => {
      const isDue = seen.waitUntilOn !== undefined && seen.waitUntilOn <= cutoffDay(now, zone);
      if (seen.status !== 'waiting' || !isDue) return undefined;
      return {
        next: resumed(seen, now),
        reason: 'WAIT_IS_OVER',
        also: (tx, seq) => tellOwner(tx, input, { seen, seq }),
      };
    },
  });

async function tellOwner(tx: Tx, input: TickInput, { seen, seq }: { seen: ExceptionNow; seq: bigint }) {
  if (!seen.owner) throw new Error(`exception ${input.exceptionId} waits and has no owner`);
  const histories = await historyOf(tx, input.workspaceId, [input.exceptionId]);
  const why = histories.get(input.exceptionId)?.findLast(({ action }) => action === 'exception.wait')?.note;
  const happening = { notice: 'wait_over', note: why ?? null } as const;
  await tellPeople(tx, { ...input, seq }, { personIds: [seen.owner.personId], happening });
}
