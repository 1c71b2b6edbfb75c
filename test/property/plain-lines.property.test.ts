import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import type { ContractField, FeedContract } from '../../src/core/contract.ts';
import { PLAIN_AMOUNT } from '../../src/core/money.ts';
import { copyRow, toStaged } from '../../src/pipeline/ingest/copy-binary.ts';
import { LineCells } from '../../src/pipeline/ingest/plain/line-cells.ts';
import { plainReader } from '../../src/pipeline/ingest/plain/plain-reader.ts';
import { copyDelivery, newReading, readDelivery } from '../../src/pipeline/ingest/read-delivery.ts';
import { SpareMemory } from '../../src/pipeline/ingest/spare-memory.ts';

const column = (from: string) => ({ from, always: undefined, cutAt: [] });
const field = (
  name: string,
  type: ContractField['type'],
  more: Partial<ContractField> = {},
): ContractField => ({
  name,
  ...column(name),
  required: false,
  type,
  ...more,
});

const CONTRACT: FeedContract = {
  feed: 'lines',
  source: 'test',
  format: 'csv',
  delimiter: ',',
  finalLineEnd: 'required',
  files: [],
  zone: 'America/New_York',
  key: ['ref'],
  revision: undefined,
  amount: 'total',
  date: 'day',
  client: 'note',
  orderRef: 'ref',
  where: [],
  fields: [
    field('ref', { kind: 'reference' }),
    field('note', { kind: 'text', maxLength: 12 }),
    field('kind', { kind: 'choice', of: ['charge', 'Credit'] }),
    field('day', { kind: 'date', format: 'YYYY-MM-DD' }),
    field('count', { kind: 'integer' }),
    field('total', { kind: 'money', format: PLAIN_AMOUNT, currency: column('currency') }, { required: true }),
  ],
};

const [REF, NOTE, KIND, DAY, COUNT, TOTAL] = CONTRACT.fields;
if (!REF || !NOTE || !KIND || !DAY || !COUNT || !TOTAL) throw new Error('six fields');

/** What a contract may say that changes how a row is read. */
const CONTRACTS: Readonly<Record<string, FeedContract>> = {
  plain: CONTRACT,
  'with a joined key and a revision': {
    ...CONTRACT,
    key: ['ref', 'note', 'kind', 'count'],
    revision: 'count',
  },
  'of some rows only': { ...CONTRACT, where: [{ column: 'note', test: 'lacks', text: 'draft' }] },
  'of one kind only': { ...CONTRACT, where: [{ column: 'kind', test: 'equals', text: 'Charge' }] },
  'without an amount': { ...CONTRACT, amount: undefined, fields: [REF, NOTE, KIND, DAY, COUNT] },
  'with an optional amount in one currency': {
    ...CONTRACT,
    fields: [
      ...[REF, NOTE, DAY],
      field('total', {
        kind: 'money',
        format: { ...PLAIN_AMOUNT, group: ',', symbols: ['$'], parentheses: true },
        currency: { from: undefined, always: 'JPY', cutAt: [] },
      }),
    ],
  },
  'with cut, constant and otherwise read fields': {
    ...CONTRACT,
    fields: [
      { ...REF, cutAt: ['-'] },
      field('note', { kind: 'text', maxLength: 12 }, { steps: [{ kind: 'upper' }] }),
      field('vendor', { kind: 'text', maxLength: 12 }, { from: undefined, always: 'Kestrel' }),
      field('kind', { kind: 'choice', of: ['charge'], otherwise: 'charge' }),
      DAY,
      TOTAL,
    ],
  },
  'cut at more than one byte': { ...CONTRACT, delimiter: '::' },
  'cut beyond ASCII': { ...CONTRACT, delimiter: '¦' },
  'with spaces between': { ...CONTRACT, delimiter: ' ', key: ['ref', 'note'] },
  'whose records are much longer than its rows': {
    ...CONTRACT,
    client: 'terms',
    orderRef: 'terms',
    fields: [
      ...CONTRACT.fields,
      field(
        'terms',
        { kind: 'text', maxLength: 5_000 },
        { from: undefined, always: 'long "terms" '.repeat(300) },
      ),
    ],
  },
  'with signs turned by a column': {
    ...CONTRACT,
    fields: [
      ...[REF, NOTE, DAY],
      field('total', {
        kind: 'money',
        format: PLAIN_AMOUNT,
        currency: column('currency'),
        negate: { column: column('kind'), equals: ['credit'], keep: undefined },
      }),
    ],
  },
};

