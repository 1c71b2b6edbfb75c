import { secretsOf } from '../../../src/config/secrets.ts';
import type { HttpPull, Pull } from '../../../src/core/pull.ts';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { applyConfig } from '../../../src/pipeline/govern/apply-config.ts';
import { pullFeed } from '../../../src/pipeline/pull/pull-feed.ts';
import type { TestDatabase } from '../../support/database.ts';
import { restlessWorld, type TestFeed } from '../../support/feeds.ts';
import { organisation } from '../ingest/setup.ts';

export const ENV = {
  TOKEN: 'token-secret',
  CLIENT_ID: 'client-id',
  CLIENT_SECRET: 'client-secret',
  REFRESH: 'refresh-secret',
};

let count = 0;

/** A workspace with one feed, and a way to pull it. */
export async function pulling(database: TestDatabase, feed: TestFeed) {
  const sql = connect({ url: database.url, role: 'runs', max: 3 });
  count += 1;
  const applied = {
    organisation: organisation(`pull ${count}`),
    feeds: new Map([[feed.feed, feed]]),
    reconciliations: new Map(),
  };
  const { workspaceId } = await applyConfig(sql, applied, { now: new Date('2026-11-22T00:00:00Z') });
  const time = { now: Date.parse('2026-11-22T12:00:00Z') };
  const world = restlessWorld(() => time.now);
  const pull = (
    declared: Pull | (HttpPull & Pull) | undefined,
    options: { from?: number; env?: Record<string, string>; keys?: readonly [Buffer] } = {},
  ) => {
    if (declared === undefined) throw new Error('the feed is not pulled');
    const contract = { ...feed, pull: declared };
    const secrets = secretsOf(contract, { ...ENV, ...options.env });
    return pullFeed(sql, {
      workspaceId,
      contract,
      pull: declared,
      secrets,
      keys: options.keys,
      world,
      from: options.from,
    });
  };
  return {
    sql,
    workspaceId,
    time,
    world,
    pull,
    records: () =>
      inWorkspace(
        sql,
        workspaceId,
        (tx) => tx<{ ref: string; version: number; amount: string }[]>`
          select source_ref as ref, version, amount_minor::text as amount from record order by source_ref collate "C"`,
      ),
    state: async () => {
      const rows = await inWorkspace(
        sql,
        workspaceId,
        (tx) => tx<
          {
            cursor: string | null;
            position: unknown;
            problem: string | null;
            code: string | null;
            sealed: string | null;
          }[]
        >`
          select cursor, position, problem, problem_code as code, refresh_token_sealed as sealed from source_state`,
      );
      return rows[0];
    },
    trail: () =>
      inWorkspace(sql, workspaceId, async (tx) => {
        const rows = await tx<{ action: string }[]>`
          select action from audit_event where action like 'connector.%' or action like 'delivery.%' order by seq`;
        return rows.map(({ action }) => action);
      }),
  };
}
