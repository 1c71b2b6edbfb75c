import { amountText, csvFile, csvLine } from '../support/text.ts';
import { INVOICE_FILES, type InvoiceFile, type Spoil, type Task } from './cases.ts';
import { compareText, listed, type Numbered, type Tale } from './stories.ts';

export const FILE_NAMES = {
  regular: 'content_invoice_lines_2026-11.csv',
  broken: 'content_invoice_lines_broken.csv',
} as const satisfies Record<InvoiceFile, string>;

export const TASK_FILE_NAMES = {
  october: 'project_tasks_2026-10.csv',
  november: 'project_tasks_2026-11.csv',
} as const;

const TASK_HEADER = [
  ...['task_id', 'revision', 'client', 'title', 'status', 'quantity', 'done_date', 'month'],
  ...['agreed_fee', 'currency'],
];
const LINE_HEADER = [
  ...['invoice_no', 'line', 'client', 'description', 'task', 'kind', 'voids', 'quantity', 'invoice_date'],
  ...['month', 'amount', 'currency'],
];

export type TaskRow = { readonly task: Task; readonly revision: number };

/** What each export of the project tool holds: October's every task of then, November's the new ones and those that changed. */
export function taskRows({ stories }: Tale): { october: readonly TaskRow[]; november: readonly TaskRow[] } {
  const october: TaskRow[] = [];
  const november: TaskRow[] = [];
  for (const { tasks, before } of stories) {
    for (const task of tasks) {
      if (task.doneOn >= '2026-11') november.push({ task, revision: 1 });
      else october.push({ task: before ?? task, revision: 1 });
      if (before) november.push({ task, revision: 2 });
    }
  }
  const byId = (a: TaskRow, b: TaskRow): number => compareText(a.task.id, b.task.id);
  return { october: october.sort(byId), november: november.sort(byId) };
}

export function taskFiles(tale: Tale): Record<string, string> {
  const { october, november } = taskRows(tale);
  return {
    [TASK_FILE_NAMES.october]: csvFile(TASK_HEADER, october.map(taskLine)),
    [TASK_FILE_NAMES.november]: csvFile(TASK_HEADER, november.map(taskLine)),
  };
}

const taskLine = ({ task, revision }: TaskRow): string =>
  csvLine([
    ...[task.id, String(revision), task.client, task.title, task.status, String(task.quantity), task.doneOn],
    ...[task.month, amountText(task.feeCents), 'USD'],
  ]);

export function invoiceFiles({ invoices }: Tale): Record<string, string> {
  const entries = INVOICE_FILES.map((file) => {
    const rows = listed(invoices, file).flatMap(invoiceRows);
    return [FILE_NAMES[file], csvFile(LINE_HEADER, rows)];
  });
  return Object.fromEntries(entries);
}

const invoiceRows = (invoice: Numbered): string[] =>
  invoice.lines.map((line, index) => {
    const cells = [
      ...[invoice.number, String(index + 1), invoice.client, line.title, line.task],
      ...[invoice.voids === '' ? 'charge' : 'void', invoice.voids, String(line.quantity), invoice.on],
      ...[invoice.month, bookedText(line.cents), 'USD'],
    ];
    return csvLine(invoice.spoil ? SPOILERS[invoice.spoil](cells) : cells);
  });

/** As accountants write it: what is taken back stands in parentheses. */
const bookedText = (cents: bigint): string =>
  cents < 0n ? `(${amountText(-cents, ',')})` : amountText(cents, ',');

const replaced = (cells: readonly string[], column: string, change: (cell: string) => string): string[] =>
  cells.map((cell, index) => (LINE_HEADER[index] === column ? change(cell) : cell));

/** What a tired export does to a row; each breaks one thing only, so the reason is certain. */
const SPOILERS = {
  amount_malformed: (cells) => replaced(cells, 'amount', (text) => text.replace('.', '..')),
  row_short: (cells) => cells.slice(0, -3),
  integer_malformed: (cells) => replaced(cells, 'quantity', () => 'two'),
} as const satisfies Record<Spoil, (cells: readonly string[]) => string[]>;