const oneOf = (...texts: readonly string[]) => fc.constantFrom(...texts);
/** Mostly the first, so that there are rows that nothing is wrong with. */
const cell = (usual: string, ...others: readonly string[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 3, arbitrary: oneOf(...others) });
const CELLS = [
  cell(
    'R-1',
    'R-2',
    'a/b',
    '%',
    ' R-3 ',
    '1.00E+05',
    '12E5',
    'Рef',
    'R\u200b',
    '',
    'x'.repeat(256),
    'y'.repeat(250),
    'ö',
  ),
  cell(
    'note',
    ' note',
    'a  b',
    '',
    'Draft',
    'back\\slash',
    'tab\tin',
    "it's",
    'half/100%',
    'a\u0001b',
    '\u007f',
    '\u00a0x',
    '日本',
    '👍',
    'far too long a note',
  ),
  cell('charge', 'CREDIT', 'refund', '', ' charge'),
  cell('2026-11-01', '2026-02-30', '2026-1-1', '', ' 2026-11-02', '9999-12-31'),
  cell('1', '007', '-3', '-0', '0', '', '12345678901234567890', 'one'),
  cell(
    '10.00',
    '10',
    '10.0',
    '-5.25',
    '-0.00',
    '0.00',
    '000.50',
    '1,000',
    '($5.00)',
    '',
    '99999999999999.00',
    '9999999999999.99',
    '-9999999999999.99',
    '9999999999999.999',
    'NaN',
    '1e3',
    '10.005',
  ),
  cell('USD', 'JPY', 'KWD', 'usd', 'XXX', '', 'USD '),
];
const HEADER = 'ref,note,kind,day,count,total,currency';

const row = fc.tuple(...CELLS).map((cells) => cells.join(','));
/** Cells in quotes: each, or some, with what only quotes let in, and quotes where none belong. */
const quoted = fc
  .tuple(
    fc.tuple(...CELLS),
    fc.boolean(),
    fc.nat(127),
    fc.constantFrom(...['', '', ',', '""', '"', '\n', '\r', '\r\n,,,,,,', '\r,,,,,,']),
  )
  .map(([cells, isEach, which, inside]) =>
    cells
      .map((cell, at) => (at === 1 ? `${cell}${inside}` : cell))
      .map((cell, at) => (isEach || (which >> at) % 2 === 1 ? `"${cell}"` : cell))
      .join(','),
  );
const strange = oneOf(
  '',
  'too,short',
  `${'a,'.repeat(9)}long`,
  '"R-9","quoted, note",charge,2026-11-01,1,1.00,USD',
  '\u0000,,,,,,',
  HEADER,
  HEADER.toUpperCase(),
);
const line = fc.oneof(
  { weight: 8, arbitrary: row },
  { weight: 6, arbitrary: quoted },
  { weight: 1, arbitrary: strange },
);
const fileOf = ({ delimiter }: FeedContract) =>
  fc
    .record({
      lines: fc.array(line, { maxLength: 25 }),
      end: oneOf('\n', '\r\n', '\r'),
      last: oneOf('', '\n', 'R-8,note,charge,2026-11-01,1,1.00,USD', 'R-8,no'),
      spoilt: fc.option(fc.nat(2_000), { freq: 12 }),
    })
    .map(({ lines, end, last, spoilt }) => {
      const bytes = Buffer.from(([HEADER, ...lines].join(end) + end + last).replaceAll(',', delimiter));
      if (spoilt !== null && spoilt < bytes.length) bytes[spoilt] = 0xff;
      return bytes;
    });

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const counter = (): (() => Buffer) => {
  let count = 0;
  return () => {
    count += 1;
    return Buffer.from(`id-${count}`.padEnd(16));
  };
};

