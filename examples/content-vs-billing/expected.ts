import {
  countBy,
  type ExpectedException,
  type ExpectedOutcome,
  type ExpectedRun,
  type QuarantinedRow,
} from '../support/outcome.ts';
import { daysLater, INVOICE_FILES, type Label, type Pass, type Story } from './cases.ts';
import { FILE_NAMES, TASK_FILE_NAMES, taskRows } from './files.ts';
import { compareText, lineRef, listed, type Numbered, type Tale } from './stories.ts';

/** The cut-off everything here holds for, and the day it falls on. */
const AS_OF = '2026-11-15T12:00:00Z';
const CUTOFF_ON = '2026-11-15';
const DUE_WITHIN_DAYS = 14;
const LATE_UNTIL_DAYS = 60;

type Raised = Pick<ExpectedException, 'type' | 'severity' | 'reason' | 'team'>;

const raised = (type: string, severity: Raised['severity'], reason: string, team: string): Raised => ({
  type,
  severity,
  reason,
  team,
});

/** What each label becomes under the rules and the route in `config/`. */
const LABELS = {
  price_differs: raised('amount_differs', 'manual_review', 'UNEXPLAINED_DIFFERENCE', 'content_ops'),
  quantity_differs: raised('quantity_differs', 'manual_review', 'QUANTITY_DIFFERS', 'content_ops'),
  billed_before_done: raised('billed_before_done', 'block_payout', 'BILLED_BEFORE_DONE', 'finance'),
  too_late: raised('too_late', 'manual_review', 'AFTER_LATE_UNTIL', 'content_ops'),
  not_delivered: raised('billed_not_delivered', 'block_payout', 'NOTHING_ON_EXPECTED_SIDE', 'finance'),
} as const satisfies Record<Label, Raised>;

export function expectedOutcome(
  tale: Tale,
  { seed, stories }: { seed: number; stories: number },
): ExpectedOutcome {
  const spoilt = quarantinedRows(tale.invoices);
  return {
    asOf: AS_OF,
    seed,
    size: stories,
    deliveries: deliveriesOf(tale),
    quarantined: { project_tasks: {}, content_invoice_lines: countBy(spoilt, (row) => row.reason) },
    quarantinedRows: spoilt,
    reconciliations: { 'content-vs-billing': expectedRun(tale) },
  };
}

function deliveriesOf(tale: Tale): ExpectedOutcome['deliveries'] {
  const { october, november } = taskRows(tale);
  const changed = november.filter(({ revision }) => revision > 1).length;
  const delivery = (feed: string, file: string, rowsNew: number, rowsChanged = 0, rowsQuarantined = 0) => ({
    feed,
    file,
    rowsRead: rowsNew + rowsChanged + rowsQuarantined,
    rowsNew,
    rowsChanged,
    rowsQuarantined,
  });
  return [
    delivery('project_tasks', TASK_FILE_NAMES.october, october.length),
    delivery('project_tasks', TASK_FILE_NAMES.november, november.length - changed, changed),
    ...INVOICE_FILES.map((file) => {
      const inFile = listed(tale.invoices, file);
      const broken = lineCount(inFile.filter(({ spoil }) => spoil));
      return delivery('content_invoice_lines', FILE_NAMES[file], lineCount(inFile) - broken, 0, broken);
    }),
  ];
}

const lineCount = (invoices: readonly Numbered[]): number =>
  invoices.reduce((total, invoice) => total + invoice.lines.length, 0);

/** Every invoice of the broken file is one line, so a row's place in the file is its invoice's. */
const quarantinedRows = (invoices: readonly Numbered[]): QuarantinedRow[] =>
  listed(invoices, 'broken').flatMap(({ spoil }, index) =>
    spoil ? [{ file: FILE_NAMES.broken, line: index + 2, reason: spoil }] : [],
  );

