import { amountText, csvFile, csvLine } from '../support/text.ts';
import { INVOICE_FILES, type InvoiceFile, type Line, type Spoil } from './cases.ts';
import { listed, type Numbered, type Tale, type Told } from './stories.ts';

export const FILE_NAMES = {
  regular: 'invoice_lines_2026-10.csv',
  late: 'invoice_lines_2026-11_late.csv',
  broken: 'invoice_lines_broken.csv',
} as const satisfies Record<InvoiceFile, string>;

export const ORDER_FILE_NAMES = {
  october: 'platform_orders_2026-10.csv',
  november: 'platform_orders_2026-11.csv',
} as const;

const ORDER_HEADER = [
  'order_ref',
  'revision',
  'client',
  'campaign',
  'platform',
  'service_month',
  'spend',
  'currency',
];

const INVOICE_HEADER = [
  'invoice_no',
  'line',
  'invoice_date',
  'vendor',
  'client',
  'campaign',
  'po_number',
  'kind',
  'service_month',
  'original_period',
  'amount',
  'currency',
];

/** October's export has every order up to then; November's the new ones, and the orders that changed since. */
export function orderFiles({ told }: Tale): Record<string, string> {
  const isNew = ({ order }: Told): boolean => order.month === '2026-11';
  const october = told.filter((one) => !isNew(one)).map((one) => orderRow(one, 1, one.story.before));
  const november = told
    .filter((one) => isNew(one) || one.story.before !== undefined)
    .map((one) => orderRow(one, one.story.before === undefined ? 1 : 2));
  return {
    [ORDER_FILE_NAMES.october]: csvFile(ORDER_HEADER, october),
    [ORDER_FILE_NAMES.november]: csvFile(ORDER_HEADER, november),
  };
}

const orderRow = ({ order }: Told, revision: number, cents = order.cents): string =>
  csvLine([
    order.ref,
    String(revision),
    order.client,
    order.campaign,
    order.platform.name,
    order.month,
    amountText(cents),
    order.currency,
  ]);

export function invoiceFiles({ invoices }: Tale): Record<string, string> {
  const entries = INVOICE_FILES.map((file) => {
    const rows = listed(invoices, file).flatMap(invoiceRows);
    return [FILE_NAMES[file], csvFile(INVOICE_HEADER, rows)];
  });
  return Object.fromEntries(entries);
}

const invoiceRows = (invoice: Numbered): string[] =>
  invoice.lines.map((line, index) => {
    const cells = invoiceCells(invoice, line, index);
    return csvLine(invoice.spoil ? SPOILERS[invoice.spoil](cells) : cells);
  });

const invoiceCells = (invoice: Numbered, line: Line, index: number): string[] => [
  invoice.number,
  String(index + 1),
  invoiceDate(invoice),
  invoice.platform.name,
  invoice.client,
  invoice.campaign,
  line.po,
  line.kind,
  invoice.month,
  line.originalPeriod,
  amountText(line.cents, ','),
  line.currency,
];

/** Vendors bill in the first days of the next month; the late ones only in November. */
function invoiceDate(invoice: Numbered): string {
  if (invoice.file === 'late') return '2026-11-12';
  const [year = 2026, month = 1] = invoice.month.split('-').map(Number);
  const day = 2 + ((Number(invoice.number.slice(-6)) + invoice.repeat) % 6);
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
}

const replaced = (cells: readonly string[], column: string, change: (cell: string) => string): string[] =>
  cells.map((cell, index) => (INVOICE_HEADER[index] === column ? change(cell) : cell));

/** What a tired export does to a row; each breaks one thing only, so the reason is certain. */
const SPOILERS = {
  // A letter O for the first zero: 1,88O.00
  amount_malformed: (cells) => replaced(cells, 'amount', (text) => text.replace('0', 'O')),
  date_does_not_exist: (cells) => replaced(cells, 'invoice_date', () => '2026-09-31'),
  currency_unknown: (cells) => replaced(cells, 'currency', () => 'UDS'),
  row_short: (cells) => cells.slice(0, -2),
  required_missing: (cells) => replaced(cells, 'invoice_no', () => ''),
} as const satisfies Record<Spoil, (cells: readonly string[]) => string[]>;
