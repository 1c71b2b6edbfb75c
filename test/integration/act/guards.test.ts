import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditBody } from '../../../src/core/audit.ts';
import { allCurrencies } from '../../../src/core/currency.ts';
import { STATUSES } from '../../../src/core/lifecycle.ts';
import { connect } from '../../../src/db/client.ts';
import { asAdmin } from '../../../src/db/databases.ts';
import { databaseError } from '../../../src/db/errors.ts';
import { inWorkspace, type Tx } from '../../../src/db/tx.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { appendAudit } from '../../../src/pipeline/audit/append.sql.ts';
import { testDatabase } from '../../support/database.ts';
import {
  invoice,
  onlyException,
  order,
  press,
  putRecords,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
  trailOf,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

/** A workspace with rows in every table a run or a press fills; one exception, claimed. */
async function busy(): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100_00n), invoice('1', 180_00n)]);
  await runLedger(sql, workspace);
  await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
  return workspace;
}

let workspace: SeededWorkspace;
let other: SeededWorkspace;
beforeAll(async () => {
  workspace = await busy();
  other = await busy();
});

/** The SQLSTATE with which Postgres refuses the work, or `accepted`. */
async function refusalOf(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'accepted',
    (error: unknown) => databaseError(error)?.code ?? String(error),
  );
}

const asApp = (work: (tx: Tx) => Promise<unknown>): Promise<string> =>
  refusalOf(inWorkspace(sql, workspace.workspaceId, work));

const asOwner = (statement: string): Promise<string> =>
  refusalOf(
    asAdmin(database.adminUrl, (admin) =>
      admin.begin(async (tx) => {
        await tx`set local role tieout_owner`;
        await tx`select set_config('tieout.workspace_id', ${workspace.workspaceId}, true)`;
        await tx.unsafe(statement);
      }),
    ),
  );

describe('an exception', () => {
  it('cannot change without its audit event', async () => {
    expect(await asApp((tx) => tx`update exception set level = 7`)).toBe('TIE01');
  });

  it('cannot change with the event it already has', async () => {
    expect(await asApp((tx) => tx`update exception set level = 7, version = version + 1`)).toBe('TIE01');
  });

  it('cannot skip a version', async () => {
    expect(await asApp((tx) => tx`update exception set version = version + 2, last_seq = last_seq + 1`)).toBe(
      'TIE01',
    );
  });

  it('cannot name an event that is never written', async () => {
    expect(
      await asApp((tx) => tx`update exception set version = version + 1, last_seq = last_seq + 1000`),
    ).toBe('23503');
  });

  it.each([
    ['an event that is not there', { last_seq: 1_000_000 }],
    ['an event before the first', { last_seq: 0 }],
    ['a team that is not there', { team_id: randomUUID() }],
    [
      'an owner who is not there',
      { status: 'claimed', owner_id: randomUUID(), claimed_at: new Date().toISOString() },
    ],
  ])('cannot be opened with %s', async (_what, wrong) => {
    const opened = (given: object) =>
      asApp(async (tx) => {
        const [seq] = await appendAudit(tx, { workspaceId: workspace.workspaceId, facts: [await aFact(tx)] });
        const exceptionId = randomUUID();
        const fresh = {
          exception_id: exceptionId,
          fingerprint: exceptionId,
          number: 1_000_000,
          version: 1,
          status: 'open',
          owner_id: null,
          claimed_at: null,
          last_seq: Number(seq),
        };
        await tx`
          insert into exception
          select (jsonb_populate_record(e, ${JSON.stringify({ ...fresh, ...given })}::text::jsonb)).*
          from exception e`;
        throw new Error('would be opened');
      });

    expect(await opened({})).toContain('would be opened');
    expect(await opened(wrong)).toBe('23503');
  });

  it('cannot be given to a team or an owner that is not there', async () => {
    const given = (column: string) =>
      asApp(async (tx) => {
        const [seq] = await appendAudit(tx, { workspaceId: workspace.workspaceId, facts: [await aFact(tx)] });
        await tx`
          update exception set version = version + 1, last_seq = ${seq ?? 0n}, ${tx(column)} = ${randomUUID()}`;
      });

    expect(await given('team_id')).toBe('23503');
    expect(await given('owner_id')).toBe('23503');
  });

  it('cannot share its event with another change', async () => {
    expect(
      await asApp(async (tx) => {
        const [seq] = await appendAudit(tx, { workspaceId: workspace.workspaceId, facts: [await aFact(tx)] });
        await tx`update exception set version = version + 1, last_seq = ${seq ?? 0n}`;
        await tx`update exception set version = version + 1, last_seq = ${seq ?? 0n}`;
      }),
    ).toBe('TIE01');
  });

  it('cannot be claimed by nobody, nor open and owned', async () => {
    const change = (set: string) =>
      asApp(async (tx) => {
        const [seq] = await appendAudit(tx, { workspaceId: workspace.workspaceId, facts: [await aFact(tx)] });
        await tx.unsafe(`update exception set version = version + 1, last_seq = ${seq}, ${set}`);
      });

    expect(await change('owner_id = null, claimed_at = null')).toBe('23514');
    expect(await change(`status = 'open'`)).toBe('23514');
    expect(await change(`status = 'resolved', closed_at = now()`)).toBe('23514');
    expect(await change(`status = 'elsewhere'`)).toBe('23514');
  });

  it('has exactly the statuses of the lifecycle', async () => {
    const [check] = await asAdmin(
      database.adminUrl,
      (admin) => admin<{ text: string }[]>`
        select pg_get_constraintdef(oid) as text from pg_constraint where conname = 'exception_status_check'`,
    );

    const statuses = [...(check?.text ?? '').matchAll(/'([a-z_]+)'/g)].map(([, word]) => word);
    expect(statuses).toEqual([...STATUSES]);
  });

  it('cannot be deleted by the application', async () => {
    expect(await asApp((tx) => tx`delete from exception`)).toBe('42501');
  });
});

