import type { Dice } from '../support/random.ts';
import {
  CASES,
  type Case,
  type Conversion,
  type ConversionFile,
  daysLater,
  type Lead,
  PLAIN,
  type Story,
} from './cases.ts';
import { CAMPAIGNS, CLIENTS, companyName, emailOf, OWNERS, personName } from './names.ts';

/** A conversion with its number; `about` is missing when no lead belongs to it. */
export type Numbered = Conversion & { readonly number: string; readonly about: Story | undefined };

export type Tale = {
  readonly stories: readonly Story[];
  readonly conversions: readonly Numbered[];
};

const FIRST_DAY = '2026-10-01';
/** Leads of October are settled by mid-November; those of its second week are not due yet. */
const SETTLED_DAYS = 27;
const RECENT_FROM = '2026-11-09';
const RECENT_DAYS = 5;

/** Conversions that no lead belongs to, and tests of the tracking; they grow with the leads, so many for 80. */
const STRAYS = 3;
const TESTS = 2;

const shareOf = (share: number, leads: number): number => Math.max(1, Math.round((share * leads) / 80));

/** Every lead with its case played, and every conversion numbered in the order of its day. */
export function tellStories(roll: Dice, leads: number): Tale {
  const stories = roll
    .shuffle(dealCases(leads))
    .map(({ of, n }, index) => of.tell(leadOf(roll, of, index), roll, n));
  const told = stories.flatMap((about) => about.conversions.map((conversion) => ({ ...conversion, about })));
  const others = [
    ...Array.from({ length: shareOf(STRAYS, leads) }, (_, n) => stray(roll, leads + n, 'form')),
    ...Array.from({ length: shareOf(TESTS, leads) }, (_, n) => stray(roll, leads + 20 + n, 'test')),
  ];
  const ordered = [...told, ...others.map((conversion) => ({ ...conversion, about: undefined }))].sort(
    (a, b) => compareText(a.convertedOn, b.convertedOn) || compareText(a.person, b.person),
  );
  return {
    stories,
    conversions: ordered.map((conversion, index) => ({ ...conversion, number: `CV-${30_001 + index}` })),
  };
}

function dealCases(leads: number): { of: Case; n: number }[] {
  const dealt = Object.values(CASES).flatMap((of: Case) =>
    Array.from({ length: shareOf(of.share, leads) }, (_, n) => ({ of, n })),
  );
  const rest = Array.from({ length: leads - dealt.length }, (_, n) => ({ of: PLAIN, n }));
  return [...dealt, ...rest];
}

/** People and companies get names of their own, so that only what belongs together looks alike. */
function leadOf(roll: Dice, of: Case, index: number): Lead {
  const [person, company] = [personName(index), companyName(index)];
  const owner = roll.pick(OWNERS);
  const isRecent = of.created === 'recent';
  const createdOn = isRecent
    ? daysLater(RECENT_FROM, roll.int(0, RECENT_DAYS))
    : daysLater(FIRST_DAY, roll.int(0, SETTLED_DAYS));
  return {
    id: `L-${1001 + index}`,
    contact: `C-${5001 + index}`,
    client: roll.pick(CLIENTS),
    person,
    company,
    email: emailOf(person, company),
    click: `gc${(700_001 + index * 37).toString(36)}`,
    origin: roll.pick(['paid_search', 'paid_social', 'event', 'referral']),
    stage: roll.pick(['new', 'qualified']),
    createdOn,
    owner,
    firstOwner: owner,
    wonOn: '',
    ownerAtWin: '',
    valueCents: undefined,
  };
}

function stray(roll: Dice, index: number, kind: 'form' | 'test'): Conversion {
  const [person, company] = [personName(index), companyName(index)];
  return {
    file: 'regular',
    client: roll.pick(CLIENTS),
    campaign: roll.pick(CAMPAIGNS),
    person: kind === 'test' ? 'Test Test' : person,
    company: kind === 'test' ? 'Northlight QA' : company,
    email: emailOf(person, company),
    click: kind === 'test' ? '' : `gc${(900_001 + index * 41).toString(36)}`,
    kind,
    convertedOn: daysLater(FIRST_DAY, roll.int(0, SETTLED_DAYS)),
    owner: roll.pick(OWNERS),
  };
}

/** By code unit, so that the order is the same on every machine. */
export const compareText = (a: string, b: string): number => Number(a > b) - Number(a < b);

/** The row of the same person that was entered first or again: its lead and its contact have numbers of their own. */
export const secondOf = ({ second }: Story): Lead | undefined =>
  second && { ...second.lead, id: `${second.lead.id}-B`, contact: `${second.lead.contact}-B` };

/**
 * The conversions of one file as it lists them. A readable one comes last, because a file that breaks off in its last row
 * would be refused whole.
 */
export function listed(conversions: readonly Numbered[], file: ConversionFile): readonly Numbered[] {
  const inFile = conversions.filter((conversion) => conversion.file === file);
  const last = inFile.findLast((conversion) => !conversion.spoil);
  return last ? [...inFile.filter((conversion) => conversion !== last), last] : inFile;
}
