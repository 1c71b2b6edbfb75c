import type { AuditFact } from '../../core/audit.ts';
import type { PlannedException, RecordedException } from '../../core/plan.ts';
import { explainRow } from '../../core/route.ts';

const RUN = { kind: 'program', name: 'run' } as const;

type About = { readonly exceptionId: string; readonly number: number; readonly runId: string };

/** The audit facts of what a run does to exceptions. */
export const openedFact = (planned: PlannedException, about: About): AuditFact => ({
  action: 'exception.opened',
  entity: 'exception',
  entityId: about.exceptionId,
  actor: RUN,
  reason: planned.reason,
  state: { status: 'open', version: 1, level: 0, ownerId: null },
  data: { number: about.number, run_id: about.runId, ...found(planned), ...routed(planned) },
});

export const updatedFact = (
  planned: PlannedException,
  recorded: RecordedException,
  runId: string,
): AuditFact => ({
  action: 'exception.updated',
  entity: 'exception',
  entityId: recorded.exceptionId,
  actor: RUN,
  reason: 'INPUTS_CHANGED',
  state: {
    status: recorded.status,
    version: recorded.version + 1,
    level: recorded.level,
    ownerId: recorded.ownerId ?? null,
  },
  data: { number: recorded.number, run_id: runId, ...found(planned) },
});

export const reopenedFact = (
  planned: PlannedException,
  recorded: RecordedException,
  runId: string,
): AuditFact => ({
  action: 'exception.reopen',
  entity: 'exception',
  entityId: recorded.exceptionId,
  actor: RUN,
  reason: recorded.status === 'cleared' ? 'DIFFERENCE_IS_BACK' : 'INPUTS_CHANGED',
  state: {
    status: 'open',
    from: recorded.status,
    version: recorded.version + 1,
    level: recorded.level,
    ownerId: null,
  },
  data: { number: recorded.number, run_id: runId, ...found(planned), ...routed(planned) },
});

export const clearedFact = (recorded: RecordedException, runId: string): AuditFact => ({
  action: 'exception.clear',
  entity: 'exception',
  entityId: recorded.exceptionId,
  actor: RUN,
  reason: 'DIFFERENCE_VANISHED',
  state: {
    status: 'cleared',
    from: recorded.status,
    version: recorded.version + 1,
    level: recorded.level,
    ownerId: recorded.ownerId ?? null,
  },
  data: { number: recorded.number, run_id: runId },
});

const found = (planned: PlannedException) => ({
  type: planned.type,
  severity: planned.severity,
  fingerprint: planned.fingerprint,
  inputs_hash: planned.inputsHash,
  expected_minor: planned.expectedMinor?.toString() ?? null,
  actual_minor: planned.actualMinor?.toString() ?? null,
  at_stake_minor: planned.atStakeMinor.toString(),
  currency: planned.currency,
  client: planned.client ?? null,
  order_ref: planned.orderRef ?? null,
  payee: planned.payee ?? null,
});

const routed = (planned: PlannedException) => ({
  team: planned.ownership.team,
  routed_by: explainRow(planned.ownership),
  sla: planned.ownership.sla.text,
  due_at: planned.dueAt.toISOString(),
});
