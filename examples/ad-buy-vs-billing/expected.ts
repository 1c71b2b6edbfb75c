import {
  countBy,
  type ExpectedException,
  type ExpectedOutcome,
  type ExpectedRun,
  type QuarantinedRow,
} from '../support/outcome.ts';
import { amountText } from '../support/text.ts';
import { type ExceptionLabel, INVOICE_FILES } from './cases.ts';
import { FILE_NAMES, ORDER_FILE_NAMES } from './files.ts';
import { compareText, lineRef, listed, type Numbered, type Tale, type Told } from './stories.ts';

/** The cut-off everything here holds for. */
const AS_OF = '2026-11-15T12:00:00Z';

type Raised = Pick<ExpectedException, 'type' | 'severity' | 'reason' | 'team'>;

/** What each label becomes under the rules and the ownership matrix in `config/`. */
const LABELS = {
  unexplained: raised('amount_differs', 'manual_review', 'UNEXPLAINED_DIFFERENCE', 'media_ops'),
  overbilled: raised('amount_differs', 'block_payout', 'OVERBILLED', 'finance'),
  currency_differs: raised('currency_differs', 'manual_review', 'CURRENCY_DIFFERS', 'finance'),
  missing_invoice: raised('missing_invoice', 'manual_review', 'NOTHING_ON_ACTUAL_SIDE', 'finance'),
  unordered_charge: raised('unordered_charge', 'block_payout', 'NOTHING_ON_EXPECTED_SIDE', 'revenue_ops'),
  duplicate_invoice: raised(
    'duplicate_invoice',
    'block_payout',
    'SAME_VENDOR_PO_NUMBER_LINE_TOTAL_SERVICE_MONTH_KIND',
    'finance',
  ),
} as const satisfies Record<ExceptionLabel, Raised>;

function raised(type: string, severity: Raised['severity'], reason: string, team: string): Raised {
  return { type, severity, reason, team };
}

export function expectedOutcome(
  tale: Tale,
  { seed, orders }: { seed: number; orders: number },
): ExpectedOutcome {
  const spoilt = quarantinedRows(tale.invoices);
  return {
    asOf: AS_OF,
    seed,
    size: orders,
    deliveries: [...orderDeliveries(tale.told), ...invoiceDeliveries(tale.invoices)],
    quarantined: { platform_orders: {}, invoice_lines: countBy(spoilt, (row) => row.reason) },
    quarantinedRows: spoilt,
    reconciliations: { 'ad-buy-vs-billing': expectedRun(tale) },
  };
}

function orderDeliveries(told: readonly Told[]): ExpectedOutcome['deliveries'] {
  const fresh = told.filter(({ order }) => order.month === '2026-11').length;
  const revised = told.filter(({ story }) => story.before !== undefined).length;
  const delivery = (file: string, rowsNew: number, rowsChanged: number) => ({
    feed: 'platform_orders',
    file,
    rowsRead: rowsNew + rowsChanged,
    rowsNew,
    rowsChanged,
    rowsQuarantined: 0,
  });
  return [
    delivery(ORDER_FILE_NAMES.october, told.length - fresh, 0),
    delivery(ORDER_FILE_NAMES.november, fresh, revised),
  ];
}

const invoiceDeliveries = (invoices: readonly Numbered[]): ExpectedOutcome['deliveries'] =>
  INVOICE_FILES.map((file) => {
    const inFile = listed(invoices, file);
    const rowsRead = lineCount(inFile);
    const rowsQuarantined = lineCount(inFile.filter((invoice) => invoice.spoil));
    return {
      feed: 'invoice_lines',
      file: FILE_NAMES[file],
      rowsRead,
      rowsNew: rowsRead - rowsQuarantined,
      rowsChanged: 0,
      rowsQuarantined,
    };
  });

const lineCount = (invoices: readonly Numbered[]): number =>
  invoices.reduce((total, invoice) => total + invoice.lines.length, 0);

/** Every invoice of the broken file is one line, so a row's place in the file is its invoice's. */
const quarantinedRows = (invoices: readonly Numbered[]): QuarantinedRow[] =>
  listed(invoices, 'broken').flatMap(({ spoil }, index) =>
    spoil ? [{ file: FILE_NAMES.broken, line: index + 2, reason: spoil }] : [],
  );

function expectedRun({ told, invoices }: Tale): ExpectedRun {
  const exceptions = [
    ...told.flatMap((one) => exceptionsOf(one, invoices)),
    ...invoices.filter((invoice) => invoice.about === undefined).map(unorderedCharge),
  ].sort(byTypeThenRef);
  const verdicts = told.map(({ story }) => story.verdict);
  const withOutcome = (outcome: string): number =>
    verdicts.filter((verdict) => verdict.outcome === outcome).length;
  return {
    records: {
      platform_orders: told.length,
      invoice_lines: lineCount(invoices.filter((invoice) => !invoice.spoil)),
    },
    groups: {
      equal: withOutcome('equal'),
      auto_resolved: withOutcome('auto_resolved'),
      excepted: withOutcome('excepted'),
    },
    groupsByPass: countBy(verdicts, (verdict) => ('pass' in verdict ? verdict.pass : undefined)),
    autoResolved: autoResolved(told),
    credits: told.flatMap(creditsOf),
    exceptionsByType: countBy(exceptions, ({ type }) => type),
    exceptionsByTeam: countBy(exceptions, ({ team }) => team),
    exceptions,
    pending: told.filter(({ story }) => story.verdict.outcome === 'pending').map(({ order }) => order.ref),
    ignored: 0,
    late: 0,
  };
}

function exceptionsOf(one: Told, invoices: readonly Numbered[]): ExpectedException[] {
  const { order, story } = one;
  const own = invoices.filter((invoice) => invoice.about === one);
  const refs = own.flatMap((invoice) => invoice.lines.map((_, index) => lineRef(invoice, index)));
  if (story.repeats) return [{ ...LABELS.duplicate_invoice, orderRef: order.ref, refs }];
  if (story.verdict.outcome === 'missing') {
    return [{ ...LABELS.missing_invoice, orderRef: order.ref, refs: [order.ref] }];
  }
  if (story.verdict.outcome !== 'excepted') return [];
  return [{ ...LABELS[story.verdict.as], orderRef: order.ref, refs: [order.ref, ...refs] }];
}

const unorderedCharge = (invoice: Numbered): ExpectedException => ({
  ...LABELS.unordered_charge,
  orderRef: invoice.lines[0]?.po || null,
  refs: [lineRef(invoice, 0)],
});

function autoResolved(told: readonly Told[]): Record<string, string[]> {
  const refs: Record<string, string[]> = {};
  for (const { order, story } of told) {
    if (story.verdict.outcome !== 'auto_resolved') continue;
    refs[story.verdict.reason] = [...(refs[story.verdict.reason] ?? []), order.ref];
  }
  return refs;
}

const creditsOf = ({ order, story }: Told): ExpectedRun['credits'] =>
  story.invoices
    .flatMap((invoice) => invoice.lines)
    .filter((line) => line.kind === 'credit')
    .map((line) => ({
      orderRef: order.ref,
      amount: amountText(line.cents),
      currency: line.currency,
      originalPeriod: line.originalPeriod,
    }));

const byTypeThenRef = (a: ExpectedException, b: ExpectedException): number =>
  compareText(a.type, b.type) ||
  compareText(a.orderRef ?? '', b.orderRef ?? '') ||
  compareText(a.refs[0] ?? '', b.refs[0] ?? '');
