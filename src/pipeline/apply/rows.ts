import type { PlannedException } from '../../core/plan.ts';
import { keptRow } from '../../core/route.ts';
import type { ExceptionRow } from './draft-exceptions.sql.ts';
import type { MemberRow } from './replace-members.sql.ts';

/** The columns of a planned exception, with what the record gives it. */
export const toRow = (
  planned: PlannedException,
  given: {
    exceptionId: string;
    number: number;
    teamId: string;
    domain: string;
    now: Date;
    kind: ExceptionRow['kind'];
  },
): ExceptionRow => ({
  exception_id: given.exceptionId,
  number: given.number,
  fingerprint: planned.fingerprint,
  inputs_hash: planned.inputsHash,
  type: planned.type,
  reason: planned.reason,
  severity: planned.severity,
  domain: given.domain,
  team_id: given.teamId,
  client: planned.client ?? null,
  order_ref: planned.orderRef ?? null,
  payee: planned.payee ?? null,
  hold_kind: planned.ownership.hold ?? null,
  expected_minor: planned.expectedMinor?.toString() ?? null,
  actual_minor: planned.actualMinor?.toString() ?? null,
  at_stake_minor: planned.atStakeMinor.toString(),
  currency: planned.currency,
  findings: planned.findings,
  routed_by: keptRow(planned.ownership),
  sla: planned.ownership.sla.text,
  due_at: planned.dueAt.toISOString(),
  opened_at: given.now.toISOString(),
  kind: given.kind,
});

export const toMembers = (exceptionId: string, planned: PlannedException): MemberRow[] =>
  planned.members.map((member) => ({
    exceptionId,
    recordId: member.recordId,
    side: member.side,
    version: member.version,
  }));
