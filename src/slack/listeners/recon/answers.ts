import type { CardFacts } from '../../../core/card.ts';
import { exceptionLabel } from '../../../core/ids.ts';
import { LIVE_STATUSES } from '../../../core/lifecycle.ts';
import { suggestion } from '../../../core/nearest-word.ts';
import type { ReconCommand, ReconVerb } from '../../../core/recon-command.ts';
import { seesEverything, type Viewer } from '../../../core/work.ts';
import { readCardFacts } from '../../../db/cards/card-facts.sql.ts';
import type { Tx } from '../../../db/tx.ts';
import { readHead } from '../../../pipeline/audit/head.sql.ts';
import { exceptionId } from '../../../pipeline/report/exception-id.sql.ts';
import { feedKeys } from '../../../pipeline/report/feed-keys.sql.ts';
import { knownFilters } from '../../../pipeline/report/known-filters.sql.ts';
import { lastAnchor } from '../../../pipeline/report/last-anchor.sql.ts';
import { latestRuns } from '../../../pipeline/report/latest-runs.sql.ts';
import { ordersLike } from '../../../pipeline/report/near-orders.sql.ts';
import { exceptionsOfOrder } from '../../../pipeline/report/order-ids.sql.ts';
import { type OrderRecord, recordsOfOrder } from '../../../pipeline/report/order-records.sql.ts';
import { listQuarantine } from '../../../pipeline/report/quarantine.sql.ts';
import { quarantineCounts } from '../../../pipeline/report/quarantine-counts.sql.ts';
import { statusCounts } from '../../../pipeline/report/status-counts.sql.ts';
import { visibleExceptions } from '../../../pipeline/report/visible-exceptions.sql.ts';
import { workPage } from '../../../pipeline/report/work-page.ts';
import type { Message } from '../../views/blocks.ts';
import { renderCard } from '../../views/card.ts';
import { inert } from '../../views/escape.ts';
import { words } from '../../views/recon-answer.ts';
import { helpAnswer, insteadAnswer } from '../../views/recon-help.ts';
import { listAnswer } from '../../views/recon-list.ts';
import { auditAnswer, quarantineAnswer, runAnswer } from '../../views/recon-operations.ts';
import { type OrderDocument, orderAnswer, ownersAnswer, unknownOrder } from '../../views/recon-order.ts';
import { statusAnswer } from '../../views/recon-status.ts';

/** Who asks, in which snapshot; `text` is the command as typed, `page` counts from 0. */
export type Asking = {
  readonly tx: Tx;
  readonly workspaceId: string;
  readonly viewer: Viewer;
  readonly now: Date;
  readonly text: string;
  readonly page: number;
  readonly playbooks: Readonly<Record<string, string>>;
};

type Of<Verb extends ReconVerb> = Extract<ReconCommand, { verb: Verb }>;
type Answers = {
  readonly [Verb in ReconVerb]: (command: Of<Verb>, asking: Asking) => Message | Promise<Message>;
};

const ANSWERS = {
  status: async (_, asking) => statusAnswer(await statusCounts(asking.tx, asking), scopeWords(asking.viewer)),
  mine,
  list,
  show,
  order: ({ orderRef }, asking) => order(orderRef, asking),
  'who-owns': ({ orderRef }, asking) => whoOwns(orderRef, asking),
  run: async (_, { tx, workspaceId }) => runAnswer(await latestRuns(tx, workspaceId)),
  audit,
  quarantine,
  help: () => helpAnswer(),
  sla: () => insteadAnswer('sla'),
  report: () => insteadAnswer('report'),
  rules: () => insteadAnswer('rules'),
  doctor: () => insteadAnswer('doctor'),
} as const satisfies Answers;

/** What the command shows this person now. Reads only. */
export async function answerTo(command: ReconCommand, asking: Asking): Promise<Message> {
  const answer = ANSWERS[command.verb] as (
    command: ReconCommand,
    asking: Asking,
  ) => Message | Promise<Message>;
  return await answer(command, asking);
}

const scopeWords = (viewer: Viewer): string => {
  if (seesEverything(viewer)) return 'all teams';
  return viewer.teams.length === 0
    ? 'what you own (you are a member of no team)'
    : `${viewer.teams.join(', ')} and what you own`;
};

async function mine(_: Of<'mine'>, asking: Asking): Promise<Message> {
  const query = { ...asking, scope: 'mine', filter: { statuses: LIVE_STATUSES } } as const;
  const nothing = 'You own nothing now. /recon list status:open shows what waits for somebody.';
  return listAnswer(await workPage(asking.tx, query, asking.page), {
    title: 'My work',
    command: asking.text,
    nothing,
  });
}

