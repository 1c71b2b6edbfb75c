import type { ExceptionNow } from '../../core/act.ts';
import type { AuditedAction } from '../../core/audit.ts';
import type { Sql } from '../../db/client.ts';
import { wakeSoon } from '../../db/outbox/wake-soon.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { exceptionNow } from './act-facts.sql.ts';
import { type Intent, move } from './move.ts';

export type TickInput = {
  readonly workspaceId: string;
  readonly exceptionId: string;
  /** The program that acts, as the trail names it. */
  readonly program: string;
};

/** What is due now; undefined when it is not, or no longer. */
type DecideTick = (now: ExceptionNow, tx: Tx) => (Intent | undefined) | Promise<Intent | undefined>;

/**
 * One timer on one exception, in one short transaction: it moves like by a press, or nothing changes. Returns whether it
 * moved. Two that come at once move it once: the slower one looks again and finds nothing due.
 */
export async function tick(
  sql: Sql,
  input: TickInput,
  { audited, decide }: { audited: AuditedAction; decide: DecideTick },
): Promise<boolean> {
  const actor = { kind: 'program', name: input.program } as const;
  const once = async (tx: Tx): Promise<boolean> => {
    for (;;) {
      const seen = await exceptionNow(tx, input);
      const intent = seen && (await decide(seen, tx));
      if (!seen || !intent) return false;
      const applied = await move(tx, { ...input, actor }, { audited, seen, intent });
      if (applied.verdict !== 'applied') continue;
      await intent.also?.(tx, applied.seq);
      return true;
    }
  };
  const hasMoved = await inWorkspace(sql, input.workspaceId, once, { repeatable: true });
  if (hasMoved) wakeSoon(sql, input.workspaceId);
  return hasMoved;
}
