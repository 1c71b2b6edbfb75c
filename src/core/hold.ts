import type { Money } from './money.ts';

/** By what a hold ended. */
export const RELEASE_WAYS = ['resolved', 'cleared', 'approved', 'expired'] as const;
export type ReleaseWay = (typeof RELEASE_WAYS)[number];

/** The number people say: `H-1042`. */
export const holdLabel = (number: bigint): string => `H-${number}`;

/** What stops a payment, or did. It covers what agrees in every name it gives. */
export type Hold = {
  readonly holdId: string;
  readonly number: bigint;
  readonly version: number;
  /** Which payout: `vendor_payout`, `commission`; `payout` where no ownership row says. */
  readonly kind: string;
  /** The exception that holds; undefined for one that a person placed. */
  readonly exception: { readonly id: string; readonly number: number; readonly version: number } | undefined;
  readonly client: string | undefined;
  readonly orderRef: string | undefined;
  readonly payee: string | undefined;
  /** How much of it; undefined for everything. */
  readonly amount: Money | undefined;
  readonly reason: string;
  readonly note: string | undefined;
  readonly placedAt: Date;
  /** Undefined when a run placed it. */
  readonly placedBy: string | undefined;
  /** When it ends by policy; undefined when only people end it. */
  readonly expiresAt: Date | undefined;
  /** How it ended; undefined while it is open. */
  readonly released:
    | {
        readonly how: ReleaseWay;
        readonly at: Date;
        readonly by: string | undefined;
        readonly reason: string;
      }
    | undefined;
  /** BCP 47: how the client's amounts are written, from the configuration. */
  readonly amountTag?: string | undefined;
};

/** What a card shows of the hold that its exception has. */
export type CardHold = Pick<Hold, 'holdId' | 'number' | 'kind' | 'amount' | 'placedAt' | 'expiresAt'>;

/** Which holds somebody asks for: those that name a part of this text, in any case. */
export type HoldFilter = { readonly isOpen: boolean; readonly text?: string | undefined };

/** Some holds with what all of them count and come to, per currency. Pages count from 0. */
export type HoldPage = {
  readonly rows: readonly Hold[];
  readonly page: number;
  readonly pages: number;
  readonly total: number;
  readonly money: readonly Money[];
  /** How many hold everything, whatever the amount. */
  readonly whole: number;
};