async function list({ filter }: Of<'list'>, asking: Asking): Promise<Message> {
  const shown = await workPage(asking.tx, { ...asking, scope: 'visible', filter }, asking.page);
  const nothing = shown.total > 0 ? '' : await nothingWords(filter, asking);
  return listAnswer(shown, { title: 'Exceptions', command: asking.text, nothing });
}

/** Why a list may be empty: a team or type that is none, else simply nothing. */
async function nothingWords(filter: Of<'list'>['filter'], asking: Asking): Promise<string> {
  const { types, teams } = await knownFilters(asking.tx, asking);
  if (filter.team !== undefined && !teams.includes(filter.team.toLowerCase())) {
    return `You see nothing of a team "${filter.team}"${suggestion(filter.team, teams)}`;
  }
  if (filter.type !== undefined && !types.includes(filter.type)) {
    return `You see nothing of the type "${filter.type}"${suggestion(filter.type, types)}`;
  }
  return `Nothing matches in ${scopeWords(asking.viewer)}. Leave a filter out, or ask for status:all.`;
}

async function show({ number }: Of<'show'>, asking: Asking): Promise<Message> {
  const id = await exceptionId(asking.tx, { ...asking, number });
  const [facts] = id === undefined ? [] : await readCardFacts(asking.tx, asking.workspaceId, [id]);
  if (facts) return renderCard({ ...facts, playbook: asking.playbooks[facts.type] });
  return words(
    `There is no ${exceptionLabel(number)} that you can see. /recon list status:all shows what there is; somebody else’s team may have it.`,
  );
}

type OrderOnRecord = {
  readonly records: readonly OrderRecord[];
  /** Those the person sees. */
  readonly exceptions: readonly CardFacts[];
  /** Live ones that they do not see. */
  readonly hidden: readonly CardFacts[];
};

async function readOrder(orderRef: string, asking: Asking): Promise<OrderOnRecord> {
  const { tx, workspaceId } = asking;
  const records = await recordsOfOrder(tx, workspaceId, orderRef);
  const ids = await exceptionsOfOrder(tx, workspaceId, orderRef);
  const seen = await visibleExceptions(tx, { ...asking, ids });
  const facts = ids.length === 0 ? [] : await readCardFacts(tx, workspaceId, ids);
  return {
    records,
    exceptions: facts.filter((one) => seen.has(one.exceptionId)),
    hidden: facts.filter((one) => !seen.has(one.exceptionId) && !one.closedAt),
  };
}

async function order(orderRef: string, asking: Asking): Promise<Message> {
  const { records, exceptions } = await readOrder(orderRef, asking);
  const seesAll = seesEverything(asking.viewer);
  // An order's documents are its client's business: shown to those who see one of its exceptions, or all.
  if (exceptions.length > 0 || (seesAll && records.length > 0)) {
    return orderAnswer(orderRef, { documents: records.map(toDocument), exceptions });
  }
  return unknownOrder(orderRef, seesAll ? await ordersLike(asking.tx, asking.workspaceId, orderRef) : []);
}

const toDocument = ({ match, ...record }: OrderRecord): OrderDocument => ({
  feed: record.feed,
  sourceRef: record.sourceRef,
  amount: { minor: record.amountMinor, currency: record.currency },
  occurredOn: record.occurredOn,
  matchedAs: match === null ? undefined : `matched, ${match.reason ?? match.outcome}`.replaceAll('_', ' '),
});

async function whoOwns(orderRef: string, asking: Asking): Promise<Message> {
  const { records, exceptions, hidden } = await readOrder(orderRef, asking);
  const isKnown = records.length > 0 || exceptions.length > 0;
  return ownersAnswer(orderRef, { exceptions, elsewhere: hidden.map(({ team }) => team.name), isKnown });
}

async function audit(_: Of<'audit'>, { tx, workspaceId, now }: Asking): Promise<Message> {
  const head = await readHead(tx, workspaceId);
  return auditAnswer({ ...head, anchor: await lastAnchor(tx, workspaceId) }, now);
}

async function quarantine({ feed }: Of<'quarantine'>, { tx, workspaceId, viewer }: Asking): Promise<Message> {
  const feeds = await feedKeys(tx, workspaceId);
  if (feed !== undefined && !feeds.includes(feed)) {
    return words(inert(`There is no feed "${feed}"${suggestion(feed, feeds)}`, 500));
  }
  const counts = await quarantineCounts(tx, workspaceId, feed);
  const newest = seesEverything(viewer)
    ? await listQuarantine(tx, workspaceId, { feed, limit: 5 })
    : undefined;
  return quarantineAnswer(counts, newest);
}
