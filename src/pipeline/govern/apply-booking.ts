import type { AuditFact } from '../../core/audit.ts';
import { writeDuration } from '../../core/duration.ts';
import {
  APPROVALS_EXPIRE_AFTER_MS,
  type MoneySettings,
  type ResolutionCode,
} from '../../core/organisation.ts';
import type { Tx } from '../../db/tx.ts';
import { configFact } from './config-fact.ts';
import { toldTerms } from './told-terms.sql.ts';

type Asked<T> = { readonly workspaceId: string } & T;

/**
 * The event that says where a second person is asked and for how long; undefined when the trail says so already. What
 * holds without a line in the configuration is not told until it was otherwise: a team `finance` that comes or goes is
 * on the trail by itself.
 */
export async function approvalsFact(
  tx: Tx,
  { workspaceId, approvals }: Asked<{ approvals: MoneySettings['approvals'] }>,
): Promise<AuditFact | undefined> {
  const isDefault =
    (approvals.team ?? 'finance') === 'finance' && approvals.expireAfterMs === APPROVALS_EXPIRE_AFTER_MS;
  const now = isDefault ? [] : [approvalWords(approvals)];
  const before = await toldTerms(tx, workspaceId, 'approvals');
  if (before[0] === now[0]) return undefined;
  return configFact(workspaceId, { changed: [`approvals: ${approvalWords(approvals)}`], approvals: now });
}

/**
 * The event that says which resolution codes book an entry; undefined when the trail says so already. One that books
 * nothing asks for no limit and no second person: without the event, it could be so for a day and leave no trace.
 */
export async function bookingsFact(
  tx: Tx,
  { workspaceId, codes }: Asked<{ codes: readonly ResolutionCode[] }>,
): Promise<AuditFact | undefined> {
  const now = codes.flatMap(bookingWords).toSorted();
  const before = await toldTerms(tx, workspaceId, 'bookings');
  const changed = [
    ...before.filter((line) => !now.includes(line)).map((line) => `code no longer: ${line}`),
    ...now.filter((line) => !before.includes(line)).map((line) => `code: ${line}`),
  ];
  return changed.length === 0 ? undefined : configFact(workspaceId, { changed, bookings: now });
}

const approvalWords = ({ team, expireAfterMs }: MoneySettings['approvals']): string =>
  `asked in the channel of ${team === undefined ? "the exception's team" : `team ${team}`}, lapse after ${writeDuration(expireAfterMs)}`;

/** What of a code decides whether an entry is made and what has to be said for it; its label does not. */
function bookingWords({ code, books, types, note, amount, evidence = 'optional' }: ResolutionCode): string[] {
  if (books === undefined) return [];
  const asked = Object.entries({ note, amount, evidence }).filter(([, need]) => need === 'required');
  const wants = asked.length === 0 ? '' : `, wants ${asked.map(([name]) => name).join(', ')}`;
  return [
    `${code} books ${books}${types.length === 0 ? '' : ` for ${[...types].sort().join(', ')}`}${wants}`,
  ];
}
