import { createHash } from 'node:crypto';
import type { Calendar } from '../../core/calendar.ts';
import { parseSlaTerm } from '../../core/duration.ts';
import type { Organisation } from '../../core/organisation.ts';
import {
  BUILT_IN_POLICY,
  DEFAULT_POLICY,
  type Promised,
  promise,
  type SlaPolicy,
} from '../../core/sla-policy.ts';
import type { Tx } from '../../db/tx.ts';
import { keepPolicies } from './keep-policies.sql.ts';
import { planPromises } from './plan-promises.sql.ts';
import { type Unplanned, unplannedPromises } from './unplanned-promises.sql.ts';

type Terms = Pick<Organisation, 'calendar' | 'slaPolicies'>;

/**
 * Gives every promise that was made since the last sweep its steps, by the policy that its ownership row names as it is
 * now; that version of the policy is kept with it. Returns how many.
 */
export async function planNewPromises(
  tx: Tx,
  { workspaceId, terms }: { workspaceId: string; terms: Terms },
): Promise<number> {
  let count = 0;
  const promiseOf = remembering(terms.calendar);
  let after: Unplanned | undefined;
  for (;;) {
    const unplanned = await unplannedPromises(tx, { workspaceId, after });
    if (unplanned.length === 0) return count;
    after = unplanned.at(-1);
    const versions = new Map<string, SlaPolicy>();
    const planned = unplanned.map((one) => {
      const policy = policyOf(terms, one.policy);
      const version = versionOf(policy);
      versions.set(version, policy);
      return { exceptionId: one.exceptionId, policyVersion: version, promised: promiseOf(policy, one) };
    });
    await keepPolicies(tx, workspaceId, versions);
    await planPromises(tx, workspaceId, planned);
    count += unplanned.length;
  }
}

/** The policy of that name; one that was taken out of the configuration meanwhile leaves the default. */
const policyOf = ({ slaPolicies }: Terms, key: string | undefined): SlaPolicy =>
  slaPolicies?.[key ?? DEFAULT_POLICY] ?? slaPolicies?.[DEFAULT_POLICY] ?? BUILT_IN_POLICY;

const versions = new WeakMap<SlaPolicy, string>();

function versionOf(policy: SlaPolicy): string {
  const known = versions.get(policy);
  if (known !== undefined) return known;
  const version = createHash('sha256').update(JSON.stringify(policy)).digest('hex');
  versions.set(policy, version);
  return version;
}

/** A run opens thousands at one instant under one promise; a calendar is asked once for all of them. */
function remembering(calendar: Calendar): (policy: SlaPolicy, one: Unplanned) => Promised {
  const made = new Map<string, Promised>();
  return (policy, one) => {
    const key = `${versionOf(policy)} ${one.promisedAt.getTime()} ${one.dueAt.getTime()} ${one.sla}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const term = parseSlaTerm(one.sla);
    if (!term) throw new Error(`"${one.sla}" is stored as a promise and is none`);
    const promised = promise(policy, { openedAt: one.promisedAt, due: one.dueAt, term }, calendar);
    made.set(key, promised);
    return promised;
  };
}
