import type { Command } from 'commander';
import { variables } from '../../config/variables.ts';
import { inWorkspace } from '../../db/tx.ts';
import { createLogger, type Logger } from '../../observe/logger.ts';
import { anchor } from '../../pipeline/audit/anchor.ts';
import { type ReconcileReport, reconcile } from '../../pipeline/reconcile.ts';
import { cardCounts } from '../../pipeline/report/cards-posted.sql.ts';
import { postAgenda } from '../../pipeline/triage/post-agenda.ts';
import type { SlackSettings } from '../../slack/app.ts';
import { type Context, environmentNow } from '../context.ts';
import { type Database, openDatabase } from '../database.ts';
import { type Example, loadExample } from '../demo/example.ts';
import { HURRIED_MS, hurried } from '../demo/hurry.ts';
import { startDemoSlack } from '../demo/local-workspace.ts';
import { compareOutcome } from '../demo/outcome.ts';
import { freePort } from '../demo/ports.ts';
import { noteRunning, type RunningDemo, runningDemo } from '../demo/running.ts';
import { EXIT, Stop } from '../exit.ts';
import type { Output } from '../output.ts';
import { printDelivery } from '../print-delivery.ts';
import { putInForce } from '../rules-in-force.ts';
import { type Service, startService } from '../service.ts';
import { ANCHORS } from '../state.ts';
import { printReconciliation } from '../summary.ts';
import { untilStopped } from '../until-stopped.ts';

const HELP = `
Starts an embedded PostgreSQL (or uses DATABASE_URL) and a Slack on this machine, takes in the examples' files, runs their three
reconciliations, compares what they come to with examples/*/expected.json, posts the cards, and serves until stopped.
Everything is kept in .tieout; delete that folder to start over.
--hurry counts promises in seconds: cards are reminded, break their promise and are escalated within two minutes, and the agenda
of the triage meeting follows. What is on the record already keeps what it was promised.

Examples:
  npm run demo
  npm run demo -- --once
  npm run demo -- --hurry
  npm run demo -- --example fcc-ad-orders`;

/** The local Slack keeps no pace unless asked to, so the cards need not trickle in at one a second. */
const DEMO_PACE_MS = 0;
const DRAIN_MS = 120_000;

/** `tieout demo`: see it work, with no account, no server and nothing installed. */
export function addDemo(program: Command, { output }: Context): void {
  program
    .command('demo')
    .description('see it work on this machine: a database, a Slack, three examples')
    .option('--once', 'exit after the first pass')
    .option('--example <name>', 'one folder of examples/ alone')
    .option('--hurry', 'promises in seconds, and then the triage meeting')
    .addHelpText('after', HELP)
    .action(async (options: { once?: boolean; example?: string; hurry?: boolean }) => {
      const running = await runningDemo();
      if (running && !options.once) {
        output.answer(`The demo is already running: ${running.url}`);
        return;
      }
      const environment = environmentNow();
      const loaded = await loadExample(options.example);
      const isHurried = options.hurry === true;
      const example = isHurried ? { ...loaded, config: hurried(loaded.config) } : loaded;
      const database = await openDatabase(environment, { as: 'stepDown', migrateFirst: true });
      try {
        await demo({ database, example, running, output, once: options.once === true, isHurried });
      } finally {
        await database.close();
      }
    });
}

type DemoInput = {
  database: Database;
  example: Example;
  running: RunningDemo | undefined;
  output: Output;
  once: boolean;
  isHurried: boolean;
};

async function demo({ database, example, running, output, once, isHurried }: DemoInput): Promise<void> {
  const environment = environmentNow();
  const logger = createLogger({ level: variables().LOG_LEVEL ? environment.logLevel : 'warn' });
  const { workspaceId } = await putInForce(database.pool('runs'), example.config, { now: new Date() });
  const place = await startPlace({ example, workspaceId, running, output });
  try {
    const service = await serveDemo({ database, example, workspaceId, slack: place.settings, logger });
    try {
      place.connect(`http://127.0.0.1:${service.port}/slack/events`);
      const reports = await runAll(database, example, workspaceId);
      await printAll({ database, workspaceId, service, output, example }, reports);
      await anchor(database.pool('runs'), { workspaceId, folder: ANCHORS, now: new Date() });
      if (!once) {
        output.answer(WELCOME(place.url, service.port));
        const meeting = isHurried
          ? startHurriedTriage({ database, example, workspaceId, output, logger })
          : undefined;
        await untilStopped();
        clearTimeout(meeting);
      }
    } finally {
      await service.stop();
    }
  } finally {
    await place.stop();
  }
}

/** Calls the triage meeting once the promises of the demo are used up, whatever the day. */
function startHurriedTriage(input: {
  database: Database;
  example: Example;
  workspaceId: string;
  output: Output;
  logger: Logger;
}): NodeJS.Timeout | undefined {
  const { database, example, workspaceId, output, logger } = input;
  const { triage: terms, teams } = example.config.organisation;
  if (terms === undefined) return undefined;
  const channel = teams.find(({ key }) => key === terms.team)?.channel ?? terms.team;
  output.answer(HURRIED(channel));
  const call = async (): Promise<void> => {
    const now = new Date();
    const posted = await inWorkspace(database.pool('runs'), workspaceId, (tx) =>
      postAgenda(tx, { workspaceId, terms, meetsAt: now, now }),
    );
    output.answer(
      posted
        ? `The triage agenda is in ${channel}: ${posted.items} to decide. Press as an ops lead; then:\n${MINUTES}`
        : 'Nothing is left for triage: all is settled, or was promised before this demo hurried.',
    );
  };
  const onFault = (err: unknown): void =>
    logger.error({ err }, 'the triage meeting could not be called; start the demo again');
  return setTimeout(() => void call().catch(onFault), HURRIED_MS);
}

