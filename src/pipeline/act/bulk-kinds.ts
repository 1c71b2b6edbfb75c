import {
  type ActFacts,
  checkPress,
  claimed,
  keepable,
  type NextState,
  readNote,
  resolved,
  unchanged,
} from '../../core/act.ts';
import type { AuditedAction, AuditFact } from '../../core/audit.ts';
import type { BulkAction } from '../../core/bulk.ts';
import { checkAnswer, checkOffer, handedOver } from '../../core/hand-over.ts';
import { magnitude, toDecimal } from '../../core/money.ts';
import type { Organisation, ResolutionCode } from '../../core/organisation.ts';
import type { PersonAction } from '../../core/permission.ts';
import type { Refusal } from '../../core/refusal.ts';
import { readResolution } from '../../core/resolve.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Entered } from '../../db/flood/bulk-row.ts';
import type { Item } from './bulk-items.sql.ts';
import { type Colleague, offerTo } from './colleagues.sql.ts';

/** What the configuration says about acting. */
export type BulkSettings = {
  readonly codes: readonly ResolutionCode[];
  readonly acting: Organisation['acting'];
};

export type BulkTerms = BulkSettings & {
  readonly entered: Entered;
  /** Whom a hand-over goes to; undefined when the configuration knows nobody of that key. */
  readonly target: Colleague | undefined;
  readonly now: Date;
};

export type Decided = {
  readonly next: NextState;
  readonly reason?: string;
  readonly note?: string | undefined;
  readonly data?: AuditFact['data'];
  /** An offer is made with it. */
  readonly offers?: true;
  /** An offer that ends with it by our hand; the database ends those that end with the ownership. */
  readonly ends?: { readonly handOverId: string; readonly state: 'declined' | 'lapsed' };
};

type Kind = {
  readonly audited: AuditedAction;
  readonly decide: (facts: ActFacts, item: Item, terms: BulkTerms) => Result<Decided, Refusal>;
};

/** How each bulk action decides one exception: as the single press would, on the state as it is now. */
export const KINDS = {
  claim: {
    audited: 'exception.claim',
    decide: (facts, _item, { now }) => pressed(facts, 'claim') ?? accept({ next: claimed(facts, now) }),
  },
  resolve: { audited: 'exception.resolve', decide: decideResolve },
  hand_over: { audited: 'exception.hand_over_offer', decide: decideHandOver },
  accept: {
    audited: 'exception.hand_over',
    decide: (facts, { offer }, { now }) => {
      const refusal = checkAnswer(facts, { offer, now });
      if (refusal || !offer) return refuse(refusal ?? { code: 'not_found' });
      const before = facts.owner?.personId ?? offer.from.personId;
      return accept({
        next: handedOver(facts, now),
        data: { from_id: before, to_id: offer.to.personId, offered_by: offer.from.personId },
      });
    },
  },
  decline: {
    audited: 'exception.hand_over_decline',
    decide: (facts, { offer }, { entered, now }) => {
      const refusal = checkAnswer(facts, { offer, now });
      if (refusal || !offer) return refuse(refusal ?? { code: 'not_found' });
      const note = neededNote(entered.note);
      if (!note.ok) return note;
      return accept({
        next: unchanged(facts),
        note: note.value,
        ends: { handOverId: offer.handOverId, state: 'declined' },
      });
    },
  },
} as const satisfies Record<BulkAction, Kind>;

/** Why what was entered cannot be used for any of them; undefined when it can. */
export function checkEntered(
  action: BulkAction,
  { type, terms }: { type: string; terms: Pick<BulkTerms, 'entered' | 'target' | 'codes'> },
): Refusal | undefined {
  const { entered } = terms;
  if (action === 'resolve') {
    const booking = bookingCode(entered, terms.codes);
    if (booking) return { code: 'not_in_bulk', label: booking.label };
    // Every one of them is settled at an amount of its own, so that none can be missing.
    const read = readResolution(resolutionOf(entered, '0'), { type, currency: 'USD', codes: terms.codes });
    return read.ok ? undefined : read.refusal;
  }
  if (action === 'hand_over' && !terms.target) return unknownTarget(entered);
  if (action !== 'hand_over' && action !== 'decline') return undefined;
  const note = neededNote(entered.note);
  return note.ok ? undefined : note.refusal;
}

/** As it stands now, not as it was listed: only somebody who was faster is in the way. */
function pressed(facts: ActFacts, action: PersonAction): { ok: false; refusal: Refusal } | undefined {
  const refusal = checkPress(facts, { action, version: facts.version });
  return refusal && refuse(refusal);
}

function decideResolve(facts: ActFacts, item: Item, terms: BulkTerms): Result<Decided, Refusal> {
  const refused = pressed(facts, 'resolve');
  if (refused) return refused;
  const booking = bookingCode(terms.entered, terms.codes);
  if (booking) return refuse({ code: 'not_in_bulk', label: booking.label });
  const about = { type: facts.type, currency: facts.currency, codes: terms.codes };
  const resolution = readResolution(resolutionOf(terms.entered, ownAmount(item)), about);
  if (!resolution.ok) return resolution;
  const { code, note, minor, evidence } = resolution.value;
  return accept({
    next: resolved(facts, { code, minor, now: terms.now }),
    reason: code,
    note,
    data: {
      amount_minor: minor?.toString() ?? null,
      currency: facts.currency,
      ...(evidence === undefined ? {} : { link: evidence }),
    },
  });
}

const resolutionOf = ({ code = '', note = '', evidence }: Entered, amount: string) => ({
  code,
  note,
  amount,
  evidence,
});

/** An entry for the ledger has an amount, a month and perhaps a second person of its own: it is made one by one. */
const bookingCode = ({ code }: Entered, codes: readonly ResolutionCode[]): ResolutionCode | undefined =>
  codes.find((candidate) => candidate.code === code && candidate.books !== undefined);

/** What one is settled for, as the single form would propose it: its difference, else what is at stake. */
function ownAmount({ expected, actual, atStake }: Item): string {
  const minor =
    expected && actual && expected.currency === actual.currency
      ? magnitude(actual.minor - expected.minor)
      : atStake.minor;
  return toDecimal({ minor, currency: atStake.currency });
}

function decideHandOver(facts: ActFacts, item: Item, terms: BulkTerms): Result<Decided, Refusal> {
  const refused = pressed(facts, 'hand_over');
  if (refused) return refused;
  const note = neededNote(terms.entered.note);
  if (!note.ok) return note;
  const { target, now } = terms;
  if (!target) return refuse(unknownTarget(terms.entered));
  const { to, said } = offerTo(target);
  const open = item.offer?.state === 'open' ? item.offer : undefined;
  const refusal = checkOffer(facts, { to, open, now });
  if (refusal) return refuse(refusal);
  return accept({
    next: unchanged(facts),
    note: note.value,
    offers: true,
    data: { ...said, to_id: to.personId, expires_at: offerEnd(terms).toISOString() },
    ...(open ? { ends: { handOverId: open.handOverId, state: 'lapsed' as const } } : {}),
  });
}

/** Until when an offer made now can be answered. */
export const offerEnd = ({ acting, now }: Pick<BulkTerms, 'acting' | 'now'>): Date =>
  new Date(now.getTime() + acting.handOverTimeoutMs);

const unknownTarget = ({ person = '' }: Entered): Refusal => ({
  code: 'unknown_target',
  given: keepable(person),
});

function neededNote(text = ''): Result<string, Refusal> {
  const note = readNote(text);
  if (!note.ok) return note;
  return note.value === undefined ? refuse({ code: 'reason_required' }) : accept(note.value);
}
