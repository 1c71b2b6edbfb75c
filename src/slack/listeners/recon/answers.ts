import { nearestWord } from '../../../core/nearest-word.ts';
import type { ReconCommand, ReconVerb } from '../../../core/recon-command.ts';
import { seesEverything } from '../../../core/work.ts';
import { readHead } from '../../../pipeline/audit/head.sql.ts';
import { feedKeys } from '../../../pipeline/report/feed-keys.sql.ts';
import { lastAnchor } from '../../../pipeline/report/last-anchor.sql.ts';
import { latestRuns } from '../../../pipeline/report/latest-runs.sql.ts';
import { listQuarantine } from '../../../pipeline/report/quarantine.sql.ts';
import { quarantineCounts } from '../../../pipeline/report/quarantine-counts.sql.ts';
import { statusCounts } from '../../../pipeline/report/status-counts.sql.ts';
import type { Message } from '../../views/blocks.ts';
import { typedWords } from '../../views/recon-answer.ts';
import { helpAnswer } from '../../views/recon-help.ts';
import { auditAnswer, quarantineAnswer, runAnswer } from '../../views/recon-operations.ts';
import { statusAnswer } from '../../views/recon-status.ts';
import { adjustments } from './adjustments.ts';
import { type Answer, type Asking, type CommandOf, scopeWords } from './asking.ts';
import { holds } from './holds.ts';
import { list, mine, sla } from './lists.ts';
import { order, show, whoOwns } from './orders.ts';
import { report, rules } from './reports.ts';

/** What one snapshot of the record answers; the doctor asks Slack too, and is not among them. */
type RecordedVerb = Exclude<ReconVerb, 'doctor'>;
export type RecordedCommand = Exclude<ReconCommand, { verb: 'doctor' }>;
type Answers = {
  readonly [Verb in RecordedVerb]: (
    command: CommandOf<Verb>,
    asking: Asking,
  ) => Message | Promise<Message | Answer>;
};

const ANSWERS = {
  status: async (_, asking) =>
    statusAnswer(await statusCounts(asking.tx, asking), scopeWords(asking), asking.reader),
  mine,
  list,
  show,
  order,
  'who-owns': whoOwns,
  holds,
  adjustments,
  sla,
  report,
  rules,
  run: async (_, { tx, workspaceId, reader }) => runAnswer(await latestRuns(tx, workspaceId), reader),
  audit,
  quarantine,
  help: (_, { reader }) => helpAnswer(reader),
} as const satisfies Answers;

/** What the command shows this person now. Reads only. */
export async function answerTo(command: RecordedCommand, asking: Asking): Promise<Answer> {
  const find = ANSWERS[command.verb] as (
    command: ReconCommand,
    asking: Asking,
  ) => Message | Promise<Message | Answer>;
  const found = await find(command, asking);
  return 'message' in found ? found : { message: found };
}

async function audit(_: CommandOf<'audit'>, { tx, workspaceId, now, reader }: Asking): Promise<Message> {
  const head = await readHead(tx, workspaceId);
  return auditAnswer({ ...head, anchor: await lastAnchor(tx, workspaceId) }, now, reader);
}

async function quarantine({ feed }: CommandOf<'quarantine'>, asking: Asking): Promise<Message> {
  const { tx, workspaceId, viewer, reader } = asking;
  const feeds = await feedKeys(tx, workspaceId);
  if (feed !== undefined && !feeds.includes(feed)) {
    const near = nearestWord(feed, feeds);
    return typedWords(
      reader.words.operations.quarantine.noFeed({ typed: feed, near, known: feeds.join(', ') }),
    );
  }
  const counts = await quarantineCounts(tx, workspaceId, feed);
  const newest = seesEverything(viewer)
    ? await listQuarantine(tx, workspaceId, { feed, limit: 5 })
    : undefined;
  return quarantineAnswer(counts, newest, reader);
}
