import type { FeedContract } from '../../core/contract.ts';
import { toDecimal } from '../../core/money.ts';
import { newId } from '../../db/new-id.ts';
import { changeConfig } from '../../pipeline/govern/apply-config.ts';
import { findWorkspace } from '../../pipeline/govern/find-workspace.sql.ts';
import type { IngestRequest } from '../../pipeline/ingest/delivery.ts';
import { type DryRun, dryRun } from '../../pipeline/ingest/dry-run.ts';
import { isKeptOut } from '../../pipeline/ingest/report.ts';
import type { StagedRow } from '../../pipeline/ingest/staged.sql.ts';
import { samplePull } from '../../pipeline/pull/sample.ts';
import { withConfiguration } from '../context.ts';
import { EXIT } from '../exit.ts';
import { inert, type Output, table, toJson } from '../output.ts';
import { deliveryLines } from '../print-delivery.ts';
import { sourcesNow } from '../sources.ts';
import { watching } from '../watching.ts';
import { nothingToAsk, sinceOf } from './ingest-from-source.ts';
import { contractOf } from './ingest-request.ts';

/** Rows whose reading is shown, and records that a source is asked for. */
const SHOWN = 3;
const ASKED = 500;

type Options = {
  readonly from: IngestRequest['from'] | undefined;
  readonly format: string | undefined;
  readonly stream: string | undefined;
  readonly since: string | undefined;
  readonly json: boolean | undefined;
  readonly limit: number;
};

/** `tieout ingest <feed> --dry-run`: shows how the first rows are read and everything that is wrong, and keeps nothing. */
export async function ingestDryRun(output: Output, feed: string, options: Options): Promise<void> {
  const { tried, contract } = await withConfiguration(async ({ database, config, environment }) => {
    const contract = contractOf(config, feed, options);
    const sql = database.pool('runs');
    const workspaceId = (await findWorkspace(sql, config.organisation.name)) ?? newId();
    const asked = async (): Promise<IngestRequest['from']> => {
      const { pull } = contract;
      if (pull === undefined) throw nothingToAsk(contract);
      const { secretsOf, keys, world } = sourcesNow(environment);
      const request = { workspaceId, contract, pull, secrets: secretsOf(contract), keys, world };
      return { stream: await samplePull(sql, { ...request, from: sinceOf(options.since) }, ASKED) };
    };
    const isAsked = options.from === undefined;
    const tried = await dryRun(sql, {
      request: {
        workspaceId,
        contract,
        from: options.from ?? (await asked()),
        // A part of what a source has says nothing of how much it usually has.
        ...(isAsked && { name: `the first ${ASKED} records of the source`, extent: 'partial' as const }),
        watch: watching(output, feed),
      },
      prepare: (tx) => changeConfig(tx, { workspaceId, now: new Date() }, config),
      rows: SHOWN,
      problems: options.limit,
    });
    return { tried, contract };
  });
  if (options.json) output.answer(toJson(asJson(tried, contract)));
  else print(output, tried, contract);
  if (isKeptOut(tried.report)) process.exitCode = EXIT.failed;
}

function asJson({ report, rows, problems }: DryRun, contract: FeedContract): object {
  const { deliveryId: _ofNothing, ...counts } = report;
  return {
    dryRun: true,
    ...counts,
    mapping: contract.fields.map(({ name, from, always }) => ({ field: name, from, always })),
    rows: rows.map((row) => ({ ...row, amount: amountOf(row) })),
    problems: problems.map(({ raw, ...problem }) => ({ ...problem, raw: raw.toString('utf8') })),
  };
}

const amountOf = ({ amountMinor, currency }: StagedRow): string | undefined =>
  amountMinor === null || currency === null
    ? undefined
    : `${toDecimal({ minor: BigInt(amountMinor), currency })} ${currency}`;

function print(output: Output, { report, rows, problems }: DryRun, contract: FeedContract): void {
  output.answer('Dry run: nothing is kept.\n');
  if (rows.length > 0) {
    output.answer('How the first rows are read:');
    output.answer(`${mapping(rows, contract)}\n`);
  }
  output.answer('What it would come to:');
  for (const line of deliveryLines(report, { isTrial: true })) output.answer(line);
  if (problems.length === 0) return;
  const cells = problems.map(({ line, reason, field, detail }) => [
    String(line),
    reason,
    field ?? '',
    inert(detail),
  ]);
  output.answer(`\nRows that would be quarantined:\n${table(['line', 'reason', 'field', 'detail'], cells)}`);
  const more = report.rowsQuarantined - problems.length;
  if (more > 0) output.answer(`… and ${more} more; --limit ${report.rowsQuarantined} shows all.`);
}

function mapping(rows: readonly StagedRow[], contract: FeedContract): string {
  const header = ['field', 'is the', 'from', ...rows.map(({ line }) => `line ${line}`)];
  const cells = contract.fields.map(({ name, from, always }) => [
    name,
    roleOf(contract, name),
    from === undefined ? `always "${always}"` : inert(from),
    ...rows.map((row) => clip(inert((name === contract.amount ? amountOf(row) : row.fields[name]) ?? ''))),
  ]);
  return table(header, cells);
}

function roleOf(contract: FeedContract, name: string): string {
  const roles: readonly [role: string, isIt: boolean][] = [
    ['key', contract.key.includes(name)],
    ['amount', contract.amount === name],
    ['date', contract.date === name],
    ['client', contract.client === name],
    ['order', contract.orderRef === name],
    ['revision', contract.revision === name],
  ];
  return roles.flatMap(([role, isIt]) => (isIt ? [role] : [])).join(', ');
}

const clip = (text: string): string => (text.length <= 40 ? text : `${text.slice(0, 39)}…`);
