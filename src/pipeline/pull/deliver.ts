import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Fault } from '../../core/fault.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { wholeSecond } from '../ingest/as-of.ts';
import { ingestFile } from '../ingest/ingest-file.ts';
import { type DeliveryReport, standing } from '../ingest/report.ts';
import { keepState } from './keep-state.sql.ts';
import type { Source } from './pull-feed.ts';
import type { PullRequest } from './pull-request.ts';
import type { Position } from './read-http.ts';
import type { SourceState } from './read-state.sql.ts';

/** What a pull has come to after the rows that were taken from it. */
export type Progress = {
  /** Where it goes on; undefined at its end. */
  position: Position | undefined;
  /** From where the next pull asks; known at the end. */
  cursor: string | undefined;
};

type Delivering = {
  readonly request: PullRequest;
  readonly state: SourceState;
  readonly source: Source;
};

/** What the deliveries of one pull share. */
type Run = Delivering & {
  readonly progress: Progress;
  readonly batches: AsyncGenerator<readonly string[]>;
  /** What it gives may be no newer than this: its first page was read then. */
  readonly startedAt: number;
  version: bigint;
  records: number;
  bytes: number;
  batchesRead: number;
  isOver: boolean;
  lastContent: string | null;
  lastIdentity: string | null;
};

/** Takes everything that a source gives in, as one delivery after the other. */
export async function deliver(
  sql: Sql,
  delivering: Delivering,
): Promise<{ deliveries: readonly DeliveryReport[]; records: number }> {
  const { state, source, request } = delivering;
  const progress: Progress = { position: undefined, cursor: undefined };
  const run: Run = {
    ...delivering,
    progress,
    startedAt: wholeSecond(request.world.clock()),
    batches: source.batches(progress),
    version: state.version,
    records: 0,
    bytes: 0,
    batchesRead: 0,
    isOver: false,
    lastContent: state.lastContent,
    lastIdentity: state.lastIdentity,
  };
  const deliveries: DeliveryReport[] = [];
  try {
    // The first batch says whether there is anything: an empty delivery would look like a source that broke.
    for (let batch = await nextRows(run); batch !== undefined; batch = await nextRows(run)) {
      deliveries.push(await deliverOne(sql, run, { first: batch, part: deliveries.length + 1 }));
    }
  } finally {
    await run.batches.return(undefined);
  }
  if (run.records === 0 && request.pull.needsRecords) throw empty(request);
  if (deliveries.length === 0) await inWorkspace(sql, request.workspaceId, (tx) => keep(tx, run, undefined));
  return { deliveries, records: run.records };
}

async function deliverOne(
  sql: Sql,
  run: Run,
  { first, part }: { first: readonly string[]; part: number },
): Promise<DeliveryReport> {
  const { request, source } = run;
  const counted = { rows: 0 };
  let identity: Identity | undefined;
  return await ingestFile(sql, {
    workspaceId: request.workspaceId,
    contract: request.contract,
    from: { stream: Readable.from(linesOf(run, first, counted)) },
    name: [
      'pull',
      ...(source.since === undefined ? [] : [`since ${source.since}`]),
      ...(part > 1 ? [`part ${part}`] : []),
    ].join(' '),
    asOf: () => run.startedAt,
    identify: (content) => {
      identity = identityOf(run, content);
      return identity.name;
    },
    settle: async (tx, report) => {
      checkTotals(report, counted.rows);
      // One that waits for a person is kept, and need not be asked for again.
      if (standing(report) === 'quarantined') return;
      await keep(tx, run, identity);
    },
  });
}

type Identity = { readonly content: string; readonly name: string };

/**
 * Under which name a delivery's bytes are known. The same as last time are the same delivery; but a source that says A, then B, then
 * A again has changed twice, and the second A is a delivery of its own.
 */
function identityOf({ lastContent, lastIdentity }: Run, content: string): Identity {
  if (lastContent === content && lastIdentity !== null) return { content, name: lastIdentity };
  return {
    content,
    name: lastIdentity === null ? content : hash('sha256', `${lastIdentity}\n${content}`, 'hex'),
  };
}

async function* linesOf(
  run: Run,
  first: readonly string[],
  counted: { rows: number },
): AsyncGenerator<string> {
  const { deliverEvery } = run.request.pull;
  for (let rows: readonly string[] | undefined = first; rows !== undefined; ) {
    counted.rows += rows.length;
    yield rows.map((row) => `${row}\n`).join('');
    // Several deliveries only where it is known how to go on after each.
    if (counted.rows >= deliverEvery && run.progress.position !== undefined) return;
    rows = await nextRows(run);
  }
}

/** The next rows that are any; undefined at the end. Counts what the whole pull may cost. */
async function nextRows(run: Run): Promise<readonly string[] | undefined> {
  while (!run.isOver) {
    const { done, value } = await run.batches.next();
    if (done) {
      run.isOver = true;
      return undefined;
    }
    run.batchesRead += 1;
    run.records += value.length;
    run.bytes += value.reduce((sum, row) => sum + row.length + 1, 0);
    checkLimits(run);
    run.request.onProgress?.({ records: run.records, requests: run.source.requests() });
    if (value.length > 0) return value;
  }
  return undefined;
}

function checkLimits({ request, records, bytes, batchesRead }: Run): void {
  const { limits, kind } = request.pull;
  const reached =
    kind === 'http' && batchesRead > limits.pages
      ? `${limits.pages} pages`
      : records > limits.records
        ? `${limits.records} records`
        : bytes > limits.bytes
          ? `${limits.bytes} bytes`
          : undefined;
  if (reached === undefined) return;
  throw new Fault(
    'pull_too_large',
    `The source of feed "${request.contract.feed}" gives more than ${reached}: see whether its pages ever end, or raise limits in the feed's file.`,
  );
}

/** Every record that the source gave is a row of the delivery: new, changed, unchanged, skipped or quarantined. */
function checkTotals(report: DeliveryReport, rows: number): void {
  if (report.status === 'already_delivered' || report.problem !== undefined || report.rowsRead === rows)
    return;
  throw new Error(`${rows} records were pulled and ${report.rowsRead} rows read; nothing is kept`);
}

async function keep(tx: Tx, run: Run, identity: Identity | undefined): Promise<void> {
  const { request, state, progress } = run;
  const isKept = await keepState(tx, {
    workspaceId: request.workspaceId,
    feedId: state.feedId,
    version: run.version,
    cursor: progress.cursor ?? state.cursor ?? undefined,
    position: progress.position,
    lastContent: identity?.content,
    lastIdentity: identity?.name,
    now: new Date(request.world.clock()),
  });
  if (!isKept) throw overtaken(request);
  // Only a commit makes this true; when it fails, the whole pull ends with it.
  run.version += 1n;
  run.lastContent = identity?.content ?? run.lastContent;
  run.lastIdentity = identity?.name ?? run.lastIdentity;
}

const overtaken = ({ contract }: PullRequest): Fault =>
  new Fault(
    'pull_overtaken',
    `Another pull of feed "${contract.feed}" was faster; what it brought is there.`,
    {
      retryable: true,
    },
  );

const empty = ({ contract }: PullRequest): Fault =>
  new Fault(
    'source_empty',
    `The source of feed "${contract.feed}" answers without any record, and the feed's file expects some: ask the source whether that is right.`,
  );
