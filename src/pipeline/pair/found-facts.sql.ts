import type { Finding } from '../../core/card.ts';
import type { ExceptionDraft } from '../../core/classify.ts';
import type { Severity } from '../../core/severity.ts';
import type { Tx } from '../../db/tx.ts';

/** What the exception says at this moment, without its records. */
export async function foundFacts(
  tx: Tx,
  { workspaceId, exceptionId }: { workspaceId: string; exceptionId: string },
): Promise<Omit<ExceptionDraft, 'members'> & { readonly payee: string | undefined }> {
  const [row] = await tx<Row[]>`
    select fingerprint, type, reason, severity, client, order_ref, payee, expected_minor, actual_minor, at_stake_minor,
           currency, findings
    from exception
    where workspace_id = ${workspaceId} and exception_id = ${exceptionId}`;
  if (!row) throw new Error(`exception ${exceptionId} vanished while it was decided on`);
  return {
    fingerprint: row.fingerprint,
    type: row.type,
    reason: row.reason,
    severity: row.severity,
    client: row.client ?? undefined,
    orderRef: row.order_ref ?? undefined,
    payee: row.payee ?? undefined,
    expectedMinor: row.expected_minor ?? undefined,
    actualMinor: row.actual_minor ?? undefined,
    atStakeMinor: row.at_stake_minor,
    currency: row.currency,
    findings: row.findings,
  };
}

type Row = {
  fingerprint: string;
  type: string;
  reason: string;
  severity: Severity;
  client: string | null;
  order_ref: string | null;
  payee: string | null;
  expected_minor: bigint | null;
  actual_minor: bigint | null;
  at_stake_minor: bigint;
  currency: string;
  findings: Finding[];
};
