import { createHash } from 'node:crypto';
import { canonical } from '../../src/core/canonical.ts';
import { readCondition } from '../../src/core/expression/read.ts';
import type { KnownField } from '../../src/core/expression/scope.ts';
import type { Condition, TermType } from '../../src/core/expression/term.ts';
import type { Merge } from '../../src/core/identity.ts';
import type { MatchRecord } from '../../src/core/match.ts';
import type { Organisation, Role } from '../../src/core/organisation.ts';
import type { Reconciliation, Side } from '../../src/core/spec.ts';
import type { Sql } from '../../src/db/client.ts';
import { newId } from '../../src/db/new-id.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import type { RunReport } from '../../src/pipeline/run/report.ts';
import { type RunInput, run } from '../../src/pipeline/run/run.ts';
import type { RunnableSpec } from '../../src/pipeline/run/start-run.sql.ts';

export type SeededWorkspace = {
  readonly workspaceId: string;
  readonly people: Readonly<Record<string, string>>;
  readonly organisation: Organisation;
  readonly feeds: Readonly<Record<Side | 'merges', string>>;
  /** Their ids by key. */
  readonly reconciliations: Readonly<Record<string, string>>;
};

/** The version of every seeded reconciliation. */
export const SPEC_SHA256 = 'seeded';

/** Of the contract that a seeded feed has, by its key. */
export const contractSha256 = (feed: string): string => feed.padEnd(64, '0');

const FEEDS = { expected: 'orders', actual: 'invoices', merges: 'merges' } as const;
const PEOPLE: Readonly<Record<string, { name: string; roles: readonly Role[]; member: boolean }>> = {
  ana: { name: 'Ana Ruiz', roles: ['account_manager'], member: true },
  ben: { name: 'Ben Okafor', roles: ['account_manager'], member: true },
  olga: { name: 'Olga Novak', roles: ['ops_lead'], member: false },
  guest: { name: 'Gus Guest', roles: [], member: false },
};

export const ORGANISATION: Organisation = {
  name: 'Test agency',
  slackTeamId: undefined,
  slackAppId: undefined,
  zone: 'UTC',
  people: [],
  teams: [],
  ownership: [
    {
      row: 1,
      source: 'tieout.yaml:1',
      domain: undefined,
      type: undefined,
      severity: undefined,
      team: 'media_ops',
      sla: { kind: 'elapsed', ms: 3_600_000, text: '1h' },
    },
  ],
  calendar: { zone: 'UTC', workdays: [1, 2, 3, 4, 5], holidays: [] },
  resolutionCodes: [
    { code: 'accepted', label: 'Accepted as is', types: [], note: 'optional', amount: 'optional' },
    { code: 'written_off', label: 'Written off', types: [], note: 'required', amount: 'required' },
    { code: 'void', label: 'Voided', types: ['duplicate_invoice'], note: 'optional', amount: 'optional' },
  ],
  playbooks: {},
  schedules: [],
  locale: 'en',
  clients: [],
  // Tests open much at one instant; what they open has a card each unless a test is about floods.
  flood: { threshold: 1_000_000, windowMs: 60_000 },
  digest: { at: undefined, accountManagersAt: undefined },
  acting: { handOverTimeoutMs: 4 * 3_600_000, waitPausesSla: false },
  money: {
    reasonCodes: [],
    limits: undefined,
    approvals: { team: undefined, expireAfterMs: 48 * 3_600_000 },
    closedThrough: undefined,
  },
  holds: { expireAfterMs: {}, freshWithinMs: 3 * 86_400_000 },
  api: { requestsPerSecond: 1_000 },
  delivery: { timeoutMs: 1000, settleMs: 1000, paceMs: 0 },
};

/** What settling something goes by here. */
export const RESOLVING = {
  codes: ORGANISATION.resolutionCodes,
  money: ORGANISATION.money,
  zone: ORGANISATION.zone,
};