/** Minutes are written in the zone of a configuration; that of any example is the same. */
const MINUTES = 'TIEOUT_CONFIG=examples/ad-buy-vs-billing/config npm run -s tieout -- triage minutes';

const HURRIED = (channel: string): string => `
Promises are counted in seconds: reminders after 20, a broken promise after 60, escalated again 30 later. What nobody settles by
then is on the agenda of the triage meeting, in ${channel} ${HURRIED_MS / 1000} seconds from now.`;

type Place = {
  readonly url: string;
  readonly settings: SlackSettings;
  readonly connect: (requestUrl: string) => void;
  readonly stop: () => Promise<void>;
};

/** The Slack of the demo: a new one, or the one that another demo is serving at this moment. */
async function startPlace(input: {
  example: Example;
  workspaceId: string;
  running: RunningDemo | undefined;
  output: Output;
}): Promise<Place> {
  const { running, example, workspaceId } = input;
  if (running?.example === example.name) {
    input.output.note(`Using the Slack of the demo that is already running: ${running.url}`);
    return { url: running.url, settings: running, connect: () => undefined, stop: async () => undefined };
  }
  const { organisation } = example.config;
  const made = await startDemoSlack(organisation, { workspaceId, port: await freePort(3001) });
  const forget = running ? () => undefined : noteRunning(made, example.name);
  return {
    url: made.url,
    settings: made,
    connect: (requestUrl) => made.slack.setRequestUrl(requestUrl),
    stop: async () => {
      forget();
      await made.slack.close();
    },
  };
}

async function serveDemo(input: {
  database: Database;
  example: Example;
  workspaceId: string;
  slack: SlackSettings;
  logger: Logger;
}): Promise<Service> {
  const { config } = input.example;
  const { delivery } = config.organisation;
  const isPortChosen = variables().PORT !== undefined;
  const { port } = environmentNow();
  const organisation = { ...config.organisation, delivery: { ...delivery, paceMs: DEMO_PACE_MS } };
  return await startService({
    database: input.database,
    logger: input.logger,
    slack: { kind: 'token', settings: input.slack },
    workspaces: [{ config, organisation, workspaceId: input.workspaceId }],
    port: isPortChosen ? port : await freePort(port),
    host: '127.0.0.1',
    schedules: false,
    isDashboardOpen: true,
  });
}

async function runAll(
  database: Database,
  { config, outcomes }: Example,
  workspaceId: string,
): Promise<ReconcileReport[]> {
  const reports: ReconcileReport[] = [];
  for (const spec of config.reconciliations.values()) {
    const { feeds, organisation } = config;
    const now = new Date();
    const cutoffAt = outcomes.get(spec.key)?.asOf ?? now;
    const input = { workspaceId, spec, feeds, organisation, mode: 'active', cutoffAt, now } as const;
    reports.push(await reconcile(database.pool('runs'), input));
  }
  return reports;
}

async function printAll(
  input: { database: Database; workspaceId: string; service: Service; output: Output; example: Example },
  reports: readonly ReconcileReport[],
): Promise<void> {
  const { database, workspaceId, service, output, example } = input;
  const left = await service.sender.drainUntilIdle({ deadlineMs: DRAIN_MS });
  const after = await inWorkspace(database.pool('reports'), workspaceId, (tx) => cardCounts(tx, workspaceId));
  const wrong: string[] = [];
  for (const report of reports) {
    for (const delivery of report.deliveries) printDelivery(output, delivery);
    const counts = after.get(report.run.reconciliation) ?? { posted: 0, waiting: 0, dead: 0 };
    printReconciliation(output, report, { new: report.run.changes.open, counts });
    const expected = example.outcomes.get(report.run.reconciliation)?.figures;
    if (expected === undefined) continue;
    const compared = compareOutcome(expected, report);
    output.answer(`${compared.text}\n`);
    if (!compared.holds) wrong.push(report.run.reconciliation);
  }
  if (left.waiting > 0) {
    throw new Stop(
      `${left.waiting} messages did not reach Slack within ${DRAIN_MS / 1000} s.`,
      EXIT.unavailable,
    );
  }
  if (wrong.length > 0) throw new Stop(`Not what was expected: ${wrong.join(', ')}.`, EXIT.failed);
}

const WELCOME = (url: string, port: number): string => `
Local Slack   ${url}
              choose who you are, open a channel, press Claim, Resolve, Escalate
              type /recon report, /recon sla or /recon help
The dashboard http://127.0.0.1:${port}/
On the record npm run -s tieout -- exceptions
              npm run -s tieout -- matches
              npm run -s tieout -- order <order ref>
              npm run -s tieout -- audit verify
Stop with Ctrl-C; everything is kept in .tieout.`;
