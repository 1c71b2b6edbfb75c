import type { ProposalState } from './adjust.ts';
import type { Money } from './money.ts';
import { BOOKINGS, type ReasonCode } from './organisation.ts';

/** What one person can propose and another decide. */
export const PROPOSAL_KINDS = [...BOOKINGS, 'reversal', 'release'] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

/** The number people say: `A-1042`. */
export const entryLabel = (number: bigint): string => `A-${number}`;

/** Why a payment is let go, where the configuration has no reason codes for it. */
export const RELEASE_REASONS = [
  'agreed_with_payee',
  'difference_explained',
  'paid_in_part',
  'other',
] as const;

/** The reason codes a release takes: those of the configuration, else those that Tieout brings along. */
export const releaseReasons = (codes: readonly ReasonCode[]): readonly ReasonCode[] =>
  codes.length > 0
    ? codes
    : RELEASE_REASONS.map((code) => ({ code, label: code.replaceAll('_', ' '), uses: [] }));

/** A proposal as a message shows it. */
export type ProposalFacts = {
  readonly proposalId: string;
  readonly kind: ProposalKind;
  readonly state: ProposalState;
  readonly reasonCode: string;
  readonly note: string | undefined;
  readonly evidence: string | undefined;
  readonly amount: Money | undefined;
  /** The month it belongs to. */
  readonly originalPeriod: string | undefined;
  readonly byName: string;
  readonly expiresAt: Date;
  readonly decided:
    | { readonly byName: string | undefined; readonly at: Date; readonly note: string | undefined }
    | undefined;
  readonly exception:
    | { readonly id: string; readonly number: number; readonly version: number; readonly type: string }
    | undefined;
  readonly client: string | undefined;
  readonly orderRef: string | undefined;
  readonly payee: string | undefined;
  readonly holdNumber: bigint | undefined;
  readonly entryNumber: bigint | undefined;
  /** BCP 47: how the client's amounts are written. */
  readonly amountTag?: string | undefined;
};