/** A workspace with one team of two, an ops lead, a guest, two feeds and the given reconciliations' keys. */
export async function seedWorkspace(sql: Sql, reconciliations: readonly string[]): Promise<SeededWorkspace> {
  const workspaceId = newId();
  const teamId = newId();
  const people = Object.fromEntries(Object.keys(PEOPLE).map((key) => [key, newId()]));
  const feeds = { expected: newId(), actual: newId(), merges: newId() };
  const ids = Object.fromEntries(reconciliations.map((key) => [key, newId()]));
  await inWorkspace(sql, workspaceId, async (tx) => {
    await tx`insert into workspace (workspace_id, name) values (${workspaceId}, ${`ws ${workspaceId}`})`;
    await tx`insert into team (workspace_id, team_id, key, name, channel)
             values (${workspaceId}, ${teamId}, 'media_ops', 'Media Ops', '#media-ops'),
                    (${workspaceId}, ${newId()}, 'finance', 'Finance', '#finance')`;
    for (const [key, { name, roles, member }] of Object.entries(PEOPLE)) {
      const personId = people[key] as string;
      await tx`insert into person (workspace_id, person_id, key, name, email, slack_user_id)
               values (${workspaceId}, ${personId}, ${key}, ${name}, ${`${key}@agency.example`}, ${`U_${key.toUpperCase()}`})`;
      for (const role of roles) {
        await tx`insert into role_grant (workspace_id, person_id, role) values (${workspaceId}, ${personId}, ${role})`;
      }
      if (member) {
        await tx`insert into team_member (workspace_id, team_id, person_id)
                 values (${workspaceId}, ${teamId}, ${personId})`;
      }
    }
    for (const side of ['expected', 'actual', 'merges'] as const) {
      await tx`insert into feed (workspace_id, feed_id, key, source, contract_version)
               values (${workspaceId}, ${feeds[side]}, ${FEEDS[side]}, 'test', 1)`;
      await tx`insert into contract_version (workspace_id, feed_id, version, sha256, body)
               values (${workspaceId}, ${feeds[side]}, 1, ${contractSha256(FEEDS[side])}, '{"client":"client","order_ref":"po"}')`;
      await tx`insert into delivery (workspace_id, delivery_id, feed_id, contract_version, checksum, name, bytes, status,
                 rows_read, rows_new, rows_changed, rows_unchanged, rows_quarantined, rows_skipped, amounts, warnings)
               values (${workspaceId}, ${feeds[side]}, ${feeds[side]}, 1, ${side}, ${`${side}.csv`}, 0, 'accepted',
                 0, 0, 0, 0, 0, 0, '{}', '[]')`;
    }
    for (const [key, id] of Object.entries(ids)) {
      await tx`insert into reconciliation (workspace_id, reconciliation_id, key) values (${workspaceId}, ${id}, ${key})`;
      await tx`insert into spec_version (workspace_id, reconciliation_id, version, sha256, body)
               values (${workspaceId}, ${id}, 1, ${SPEC_SHA256}, '{}')`;
      await tx`update reconciliation set active_version = 1 where reconciliation_id = ${id}`;
    }
  });
  return { workspaceId, people, organisation: ORGANISATION, feeds, reconciliations: ids };
}

export type LedgerRow = {
  readonly ref: string;
  readonly side: Side;
  /** Undefined, like its currency, for a record without an amount. */
  readonly amountMinor: bigint | undefined;
  readonly currency: string | undefined;
  readonly on: string;
  readonly fields: Readonly<Record<string, string>>;
};

/** A record as core sees it; its id is derived from its reference, so that it is the same in every test run. */
export function toMatchRecord(row: LedgerRow): MatchRecord {
  const content = canonical([row.amountMinor?.toString() ?? null, row.currency ?? null, row.on, row.fields]);
  const idHash = createHash('sha256').update(`${row.side}/${row.ref}`).digest('hex');
  return {
    recordId: `${idHash.slice(0, 8)}-${idHash.slice(8, 12)}-7${idHash.slice(13, 16)}-8${idHash.slice(17, 20)}-${idHash.slice(20, 32)}`,
    side: row.side,
    feed: FEEDS[row.side],
    sourceRef: row.ref,
    version: 1,
    contentHash: createHash('sha256').update(content).digest('hex'),
    amountMinor: row.amountMinor,
    currency: row.currency,
    occurredOn: row.on,
    client: row.fields.client,
    orderRef: row.fields.po,
    fields: row.fields,
  };
}

