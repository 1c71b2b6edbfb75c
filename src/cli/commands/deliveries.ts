import { userInfo } from 'node:os';
import type { Command } from 'commander';
import {
  DELIVERY_STATUSES,
  type Decision,
  type DecisionRefusal,
  type DeliveryStatus,
  REASON_CODES,
} from '../../core/intake/decision.ts';
import type { DeliveryFacts } from '../../core/intake/delivery-facts.ts';
import { findingWords } from '../../core/intake/finding-words.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { decideDelivery } from '../../pipeline/ingest/decide.ts';
import { takeReleased } from '../../pipeline/ingest/take-released.ts';
import { readDeliveries } from '../../pipeline/report/delivery-facts.sql.ts';
import { actingPerson } from '../acting-person.ts';
import { type Context, withConfig, withWorkspace } from '../context.ts';
import { cutTo } from '../cut-to.ts';
import { EXIT, Stop } from '../exit.ts';
import { assertKnownFeed } from '../known-feed.ts';
import { inert, type Output, table, toJson } from '../output.ts';
import { printDelivery } from '../print-delivery.ts';
import { limitOf } from './exceptions.ts';

const HELP = `
A delivery that differs too much from those before it is held: none of its rows is a record until somebody
releases it. Its data owner is asked in Slack; these commands do the same. Release ends with exit 1 when the delivery
is then refused. One that was refused and is no longer wanted is rejected, which takes it off the quarantine list.

Reasons for release: ${REASON_CODES.release.join(', ')}
Reasons for reject:  ${REASON_CODES.reject.join(', ')}
Reasons for hold:    ${REASON_CODES.hold.join(', ')}   ("other" needs --note)

Examples:
  tieout deliveries --status held
  tieout deliveries show 0190a0a0-0000-7000-8000-000000000000
  tieout deliveries release 0190a0a0-0000-7000-8000-000000000000 --reason source_confirmed
  tieout deliveries reject 0190a0a0-0000-7000-8000-000000000000 --reason wrong_file --as fay
  tieout deliveries hold 0190a0a0-0000-7000-8000-000000000000 --reason other --note "the vendor looks at it"`;

type ListOptions = { feed?: string; status?: string; limit: string; workspace?: string; json?: boolean };
type DecideOptions = { reason: string; note?: string; as?: string; json?: boolean };

/** `tieout deliveries`: what was delivered and what became of it; a delivery that waits is released or rejected. */
export function addDeliveries(program: Command, { output }: Context): void {
  const deliveries = program
    .command('deliveries')
    .description('list deliveries; release or reject one that waits')
    .addHelpText('after', HELP);
  deliveries
    .command('list', { isDefault: true })
    .description('list deliveries, the latest first')
    .addHelpText('after', HELP)
    .option('--feed <feed>', 'only this feed')
    .option('--status <status>', DELIVERY_STATUSES.join(', '))
    .option('--limit <number>', 'how many at most', '50')
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .action((options: ListOptions) => list(output, options));
  deliveries
    .command('show')
    .description('show one delivery: its counts, and how it differs from those before it')
    .addHelpText('after', HELP)
    .argument('<id>', 'as "tieout deliveries" lists it; its beginning is enough')
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .action((id: string, options: { workspace?: string; json?: boolean }) => show(output, id, options));
  for (const [decision, description] of Object.entries(DESCRIPTIONS) as [Decision, string][]) {
    deliveries
      .command(decision)
      .description(description)
      .addHelpText('after', HELP)
      .argument('<id>', 'as "tieout deliveries" lists it; its beginning is enough')
      .requiredOption('--reason <reason>', REASON_CODES[decision].join(', '))
      .option('--note <text>', 'what should be remembered of it')
      .option('--as <person>', 'who decides, if not the operator: a key of people, or an e-mail address')
      .option('--json', 'answer as JSON')
      .action((id: string, options: DecideOptions) => decide(output, { id, decision, ...options }));
  }
}

const DESCRIPTIONS: Readonly<Record<Decision, string>> = {
  release: 'take in a delivery that waits, was rejected, or was kept out and can be read now',
  reject: 'keep a delivery that waits, or was refused, out for good; it is off the quarantine list then',
  hold: 'keep it waiting, and with it further deliveries with such a change',
};

async function list(output: Output, options: ListOptions): Promise<void> {
  const { status, feed } = options;
  if (status !== undefined && !DELIVERY_STATUSES.some((known) => known === status)) {
    throw new Stop(`--status is "${status}"; it must be one of ${DELIVERY_STATUSES.join(', ')}.`, EXIT.usage);
  }
  const statuses = status === undefined ? undefined : [status];
  const limit = limitOf(options.limit);
  const read = await withWorkspace(options, async (database, workspaceId, config) => {
    const listed = await inWorkspace(database.pool('reports'), workspaceId, (tx) =>
      readDeliveries(tx, { workspaceId, feed, statuses, limit: limit + 1 }),
    );
    if (listed.length === 0) assertKnownFeed(feed, config);
    return listed;
  });
  const found = cutTo(read, limit, output);
  if (options.json) return output.answer(toJson(found.map(toPlain)));
  if (found.length === 0) return output.answer('No deliveries.');
  const cells = found.map((facts) => [
    facts.deliveryId,
    facts.receivedAt.toISOString().slice(0, 16),
    facts.feed,
    inert(facts.name),
    facts.status,
    String(facts.rowsRead),
    String(facts.rowsQuarantined),
    inert(facts.findings.map(findingWords).join('; ') || (facts.problem ?? '')).slice(0, 90),
  ]);
  output.answer(
    table(['delivery', 'received (UTC)', 'feed', 'name', 'status', 'rows', 'quarantined', 'why'], cells),
  );
}

