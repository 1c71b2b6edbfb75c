import type { ReconVerb } from '../../core/recon-command.ts';
import type { Message } from './blocks.ts';
import { answer } from './recon-answer.ts';

const HELP = [
  '/recon status: what is open, in numbers and money, by team, type and status',
  '/recon mine: what you own, by due time',
  '/recon list status:open team:finance type:missing_invoice client:acme min:100 max:5000: a list, ten at a time; every filter is optional',
  '/recon show EX-1042: one exception with its buttons',
  '/recon order PO-1042: the documents and exceptions of an order',
  '/recon who-owns PO-1042: whose it is now',
  '/recon run: the latest run of each reconciliation',
  '/recon audit: the end of the audit trail and its last anchor',
  '/recon quarantine: rows that could not be read',
  'Amounts are in the currency of each exception. Quotes keep words together: client:"Acme Ltd".',
  'Only you see the answers. You see your teams’ exceptions and your own; ops leads, admins, finance and auditors see all.',
] as const;

/** Every verb with what it shows. */
export const helpAnswer = (): Message => answer('What /recon answers', HELP);

const INSTEAD = {
  sla: 'There is no SLA report yet. /recon list shows what is overdue first, and /recon status counts it.',
  report:
    'There is no report here yet. /recon status has the numbers now, and /recon run what the last run did.',
  rules:
    'Rules are not changed from Slack yet. They stand in the files of the configuration; ask an admin to change them there.',
  doctor:
    'The doctor runs where the service does: an operator types tieout doctor there. /readyz says in short what is wrong.',
} as const satisfies Partial<Record<ReconVerb, string>>;

/** What exists instead of a verb that is still to come. */
export const insteadAnswer = (verb: keyof typeof INSTEAD): Message =>
  answer(`/recon ${verb}`, [INSTEAD[verb]]);