/** Merges of contacts, all of one day. */
export const putMerges = (
  sql: Sql,
  { workspaceId, feeds }: SeededWorkspace,
  merges: readonly Merge[],
): Promise<unknown> =>
  inWorkspace(
    sql,
    workspaceId,
    (tx) => tx`
      insert into record (workspace_id, record_id, version, content_hash, revision, occurred_on, fields, delivery_id, line,
        feed_id, source_ref)
      select ${workspaceId}, gen_random_uuid(), 1, decode('00', 'hex'), '', '2026-10-01', m.fields, ${feeds.merges}, 1,
        ${feeds.merges}, 'M-' || m.nth
      from jsonb_array_elements(${JSON.stringify(merges)}::text::jsonb) with ordinality as m (fields, nth)`,
  );

/** Puts records on the record; one that is there already with other content gets its next version. */
export async function putRecords(
  sql: Sql,
  workspace: SeededWorkspace,
  rows: readonly LedgerRow[],
): Promise<void> {
  const records = rows.map(toMatchRecord).map(({ amountMinor, side, ...record }) => ({
    ...record,
    amountMinor: amountMinor?.toString(),
    feedId: workspace.feeds[side],
  }));
  await inWorkspace(
    sql,
    workspace.workspaceId,
    (tx) => tx`
      insert into record (workspace_id, record_id, version, content_hash, revision, amount_minor, currency, occurred_on,
        client, order_ref, fields, delivery_id, line, feed_id, source_ref)
      select ${workspace.workspaceId}, r."recordId", 1, decode(r."contentHash", 'hex'), '', r."amountMinor", r.currency,
        r."occurredOn", r.client, r."orderRef", r.fields, r."feedId", 1, r."feedId", r."sourceRef"
      from jsonb_to_recordset(${JSON.stringify(records)}::text::jsonb) as r (
        "recordId" uuid, "contentHash" text, "amountMinor" bigint, currency text, "occurredOn" date, client text,
        "orderRef" text, fields jsonb, "feedId" uuid, "sourceRef" text)
      on conflict (feed_id, source_ref) do update
      set version = record.version + 1, content_hash = excluded.content_hash, amount_minor = excluded.amount_minor,
          currency = excluded.currency, occurred_on = excluded.occurred_on, client = excluded.client,
          order_ref = excluded.order_ref, fields = excluded.fields`,
  );
}

/** A spec over the two feeds: one pass on the purchase order, a second for several lines of one order. */
export const aSpec = (changes: Partial<Reconciliation> = {}): RunnableSpec => ({
  sha256: SPEC_SHA256,
  key: 'orders-vs-invoices',
  domain: 'media_ops',
  describes: 'test',
  zone: 'UTC',
  compareIn: 'USD',
  expected: { feed: FEEDS.expected, amount: 'amount', date: 'on' },
  actual: { feed: FEEDS.actual, amount: 'amount', date: 'on' },
  duplicates: [],
  find: [
    { kind: 'exact', name: 'po', expected: ['po'], actual: ['po'], cardinality: 'one-to-one' },
    { kind: 'exact', name: 'po-lines', expected: ['po'], actual: ['po'], cardinality: 'one-to-many' },
  ],
  decide: {
    auto: { probabilityPpm: 990_000, marginBits: 6, needReference: true },
    suggest: { probabilityPpm: 500_000 },
  },
  credits: undefined,
  verify: [],
  missing: { expected: undefined, actual: undefined },
  ...changes,
});

const known = (type: TermType, isAmount = false): KnownField => ({ type, isAmount, choices: undefined });

/** What the fields of both test feeds are. */
export const LEDGER_FIELDS: ReadonlyMap<string, KnownField> = new Map([
  ['po', known('text')],
  ['client', known('text')],
  ['kind', known('text')],
  ['owner', known('text')],
  ['qty', known('number')],
  ['day', known('date')],
  ['fee', known('money')],
  ['amount', known('money', true)],
]);

