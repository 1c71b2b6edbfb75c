import type { Dice } from '../support/random.ts';
import {
  CASES,
  type Case,
  daysLater,
  type Invoice,
  type InvoiceFile,
  PLAIN,
  type Story,
  type Task,
} from './cases.ts';
import { CLIENTS, taskTitle } from './names.ts';

/** An invoice with its number; `about` is missing when nothing was done for it. */
export type Numbered = Omit<Invoice, 'voids'> & {
  readonly number: string;
  readonly voids: string;
  readonly about: Story | undefined;
};

export type Tale = { readonly stories: readonly Story[]; readonly invoices: readonly Numbered[] };

/** From which day on, and over how many days, the work of a case was done. */
const DONE = {
  settled: { from: '2026-10-01', days: 24 },
  recent: { from: '2026-11-03', days: 10 },
  old: { from: '2026-08-25', days: 9 },
} as const satisfies Record<Case['done'], { from: string; days: number }>;

/** Lines billed for work nobody did; they grow with the stories, so many for 60. */
const STRAYS = 3;

const shareOf = (share: number, stories: number): number => Math.max(1, Math.round((share * stories) / 60));

/** Every piece of work with its case played, and every invoice numbered in the order of its day. */
export function tellStories(roll: Dice, count: number): Tale {
  let made = 0;
  const stories = roll.shuffle(dealCases(count)).map(({ of, n }) => {
    const [client, day] = [roll.pick(CLIENTS), dayFor(roll, of)];
    const size = of.tasks?.(n) ?? 1;
    const tasks = Array.from({ length: size }, (_, at) => {
      made += 1;
      return taskOf(roll, { client, doneOn: at === 0 ? day : dayFor(roll, of), index: made - 1 });
    });
    return of.tell(tasks, roll, n);
  });
  return { stories, invoices: numbered(stories, roll, count) };
}

const dayFor = (roll: Dice, { done }: Case): string =>
  daysLater(DONE[done].from, roll.int(0, DONE[done].days));

function dealCases(count: number): { of: Case; n: number }[] {
  const dealt = Object.values(CASES).flatMap((of: Case) =>
    Array.from({ length: shareOf(of.share, count) }, (_, n) => ({ of, n })),
  );
  const rest = Array.from({ length: count - dealt.length }, (_, n) => ({ of: PLAIN, n }));
  return [...dealt, ...rest];
}

/** Fees come from hours and expenses, so no two are alike to the cent. */
const taskOf = (
  roll: Dice,
  { client, doneOn, index }: { client: string; doneOn: string; index: number },
): Task => ({
  id: `T-${2001 + index}`,
  client,
  title: taskTitle(index),
  status: 'done',
  quantity: roll.int(1, 6),
  doneOn,
  month: doneOn.slice(0, 7),
  feeCents: BigInt(roll.int(40, 480)) * 500n + BigInt(roll.int(1, 499)),
});

type Unnumbered = { readonly invoice: Invoice; readonly about: Story | undefined };

function numbered(stories: readonly Story[], roll: Dice, count: number): readonly Numbered[] {
  const all: Unnumbered[] = [
    ...stories.flatMap((about) => about.invoices.map((invoice) => ({ invoice, about }))),
    ...Array.from({ length: shareOf(STRAYS, count) }, (_, n) => ({
      invoice: stray(roll, n),
      about: undefined,
    })),
  ];
  const ordered = all.sort(
    (a, b) =>
      compareText(a.invoice.on, b.invoice.on) ||
      compareText(a.invoice.lines[0]?.title ?? '', b.invoice.lines[0]?.title ?? ''),
  );
  const numbers = new Map(ordered.map(({ invoice }, index) => [invoice, `CI-${4001 + index}`]));
  return ordered.map(({ invoice, about }) => {
    const taken = invoice.voids === undefined ? undefined : about?.invoices[invoice.voids];
    return {
      ...invoice,
      about,
      number: numbers.get(invoice) ?? '',
      voids: taken ? (numbers.get(taken) ?? '') : '',
    };
  });
}

/** A line for work that was never asked for; every second one names a task that does not exist. */
function stray(roll: Dice, n: number): Invoice {
  const on = daysLater(DONE.settled.from, roll.int(5, DONE.settled.days));
  return {
    file: 'regular',
    client: roll.pick(CLIENTS),
    month: on.slice(0, 7),
    on,
    lines: [
      {
        title: `Retainer top-up ${n + 1}`,
        task: n % 2 === 0 ? '' : `T-${9001 + n}`,
        quantity: 1,
        cents: BigInt(roll.int(40, 480)) * 500n + BigInt(roll.int(1, 499)),
      },
    ],
  };
}

/** By code unit, so that the order is the same on every machine. */
export const compareText = (a: string, b: string): number => Number(a > b) - Number(a < b);

/**
 * The invoices of one file as it lists them. A readable one comes last, because a file that breaks off in its last row
 * would be refused whole.
 */
export function listed(invoices: readonly Numbered[], file: InvoiceFile): readonly Numbered[] {
  const inFile = invoices.filter((invoice) => invoice.file === file);
  const last = inFile.findLast((invoice) => !invoice.spoil);
  return last ? [...inFile.filter((invoice) => invoice !== last), last] : inFile;
}

/** source_ref of a line, counted from 0, as the feed's key makes it. */
export const lineRef = (invoice: Numbered, index: number): string => `${invoice.number}/${index + 1}`;
