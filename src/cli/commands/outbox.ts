import type { Command } from 'commander';
import { exceptionLabel } from '../../core/ids.ts';
import {
  recheckWaiting,
  retryUndelivered,
  type Undelivered,
  undelivered,
} from '../../pipeline/report/undelivered.ts';
import { type Context, withWorkspace } from '../context.ts';
import { EXIT } from '../exit.ts';
import { inert, type Output, table, toJson } from '../output.ts';
import { limitOf } from './exceptions.ts';

const HELP = `
Lists teams whose channel takes no messages, and messages that were given up, each with the way out. Exit 1 when there are
any. "outbox retry" tries again what was given up; a running service sends it within a second. "outbox recheck", before "serve" on a
backup that was restored: what waited when it was made was sent since, and is looked for in Slack before it is posted.

Examples:
  tieout outbox
  tieout outbox retry --team media_ops
  tieout outbox recheck`;

type Options = { limit: string; workspace?: string; json?: boolean };
type RetryOptions = { team?: string; workspace?: string; json?: boolean };

/** `tieout outbox`: what could not be delivered to Slack. */
export function addOutbox(program: Command, { output }: Context): void {
  const outbox = program
    .command('outbox')
    .description('list what cannot be delivered to Slack, with the way out')
    .option('--limit <number>', 'how many at most', '100')
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action(async (options: Options) => {
      const found = await withWorkspace(options, (database, workspaceId) =>
        undelivered(database.pool('reports'), { workspaceId, limit: limitOf(options.limit) }),
      );
      if (options.json) output.answer(toJson(found));
      else print(output, found);
      process.exitCode = found.lost.length + found.dead.length === 0 ? EXIT.done : EXIT.failed;
    });
  outbox
    .command('retry')
    .description('try again what was given up')
    .addHelpText('after', HELP)
    .option('--team <key>', 'only what was for this team')
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .action(async (_own: unknown, command: Command) => {
      // The list has options of the same names, and whichever stands first on the line takes them.
      const options: RetryOptions = command.optsWithGlobals();
      const count = await withWorkspace(options, (database, workspaceId) =>
        retryUndelivered(database.pool('people'), { workspaceId, team: options.team }),
      );
      if (options.json) output.answer(toJson({ retried: count }));
      else output.answer(count === 0 ? 'Nothing was given up.' : `Messages that are tried again: ${count}.`);
    });
  outbox
    .command('recheck')
    .description('after a restore: look in Slack for what waits before it is posted')
    .addHelpText('after', HELP)
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .action(async (_own: unknown, command: Command) => {
      const options: Pick<RetryOptions, 'workspace' | 'json'> = command.optsWithGlobals();
      const count = await withWorkspace(options, (database, workspaceId) =>
        recheckWaiting(database.pool('people'), workspaceId),
      );
      if (options.json) output.answer(toJson({ rechecked: count }));
      else
        output.answer(
          count === 0
            ? 'Nothing waits.'
            : `Messages that are looked for in Slack before they are posted: ${count}.`,
        );
    });
}

function print(output: Output, { lost, dead }: Undelivered): void {
  if (lost.length + dead.length === 0) output.answer('Everything can be delivered.');
  if (lost.length > 0) {
    const cells = lost.map((lane) => [
      lane.team,
      inert(lane.channel),
      lane.reason,
      lane.since.toISOString(),
      lane.standIn === undefined ? `nowhere (${lane.waiting} wait)` : inert(lane.standIn),
      lane.wayOut,
    ]);
    output.answer(table(['team', 'channel', 'trouble', 'since', 'posts in', 'way out'], cells));
  }
  if (dead.length > 0) {
    const cells = dead.map((letter) => [
      letter.kind,
      letter.number === null ? '' : exceptionLabel(letter.number),
      inert(letter.name ?? letter.address),
      inert(letter.reason),
      letter.created_at.toISOString(),
      letter.wayOut,
    ]);
    output.answer(table(['message', 'exception', 'for', 'given up because', 'since', 'way out'], cells));
  }
}