/** The condition as a spec would hold it. */
export function expression(text: string): Condition {
  const read = readCondition(text, {
    kind: 'group',
    fields: { expected: LEDGER_FIELDS, actual: LEDGER_FIELDS },
  });
  if (!read.ok) throw new Error(`${text}: ${read.refusal.detail}`);
  return read.value;
}

/** A condition about single records, as `when` would hold it. */
export function recordExpression(side: Side, text: string): Condition {
  const read = readCondition(text, { kind: 'record', side, fields: LEDGER_FIELDS });
  if (!read.ok) throw new Error(`${text}: ${read.refusal.detail}`);
  return read.value;
}

/** Like `aSpec`, with what a working reconciliation has: a tolerance that tells finance, and both absences raised. */
const workingSpec = (changes: Partial<Reconciliation> = {}): RunnableSpec =>
  aSpec({
    verify: [
      {
        id: 'pacing',
        expect: expression('abs(diff) <= 5.00'),
        // biome-ignore lint/suspicious/noThenProperty: the word of the spec
        then: 'auto_resolve',
        else: undefined,
        reason: 'PACING',
        notify: 'finance',
      },
    ],
    missing: {
      actual: { afterDays: 10, raise: 'missing_invoice', severity: 'manual_review' },
      expected: { afterDays: 0, raise: 'unordered_charge', severity: 'block_payout' },
    },
    ...changes,
  });

type RowChanges = Partial<Omit<LedgerRow, 'side'>>;

/** A record of the expected side, named by its purchase order; its amount in cents. */
export const order = (po: string, amountMinor: bigint, changes: RowChanges = {}): LedgerRow => ({
  ref: `O-${po}`,
  side: 'expected',
  amountMinor,
  currency: 'USD',
  on: '2026-10-01',
  fields: { po, client: 'Acme' },
  ...changes,
});

/** A record of the actual side. */
export const invoice = (po: string, amountMinor: bigint, changes: RowChanges = {}): LedgerRow => ({
  ...order(po, amountMinor, { ref: `I-${po}`, ...changes }),
  side: 'actual',
});

export const NOW = new Date('2026-11-22T06:00:00.000Z');

/** One active run of `workingSpec`, unless said otherwise. */
export const runLedger = (
  sql: Sql,
  workspace: SeededWorkspace,
  changes: Partial<RunInput> = {},
): Promise<RunReport> =>
  run(sql, {
    workspaceId: workspace.workspaceId,
    spec: workingSpec(),
    organisation: workspace.organisation,
    mode: 'active',
    cutoffAt: NOW,
    now: NOW,
    ...changes,
  });

export type ExceptionOnRecord = {
  readonly exception_id: string;
  readonly number: number;
  readonly order_ref: string | null;
  readonly type: string;
  readonly reason: string;
  readonly severity: string;
  readonly status: string;
  readonly version: number;
  readonly level: number;
  readonly owner: string | null;
  readonly team: string;
  readonly actual_minor: bigint | null;
  readonly at_stake_minor: bigint;
  readonly routed_by: { readonly source: string };
  readonly sla: string;
  readonly due_at: Date;
  readonly closed_at: Date | null;
  readonly resolution_code: string | null;
  readonly resolution_minor: bigint | null;
  /** Of its card in the outbox. */
  readonly wanted_revision: number;
  readonly card_status: string;
};

/** Every exception of the workspace with its owner's key and its card, in number order. */
export const exceptionsOf = (sql: Sql, { workspaceId }: SeededWorkspace): Promise<ExceptionOnRecord[]> =>
  inWorkspace(sql, workspaceId, async (tx) => [
    ...(await tx<ExceptionOnRecord[]>`
      select e.exception_id, e.number, e.order_ref, e.type, e.reason, e.severity, e.status, e.version, e.level,
             p.key as owner, t.key as team, e.actual_minor, e.at_stake_minor, e.routed_by, e.sla, e.due_at, e.closed_at,
             e.resolution_code, e.resolution_minor, o.wanted_revision, o.status as card_status
      from exception e
      join team t using (workspace_id, team_id)
      left join person p on p.workspace_id = e.workspace_id and p.person_id = e.owner_id
      left join outbox o on o.workspace_id = e.workspace_id and o.dedupe_key = 'card:' || e.exception_id
      order by e.number`),
  ]);

