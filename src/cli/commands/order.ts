import type { Command } from 'commander';
import { exceptionLabel } from '../../core/ids.ts';
import { formatMoney } from '../../core/money.ts';
import { typeTitle } from '../../core/words.ts';
import { type OrderException, type OrderReport, orderReport } from '../../pipeline/report/order.ts';
import type { OrderRecord } from '../../pipeline/report/order-records.sql.ts';
import { type Context, withWorkspaces } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import { inert, type Output, table, toJson } from '../output.ts';

const HELP = `
Shows the order's documents and those that they are matched with, what as and by which pass, and every exception with who
did what, when and why.

Examples:
  tieout order NM-1007
  tieout order NM-1007 --json`;

/** `tieout order <ref>`: everything on the record about one order. */
export function addOrder(program: Command, { output }: Context): void {
  program
    .command('order')
    .description('everything on the record about one order')
    .argument('<ref>', 'the order reference')
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action(async (orderRef: string, options: { workspace?: string; json?: boolean }) => {
      const reports = await withWorkspaces(options, (database, workspaces) =>
        Promise.all(
          workspaces.map(({ workspaceId }) =>
            orderReport(database.pool('reports'), { workspaceId, orderRef }),
          ),
        ),
      );
      const report = theKnownOne(reports, orderRef);
      if (options.json) output.answer(toJson(toAnswer(report)));
      else printOrder(output, report);
    });
}

/** The report of the workspace that knows the order; throws Stop when none does, or several do. */
function theKnownOne(reports: readonly OrderReport[], orderRef: string): OrderReport {
  const [known, ...others] = reports.filter((report) => report.records.length + report.exceptions.length > 0);
  if (known && others.length === 0) return known;
  if (known) {
    throw new Stop(`Several workspaces know order "${orderRef}": choose one with --workspace.`, EXIT.usage);
  }
  const similar = reports.flatMap((report) => report.didYouMean);
  const like = similar.length > 0 ? ` Did you mean ${similar.join(', ')}?` : hintFor(orderRef);
  throw new Stop(`No record and no exception carries order "${orderRef}".${like}`, EXIT.failed);
}

/** The report as programs read it: one shape, amounts as text in minor units, history oldest first. */
const toAnswer = (report: OrderReport) => ({
  order: report.orderRef,
  records: report.records,
  exceptions: report.exceptions.map(({ facts, members, history }) => ({
    number: exceptionLabel(facts.number),
    id: facts.exceptionId,
    type: facts.type,
    reason: facts.reason,
    severity: facts.severity,
    status: facts.status,
    version: facts.version,
    level: facts.level,
    team: facts.team.key,
    routed_by: facts.routedBy ? { source: facts.routedBy.source, when: facts.routedBy.when ?? null } : null,
    owner: facts.owner?.name ?? null,
    claimed_at: facts.claimedAt ?? null,
    expected: facts.expected ?? null,
    actual: facts.actual ?? null,
    at_stake: facts.atStake,
    due_at: facts.dueAt,
    sla: facts.sla,
    resolution_code: facts.resolutionCode ?? null,
    findings: facts.findings,
    records: members,
    history: history.map((line) => ({
      seq: line.seq,
      at: line.at,
      action: line.action,
      actor: line.actor?.name ?? 'tieout',
      from: line.from ?? null,
      to: line.to ?? null,
      reason: line.reason ?? null,
      note: line.note ?? null,
      target: line.target ?? null,
      amount: line.amount ?? null,
      link: line.link ?? null,
    })),
  })),
});

/** Somebody who types the number of an exception wants its order, which stands in the list. */
const hintFor = (typed: string): string =>
  /^EX-\d+$/i.test(typed) ? ' That is an exception: "tieout exceptions" shows its order.' : '';

function printOrder(output: Output, report: OrderReport): void {
  output.answer(`Order ${inert(report.orderRef)}\n`);
  output.answer(
    table(
      ['feed', 'record', 'amount', 'day', 'matched as', 'from'],
      report.records.map((record) => [
        record.feed,
        inert(record.sourceRef),
        record.amountMinor === null || record.currency === null
          ? ''
          : formatMoney({ minor: record.amountMinor, currency: record.currency }),
        record.occurredOn,
        placeWords(record),
        `${inert(record.delivery)}:${record.line}`,
      ]),
    ),
  );
  for (const exception of report.exceptions) printException(output, exception);
}

function placeWords({ match, isRemoved }: OrderRecord): string {
  if (isRemoved) return 'taken back';
  if (match === null) return 'nothing';
  return `${[match.outcome, match.reason].filter(Boolean).join(' ')} (${match.pass})`;
}

function printException(output: Output, { facts, history }: OrderException): void {
  const row = facts.routedBy;
  const routed = row
    ? `\nowned because of ${inert(row.source)} (${inert(row.when ?? 'everything else')})`
    : '';
  const owner = facts.owner ? `, owner ${inert(facts.owner.name)}` : '';
  output.answer(
    `\n${exceptionLabel(facts.number)} ${typeTitle(facts.type)} (${facts.reason}): ${facts.status}, ` +
      `team ${facts.team.key}${owner}, ${formatMoney(facts.atStake)} at stake${routed}`,
  );
  output.answer(
    table(
      ['at', 'who', 'what', 'why'],
      history.map((line) => [
        line.at,
        inert(line.actor?.name ?? 'tieout'),
        line.action.replace('exception.', ''),
        inert(
          [line.reason, line.amount, line.target && `to ${line.target}`, line.note, line.link]
            .filter(Boolean)
            .join(': '),
        ),
      ]),
    ),
  );
}
