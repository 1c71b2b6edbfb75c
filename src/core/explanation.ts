import type { MatchRecord } from './match.ts';
import { amountOf } from './match-key.ts';
import type { Money } from './money.ts';
import type { Outside } from './outside.ts';
import type { CandidateVerdict } from './score/decide.ts';
import type { Side } from './spec.ts';
import type { Unkeyed } from './unkeyed.ts';

/** A weighed pair as it is kept: the prior and the parts, in bits, add up to the weight. */
export type Weighing = {
  readonly prior: number;
  readonly weight: number;
  readonly probability: number;
  readonly margin: number;
  /** What the machine needed to decide by itself. */
  readonly needed: { readonly probability: number; readonly margin: number };
  readonly parts: readonly WeighedPart[];
  /** Of what the limits kept apart: which they are, and what the pair would be inside them. */
  readonly blocked?:
    | { readonly outside: readonly Outside[]; readonly would: 'auto' | 'suggested' }
    | undefined;
};

export type WeighedPart = { readonly field: string; readonly label: string; readonly bits: number };

export type Document = {
  readonly recordId: string;
  readonly side: Side;
  readonly feed: string;
  readonly sourceRef: string;
  readonly amount: Money | undefined;
  readonly occurredOn: string;
};

/** A record as it is named to people. */
export const toDocument = (record: MatchRecord): Document => ({
  recordId: record.recordId,
  side: record.side,
  feed: record.feed,
  sourceRef: record.sourceRef,
  amount: amountOf(record),
  occurredOn: record.occurredOn,
});

/** What a similar pass thought of a record of the other side, and why it did not take it. */
export type Candidate = {
  readonly document: Document;
  readonly verdict: CandidateVerdict;
  readonly pass: string;
  readonly weighing: Weighing;
};

/** Two records that a person keeps apart: for ever, or as long as both hold what they held when they were taken apart. */
export type KeptApart = {
  readonly kind: 'never' | 'unmatched';
  readonly own: Document;
  readonly other: Document;
  readonly byName: string;
  readonly at: Date;
  readonly note: string;
};

export type Alone = {
  readonly document: Document;
  /** At most three; the first came closest. */
  readonly candidates: readonly Candidate[];
  /** What each pass by keys says; undefined where the rules are not at hand. */
  readonly keys: readonly Unkeyed[] | undefined;
  /** Of the other side, without a partner too and not far off, whether or not any pass compares the two; the nearest first. */
  readonly nearby: readonly Document[];
};

/** Why the records of an exception are paired as they are, and what came close to those that are not. */
export type Explanation = {
  readonly paired:
    | {
        readonly pass: string;
        readonly weighing: Weighing | undefined;
        /** Put together because they add up. */
        readonly isSet: boolean;
        /** Which fields are equal, where a pass by keys paired them: `order_ref = po_number`. */
        readonly fields: readonly string[];
        readonly byHand:
          | { readonly name: string; readonly at: Date; readonly note: string | undefined }
          | undefined;
      }
    | undefined;
  /** Its records repeat each other: only the first of them takes part in matching. */
  readonly areRepeats: boolean;
  /** Whether some pass weighs records that share no key. */
  readonly isWeighed: boolean;
  readonly alone: readonly Alone[];
  readonly keptApart: readonly KeptApart[];
};

/** What a suggestion falls short of; nothing where only a name or reference is wanting. */
export const shortOf = ({ probability, margin, needed }: Weighing) => ({
  isUnlikely: probability < needed.probability,
  isClose: margin < needed.margin,
});

/** What speaks most against a pair; undefined where nothing does. */
export function strongestAgainst({ parts }: Weighing): WeighedPart | undefined {
  const [worst] = [...parts].sort((one, other) => one.bits - other.bits);
  return worst && worst.bits < 0 ? worst : undefined;
}
