import type { ExceptionNow, NextState } from '../../core/act.ts';
import { type AuditFact, auditBody } from '../../core/audit.ts';
import { newId } from '../../db/new-id.ts';
import type { Statements } from '../../db/tx.ts';
import { type ActRead, type ActRow, toActRead } from './act-facts.sql.ts';

/** What became of an act: done, with its event; nothing, because somebody was faster or the request was answered before. */
export type Applied =
  | { readonly verdict: 'applied'; readonly seq: bigint }
  | { readonly verdict: 'moved_on'; readonly now: ActRead }
  | { readonly verdict: 'repeated'; readonly answered: unknown };

export type Change = {
  readonly workspaceId: string;
  readonly exceptionId: string;
  readonly seen: ExceptionNow;
  readonly next: NextState;
  readonly fact: AuditFact;
  /** Whoever presses; a timer is nobody. */
  readonly personId: string | undefined;
  /** The request and how it is answered when this goes through; a timer has none. */
  readonly request: { readonly key: string; readonly answer: unknown } | undefined;
};

/**
 * Moves an exception from the state that was seen to the next one, with its audit event, its card, its thread line and
 * the answer of its request, or writes nothing. One statement, so the audit chain is never locked while an answer travels.
 */
export async function applyAct(on: Statements, change: Change): Promise<Applied> {
  const { seen, next, request } = change;
  const [row] = await on<Row[]>`
    select verdict, seq, kept, (again).*
    from tieout.apply_act(
      ${change.workspaceId}::uuid, ${change.exceptionId}::uuid, ${change.personId ?? null}::uuid,
      ${request?.key ?? null}::text, ${request ? JSON.stringify(request.answer) : null}::text, ${seen.status}::text, ${seen.version}::integer,
      ${auditBody(change.fact)}::text, ${next.status}::text, ${next.ownerId}::uuid, ${instant(next.claimedAt)}::timestamptz,
      ${instant(next.closedAt)}::timestamptz, ${next.level}::integer, ${next.resolutionCode}::text,
      ${next.resolutionMinor?.toString() ?? null}::bigint, ${instant(next.openedAt)}::timestamptz,
      ${instant(next.dueAt)}::timestamptz, ${next.waitUntilOn}::date, ${instant(next.duePausedAt)}::timestamptz,
      ${newId()}::uuid, ${newId()}::uuid)`;
  if (!row) throw new Error('tieout.apply_act returned no row');
  return toApplied(row);
}

type Row = ActRow & { verdict: 'applied' | 'moved_on' | 'repeated'; seq: bigint | null; kept: unknown };

function toApplied(row: Row): Applied {
  const { verdict, seq } = row;
  if (verdict === 'repeated') return { verdict, answered: row.kept };
  if (verdict === 'moved_on') return { verdict, now: toActRead(row) };
  if (seq === null) throw new Error('tieout.apply_act applied an act without an event');
  return { verdict, seq };
}

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;
