import { Fault } from '../../core/fault.ts';
import { readInstant } from '../../core/instant.ts';
import { scalarOf, textAt } from '../../core/json-text.ts';
import type { Pull, SqlPull } from '../../core/pull.ts';
import type { Progress } from './deliver.ts';
import type { Source } from './pull-feed.ts';
import type { PullRequest } from './pull-request.ts';
import { readSql } from './read-sql.sql.ts';
import type { SourceState } from './read-state.sql.ts';

/** A source that is a table or a query of somebody's PostgreSQL. */
export function sqlSource(request: PullRequest, state: SourceState): Source {
  const pull = request.pull as SqlPull & Pull;
  const since = sinceOf(pull, request, state);
  let queries = 0;
  return {
    since,
    requests: () => queries,
    batches: (progress) => {
      queries += 1;
      return rows(pull, { since, request, progress, known: state.cursor ?? undefined });
    },
  };
}

async function* rows(
  pull: SqlPull & Pull,
  around: { since: string | undefined; request: PullRequest; progress: Progress; known: string | undefined },
): AsyncGenerator<readonly string[]> {
  let latest = around.known;
  for await (const batch of readSql(pull, { since: around.since, secrets: around.request.secrets })) {
    for (const row of batch) latest = later(pull, latest, row);
    yield batch;
  }
  // Rows come in no order that would be known, so that only the end says how far this went.
  around.progress.cursor = latest;
}

function later({ watermark }: SqlPull, latest: string | undefined, row: string): string | undefined {
  if (watermark === undefined) return undefined;
  const found = textAt(row, [watermark.column]);
  if (found === undefined) {
    throw new Fault(
      'watermark_missing',
      `The query selects no column "${watermark.column}", by which since: says how far it was read: name it among its columns.`,
    );
  }
  const value = scalarOf(found);
  if (value === undefined || !isReached[watermark.holds](value)) return latest;
  return latest === undefined || isLater[watermark.holds](value, latest) ? value : latest;
}

/** Whether a pull can go on from there: nothing is ever later than `infinity` or `NaN`, which PostgreSQL has among times and numbers. */
const isReached = {
  instant: (value: string) => readInstant(value) !== undefined,
  number: (value: string) => Number.isFinite(Number(value)),
  text: () => true,
} as const;

const isLater = {
  // Microseconds count: of two texts of one millisecond the greater is the later one.
  instant: (a: string, b: string) => {
    const [left, right] = [readInstant(a) ?? Number.NaN, readInstant(b) ?? Number.NaN];
    return left === right ? a > b : left > right;
  },
  number: (a: string, b: string) => Number(a) > Number(b),
  text: (a: string, b: string) => a > b,
} as const;

function sinceOf({ watermark }: SqlPull, { from }: PullRequest, { cursor }: SourceState): string | undefined {
  if (watermark === undefined) return undefined;
  if (from !== undefined && watermark.holds === 'instant') return new Date(from).toISOString();
  if (cursor === null) return watermark.start;
  const at = watermark.lookBackMs > 0 && watermark.holds === 'instant' ? readInstant(cursor) : undefined;
  return at === undefined ? cursor : new Date(at - watermark.lookBackMs).toISOString();
}
