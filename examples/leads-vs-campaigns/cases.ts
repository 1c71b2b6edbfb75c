import type { Dice } from '../support/random.ts';
import { privateEmailOf } from './names.ts';

export type Lead = {
  readonly id: string;
  readonly contact: string;
  readonly client: string;
  readonly person: string;
  readonly company: string;
  readonly email: string;
  readonly click: string;
  readonly origin: string;
  readonly stage: 'new' | 'qualified' | 'won' | 'test';
  /** `YYYY-MM-DD` */
  readonly createdOn: string;
  readonly owner: string;
  readonly firstOwner: string;
  readonly wonOn: string;
  readonly ownerAtWin: string;
  readonly valueCents: bigint | undefined;
};

export const CONVERSION_FILES = ['regular', 'broken'] as const;
export type ConversionFile = (typeof CONVERSION_FILES)[number];

export const SPOILS = ['date_does_not_exist', 'required_missing', 'choice_unknown'] as const;
export type Spoil = (typeof SPOILS)[number];

/** A conversion before it has its number. */
export type Conversion = {
  readonly file: ConversionFile;
  readonly client: string;
  readonly campaign: string;
  readonly person: string;
  readonly company: string;
  readonly email: string;
  readonly click: string;
  readonly kind: 'form' | 'call' | 'test';
  readonly convertedOn: string;
  readonly owner: string;
  readonly spoil?: Spoil;
};

export type Pass = 'click' | 'email' | 'person';
export type Label = 'owner_conflict' | 'owner_changed' | 'won_before_contact' | 'no_attribution' | 'too_late';

export type Verdict =
  | { readonly outcome: 'equal'; readonly pass: Pass }
  | { readonly outcome: 'excepted'; readonly pass: Pass; readonly as: Label }
  | { readonly outcome: 'missing' | 'pending' | 'ignored' };

/** What happened to one lead, and what the run must make of it. */
export type Story = {
  readonly lead: Lead;
  readonly conversions: readonly Conversion[];
  /** The same person again, in a row of its own: merged in the CRM, or a duplicate nobody merged yet. */
  readonly second?: { readonly lead: Lead; readonly is: 'merged' | 'duplicate' };
  /** What the CRM said of it in October, when it changed since. */
  readonly before?: Lead;
  readonly verdict: Verdict;
};

/** `n` counts the leads of this case from 0. */
type Tell = (lead: Lead, roll: Dice, n: number) => Story;

export type Case = {
  /** How many of 80 leads; the plain ones take what is left. */
  readonly share: number;
  /** Recent leads are not due yet. */
  readonly created: 'settled' | 'recent';
  readonly tell: Tell;
};

const DAY_MS = 86_400_000;

/** The day so many days later. */
export const daysLater = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

const conversionOf = (lead: Lead, roll: Dice, change: Partial<Conversion> = {}): Conversion => ({
  file: 'regular',
  client: lead.client,
  campaign: 'Autumn Search',
  person: lead.person,
  company: lead.company,
  email: lead.email,
  click: lead.click,
  kind: 'form',
  convertedOn: daysLater(lead.createdOn, roll.int(0, 6)),
  owner: lead.owner,
  ...change,
});

const BY_CLICK: Verdict = { outcome: 'equal', pass: 'click' };
const BY_EMAIL: Verdict = { outcome: 'equal', pass: 'email' };
const excepted = (as: Label): Verdict => ({ outcome: 'excepted', pass: 'click', as });

/** Won some weeks after it began, by whoever owned it from the start. */
const won = (lead: Lead, roll: Dice, change: Partial<Lead> = {}): Lead => ({
  ...lead,
  stage: 'won',
  wonOn: daysLater(lead.createdOn, roll.int(8, 14)),
  ownerAtWin: lead.firstOwner,
  valueCents: BigInt(roll.int(8, 240)) * 25_000n,
  ...change,
});

const plain: Tell = (lead, roll, n) => {
  const known = n % 3 === 0 ? won(lead, roll) : lead;
  const story = { lead: known, conversions: [conversionOf(known, roll)], verdict: BY_CLICK };
  return n % 6 === 0 ? { ...story, before: { ...lead, stage: 'qualified' } } : story;
};

const severalTouches: Tell = (lead, roll) => ({
  lead,
  conversions: [
    conversionOf(lead, roll, { convertedOn: lead.createdOn }),
    conversionOf(lead, roll, { kind: 'call', convertedOn: daysLater(lead.createdOn, roll.int(2, 7)) }),
  ],
  verdict: BY_CLICK,
});

const clickLost: Tell = (lead, roll) => ({
  lead,
  conversions: [conversionOf(lead, roll, { click: '' })],
  verdict: BY_EMAIL,
});

/** No click, and the address of another inbox: name and company are all there is. */
const otherInbox: Tell = (lead, roll) => ({
  lead,
  conversions: [conversionOf(lead, roll, { click: '', email: privateEmailOf(lead.person) })],
  verdict: { outcome: 'equal', pass: 'person' },
});

