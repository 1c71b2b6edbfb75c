import type { Command } from 'commander';
import { workdayBefore } from '../../core/daily-slot.ts';
import { type DigestFacts, type DigestRow, TALLIES } from '../../core/digest.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { formatMoney, type Money } from '../../core/money.ts';
import { suggestionEnd } from '../../core/nearest-word.ts';
import { typeTitle } from '../../core/words.ts';
import { inWorkspace } from '../../db/tx.ts';
import { readDigest } from '../../pipeline/report/digest.ts';
import { type Context, configNow, environmentNow, withWorkspace } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import { inert, type Output, table, toJson } from '../output.ts';

const HELP = `
The same as the daily digest and /recon report: what is open now, and what happened since the same time of the last
working day. Needs the configuration (TIEOUT_CONFIG), which says when people work.

Examples:
  tieout report
  tieout report --team finance --json`;

/** `tieout report`: the digest as of now. */
export function addReport(program: Command, { output }: Context): void {
  program
    .command('report')
    .description('the digest as of now: new, aged, overdue, settled, at risk, by owner and type')
    .option('--team <team>', 'the key of a team')
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action(async (options: { team?: string; workspace?: string; json?: boolean }) => {
      const facts = await report(options);
      if (options.json) output.answer(toJson(facts));
      else print(output, facts);
    });
}

async function report({ team, workspace }: { team?: string; workspace?: string }): Promise<DigestFacts> {
  const { organisation, reconciliations } = await configNow(environmentNow());
  const teams = organisation.teams.map(({ key }) => key);
  if (team !== undefined && !teams.includes(team)) {
    throw new Stop(`There is no team "${team}"${suggestionEnd(team, teams)}`, EXIT.usage);
  }
  return await withWorkspace(workspace === undefined ? {} : { workspace }, (database, workspaceId) => {
    const now = new Date();
    const input = {
      workspaceId,
      scope: { kind: 'everything', team },
      period: { from: workdayBefore(now, organisation.calendar), until: now },
      now,
      organisation,
      specs: [...reconciliations.values()],
    } as const;
    return inWorkspace(database.pool('reports'), workspaceId, (tx) => readDigest(tx, input), {
      snapshot: true,
    });
  });
}

const LABELS = {
  opened: 'new',
  resolved: 'resolved',
  cleared: 'cleared by a run',
  autoResolved: 'settled by rule',
  live: 'open now',
  aged: 'open for long',
  breached: 'overdue',
  dueSoon: 'due within a working day',
} as const;

const sum = (money: readonly Money[]): string => money.map((amount) => formatMoney(amount)).join(', ');

function print(output: Output, facts: DigestFacts): void {
  output.answer(`From ${facts.from.toISOString()} until ${facts.until.toISOString()}\n`);
  const names = [...TALLIES.slice(0, 3), 'autoResolved', ...TALLIES.slice(3)] as const;
  output.answer(
    table(
      ['what', 'count', 'at stake'],
      names.map((name) => [LABELS[name], facts[name].count, sum(facts[name].money)]),
    ),
  );
  if (facts.live.count === 0) return;
  output.answer(`\n${rowTable('owner', facts.rows, (row) => row.name ?? 'nobody')}`);
  output.answer(`\n${rowTable('type', facts.types, (row) => typeTitle(row.name ?? ''))}`);
  output.answer(
    `\n${table(
      ['number', 'type', 'client', 'order', 'at stake', 'team', 'owner', 'due'],
      facts.items.map((item) => [
        exceptionLabel(item.number),
        item.type,
        inert(item.client ?? ''),
        inert(item.orderRef ?? ''),
        formatMoney(item.atStake),
        item.team,
        item.owner ?? '',
        `${item.dueAt.toISOString().slice(0, 16)}Z${item.isOverdue ? ' overdue' : ''}`,
      ]),
    )}`,
  );
}

const rowTable = (heading: string, rows: readonly DigestRow[], nameOf: (row: DigestRow) => string): string =>
  table(
    [heading, 'open', 'overdue', 'at stake'],
    rows.map((row) => [
      row.others === undefined ? inert(nameOf(row)) : `${row.others} others`,
      row.count,
      row.overdue,
      sum(row.money),
    ]),
  );