/** The workspace's only exception. */
export async function onlyException(sql: Sql, workspace: SeededWorkspace): Promise<ExceptionOnRecord> {
  const [only, ...others] = await exceptionsOf(sql, workspace);
  if (!only || others.length > 0) throw new Error(`${others.length + 1} exceptions where one was expected`);
  return only;
}

export type EventOnRecord = {
  readonly seq: bigint;
  readonly action: string;
  readonly entity_id: string;
  readonly body: { readonly reason?: string; readonly note?: string; readonly [key: string]: unknown };
};

/** The workspace's audit trail in order. */
export const trailOf = (sql: Sql, { workspaceId }: SeededWorkspace): Promise<EventOnRecord[]> =>
  inWorkspace(sql, workspaceId, async (tx) => [
    ...(await tx<EventOnRecord[]>`
      select seq, action, entity_id, body::jsonb as body from audit_event order by seq`),
  ]);

export type MessageOnRecord = {
  readonly kind: string;
  readonly address: string;
  readonly payload: {
    readonly notice: string;
    readonly step?: string;
    readonly note?: string;
    readonly lines?: readonly unknown[];
  };
};

/** The messages of their own that wait to be sent. */
export const noticesOf = (sql: Sql, { workspaceId }: SeededWorkspace): Promise<MessageOnRecord[]> =>
  inWorkspace(sql, workspaceId, async (tx) => [
    ...(await tx<MessageOnRecord[]>`
      select kind, address, payload from outbox where kind = 'notice' order by address, outbox_id`),
  ]);

/** Tables that only a run or a press may fill. */
const WRITTEN = [
  'run',
  'match',
  'match_member',
  'exception',
  'exception_member',
  'audit_event',
  'outbox',
  'lane',
  'inbox',
] as const;

/** How many rows of the workspace each of the tables holds that a run or a press may write. */
export const rowCounts = (
  sql: Sql,
  { workspaceId }: Pick<SeededWorkspace, 'workspaceId'>,
): Promise<Record<string, number>> =>
  inWorkspace(sql, workspaceId, async (tx) => {
    const counts: [string, number][] = [];
    for (const table of WRITTEN) {
      const [row] = await tx<{ count: number }[]>`select count(*)::integer as count from ${tx(table)}`;
      counts.push([table, row?.count ?? 0]);
    }
    return Object.fromEntries(counts);
  });

/** Adds so many members to the media team and returns their ids. */
export async function addMembers(sql: Sql, workspace: SeededWorkspace, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, newId);
  await inWorkspace(sql, workspace.workspaceId, async (tx) => {
    await tx`
      insert into person (workspace_id, person_id, key, name, email)
      select ${workspace.workspaceId}, id, 'member-' || id, 'Member ' || id, id || '@agency.example'
      from unnest(${ids}::uuid[]) as id`;
    await tx`
      insert into team_member (workspace_id, team_id, person_id)
      select t.workspace_id, t.team_id, id from team t, unnest(${ids}::uuid[]) as id where t.key = 'media_ops'`;
  });
  return ids;
}

type Press = {
  workspaceId: string;
  personId: string;
  exceptionId: string;
  version: number;
  requestKey: string;
};

/** What a person's press on the card of an exception carries; every call is a request of its own. */
export const press = (
  workspace: SeededWorkspace,
  person: string,
  exception: Pick<ExceptionOnRecord, 'exception_id' | 'version'>,
): Press => ({
  workspaceId: workspace.workspaceId,
  personId: workspace.people[person] ?? person,
  exceptionId: exception.exception_id,
  version: exception.version,
  requestKey: newId(),
});
