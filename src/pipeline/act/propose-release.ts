import { readNote } from '../../core/act.ts';
import { readReason, reasonsFor } from '../../core/adjust.ts';
import { holdLabel } from '../../core/hold.ts';
import type { MoneySettings } from '../../core/organisation.ts';
import { releaseReasons } from '../../core/proposal.ts';
import type { Refusal } from '../../core/refusal.ts';
import { readEvidence } from '../../core/resolve.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import type { Tx } from '../../db/tx.ts';
import { type Asking, decideOnce, whyNotAllowed } from './decide-once.ts';
import { hasApprover } from './has-approver.sql.ts';
import { type HoldNow, holdNow } from './hold-now.sql.ts';
import { openProposalOf } from './open-proposal-of.sql.ts';
import { propose } from './propose.ts';
import { standingOf } from './standing-of.sql.ts';

export type ReleaseInput = Asking & {
  /** Its id, or the number people say. */
  readonly hold: string | bigint;
  readonly reason: string | undefined;
  readonly note: string;
  readonly evidence: string | undefined;
};

export type Proposed = {
  readonly proposalId: string;
  readonly label: string;
  /** An instant, as JSON keeps it. */
  readonly decideUntil: string;
  readonly repeated: boolean;
};

type Settings = { readonly money: MoneySettings; readonly now?: Date };

/**
 * Asks for a payment to be let go while its exception is not resolved. Nothing is released by it: another person decides.
 *
 * Refuses: a hold that is over, or is asked for already; whoever may not; no reason code; that nobody else could decide.
 */
export const proposeRelease = (
  sql: Sql,
  input: ReleaseInput,
  { money, now = new Date() }: Settings,
): Promise<Result<Proposed, Refusal>> =>
  decideOnce(sql, input, {
    wanted: 'proposal.made',
    decide: async (tx) => {
      const { workspaceId, personId, requestKey } = input;
      const hold = await holdNow(tx, input);
      const refusal = await whyNotRelease(tx, { input, hold });
      if (refusal || !hold) return refuse(refusal ?? { code: 'hold_unknown', given: givenHold(input.hold) });
      const label = holdLabel(hold.number);
      const said = readRelease(input, { money, label });
      if (!said.ok) return said;
      if (!(await hasApprover(tx, input))) return refuse({ code: 'nobody_to_approve' });
      const { holdId, exceptionId, team } = hold;
      const expiresAt = new Date(now.getTime() + money.approvals.expireAfterMs);
      const made = {
        workspaceId,
        personId,
        requestKey,
        kind: 'release',
        holdId,
        exceptionId,
        team,
        ...said.value,
      } as const;
      const data = { hold_id: holdId, hold: label };
      const proposalId = await propose(tx, { ...made, now, expiresAt, data }, money);
      return accept({ proposalId, label, decideUntil: expiresAt.toISOString(), repeated: false });
    },
  });

/** Why this person cannot ask for it now; undefined when they can. Told before a form opens, and again when it is sent. */
export async function whyNotRelease(
  tx: Tx,
  {
    input,
    hold,
  }: { input: Pick<ReleaseInput, 'workspaceId' | 'personId' | 'hold'>; hold: HoldNow | undefined },
): Promise<Refusal | undefined> {
  if (!hold) return { code: 'hold_unknown', given: givenHold(input.hold) };
  const person = await standingOf(tx, { ...input, exceptionId: hold.exceptionId });
  const denied = whyNotAllowed(person, 'release');
  if (denied) return denied;
  if (!hold.isOpen) return { code: 'hold_over', label: holdLabel(hold.number) };
  const asked = await openProposalOf(tx, { workspaceId: input.workspaceId, holdId: hold.holdId });
  return asked && { code: 'already_asked', ...asked };
}

function readRelease(
  { reason, note, evidence }: Pick<ReleaseInput, 'reason' | 'note' | 'evidence'>,
  { money, label }: { money: MoneySettings; label: string },
): Result<{ reasonCode: string; note: string | undefined; evidence: string | undefined }, Refusal> {
  const reasonCodes = releaseReasons(reasonsFor(money.reasonCodes, 'hold_release'));
  const code = readReason(reason, { reasonCodes, use: 'hold_release', label, otherwise: '' });
  if (!code.ok) return code;
  const text = readNote(note);
  if (!text.ok) return text;
  const address = readEvidence(evidence);
  if (!address.ok) return address;
  return accept({ reasonCode: code.value, note: text.value, evidence: address.value });
}

/** The hold as whoever asks said it: by its number, or as a form knows it. */
const givenHold = (hold: ReleaseInput['hold']): string => (typeof hold === 'bigint' ? holdLabel(hold) : hold);
