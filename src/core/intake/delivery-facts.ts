import type { DecisionCode, DeliveryStatus } from './decision.ts';
import type { Finding } from './finding.ts';

/** Rows of a delivery that break its contract. */
export type KeptOut = {
  readonly rows: number;
  /** The most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly rows: number }[];
  readonly first: { readonly line: number; readonly reason: string; readonly detail: string };
};

/** A delivery as people see it. */
export type DeliveryFacts = {
  readonly deliveryId: string;
  readonly version: number;
  readonly feed: string;
  readonly name: string;
  readonly status: DeliveryStatus;
  readonly findings: readonly Finding[];
  readonly problem: string | null;
  readonly receivedAt: Date;
  readonly rowsRead: number;
  readonly rowsQuarantined: number;
  /** Minor units as text, by currency. */
  readonly amounts: Readonly<Record<string, string>>;
  /** Whether its bytes are there to be read again. */
  readonly isKept: boolean;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly reasonCode: DecisionCode | 'read_again' | null;
  readonly note: string | null;
};