async function quickly(bytes: Buffer, contract: FeedContract, size: number) {
  const reading = newReading(contract);
  const pieces: Buffer[] = [];
  const memory = new SpareMemory();
  for await (const piece of copyDelivery(cut(bytes, size), {
    contract,
    reading,
    target: toStaged(counter()),
    memory,
  })) {
    pieces.push(Buffer.from(piece));
    memory.give(piece);
  }
  return { copied: Buffer.concat(pieces), reading };
}

async function strictly(bytes: Buffer, contract: FeedContract) {
  const reading = newReading(contract);
  const target = toStaged(counter());
  const copied: string[] = [];
  for await (const rows of readDelivery(cut(bytes, bytes.length), contract, reading)) {
    copied.push(...rows.map((one) => copyRow(one, target)));
  }
  return { copied: Buffer.from(copied.join(''), 'latin1'), reading };
}

describe.each(Object.entries(CONTRACTS))('a file of a feed %s', (_name, contract) => {
  it('is read the same in one go as row by row, whatever stands in it and however it comes in pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fileOf(contract), fc.integer({ min: 40, max: 400 }), async (bytes, size) => {
        const quick = await quickly(bytes, contract, size);
        const strict = await strictly(bytes, contract);

        expect(quick.reading).toEqual(strict.reading);
        // What came out of a file that may not be used does not count.
        if (!strict.reading.problem) expect(rowsOf(quick.copied)).toEqual(rowsOf(strict.copied));
      }),
      { numRuns: 150 },
    );
  });
});

it('adds the largest amounts exactly, however many there are in one go', async () => {
  const rows = Array.from(
    { length: 300 },
    (_, at) => `R-${at},note,charge,2026-11-01,1,9999999999999.99,USD`,
  );
  const bytes = Buffer.from(`${[HEADER, ...rows].join('\n')}\n`);

  const { reading } = await quickly(bytes, CONTRACT, 4_000);

  expect(reading.amounts).toEqual(new Map([['USD', { minor: 999_999_999_999_999n * 300n, rows: 300 }]]));
});

/** The rows as COPY cuts them. */
function rowsOf(copied: Buffer): (string | null)[][] {
  const rows: (string | null)[][] = [];
  for (let at = 0; at < copied.length; ) {
    const columns = copied.readInt16BE(at);
    at += 2;
    const row: (string | null)[] = [];
    for (let column = 0; column < columns; column += 1) {
      const size = copied.readInt32BE(at);
      at += 4;
      row.push(size < 0 ? null : copied.subarray(at, at + size).toString('latin1'));
      at += Math.max(size, 0);
    }
    rows.push(row);
  }
  return rows;
}

it('leaves a contract to the strict reader that says something it has not heard of', () => {
  const place = { cells: new LineCells(7, ','), of: () => 0 };

  expect(plainReader(CONTRACT, place)).toBeDefined();
  expect(plainReader({ ...CONTRACT, newWord: true } as FeedContract, place)).toBeUndefined();
});

it('has a reader for feeds as they are loaded, with all that is kept beside a contract', async () => {
  const folder = fileURLToPath(new URL('../../bench/run', import.meta.url));

  const { feeds } = await loadConfig(folder, { RUN_FOLDER: '/nowhere' });

  expect(
    [...feeds.values()].map(
      (feed) => plainReader(feed, { cells: new LineCells(7, ','), of: () => 0 }) !== undefined,
    ),
  ).toEqual([true, true]);
});
