import type { Command } from 'commander';
import { type Hold, holdLabel } from '../../core/hold.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { formatMoney } from '../../core/money.ts';
import { inWorkspace } from '../../db/tx.ts';
import { holdRows } from '../../pipeline/report/hold-rows.sql.ts';
import { type Context, withWorkspace } from '../context.ts';
import { cutTo } from '../cut-to.ts';
import { inert, table, toJson } from '../output.ts';
import { limitOf } from './exceptions.ts';
import { addHoldRelease } from './hold-release.ts';

const HELP = `
Lists what stops a payment at this moment, the newest first: on which client, order and payee, how much, why, and by which
exception. A hold ends when its exception is resolved or cleared, when two people agree ("release"), or by the time of its policy.

Examples:
  tieout holds
  tieout holds Kestrel
  tieout holds --all --json
  tieout holds release H-1042 --reason agreed_with_payee --as fay`;

type Options = { all?: boolean; limit: string; workspace?: string; json?: boolean };

/** `tieout holds`: what stops a payment. */
export function addHolds(program: Command, context: Context): void {
  const { output } = context;
  const command = program
    .command('holds')
    .description('list what stops a payment, the newest first')
    .argument('[text]', 'only holds whose client, order or payee has this in it')
    .option('--all', 'released ones too')
    .option('--limit <number>', 'how many at most', '100')
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action(async (text: string | undefined, options: Options) => {
      const filter = { isOpen: options.all !== true, text };
      const limit = limitOf(options.limit);
      const read = await withWorkspace(options, (database, workspaceId) =>
        inWorkspace(database.pool('reports'), workspaceId, (tx) =>
          holdRows(tx, { workspaceId, filter }, { limit: limit + 1, offset: 0 }),
        ),
      );
      const holds = cutTo(read, limit, output);
      if (options.json) output.answer(toJson(holds.map(toAnswer)));
      else if (holds.length === 0) output.answer('Nothing is on hold.');
      else output.answer(table(HEADER, holds.map(toCells)));
    });
  addHoldRelease(command, context);
}

const HEADER = [
  'hold',
  'state',
  'kind',
  'amount',
  'client',
  'order',
  'payee',
  'exception',
  'reason',
  'since',
];

const toCells = (hold: Hold): string[] => [
  holdLabel(hold.number),
  hold.released === undefined ? 'open' : `released: ${hold.released.how}`,
  inert(hold.kind),
  hold.amount === undefined ? 'everything' : formatMoney(hold.amount),
  inert(hold.client ?? ''),
  inert(hold.orderRef ?? ''),
  inert(hold.payee ?? ''),
  hold.exception === undefined ? '' : exceptionLabel(hold.exception.number),
  inert(hold.reason),
  `${hold.placedAt.toISOString().slice(0, 16)}Z`,
];

/** As programs read it: amounts as text in minor units, absent values as null. */
const toAnswer = (hold: Hold) => ({
  hold: holdLabel(hold.number),
  id: hold.holdId,
  state: hold.released === undefined ? 'open' : 'released',
  kind: hold.kind,
  client: hold.client ?? null,
  order: hold.orderRef ?? null,
  payee: hold.payee ?? null,
  amount: hold.amount ?? null,
  exception: hold.exception === undefined ? null : exceptionLabel(hold.exception.number),
  reason: hold.reason,
  note: hold.note ?? null,
  placed_at: hold.placedAt,
  placed_by: hold.placedBy ?? null,
  expires_at: hold.expiresAt ?? null,
  released: hold.released ?? null,
});
