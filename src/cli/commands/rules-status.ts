import type { Command } from 'commander';
import { openSeats, type RuleChangeFacts, SEAT_NAMES } from '../../core/rule-change.ts';
import { readRuleChanges } from '../../db/rules/change-facts.sql.ts';
import { inWorkspace } from '../../db/tx.ts';
import { type RuleStanding, ruleStandings } from '../../pipeline/report/rule-standings.sql.ts';
import { type Context, withWorkspace } from '../context.ts';
import { inert, type Output, table, toJson } from '../output.ts';
import { printDifference } from '../rule-versions.ts';

const HELP = `
Lists which version of each reconciliation runs use, what is proposed with the approvals so far, and the latest changes that were decided.

Examples:
  tieout rules status
  tieout rules status --json`;

type Options = { workspace?: string; json?: boolean };

/** `tieout rules status`: the active versions, and what is proposed. */
export function addRulesStatus(rules: Command, { output }: Context): void {
  rules
    .command('status')
    .description('list active versions, pending changes and who approved them')
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action(async (options: Options) => {
      const { standings, changes } = await withWorkspace(options, (database, workspaceId) =>
        inWorkspace(
          database.pool('reports'),
          workspaceId,
          async (tx) => ({
            standings: await ruleStandings(tx, workspaceId),
            changes: await readRuleChanges(tx, { workspaceId, limit: 50 }),
          }),
          { snapshot: true },
        ),
      );
      if (options.json) return output.answer(toJson(toAnswer(standings, changes)));
      print(output, standings, changes);
    });
}

const toAnswer = (standings: readonly RuleStanding[], changes: readonly RuleChangeFacts[]) => ({
  rules: standings,
  changes: changes.map(({ holders, active: _, ...change }) => ({
    ...change,
    open: change.state === 'pending' ? openSeats(change).map((seat) => ({ seat, asked: holders[seat] })) : [],
  })),
});

function print(
  output: Output,
  standings: readonly RuleStanding[],
  changes: readonly RuleChangeFacts[],
): void {
  if (standings.length === 0) {
    output.answer('No reconciliation is on the record yet.');
    return;
  }
  const pending = changes.filter(({ state }) => state === 'pending');
  const rows = standings.map(({ reconciliation, active, recordedAt }) => [
    reconciliation,
    active ?? '-',
    recordedAt?.toISOString().slice(0, 16) ?? '-',
    pending.some((change) => change.reconciliation === reconciliation) ? 'a change is proposed' : '',
  ]);
  output.answer(table(['reconciliation', 'active version', 'recorded (UTC)', ''], rows));
  for (const change of pending) printPending(output, change);
  const over = changes.filter(({ state }) => state !== 'pending').slice(0, 10);
  if (over.length === 0) return;
  output.answer('\nDecided lately');
  for (const { reconciliation, to, state, author, decided, note } of over) {
    const by = decided?.byName === undefined ? '' : ` by ${decided.byName}`;
    const said = note === undefined ? '' : `: ${note}`;
    const at = decided?.at.toISOString().slice(0, 16) ?? '';
    output.answer(
      inert(`  ${at}  ${reconciliation} version ${to}, proposed by ${author.name}: ${state}${by}${said}`),
    );
  }
}

function printPending(output: Output, change: RuleChangeFacts): void {
  const { reconciliation, from, to, author, reason, expiresAt, approvals, holders, difference } = change;
  output.answer(`\n${inert(`${reconciliation}: ${author.name} proposes version ${to} in place of ${from}`)}`);
  output.answer(inert(`  Why: ${reason}`));
  output.answer(`  Decide until ${expiresAt.toISOString().slice(0, 16)} UTC`);
  for (const { seat, name, at, note } of approvals) {
    const said = note === undefined ? '' : `: ${note}`;
    output.answer(
      inert(`  ${SEAT_NAMES[seat]}: approved by ${name}, ${at.toISOString().slice(0, 16)}${said}`),
    );
  }
  for (const seat of openSeats(change)) {
    output.answer(
      inert(`  ${SEAT_NAMES[seat]}: still open (${holders[seat].join(', ') || 'nobody has the role'})`),
    );
  }
  printDifference(output, difference);
}
