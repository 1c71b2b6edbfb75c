import type { AuditFact } from '../../core/audit.ts';
import type { MatchRecord } from '../../core/match.ts';
import { type SettledLine, type SettledNotice, storedMoney } from '../../core/message.ts';
import type { Reconciliation } from '../../core/spec.ts';
import { type GroupDecision, type GroupSums, isCredit } from '../../core/verify.ts';
import { enqueueNotice } from '../../db/outbox/enqueue.ts';
import type { Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { madeAutoResolved } from './made-matches.sql.ts';

export type AutoResolvedGroup = {
  readonly pass: string;
  readonly key: string;
  readonly sums: GroupSums;
  readonly members: readonly MatchRecord[];
  readonly decision: Extract<GroupDecision, { outcome: 'auto_resolved' }>;
};

type Made = AutoResolvedGroup & { readonly matchId: string };

/** Puts the groups that a rule settled in this run on the trail, and tells the teams the rules name. */
export async function applyAutoResolved(
  tx: Tx,
  input: { workspaceId: string; runId: string; spec: Reconciliation },
  groups: readonly AutoResolvedGroup[],
): Promise<void> {
  const byKey = new Map(groups.map((group) => [`${group.pass}\n${group.key}`, group]));
  const made = (await madeAutoResolved(tx)).flatMap(({ matchId, pass, key }): Made[] => {
    const group = byKey.get(`${pass}\n${key}`);
    return group ? [{ ...group, matchId }] : [];
  });
  const facts = made.map((group) => toFact(group, input));
  await appendAudit(tx, { workspaceId: input.workspaceId, facts });
  const told = new Set(made.flatMap(({ decision }) => decision.notify ?? []));
  for (const team of told) {
    const lines = made.filter(({ decision }) => decision.notify === team);
    await enqueueNotice(tx, {
      workspaceId: input.workspaceId,
      dedupeKey: `auto_resolved:${input.runId}:${team}`,
      address: `team:${team}`,
      payload: toNotice(lines, input.spec),
    });
  }
}

const toFact = (group: Made, input: { runId: string; spec: Reconciliation }): AuditFact => ({
  action: 'match.auto_resolved',
  entity: 'match',
  entityId: group.matchId,
  actor: { kind: 'program', name: 'run' },
  reason: group.decision.reason,
  data: {
    run_id: input.runId,
    rule: group.decision.rule,
    order_ref: orderRefOf(group) ?? null,
    expected_minor: group.sums.expectedMinor?.toString() ?? null,
    actual_minor: group.sums.actualMinor?.toString() ?? null,
    currency: group.sums.currency ?? null,
    original_periods: periodsOf(group, input.spec),
  },
});

/** A reader wants the sum and the largest; the rest is on the record. */
const SHOWN = 15;

function toNotice(groups: readonly Made[], spec: Reconciliation): SettledNotice {
  const total = groups.reduce((sum, { sums }) => sum + differenceOf(sums), 0n);
  const sameCurrency = groups.every(({ sums }) => sums.currency === groups[0]?.sums.currency);
  return {
    notice: 'settled',
    reconciliation: spec.key,
    count: groups.length,
    total: sameCurrency
      ? storedMoney({ minor: total, currency: groups[0]?.sums.currency ?? spec.compareIn })
      : null,
    lines: groups.slice(0, SHOWN).map((group) => toLine(group, spec)),
  };
}

function toLine(group: Made, spec: Reconciliation): SettledLine {
  const { sums, decision, members } = group;
  return {
    orderRef: orderRefOf(group) ?? null,
    difference: storedMoney({ minor: differenceOf(sums), currency: sums.currency ?? spec.compareIn }),
    reason: decision.reason,
    client: members.find((member) => member.client)?.client ?? null,
    periods: periodsOf(group, spec).map((day) => day.slice(0, 7)),
  };
}

const differenceOf = ({ expectedMinor, actualMinor }: GroupSums): bigint =>
  (actualMinor ?? 0n) - (expectedMinor ?? 0n);

const orderRefOf = (group: AutoResolvedGroup): string | undefined =>
  group.members.find((member) => member.orderRef)?.orderRef;

/** The months the group's credits belong to: they are booked there, not where they arrived. */
function periodsOf(group: AutoResolvedGroup, spec: Reconciliation): string[] {
  const period = spec.credits?.period;
  if (period === undefined) return [];
  const credits = group.members.filter((member) => isCredit(member, spec.credits));
  return [...new Set(credits.flatMap((member) => member.fields[period] ?? []))].sort();
}