describe('the audit trail', () => {
  it.each([
    ['update', 'update tieout.audit_event set at = at'],
    ['delete', 'delete from tieout.audit_event'],
    ['truncate', 'truncate tieout.audit_event cascade'],
    ['truncate of its head', 'truncate tieout.audit_head'],
  ])('refuses %s by the owner of its tables', async (_what, statement) => {
    expect(await asOwner(statement)).toBe('TIE02');
  });

  it('refuses an update even where a superuser replays as a replica', async () => {
    const refusal = await refusalOf(
      asAdmin(database.adminUrl, (admin) =>
        admin.begin(async (tx) => {
          await tx`set local session_replication_role = replica`;
          await tx`update tieout.audit_event set at = at`;
        }),
      ),
    );

    expect(refusal).toBe('TIE02');
  });

  it.each([
    ['insert an event', 'insert into audit_event select * from audit_event'],
    ['update an event', 'update audit_event set at = at'],
    ['delete an event', 'delete from audit_event'],
    ['truncate it', 'truncate audit_event'],
    ['move its head', 'update audit_head set seq = 0'],
    ['insert a head', 'insert into audit_head select * from audit_head'],
    ['change an anchor', 'update audit_anchor set seq = 0'],
    ['change a currency', `update currency set exponent = 3 where code = 'USD'`],
  ])('does not let the application %s', async (_what, statement) => {
    expect(await asApp((tx) => tx.unsafe(statement))).toBe('42501');
  });

  it('takes no event for another workspace', async () => {
    expect(
      await asApp(async (tx) =>
        appendAudit(tx, { workspaceId: other.workspaceId, facts: [await aFact(tx)] }),
      ),
    ).toBe('TIE03');
  });

  it('takes no event under another isolation than read committed', async () => {
    const refusal = await refusalOf(
      sql.begin('isolation level repeatable read', async (tx) => {
        await tx`select set_config('tieout.workspace_id', ${workspace.workspaceId}, true)`;
        await tx`select tieout.audit_append(${workspace.workspaceId}::uuid, array[${auditBody(await aFact(tx))}]::text[])`;
      }),
    );

    expect(refusal).toBe('TIE03');
  });

  it('keeps none of the events of a transaction that fails', async () => {
    const before = await trailOf(sql, workspace);

    await asApp(async (tx) => {
      await appendAudit(tx, { workspaceId: workspace.workspaceId, facts: [await aFact(tx)] });
      await tx`select 1 / 0`;
    });

    expect(await trailOf(sql, workspace)).toEqual(before);
  });
});

