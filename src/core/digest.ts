import type { Money } from './money.ts';
import type { Organisation } from './organisation.ts';
import { rowsFor } from './route.ts';
import type { Reconciliation } from './spec.ts';

/** What a digest counts. `live` to `dueSoon` hold at the instant it was made, the others within its period. */
export const TALLIES = ['opened', 'resolved', 'cleared', 'live', 'aged', 'breached', 'dueSoon'] as const;
export type TallyName = (typeof TALLIES)[number];

/** How many exceptions, and what they are worth per currency, currencies by code. */
export type Tally = { readonly count: number; readonly money: readonly Money[] };

/** Whose digest it is; `visible` is what one person sees, of all teams or theirs. */
export type DigestAbout =
  | { readonly kind: 'team'; readonly name: string }
  | { readonly kind: 'clients'; readonly clients: readonly string[] }
  | {
      readonly kind: 'visible';
      readonly team: string | undefined;
      readonly seesAll: boolean;
      readonly teams: readonly string[];
    };

/** Live exceptions of one owner, client or type; undefined: nobody has claimed them, no client is known. */
export type DigestRow = {
  readonly name: string | undefined;
  /** Only of a last row that stands for so many smaller ones. */
  readonly others?: number;
  readonly count: number;
  readonly overdue: number;
  readonly money: readonly Money[];
};

/** A live exception that has been due, or will be, before the others. */
export type DigestItem = {
  readonly number: number;
  readonly type: string;
  readonly client: string | undefined;
  readonly orderRef: string | undefined;
  readonly atStake: Money;
  /** How its client writes amounts (BCP 47). */
  readonly amountTag?: string | undefined;
  readonly team: string;
  readonly owner: string | undefined;
  readonly dueAt: Date;
  readonly isOverdue: boolean;
};

/** Everything a digest says; the views add nothing. It is what was true when it was made, not when it is sent. */
export type DigestFacts = Readonly<Record<TallyName | 'autoResolved', Tally>> & {
  readonly about: DigestAbout;
  readonly from: Date;
  readonly until: Date;
  /** Open for longer than this is aged. */
  readonly agedDays: number;
  readonly by: 'owner' | 'client';
  readonly rows: readonly DigestRow[];
  readonly types: readonly DigestRow[];
  readonly items: readonly DigestItem[];
};

export const AGED_DAYS = 7;
/** How many rows and items a digest carries at most; further rows become one, further items are in its tallies. */
export const DIGEST_ROWS = 12;
export const DIGEST_ITEMS = 10;

type Counted = { readonly count: number; readonly minor: bigint };
/** Exceptions of one type, owner (or client) and currency, counted every way. */
export type DigestCount = Readonly<Record<TallyName, Counted>> & {
  readonly type: string;
  readonly who: string | undefined;
  readonly currency: string;
};

/** Groups that a rule settled, of one reconciliation, rule and currency; worth what their two sides differ by. */
export type SettledCount = Counted & {
  readonly reconciliation: string;
  readonly rule: string | undefined;
  readonly currency: string | undefined;
};

/** The tallies and rows of a digest from what the record counts. Rows with the most overdue come first. */
export function foldDigest(counts: readonly DigestCount[]): Pick<DigestFacts, TallyName | 'rows' | 'types'> {
  const tally = (name: TallyName): Tally =>
    tallyOf(counts.map((row) => ({ ...row[name], currency: row.currency })));
  return {
    opened: tally('opened'),
    resolved: tally('resolved'),
    cleared: tally('cleared'),
    live: tally('live'),
    aged: tally('aged'),
    breached: tally('breached'),
    dueSoon: tally('dueSoon'),
    rows: rowsOf(counts, ({ who }) => who),
    types: rowsOf(counts, ({ type }) => type),
  };
}

/** Several counts as one: currencies are never added to each other, and none appears without anything in it. */
export function tallyOf(counts: readonly (Counted & { readonly currency: string | undefined })[]): Tally {
  const money = new Map<string, bigint>();
  let count = 0;
  for (const one of counts) {
    if (one.count === 0) continue;
    count += one.count;
    if (one.currency === undefined) continue;
    money.set(one.currency, (money.get(one.currency) ?? 0n) + one.minor);
  }
  const byCode = [...money].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { count, money: byCode.map(([currency, minor]) => ({ minor, currency })) };
}

function rowsOf(
  counts: readonly DigestCount[],
  nameOf: (count: DigestCount) => string | undefined,
): DigestRow[] {
  const groups = new Map<string | undefined, DigestCount[]>();
  for (const count of counts) {
    if (count.live.count === 0) continue;
    const name = nameOf(count);
    const group = groups.get(name);
    if (group) group.push(count);
    else groups.set(name, [count]);
  }
  const rows = [...groups]
    .map(([name, group]) => ({ name, ...liveOf(group) }))
    .toSorted((a, b) => b.overdue - a.overdue || b.count - a.count || compare(a.name ?? '', b.name ?? ''));
  if (rows.length <= DIGEST_ROWS) return rows;
  const shown = rows.slice(0, DIGEST_ROWS - 1);
  const left = rows.slice(DIGEST_ROWS - 1).map(({ name }) => name);
  const rest = liveOf(counts.filter((count) => left.includes(nameOf(count))));
  return [...shown, { name: undefined, others: left.length, ...rest }];
}

const liveOf = (counts: readonly DigestCount[]): Omit<DigestRow, 'name'> => ({
  ...tallyOf(counts.map((row) => ({ ...row.live, currency: row.currency }))),
  overdue: counts.reduce((sum, row) => sum + row.breached.count, 0),
});

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** Whether there is anything to tell: something open, or something that happened. */
export const hasNews = (facts: DigestFacts): boolean =>
  (['live', 'opened', 'resolved', 'cleared', 'autoResolved'] as const).some((name) => facts[name].count > 0);

/**
 * The team that a settled group would concern: the one its rule tells, else the one the ownership matrix names for a
 * difference of that reconciliation, whoever the client is and however large it was. Undefined when the reconciliation or the rule is no longer configured.
 */
export function settledTeam(
  settled: Pick<SettledCount, 'reconciliation' | 'rule'>,
  { specs, ownership }: { specs: readonly Reconciliation[] } & Pick<Organisation, 'ownership'>,
): string | undefined {
  const spec = specs.find(({ key }) => key === settled.reconciliation);
  if (!spec) return undefined;
  const told = spec.verify.find(({ id }) => id === settled.rule)?.notify;
  if (told !== undefined) return told;
  const about = {
    reconciliation: spec.key,
    domain: spec.domain,
    type: 'amount_differs',
    severity: 'auto_resolve',
  } as const;
  return rowsFor(ownership, about).at(-1)?.team;
}
