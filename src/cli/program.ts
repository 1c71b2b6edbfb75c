import { Command } from 'commander';
import { addAdjustments } from './commands/adjustments.ts';
import { addApiKey } from './commands/api-key.ts';
import { addAudit } from './commands/audit.ts';
import { addConnect } from './commands/connect.ts';
import { addDatabaseUrl } from './commands/database-url.ts';
import { addDeliveries } from './commands/deliveries.ts';
import { addDemo } from './commands/demo.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExceptions } from './commands/exceptions.ts';
import { addHolds } from './commands/holds.ts';
import { addIngest } from './commands/ingest.ts';
import { addLedger } from './commands/ledger.ts';
import { addMatch } from './commands/match.ts';
import { addMatches } from './commands/matches.ts';
import { addMigrate } from './commands/migrate.ts';
import { addNever } from './commands/never.ts';
import { addOrder } from './commands/order.ts';
import { addOutbox } from './commands/outbox.ts';
import { addQuarantine } from './commands/quarantine.ts';
import { addRecords } from './commands/records.ts';
import { addReport } from './commands/report.ts';
import { addRules } from './commands/rules.ts';
import { addRun } from './commands/run.ts';
import { addServe } from './commands/serve.ts';
import { addSlack } from './commands/slack.ts';
import { addTriage } from './commands/triage.ts';
import { addUnmatch } from './commands/unmatch.ts';
import { addWebhooks } from './commands/webhooks.ts';
import { addWhoOwns } from './commands/who-owns.ts';
import type { Context } from './context.ts';

const COMMANDS = [
  addDemo,
  addServe,
  addMigrate,
  addConnect,
  addIngest,
  addDeliveries,
  addRun,
  addRules,
  addExceptions,
  addOrder,
  addWhoOwns,
  addMatches,
  addMatch,
  addUnmatch,
  addNever,
  addHolds,
  addAdjustments,
  addLedger,
  addRecords,
  addQuarantine,
  addOutbox,
  addWebhooks,
  addReport,
  addTriage,
  addAudit,
  addApiKey,
  addDoctor,
  addSlack,
  addDatabaseUrl,
];

/** The command line, complete; parsing it runs the command. */
export function buildProgram(context: Context): Command {
  const program = new Command('tieout')
    .description(
      'Reconciles what was sold against what was delivered, billed and credited, and hands every difference to its owner.',
    )
    .showHelpAfterError('Run with --help to see what it takes.')
    .showSuggestionAfterError()
    .exitOverride();
  for (const add of COMMANDS) add(program, context);
  for (const command of withChildren(program)) command.exitOverride();
  return program;
}

const withChildren = (command: Command): Command[] => [
  command,
  ...command.commands.flatMap((child) => withChildren(child)),
];