describe('row-level security', () => {
  it('is forced, with a policy, on every table that belongs to a workspace', async () => {
    const rows = await asAdmin(
      database.adminUrl,
      (admin) => admin<{ table: string; is_forced: boolean; policies: number }[]>`
        select c.relname as table, c.relrowsecurity and c.relforcerowsecurity as is_forced,
               (select count(*)::integer from pg_policy p where p.polrelid = c.oid) as policies
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
        where c.relnamespace = 'tieout'::regnamespace and c.relkind in ('r', 'p')
          -- Nothing can be read by it, and nobody can name a workspace there: see below.
          and c.relname <> 'record_intake'`,
    );

    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((row) => !row.is_forced || row.policies === 0)).toEqual([]);
  });

  it('looks its workspace up once for a statement, not once for each row', async () => {
    const policies = await asAdmin(
      database.adminUrl,
      (admin) => admin<{ name: string; says: string }[]>`
        select p.polname as name, pg_get_expr(p.polqual, p.polrelid) as says
        from pg_policy p
        join pg_class c on c.oid = p.polrelid
        where c.relnamespace = 'tieout'::regnamespace`,
    );

    const perRow = policies.filter(
      ({ says }) => says.includes('current_setting') && !says.includes('SELECT'),
    );
    expect(perRow.map(({ name }) => name)).toEqual([]);
  });

  it('leaves no table of the schema without a workspace but the currencies', async () => {
    const rows = await asAdmin(
      database.adminUrl,
      (admin) => admin<{ table: string }[]>`
        select c.relname as table
        from pg_class c
        where c.relnamespace = 'tieout'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and not exists (
          select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id')`,
    );

    expect(rows.map(({ table }) => table).filter((table) => !table.includes('migration'))).toEqual([
      'currency',
    ]);
  });

  it.each([
    'audit_event',
    'audit_head',
    'delivery',
    'exception',
    'exception_member',
    'feed',
    'inbox',
    'lane',
    'match',
    'match_member',
    'outbox',
    'person',
    'reconciliation',
    'record',
    'role_grant',
    'run',
    'spec_version',
    'team',
    'team_member',
  ])('shows of %s only the rows of one’s own workspace', async (table) => {
    const count = (tx: Tx) => tx`
      select count(*) filter (where workspace_id = ${workspace.workspaceId}) > 0 as sees_own,
             count(*) filter (where workspace_id <> ${workspace.workspaceId}) as foreign_rows
      from ${tx(table)}`;

    const inside = await inWorkspace(sql, workspace.workspaceId, count);
    const withoutWorkspace = await sql.begin(async (tx) => [...(await tx`select 1 from ${tx(table)}`)]);

    expect([...inside]).toEqual([{ sees_own: true, foreign_rows: 0n }]);
    expect(withoutWorkspace).toEqual([]);
  });

  it('refuses a row written for another workspace', async () => {
    expect(
      await asApp(
        (tx) =>
          tx`insert into inbox (workspace_id, request_key, outcome) values (${other.workspaceId}, 'x', '{}')`,
      ),
    ).toBe('42501');
  });

  it('lets nobody change another workspace’s name', async () => {
    const changed = await inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx`update workspace set name = 'mine' where workspace_id = ${other.workspaceId}`,
    );

    expect(changed.count).toBe(0);
  });
});

describe('the table that records come in by', () => {
  const COLUMNS =
    'record_id, content_hash, revision, occurred_on, fields, delivery_id, line, feed_id, source_ref';

  async function copy(tx: Tx, sourceRef: string, { whose }: { whose?: string } = {}): Promise<void> {
    const columns = whose === undefined ? COLUMNS : `workspace_id, ${COLUMNS}`;
    const values = [randomUUID(), '', '', '2026-01-05', '{}', randomUUID(), '1', randomUUID(), sourceRef];
    const rows = await tx.unsafe(`copy record_intake (${columns}) from stdin`).writable();
    await pipeline(
      Readable.from([`${[...(whose === undefined ? [] : [whose]), ...values].join('\t')}\n`]),
      rows,
    );
  }

  it('puts each record into the workspace that its transaction acts for', async () => {
    const one = connect({ url: database.url, role: 'people', max: 1 });
    const found = [];
    for (const { workspaceId } of [workspace, other, workspace]) {
      const sourceRef = randomUUID();
      const rows = await inWorkspace(one, workspaceId, async (tx) => {
        await copy(tx, sourceRef);
        return await tx`select workspace_id, version from record where source_ref = ${sourceRef}`;
      });
      found.push(...rows);
    }
    await one.end();

    expect(found).toEqual(
      [workspace, other, workspace].map(({ workspaceId }) => ({ workspace_id: workspaceId, version: 1 })),
    );
  });

  it('lets nobody say whose a record is', async () => {
    expect(await asApp((tx) => copy(tx, 'FOREIGN', { whose: other.workspaceId }))).toBe('42501');
  });

  it('takes no record for no workspace', async () => {
    expect(await refusalOf(sql.begin((tx) => copy(tx, 'NOBODYS')))).toBe('23502');
  });

  it('takes nothing but a COPY, whose workspace cannot be that of an earlier statement', async () => {
    expect(
      await asApp(
        (tx) => tx`
          insert into record_intake (record_id, content_hash, revision, occurred_on, fields, delivery_id, line, feed_id, source_ref)
          select gen_random_uuid(), ''::bytea, '', '2026-01-05', '{}', gen_random_uuid(), 1, gen_random_uuid(), 'INSERTED'`,
      ),
    ).toBe('0A000');
  });

  it.each([
    'select from record_intake',
    "update record_intake set source_ref = ''",
    'delete from record_intake',
    'truncate record_intake',
  ])('refuses to %s', async (statement) => {
    expect(await asApp((tx) => tx.unsafe(statement))).toBe('42501');
  });
});

it('keeps the currencies of core, with their decimals', async () => {
  const rows = await asAdmin(
    database.adminUrl,
    (admin) => admin<{ code: string; exponent: number }[]>`
      select code, exponent from tieout.currency order by code collate "C"`,
  );

  expect(rows.map(({ code, exponent }) => [code, exponent])).toEqual(allCurrencies());
});

async function aFact(tx: Tx) {
  const [row] = await tx<{ exception_id: string }[]>`select exception_id from exception`;
  return {
    action: 'exception.escalate',
    entity: 'exception',
    entityId: row?.exception_id ?? '',
    actor: { kind: 'program', name: 'test' },
  } as const;
}
