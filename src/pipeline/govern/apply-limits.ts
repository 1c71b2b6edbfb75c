import type { AuditFact } from '../../core/audit.ts';
import { toDecimal } from '../../core/money.ts';
import type { Limit } from '../../core/organisation.ts';
import type { Tx } from '../../db/tx.ts';
import { configFact } from './config-fact.ts';
import { toldTerms } from './told-terms.sql.ts';

/**
 * The event that says what may be booked without a second person from now on; undefined when the trail says so already.
 * Limits stand in the configuration alone: without it, one that was raised for a day would leave no trace.
 */
export async function limitsFact(
  tx: Tx,
  { workspaceId, limits }: { workspaceId: string; limits: readonly Limit[] | undefined },
): Promise<AuditFact | undefined> {
  const now = limits?.length === 0 ? [NOBODY] : (limits ?? []).map(limitWords).toSorted();
  const before = await toldTerms(tx, workspaceId, 'limits');
  const changed = [
    ...before.filter((limit) => !now.includes(limit)).map((limit) => `limit no longer: ${limit}`),
    ...now.filter((limit) => !before.includes(limit)).map((limit) => `limit: ${limit}`),
    ...(now.length === 0 && before.length > 0 ? ['limits: none, nothing needs a second person'] : []),
  ];
  return changed.length === 0 ? undefined : configFact(workspaceId, { changed, limits: now });
}

/** A list without a row: everything needs a second person. Without the list, nothing does. */
const NOBODY = 'nobody books anything alone';

const limitWords = ({ person, role, upToMinor, currency, books }: Limit): string =>
  `${person === undefined ? `role ${role}` : `person ${person}`} up to ` +
  `${toDecimal({ minor: upToMinor, currency })} ${currency} for ${[...books].sort().join(', ')}`;
