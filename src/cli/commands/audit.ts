import { statSync } from 'node:fs';
import type { Command } from 'commander';
import type { ChainLink } from '../../core/chain.ts';
import { inWorkspace } from '../../db/tx.ts';
import { anchor } from '../../pipeline/audit/anchor.ts';
import { anchorPath, readAnchors } from '../../pipeline/audit/anchor-file.ts';
import { eventsInOrder } from '../../pipeline/audit/events.sql.ts';
import { type AuditReport, verifyAudit } from '../../pipeline/audit/verify.ts';
import { type Context, withWorkspace, withWorkspaces } from '../context.ts';
import { EXIT, type ExitCode, Stop } from '../exit.ts';
import { inert, type Output, toJson } from '../output.ts';
import { ANCHORS } from '../state.ts';

const HELP = `
verify walks every event: hashes, links, the head, the anchors kept outside the database, and whether exceptions, holds,
proposals, entries for the ledger and roles are what the trail says, and records and matches come to what it counted. Exit 0:
proven. 1: something was changed, and where. 3: intact, but no anchor proves that the end was not cut.

Examples:
  tieout audit verify
  tieout audit verify --anchors /backup/anchors/0199….jsonl
  tieout audit anchor
  tieout audit export > trail.jsonl`;

/** `tieout audit verify|anchor|export`. */
export function addAudit(program: Command, context: Context): void {
  const audit = program
    .command('audit')
    .description('verify, anchor or export the audit trail')
    .addHelpText('after', HELP);
  addVerify(audit, context);
  addAnchor(audit, context);
  addExport(audit, context);
}

function addVerify(audit: Command, { output }: Context): void {
  audit
    .command('verify')
    .description('prove that the trail is whole and that the record follows from it')
    .addHelpText('after', HELP)
    .option('--anchors <file>', 'the anchors to compare with, when not those of this machine')
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .action(async (options: { anchors?: string; workspace?: string; json?: boolean }) => {
      const reports = await withWorkspaces(options, async (database, workspaces) => {
        if (options.anchors !== undefined && workspaces.length > 1) {
          throw new Stop('--anchors is about one workspace: name it with --workspace.', EXIT.usage);
        }
        if (options.anchors !== undefined && isFolder(options.anchors)) {
          throw new Stop(
            `${options.anchors} is a folder: name the file in it, <workspace id>.jsonl.`,
            EXIT.usage,
          );
        }
        const made: Verified[] = [];
        for (const { workspaceId, name } of workspaces) {
          const anchors = readAnchors(options.anchors ?? anchorPath(ANCHORS, workspaceId));
          const input = { workspaceId, anchors, onProgress: progress(output) };
          made.push({ workspace: name, ...(await verifyAudit(database.pool('reports'), input)) });
        }
        return made;
      });
      if (options.json) output.answer(toJson(reports.map(withVerdict)));
      else for (const report of reports) printReport(output, report, options.anchors);
      process.exitCode = worstOf(reports.map(exitCodeOf));
    });
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

type Verified = AuditReport & { readonly workspace: string };

const withVerdict = (report: Verified) => ({ ...report, proven: exitCodeOf(report) === EXIT.done });

/** A changed trail outweighs an unproven one. */
const worstOf = (codes: readonly ExitCode[]): ExitCode =>
  [EXIT.failed, EXIT.notProven].find((code) => codes.includes(code)) ?? EXIT.done;

const STEP = 100_000;

/** A line on stderr per hundred thousand events: a small trail is silent. */
const progress =
  (output: Output) =>
  (events: number): void => {
    if (events % STEP === 0) output.note(`${events} events verified`);
  };

function exitCodeOf(report: AuditReport): ExitCode {
  if (report.problems.length > 0) return EXIT.failed;
  return report.events > 0 && report.anchoredSeq === 0n ? EXIT.notProven : EXIT.done;
}

function printReport(output: Output, report: Verified, given: string | undefined): void {
  output.answer(`Workspace "${inert(report.workspace)}"`);
  for (const problem of report.problems) output.answer(`${problem.where}: ${problem.what}`);
  if (report.problems.length > 0) {
    output.answer(
      `The trail of ${report.events} events is NOT intact; problems found: ${report.problems.length}.`,
    );
    return;
  }
  output.answer(
    `${report.events} events verified, the last is ${short(report.head)}; every exception, hold and entry follows from them.`,
  );
  output.answer(
    report.anchoredSeq === 0n && report.events > 0
      ? `Completeness NOT proven: ${withoutAnchor(given)}`
      : `Complete up to event ${report.anchoredSeq}, the newest anchor outside the database.`,
  );
}

/** A path that was mistyped must not read as if nothing had ever been anchored. */
const withoutAnchor = (given: string | undefined): string =>
  given === undefined
    ? 'no anchor is kept outside the database. Run "tieout audit anchor".'
    : `there is no anchor in ${inert(given)}. Check the path.`;

const short = (link: ChainLink): string => `${link.seq} (${link.hash.slice(0, 12)}…)`;

function addAnchor(audit: Command, { output }: Context): void {
  audit
    .command('anchor')
    .description('copy the head of the trail to a file outside the database')
    .addHelpText('after', HELP)
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .action(async (options: { workspace?: string; json?: boolean }) => {
      const { link, path } = await withWorkspace(options, async (database, workspaceId) => ({
        link: await anchor(database.pool('people'), { workspaceId, folder: ANCHORS, now: new Date() }),
        path: anchorPath(ANCHORS, workspaceId),
      }));
      if (options.json) output.answer(toJson({ ...link, path }));
      else output.answer(`Anchored event ${short(link)} in ${path}`);
    });
}

function addExport(audit: Command, { output }: Context): void {
  audit
    .command('export')
    .description('write every event as one JSON object per line')
    .addHelpText('after', HELP)
    .option('--workspace <name>', 'when the database holds several')
    .action((options: { workspace?: string }) =>
      withWorkspace(options, (database, workspaceId) =>
        inWorkspace(
          database.pool('reports'),
          workspaceId,
          async (tx) => {
            for await (const batch of eventsInOrder(tx, workspaceId)) {
              for (const event of batch)
                output.answer(JSON.stringify({ ...event, seq: event.seq.toString() }));
            }
          },
          { snapshot: true },
        ),
      ),
    );
}
