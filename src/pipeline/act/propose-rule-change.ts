import { readNote } from '../../core/act.ts';
import type { GovernanceTerms } from '../../core/organisation.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import { canBeDecided, whyNotPropose } from '../../core/rule-change.ts';
import type { SpecDifference } from '../../core/spec-difference.ts';
import type { Versioned } from '../../core/versioned.ts';
import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/new-id.ts';
import { enqueueNotice } from '../../db/outbox/enqueue.ts';
import { readRuleChanges } from '../../db/rules/change-facts.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { type Asking, decideOnce } from './decide-once.ts';
import { insertRuleChange } from './insert-rule-change.sql.ts';
import { type LockedRule, lockRule } from './lock-rule.sql.ts';
import { recordSpec } from './record-spec.sql.ts';
import { roleHolders } from './role-holders.sql.ts';
import { standingOf } from './standing-of.sql.ts';

export type ProposingRule = Asking & {
  readonly reconciliation: string;
  /** What the rule would say. */
  readonly proposed: Pick<Versioned, 'sha256' | 'body' | 'text'>;
  /** The version that was compared with it, and how they differ. */
  readonly from: number;
  readonly difference: SpecDifference;
  readonly why: string;
};

export type RuleProposed = {
  readonly changeId: string;
  readonly from: number;
  readonly to: number;
  readonly expiresAt: Date;
  readonly repeated: boolean;
};

type Settings = { readonly governance: GovernanceTerms | undefined; readonly now?: Date };

/**
 * Asks for a change of a rule: it is kept with its reason and with what would change, and the channel of governance is
 * asked. Runs go on as before until three people agreed.
 */
export const proposeRuleChange = (
  sql: Sql,
  input: ProposingRule,
  { governance, now = new Date() }: Settings,
): Promise<Result<RuleProposed, Refusal>> =>
  decideOnce(sql, input, {
    wanted: 'rule.proposed',
    decide: async (tx) => {
      if (!governance) return refuse({ code: 'rules_not_governed' });
      const rule = await lockRule(tx, input);
      const refusal = await whyNot(tx, input, rule);
      if (refusal) return refuse(refusal);
      const read = readNote(input.why);
      if (!read.ok) return read;
      if (read.value === undefined) return refuse({ code: 'reason_required' });
      if (!rule) throw new Error('unreachable: a rule that is not there is refused');
      return accept(await keep(tx, { input, rule, reason: read.value, governance, now }));
    },
  });

async function whyNot(
  tx: Tx,
  { workspaceId, personId, reconciliation, proposed, from }: ProposingRule,
  rule: LockedRule | undefined,
): Promise<Refusal | undefined> {
  const person = await standingOf(tx, { workspaceId, personId });
  const denied: Refusal | undefined = person
    ? whyNotPropose({ ...person, personId })
    : { code: 'inactive_person' };
  if (denied) return denied;
  if (!rule?.active) return { code: 'rule_unknown', reconciliation };
  const { version, sha256 } = rule.active;
  if (sha256 === proposed.sha256) return { code: 'rule_unchanged', reconciliation, version };
  if (version !== from) return { code: 'rule_change_outdated', reconciliation };
  const pending = await readRuleChanges(tx, { workspaceId, isPending: true });
  const other = pending.find((one) => one.reconciliation === reconciliation);
  if (other) {
    const { author, expiresAt: until } = other;
    return { code: 'rule_change_pending', reconciliation, byName: author.name, until };
  }
  return canBeDecided(await roleHolders(tx, workspaceId), personId)
    ? undefined
    : { code: 'too_few_approvers' };
}

type Keeping = {
  readonly input: ProposingRule;
  readonly rule: LockedRule;
  readonly reason: string;
  readonly governance: GovernanceTerms;
  readonly now: Date;
};

async function keep(tx: Tx, { input, rule, reason, governance, now }: Keeping): Promise<RuleProposed> {
  const { workspaceId, personId, requestKey, reconciliation, proposed, from, difference } = input;
  const { reconciliationId } = rule;
  const { sha256, body, text } = proposed;
  const to = await recordSpec(tx, { workspaceId, reconciliationId, sha256, body, text, now });
  const changeId = newId();
  const expiresAt = new Date(now.getTime() + governance.expireAfterMs);
  const [seq] = await appendAudit(tx, {
    workspaceId,
    facts: [
      {
        action: 'rule.proposed',
        entity: 'rule_change',
        entityId: changeId,
        actor: { kind: 'person', id: personId },
        requestKey,
        note: reason,
        data: { reconciliation, from, to, sha256: proposed.sha256, expires_at: expiresAt.toISOString() },
      },
    ],
  });
  if (seq === undefined) throw new Error('a change of a rule was proposed without an event');
  const change = { workspaceId, changeId, reconciliationId, from, to, personId, reason, difference };
  await insertRuleChange(tx, { ...change, now, expiresAt, seq });
  await enqueueNotice(tx, {
    workspaceId,
    dedupeKey: `rule:${changeId}`,
    address: governance.channel,
    payload: { rule: 'change', change_id: changeId },
  });
  return { changeId, from, to, expiresAt, repeated: false };
}
