import { Fault } from '../../core/fault.ts';
import type { Pull, SqlPull } from '../../core/pull.ts';
import type { Secrets } from '../../core/secrets.ts';
import { connect } from '../../db/client.ts';
import { toFault } from '../../db/errors.ts';

/** Rows that are fetched at a time: little memory, few ways back and forth. */
const FETCH = 2_000;

/** What PostgreSQL casts the watermark to, whatever the query compares it with. */
const CASTS = { instant: 'timestamptz', number: 'numeric', text: 'text' } as const;

/**
 * The rows of a query of somebody else's database, each as PostgreSQL's own JSON text (no digit passes through a float), in
 * batches. Read only, one statement, streamed.
 *
 * Throws: Fault('source_refuses') when the query fails, and the faults of the database.
 */
export async function* readSql(
  pull: SqlPull & Pull,
  { since, secrets }: { since: string | undefined; secrets: Secrets },
): AsyncGenerator<readonly string[]> {
  const sql = connect({
    url: secrets.fill(pull.url),
    role: 'reports',
    max: 1,
    applicationName: 'tieout pull',
    variable: 'pull.postgres.url',
    statementTimeout: pull.limits.ms,
    isForeign: true,
  });
  try {
    // As a part of one select, the query cannot be a second statement, nor anything that changes data.
    const text = `select row_to_json(pulled)::text as row from (\n${withParameter(pull)}\n) as pulled`;
    const parameters = since === undefined || pull.watermark === undefined ? [] : [since];
    for await (const rows of sql.unsafe<{ row: string }[]>(text, parameters).cursor(FETCH)) {
      yield rows.map(({ row }) => row);
    }
  } catch (error) {
    throw faultOf(error, secrets);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

const withParameter = ({ query, watermark }: SqlPull): string =>
  query
    .trim()
    .replace(/;$/, '')
    .replaceAll('{since}', `$1::${CASTS[watermark?.holds ?? 'text']}`);

function faultOf(error: unknown, { hide }: Secrets): unknown {
  const fault = toFault(error);
  if (fault instanceof Fault) {
    const message = hide(fault.message.replaceAll('DATABASE_URL', 'pull.postgres.url'));
    return new Fault('source_failed', `The source's database: ${message}`, {
      cause: error,
      retryable: fault.retryable,
    });
  }
  if (!(error instanceof Error) || error.name !== 'PostgresError') return error;
  return new Fault(
    'source_refuses',
    `The source's database refuses the query: ${hide(error.message)}. Look at pull.postgres.query.`,
    {
      cause: error,
    },
  );
}