/** The row that was merged away holds the click, or the e-mail, that the conversion knows. */
const merged: Tell = (lead, roll, n) => {
  const before: Lead = {
    ...lead,
    email: privateEmailOf(lead.person),
    createdOn: daysLater(lead.createdOn, -1),
  };
  const kept: Lead = { ...lead, click: '' };
  const known = n % 2 === 0 ? { click: before.click, email: '' } : { click: '', email: before.email };
  return {
    lead: kept,
    second: { lead: n % 2 === 0 ? before : { ...before, click: '' }, is: 'merged' },
    conversions: [conversionOf(kept, roll, known)],
    verdict: n % 2 === 0 ? BY_CLICK : BY_EMAIL,
  };
};

const enteredTwice: Tell = (lead, roll) => ({
  lead,
  second: { lead: { ...lead, click: '', createdOn: daysLater(lead.createdOn, 2) }, is: 'duplicate' },
  conversions: [conversionOf(lead, roll)],
  verdict: BY_CLICK,
});

const twoOwners: Tell = (lead, roll) => {
  const known = won(lead, roll);
  const other = known.owner === 'Mira Solberg' ? 'Jonas Pike' : 'Mira Solberg';
  return {
    lead: known,
    conversions: [conversionOf(known, roll, { owner: other })],
    verdict: excepted('owner_conflict'),
  };
};

const takenOver: Tell = (lead, roll) => {
  const other = lead.firstOwner === 'Tess Arden' ? 'Lena Voss' : 'Tess Arden';
  const known = won(lead, roll, { owner: other, ownerAtWin: other });
  return { lead: known, conversions: [conversionOf(known, roll)], verdict: excepted('owner_changed') };
};

const wonBefore: Tell = (lead, roll) => {
  const known = won(lead, roll, { wonOn: daysLater(lead.createdOn, 1) });
  const convertedOn = daysLater(lead.createdOn, roll.int(3, 7));
  return {
    lead: known,
    conversions: [conversionOf(known, roll, { convertedOn })],
    verdict: excepted('won_before_contact'),
  };
};

const unknownOrigin: Tell = (lead, roll, n) => {
  const known = { ...lead, origin: n % 2 === 0 ? 'unknown' : '' };
  return { lead: known, conversions: [conversionOf(known, roll)], verdict: excepted('no_attribution') };
};

const late: Tell = (lead, roll) => ({
  lead,
  conversions: [conversionOf(lead, roll, { convertedOn: daysLater(lead.createdOn, roll.int(8, 14)) })],
  verdict: BY_CLICK,
});

const tooLate: Tell = (lead, roll) => ({
  lead: { ...lead, createdOn: daysLater(lead.createdOn, -30) },
  conversions: [conversionOf(lead, roll, { convertedOn: daysLater(lead.createdOn, roll.int(1, 9)) })],
  verdict: excepted('too_late'),
});

const spoilt: Tell = (lead, roll, n) => ({
  lead,
  conversions: [
    conversionOf(lead, roll, { file: 'broken', spoil: SPOILS[n % SPOILS.length] ?? 'required_missing' }),
  ],
  verdict: { outcome: 'missing' },
});

const besideSpoilt: Tell = (lead, roll) => ({
  lead,
  conversions: [conversionOf(lead, roll, { file: 'broken' })],
  verdict: BY_CLICK,
});

const noConversion =
  (outcome: 'missing' | 'pending'): Tell =>
  (lead) => ({ lead, conversions: [], verdict: { outcome } });

const testLead: Tell = (lead) => ({
  lead: { ...lead, stage: 'test' },
  conversions: [],
  verdict: { outcome: 'ignored' },
});

export const CASES = {
  several_touches: { share: 5, created: 'settled', tell: severalTouches },
  click_lost: { share: 8, created: 'settled', tell: clickLost },
  other_inbox: { share: 4, created: 'settled', tell: otherInbox },
  merged: { share: 4, created: 'settled', tell: merged },
  entered_twice: { share: 3, created: 'settled', tell: enteredTwice },
  two_owners: { share: 4, created: 'settled', tell: twoOwners },
  taken_over: { share: 3, created: 'settled', tell: takenOver },
  won_before: { share: 2, created: 'settled', tell: wonBefore },
  unknown_origin: { share: 3, created: 'settled', tell: unknownOrigin },
  late: { share: 3, created: 'settled', tell: late },
  too_late: { share: 2, created: 'settled', tell: tooLate },
  spoilt: { share: 3, created: 'settled', tell: spoilt },
  beside_spoilt: { share: 2, created: 'settled', tell: besideSpoilt },
  unattributed: { share: 5, created: 'settled', tell: noConversion('missing') },
  not_yet_due: { share: 4, created: 'recent', tell: noConversion('pending') },
  test: { share: 2, created: 'settled', tell: testLead },
} as const satisfies Record<string, Case>;

export const PLAIN: Case = { share: 0, created: 'settled', tell: plain };