async function show(
  output: Output,
  id: string,
  options: { workspace?: string; json?: boolean },
): Promise<void> {
  const facts = await withWorkspace(options, (database, workspaceId) =>
    inWorkspace(database.pool('reports'), workspaceId, async (tx) => await onlyOne(tx, { workspaceId, id })),
  );
  if (options.json) return output.answer(toJson(toPlain(facts)));
  const { feed, name, status, rowsRead, rowsQuarantined, amounts, findings, problem } = facts;
  output.answer(`${feed}  ${inert(name)}: ${status}`);
  output.answer(
    `  received ${facts.receivedAt.toISOString()}, ${rowsRead} rows, ${rowsQuarantined} quarantined`,
  );
  for (const [currency, minor] of Object.entries(amounts))
    output.answer(`  ${currency} ${minor} (minor units)`);
  for (const finding of findings) output.answer(`  ${inert(findingWords(finding))}`);
  if (problem !== null && findings.length === 0) output.answer(`  ${inert(problem)}`);
  if (facts.decidedAt !== null) {
    const who = facts.decidedBy ?? 'an operator';
    const note = facts.note === null ? '' : `: ${inert(facts.note)}`;
    output.answer(`  decided ${facts.decidedAt.toISOString()} by ${inert(who)}, ${facts.reasonCode}${note}`);
  }
  if (status === 'held')
    output.answer(`  Next: tieout deliveries release ${facts.deliveryId} --reason …   (or reject)`);
}

async function decide(
  output: Output,
  { id, decision, reason, note, as, json }: DecideOptions & { id: string; decision: Decision },
): Promise<void> {
  await withConfig(async ({ database, config, workspaceId }) => {
    const sql = database.pool('runs');
    const { organisation } = config;
    const personId =
      as === undefined ? undefined : await actingPerson(sql, { workspaceId, organisation, as });
    const decided = await inWorkspace(sql, workspaceId, async (tx) => {
      const { deliveryId } = await onlyOne(tx, { workspaceId, id });
      return await decideDelivery(tx, {
        workspaceId,
        deliveryId,
        decision,
        code: reason,
        note,
        personId,
        by: userInfo().username,
      });
    });
    if (!decided.ok) throw new Stop(refusedWords(decided.refusal), EXIT.failed);
    const { feed, name, deliveryId } = decided.value;
    const taken = decision === 'release' ? await takeReleased(sql, { workspaceId, feeds: config.feeds }) : [];
    // Read again, since the service may have been faster in taking it.
    const { status, problem } = await inWorkspace(sql, workspaceId, async (tx) =>
      onlyOne(tx, { workspaceId, id: deliveryId }),
    );
    const isRefused = decision === 'release' && status === 'quarantined';
    if (isRefused) process.exitCode = EXIT.failed;
    if (json) return output.answer(toJson({ feed, name, status, problem, taken }));
    const isShown = taken.some((report) => report.deliveryId === deliveryId);
    output.answer(`${feed}  ${inert(name)}: ${decision === 'release' ? RELEASED[status] : status}`);
    if (isRefused && !isShown) output.answer(`  the whole file is quarantined: ${inert(problem ?? '')}`);
    for (const report of taken) printDelivery(output, report);
  });
}

/** What became of a delivery that was let in. */
const RELEASED: Readonly<Record<DeliveryStatus, string>> = {
  accepted: 'released, and taken in',
  quarantined: 'released, but refused when it was read: nothing of it was taken',
  held: 'released, and held again',
  released: 'released; its rows become records with the next run',
  rejected: 'released, and rejected since',
};

/** Of a shorter one nobody can say that it was copied whole. */
const SHORTEST = 6;

/** The delivery whose id begins so, however long ago it came. */
async function onlyOne(
  tx: Tx,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<DeliveryFacts> {
  const beginning = id.toLowerCase();
  const [only, other] =
    id.length < SHORTEST ? [] : await readDeliveries(tx, { workspaceId, beginning, limit: 2 });
  if (only && !other) return only;
  const problem = other
    ? `Several deliveries begin with "${id}"; give more of it.`
    : `There is no delivery "${id}"; see: tieout deliveries`;
  throw new Stop(problem, EXIT.usage);
}

function refusedWords(refusal: DecisionRefusal): string {
  if (refusal.code === 'reason_unknown')
    return `--reason is "${refusal.given}"; it must be one of ${refusal.known.join(', ')}.`;
  if (refusal.code === 'note_long') return `--note has more than ${refusal.limit} characters.`;
  if (refusal.code === 'not_waiting') {
    const when =
      refusal.at === undefined ? '' : ` (${refusal.byName ?? 'an operator'}, ${refusal.at.toISOString()})`;
    return `It does not wait: it is ${refusal.status}${when}.`;
  }
  return REFUSED[refusal.code];
}

const REFUSED = {
  delivery_unknown: 'There is no such delivery; see: tieout deliveries',
  may_not_decide: 'Only the owner of this data, an ops lead or an admin can decide.',
  note_missing: 'The reason "other" needs a --note.',
  bytes_gone: 'Its bytes were not kept; deliver it again.',
  others_came: 'Other deliveries of the feed were taken in after it; deliver it again.',
} as const;

const toPlain = (facts: DeliveryFacts) => ({
  ...facts,
  findings: facts.findings.map((one) => ({ ...one, words: findingWords(one) })),
});