function expectedRun({ stories, invoices }: Tale): ExpectedRun {
  const exceptions = [
    ...stories.flatMap((story) => exceptionsOf(story, invoices)),
    ...invoices.filter(({ about }) => about === undefined).map(notDelivered),
  ].sort(byTypeThenRef);
  const voids = invoices.filter(({ voids: taken }) => taken !== '');
  const rounded = stories.filter(({ verdict }) => verdict.outcome === 'rounded');
  const withOutcome = (outcome: string): number =>
    stories.filter(({ verdict }) => verdict.outcome === outcome).length;
  return {
    records: {
      project_tasks: stories.reduce((sum, { tasks }) => sum + tasks.length, 0),
      content_invoice_lines: lineCount(invoices.filter(({ spoil }) => !spoil)),
    },
    groups: {
      equal: withOutcome('equal'),
      auto_resolved: rounded.length + voids.length,
      excepted: withOutcome('excepted'),
    },
    groupsByPass: { ...countBy(stories, passOf), reversals: voids.length },
    autoResolved: {
      REVERSED: voids.map(({ voids: taken }) => refOf(invoices, taken)).sort(compareText),
      ROUNDING: rounded.map(refOfWork).sort(compareText),
    },
    credits: [],
    exceptionsByType: countBy(exceptions, ({ type }) => type),
    exceptionsByTeam: countBy(exceptions, ({ team }) => team),
    exceptions,
    pending: stories
      .filter(({ verdict }) => verdict.outcome === 'pending')
      .map(refOfWork)
      .sort(compareText),
    ignored: withOutcome('ignored') + withOutcome('billed_anyway'),
    late: stories.filter((story) => passOf(story) !== undefined && lagOf(story) > DUE_WITHIN_DAYS).length,
  };
}

const passOf = ({ verdict }: Story): Pass | undefined => ('pass' in verdict ? verdict.pass : undefined);

/** How people know a piece of work: by its first task. */
const refOfWork = ({ tasks }: Story): string => tasks.map(({ id }) => id).sort(compareText)[0] ?? '';

/** How people know an invoice: by the task of its first line. */
const refOf = (invoices: readonly Numbered[], number: string): string =>
  invoices.find((invoice) => invoice.number === number)?.lines[0]?.task ?? '';

/** From the first task to the last line that was not taken back. */
const lagOf = ({ tasks, invoices }: Story): number => {
  const days = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
  const taken = invoices.flatMap(({ voids }) => voids ?? []);
  const standing = invoices.filter((invoice, at) => invoice.voids === undefined && !taken.includes(at));
  return (
    Math.max(...standing.map(({ on }) => days(on))) - Math.min(...tasks.map(({ doneOn }) => days(doneOn)))
  );
};

function exceptionsOf(story: Story, invoices: readonly Numbered[]): ExpectedException[] {
  const { tasks, verdict } = story;
  const own = invoices.filter(({ about }) => about === story);
  const lines = own.flatMap((invoice) => invoice.lines.map((_, index) => lineRef(invoice, index)));
  if (verdict.outcome === 'missing') {
    return tasks.map(({ id, doneOn }) => ({ ...missing(doneOn), orderRef: id, refs: [id] }));
  }
  if (verdict.outcome === 'billed_anyway') return own.map(notDelivered);
  if (verdict.outcome !== 'excepted') return [];
  return [
    { ...LABELS[verdict.as], orderRef: refOfWork(story), refs: [...tasks.map(({ id }) => id), ...lines] },
  ];
}

const notDelivered = (invoice: Numbered): ExpectedException => ({
  ...LABELS.not_delivered,
  orderRef: invoice.lines[0]?.task || null,
  refs: [lineRef(invoice, 0)],
});

/** Late as long as it may still come, then gone. */
const missing = (doneOn: string): Raised => {
  const isPast = daysLater(doneOn, LATE_UNTIL_DAYS) < CUTOFF_ON;
  const reason = isPast ? 'NOTHING_ON_ACTUAL_SIDE' : 'LATE_ON_ACTUAL_SIDE';
  return raised('unbilled_delivery', 'manual_review', reason, 'content_ops');
};

const byTypeThenRef = (a: ExpectedException, b: ExpectedException): number =>
  compareText(a.type, b.type) ||
  compareText(a.orderRef ?? '', b.orderRef ?? '') ||
  compareText(a.refs[0] ?? '', b.refs[0] ?? '');
