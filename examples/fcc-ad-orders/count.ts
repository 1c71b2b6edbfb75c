import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { amountText, jsonFile } from '../support/text.ts';

type Document = { file_id: string; title: string; contract_num: string; gross_amount: string };
type Sorted = {
  feed: 'fcc_orders' | 'fcc_invoices';
  contract: string;
  cents: bigint;
  problem: string | undefined;
};

/** Dollars and cents, optional dollar sign, thousands only in threes, parentheses for minus. */
const AMOUNT = /^(\()?\$?(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?(\))?$/;

/**
 * Counts the sample by hand-written rules of its own, so that a run of the product has something independent to agree with:
 * `tsx examples/fcc-ad-orders/count.ts <manifest.csv>` prints what `expected.json` holds.
 */
export function count(csv: string) {
  const documents: Document[] = parse(csv, { columns: true });
  const sorted = documents.map(sort);
  const feeds = Object.fromEntries(
    (['fcc_invoices', 'fcc_orders'] as const).map((feed) => [feed, tally(sorted, feed)]),
  );
  const contracts = comparisons(sorted.filter(({ problem }) => problem === undefined));
  return {
    asOf: '2026-11-15T12:00:00Z',
    feeds,
    reconciliations: {
      'fcc-ad-orders': {
        groups: {
          equal: contracts.filter(({ diff }) => diff === '0.00').length,
          auto_resolved: 0,
          excepted: contracts.filter(({ diff }) => diff !== '0.00').length,
        },
        exceptionsByType: { amount_differs: contracts.filter(({ diff }) => diff !== '0.00').length },
        contracts,
      },
    },
  };
}

function sort({ title, contract_num, gross_amount }: Document): Sorted {
  const contract = contract_num.split(/[-/]/)[0]?.trim() ?? '';
  const amount = AMOUNT.exec(gross_amount.trim());
  return {
    feed: title.toLowerCase().includes('invoice') ? 'fcc_invoices' : 'fcc_orders',
    contract,
    cents: amount ? toCents(amount) : 0n,
    problem: problemOf(contract, gross_amount.trim(), amount),
  };
}

/** A document has one reason, in the words the product uses; the contract is looked at first. */
function problemOf(contract: string, text: string, amount: RegExpExecArray | null): string | undefined {
  if (contract === '') return 'required_missing';
  if (text === '') return 'amount_empty';
  return amount ? undefined : 'amount_malformed';
}

function toCents([, open, dollars = '0', cents = '']: RegExpExecArray): bigint {
  const size = BigInt(dollars.replaceAll(',', '') + cents.padEnd(2, '0'));
  return open ? -size : size;
}

function tally(sorted: readonly Sorted[], feed: Sorted['feed']) {
  const own = sorted.filter((one) => one.feed === feed);
  const refused = own.filter((one) => one.problem !== undefined);
  const quarantined: Record<string, number> = {};
  for (const { problem = '' } of refused) quarantined[problem] = (quarantined[problem] ?? 0) + 1;
  return {
    rowsRead: sorted.length,
    rowsSkipped: sorted.length - own.length,
    rowsQuarantined: refused.length,
    rowsNew: own.length - refused.length,
    quarantined,
  };
}

/** Contracts that stand on both sides, with the sum of each. */
function comparisons(sorted: readonly Sorted[]) {
  const names = [...new Set(sorted.map(({ contract }) => contract))].sort();
  return names.flatMap((contract) => {
    const on = (feed: Sorted['feed']) =>
      sorted.filter((one) => one.contract === contract && one.feed === feed);
    const [orders, invoices] = [on('fcc_orders'), on('fcc_invoices')];
    if (orders.length === 0 || invoices.length === 0) return [];
    const [expected, actual] = [sum(orders), sum(invoices)];
    return {
      contract,
      orders: orders.length,
      invoices: invoices.length,
      expected: amountText(expected),
      actual: amountText(actual),
      diff: amountText(actual - expected),
    };
  });
}

const sum = (documents: readonly Sorted[]): bigint =>
  documents.reduce((total, { cents }) => total + cents, 0n);

const [, script, file] = process.argv;
if (script === fileURLToPath(import.meta.url)) {
  if (file === undefined)
    throw new Error('name the manifest: tsx examples/fcc-ad-orders/count.ts <manifest.csv>');
  process.stdout.write(jsonFile(count(readFileSync(file, 'utf8'))));
}
