import { Readable } from 'node:stream';
import type { FeedContract } from '../../../src/core/contract.ts';
import { PLAIN_AMOUNT } from '../../../src/core/money.ts';
import type { Organisation } from '../../../src/core/organisation.ts';
import type { Versioned } from '../../../src/core/versioned.ts';
import { connect, type Sql } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { applyConfig } from '../../../src/pipeline/govern/apply-config.ts';
import { ingestFile } from '../../../src/pipeline/ingest/ingest-file.ts';
import type { DeliveryReport } from '../../../src/pipeline/ingest/report.ts';
import type { TestDatabase } from '../../support/database.ts';

type Contract = FeedContract & Versioned;

const column = (from: string) => ({ from, always: undefined, cutAt: [] });

/** A feed of orders: order_id, amount, currency, order_date, memo. */
export const ORDERS: Contract = {
  feed: 'orders',
  source: 'test',
  format: 'csv',
  delimiter: ',',
  finalLineEnd: 'required',
  files: [],
  zone: 'America/New_York',
  key: ['order_id'],
  revision: undefined,
  amount: 'amount',
  date: 'order_date',
  client: undefined,
  orderRef: 'order_id',
  where: [],
  fields: [
    { name: 'order_id', ...column('order_id'), required: true, type: { kind: 'reference' } },
    {
      name: 'amount',
      ...column('amount'),
      required: true,
      type: { kind: 'money', format: PLAIN_AMOUNT, currency: column('currency') },
    },
    {
      name: 'order_date',
      ...column('order_date'),
      required: true,
      type: { kind: 'date', format: 'YYYY-MM-DD' },
    },
    { name: 'memo', ...column('memo'), required: false, type: { kind: 'text', maxLength: 8_000 } },
  ],
  body: '{"feed":"orders"}',
  sha256: '1'.repeat(64),
};

export const REVISED: Contract = {
  ...ORDERS,
  feed: 'revised',
  revision: 'revision',
  fields: [
    ...ORDERS.fields,
    { name: 'revision', ...column('revision'), required: true, type: { kind: 'integer' } },
  ],
  body: '{"feed":"revised"}',
};

const INSTANTS: Contract = {
  ...ORDERS,
  feed: 'instants',
  fields: ORDERS.fields.map((field) =>
    field.name === 'order_date' ? { ...field, type: { kind: 'instant', format: 'YYYY-MM-DD HH:mm' } } : field,
  ),
  body: '{"feed":"instants"}',
};

export const LINES: Contract = { ...ORDERS, feed: 'lines', format: 'jsonl', body: '{"feed":"lines"}' };

export const CREDITS: Contract = {
  ...ORDERS,
  feed: 'credits',
  where: [{ column: 'memo', test: 'contains', text: 'Credit' }],
  body: '{"feed":"credits"}',
};

export const organisation = (name: string): Organisation => ({
  name,
  slackTeamId: undefined,
  slackAppId: undefined,
  zone: 'America/New_York',
  people: [],
  teams: [],
  ownership: [],
  calendar: { zone: 'America/New_York', workdays: [1, 2, 3, 4, 5], holidays: [] },
  resolutionCodes: [],
  playbooks: {},
  schedules: [],
  locale: 'en',
  clients: [],
  flood: { threshold: 20, windowMs: 60_000 },
  digest: { at: undefined, accountManagersAt: undefined },
  acting: { handOverTimeoutMs: 4 * 3_600_000, waitPausesSla: false },
  money: {
    reasonCodes: [],
    limits: undefined,
    approvals: { team: undefined, expireAfterMs: 48 * 3_600_000 },
    closedThrough: undefined,
  },
  holds: { expireAfterMs: {}, freshWithinMs: 1 },
  api: { requestsPerSecond: 1 },
  delivery: { timeoutMs: 10_000, settleMs: 20_000, paceMs: 1_000 },
});

export type Workspace = {
  readonly sql: Sql;
  readonly workspaceId: string;
  readonly deliver: (bytes: string | Buffer, contract?: Contract) => Promise<DeliveryReport>;
  readonly records: (contract?: Contract) => Promise<readonly RecordRow[]>;
  /** What the trail says of deliveries. */
  readonly trail: () => Promise<readonly string[]>;
};

export type RecordRow = {
  readonly sourceRef: string;
  readonly version: number;
  readonly amount: string;
  readonly memo: string | null;
};

/** A fresh workspace that knows every feed above. */
export async function workspace(database: TestDatabase, name: string): Promise<Workspace> {
  const sql = connect({ url: database.url, role: 'runs', max: 2 });
  const contracts = [ORDERS, REVISED, INSTANTS, LINES, CREDITS];
  const { workspaceId } = await applyConfig(
    sql,
    {
      organisation: organisation(name),
      feeds: new Map(contracts.map((contract) => [contract.feed, contract])),
      reconciliations: new Map(),
    },
    { now: new Date('2026-11-22T00:00:00Z') },
  );
  return {
    sql,
    workspaceId,
    deliver: (bytes, contract = ORDERS) =>
      ingestFile(sql, {
        workspaceId,
        contract,
        from: { stream: Readable.from([Buffer.from(bytes)]) },
        name: 'test.csv',
      }),
    records: (contract = ORDERS) =>
      inWorkspace(
        sql,
        workspaceId,
        (tx) => tx<RecordRow[]>`
          select r.source_ref as "sourceRef", r.version, r.amount_minor::text as amount, r.fields::json ->> 'memo' as memo
          from record r
          join feed f using (workspace_id, feed_id)
          where f.key = ${contract.feed}
          order by r.source_ref collate "C"`,
      ),
    trail: () =>
      inWorkspace(sql, workspaceId, async (tx) =>
        (
          await tx<
            { action: string }[]
          >`select action from audit_event where action like 'delivery.%' order by seq`
        ).map(({ action }) => action),
      ),
  };
}
