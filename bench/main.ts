import { parseArgs } from 'node:util';
import { benchClicks } from './clicks.ts';
import { benchHolds } from './holds.ts';
import { benchIngest } from './ingest.ts';
import { benchOutbox } from './outbox.ts';
import { benchPayments } from './payments.ts';
import { benchRun } from './run.ts';
import { benchSweep } from './sweep.ts';
import { benchWebhooks } from './webhooks.ts';

/** What one benchmark measured, and whether that is inside its bar. */
export type Measured = {
  readonly figures: Readonly<Record<string, number | boolean>>;
  readonly isInside: boolean;
};

export type BenchOptions = {
  /** The share of rows removed on each side, at random. */
  readonly drop: number;
  readonly seed: number;
};

type Bench = {
  readonly about: string;
  readonly size: number;
  readonly run: (size: number, options: BenchOptions) => Promise<Measured>;
};

const BENCHES: Readonly<Record<string, Bench>> = {
  clicks: {
    about: 'two people press Claim on the same card at once, 64 presses in flight, two app processes',
    size: 10_000,
    run: benchClicks,
  },
  holds: {
    about: 'payment systems ask GET /api/v1/holds 200 times a second, over 100,000 orders with 5,000 on hold',
    size: 6_000,
    run: benchHolds,
  },
  ingest: {
    about: 'one CSV file of new rows through its contract into records, against a bare COPY of it',
    size: 1_000_000,
    run: benchIngest,
  },
  outbox: {
    about: 'cards posted by two app processes, with nothing in their way',
    size: 3_000,
    run: benchOutbox,
  },
  payments: {
    about: 'public payments without a common key: files, matching, decisions, counted against the truth',
    size: 1,
    run: benchPayments,
  },
  run: {
    about:
      'a night of orders and invoices: first, again, with a hundredth changed; against a bare COPY and join',
    size: 1_000_000,
    run: benchRun,
  },
  webhooks: {
    about: 'signed events come 300 times a second, each on the record before it is answered',
    size: 9_000,
    run: benchWebhooks,
  },
  sweep: {
    about: 'one sweep of SLA promises over open exceptions, a hundredth of them due',
    size: 200_000,
    run: benchSweep,
  },
};

const HELP = `npm run -s bench -- <name> [--json] [--size N] [--drop SHARE] [--seed N]

${Object.entries(BENCHES)
  .map(([name, { about, size }]) => `  ${name.padEnd(8)} ${about} (--size ${size})`)
  .join('\n')}

--rows is --size under the name that suits rows.

Exit 0: inside the bars of bench/README.md. Exit 1: outside.

Examples:
  npm run -s bench -- clicks --json
  npm run -s bench -- outbox --size 500
  npm run -s bench -- payments --drop 0.1 --seed 7
  npm run -s bench -- run --rows 100000 --json`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      size: { type: 'string' },
      rows: { type: 'string' },
      drop: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [name = ''] = positionals;
  const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
  if (values.help || !bench) {
    const isAsked = values.help || name === '';
    (isAsked ? console.log : console.error)(isAsked ? HELP : `There is no bench "${name}".\n\n${HELP}`);
    return isAsked ? 0 : 2;
  }
  const given = values.rows ?? values.size;
  const size = Number(given ?? bench.size);
  if (!Number.isInteger(size) || size < 1) {
    console.error(
      `--${values.rows === undefined ? 'size' : 'rows'} must be a whole number from 1 on, not "${given}".`,
    );
    return 2;
  }
  const [drop, seed] = [Number(values.drop), Number(values.seed)];
  if (!(drop >= 0 && drop < 1) || !Number.isInteger(seed)) {
    console.error('--drop must be a share from 0 to below 1, --seed a whole number.');
    return 2;
  }
  const { figures, isInside } = await bench.run(size, { drop, seed });
  if (values.json) console.log(JSON.stringify(figures));
  else for (const [key, value] of Object.entries(figures)) console.log(`${key.padEnd(18)} ${value}`);
  return isInside ? 0 : 1;
}

process.exitCode = await main();
