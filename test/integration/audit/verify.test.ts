import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChainLink } from '../../../src/core/chain.ts';
import { connect } from '../../../src/db/client.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { escalate } from '../../../src/pipeline/act/escalate.ts';
import { unclaim } from '../../../src/pipeline/act/unclaim.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { testDatabase } from '../../support/database.ts';
import { deliver } from '../../support/deliver.ts';
import {
  invoice,
  onlyException,
  order,
  press,
  putRecords,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';
import { tamper } from './tamper.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

const ALTERED = 'its content does not match its hash: it was changed after it was written';
const UNLINKED = 'it does not link to the event before it';

let workspace: SeededWorkspace;
const verify = (anchors: readonly ChainLink[] = []) =>
  verifyAudit(sql, { workspaceId: workspace.workspaceId, anchors });

/** A trail of six events: opened, applied, claimed, given back, claimed, escalated. */
beforeEach(async () => {
  workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100_00n)]);
  await runLedger(sql, workspace);
  const pressed = async (person: string) => press(workspace, person, await onlyException(sql, workspace));
  await claim(sql, await pressed('ana'));
  await unclaim(sql, await pressed('ana'));
  await claim(sql, await pressed('ben'));
  await escalate(sql, {
    ...(await pressed('ben')),
    reason: 'Vendor is silent',
    target: { kind: 'team', key: 'finance' },
  });
});

/** Where and what, without the time of the event. */
const said = (report: Awaited<ReturnType<typeof verify>>): string[] =>
  report.problems.map(({ where, what }) => `${where.replace(/, 2\d{3}-.*Z/, '')}: ${what}`);

describe('an untouched trail', () => {
  it('verifies, but proves nothing about its end without an anchor', async () => {
    const report = await verify();

    expect(report).toMatchObject({ events: 6, head: { seq: 6n }, problems: [], anchoredSeq: 0n });
  });

  it('is proven complete up to its newest anchor', async () => {
    const { head } = await verify();

    expect(await verify([head])).toMatchObject({ problems: [], anchoredSeq: 6n });
  });

  it('verifies before anything was appended', async () => {
    workspace = await seedWorkspace(sql, []);

    expect(await verify()).toMatchObject({ events: 0, head: { seq: 0n }, problems: [] });
  });

  it('tells how far the walk is', async () => {
    const seen: number[] = [];

    await verifyAudit(sql, {
      workspaceId: workspace.workspaceId,
      anchors: [],
      onProgress: (events) => seen.push(events),
    });

    expect(seen).toEqual([6]);
  });
});

describe('tampering with an event', () => {
  it('shows one changed byte of its content', async () => {
    await tamper(
      database.adminUrl,
      (tx) => tx`
        update audit_event set body = replace(body, 'Vendor', 'vendor')
        where workspace_id = ${workspace.workspaceId} and seq = 6`,
    );

    expect(said(await verify())).toEqual([`event 6 (exception.escalate): ${ALTERED}`]);
  });

  it('shows a byte that makes the content unreadable', async () => {
    await tamper(
      database.adminUrl,
      (tx) => tx`
        update audit_event set body = overlay(body placing 'x' from 1)
        where workspace_id = ${workspace.workspaceId} and seq = 6`,
    );

    expect(said(await verify())).toEqual([
      `event 6 (exception.escalate): ${ALTERED}`,
      'event 6 (exception.escalate): its indexed columns differ from its content',
      'EX-1001: its last event cannot be read',
    ]);
  });

  it('shows an owner in the content that is no id any more', async () => {
    await tamper(
      database.adminUrl,
      (tx) => tx`
        update audit_event set body = replace(body, '"owner_id":"', '"owner_id":"z')
        where workspace_id = ${workspace.workspaceId} and seq = 6`,
    );

    expect(said(await verify())).toEqual([
      `event 6 (exception.escalate): ${ALTERED}`,
      'EX-1001: the owner differs',
    ]);
  });

  it('shows a changed time', async () => {
    await tamper(
      database.adminUrl,
      (tx) => tx`
        update audit_event set at = '2026-01-01T00:00:00.000000Z'
        where workspace_id = ${workspace.workspaceId} and seq = 3`,
    );

    expect(said(await verify())).toEqual([`event 3 (exception.claim): ${ALTERED}`]);
  });

  it.each([
    ['action', `action = 'exception.unclaim'`],
    ['entity', `entity = 'run'`],
    ['entity id', `entity_id = '00000000-0000-7000-8000-000000000000'`],
  ])('shows a changed copy of its %s in the indexed columns', async (_what, set) => {
    await tamper(database.adminUrl, (tx) =>
      tx.unsafe(`update audit_event set ${set} where workspace_id = '${workspace.workspaceId}' and seq = 3`),
    );

    expect(said(await verify())).toEqual([
      expect.stringMatching(/^event 3 .*: its indexed columns differ from its content$/),
    ]);
  });

  it('shows content and hash rewritten together, at the event that follows', async () => {
    await tamper(
      database.adminUrl,
      (tx) => tx`
        update audit_event e
        set body = n.body,
            hash = encode(sha256(convert_to(e.prev || E'\\n' || e.seq || E'\\n' || e.at || E'\\n' || n.body, 'UTF8')), 'hex')
        from (select replace(body, ${workspace.people.ana ?? ''}, ${workspace.people.olga ?? ''}) as body, seq, workspace_id
              from audit_event) n
        where e.workspace_id = ${workspace.workspaceId} and e.seq = 3
          and n.workspace_id = e.workspace_id and n.seq = e.seq`,
    );

    expect(said(await verify())).toEqual([`event 4 (exception.unclaim): ${UNLINKED}`]);
  });
});

describe('tampering with the order', () => {
  it('shows two events that changed places', async () => {
    await tamper(database.adminUrl, async (tx) => {
      await tx`update audit_event set seq = -seq where workspace_id = ${workspace.workspaceId} and seq in (3, 4)`;
      await tx`update audit_event set seq = 7 + seq where workspace_id = ${workspace.workspaceId} and seq < 0`;
    });

    expect(said(await verify())).toEqual([
      `event 3 (exception.unclaim): ${UNLINKED}`,
      `event 3 (exception.unclaim): ${ALTERED}`,
      `event 4 (exception.claim): ${UNLINKED}`,
      `event 4 (exception.claim): ${ALTERED}`,
      `event 5 (exception.claim): ${UNLINKED}`,
    ]);
  });

  it('shows an event taken out of the middle', async () => {
    await tamper(
      database.adminUrl,
      (tx) => tx`delete from audit_event where workspace_id = ${workspace.workspaceId} and seq = 4`,
    );

    expect(said(await verify())).toEqual([
      'event 5 (exception.claim): event 4 is missing before it',
      `event 5 (exception.claim): ${UNLINKED}`,
    ]);
  });

  it('shows an event put in', async () => {
    await tamper(
      database.adminUrl,
      (tx) => tx`
        insert into audit_event (workspace_id, seq, at, action, entity, entity_id, body, prev, hash)
        select workspace_id, 7, at, action, entity, entity_id, body, hash, repeat('a', 64)
        from audit_event where workspace_id = ${workspace.workspaceId} and seq = 6`,
    );

    expect(said(await verify())).toEqual([
      `event 7 (exception.escalate): ${ALTERED}`,
      'audit_head: it says event 6, the trail ends with 7',
      'EX-1001: its last event is 7, the row says 6',
    ]);
  });

  it('shows a cut tail by the head that stayed', async () => {
    await tamper(
      database.adminUrl,
      (tx) => tx`delete from audit_event where workspace_id = ${workspace.workspaceId} and seq = 6`,
    );

    expect(said(await verify())).toContain('audit_head: it says event 6, the trail ends with 5');
  });
});

describe('a tail that is cut with head and exception rewound', () => {
  /** As if the escalation had never happened: the trail, its head and the exception agree again. */
  async function rewind(): Promise<ChainLink> {
    const { head } = await verify();
    await tamper(database.adminUrl, async (tx) => {
      await tx`delete from audit_event where workspace_id = ${workspace.workspaceId} and seq = 6`;
      await tx`
        update audit_head h set seq = e.seq, hash = e.hash from audit_event e
        where h.workspace_id = ${workspace.workspaceId} and e.workspace_id = h.workspace_id and e.seq = 5`;
      await tx`
        update exception set last_seq = 5, version = version - 1, level = 0
        where workspace_id = ${workspace.workspaceId}`;
    });
    return head;
  }

  it('verifies without an anchor: nothing inside the database can tell', async () => {
    await rewind();

    expect(said(await verify())).toEqual([]);
  });

  it('is found with the anchor that left the database', async () => {
    const anchor = await rewind();

    expect(said(await verify([anchor]))).toEqual([
      'event 6: it was anchored outside the database and is gone: the end of the trail was cut',
    ]);
  });

  it('is found when it has grown again since', async () => {
    const anchor = await rewind();
    await unclaim(sql, press(workspace, 'ben', await onlyException(sql, workspace)));

    expect(said(await verify([anchor]))).toEqual([
      'event 6: it is not the event that was anchored outside the database',
    ]);
  });

  it('is found although a later anchor speaks for the new event of that number', async () => {
    const anchor = await rewind();
    await unclaim(sql, press(workspace, 'ben', await onlyException(sql, workspace)));
    const { head: forged } = await verify();

    expect(said(await verify([anchor, forged]))).toEqual([
      'event 6: it is not the event that was anchored outside the database',
    ]);
  });
});

describe('an exception that is not what its trail says', () => {
  it.each([
    [
      'status',
      `status = 'open', owner_id = null, claimed_at = null`,
      ['the trail says claimed, the row open', 'the owner differs'],
    ],
    ['version', 'version = version + 1', ['the trail says version 5, the row 6']],
    ['level', 'level = 0', ['the trail says level 1, the row 0']],
    ['last event', 'last_seq = 1', ['its last event is 6, the row says 1']],
  ])('shows when its %s was changed past the guard', async (_what, set, differences) => {
    await tamper(database.adminUrl, (tx) =>
      tx.unsafe(`update exception set ${set} where workspace_id = '${workspace.workspaceId}'`),
    );

    expect(said(await verify())).toEqual([`EX-1001: ${differences.join('; ')}`]);
  });

  it('shows when its owner was', async () => {
    await tamper(
      database.adminUrl,
      (tx) => tx`
        update exception set owner_id = ${workspace.people.olga ?? ''} where workspace_id = ${workspace.workspaceId}`,
    );

    expect(said(await verify())).toEqual(['EX-1001: the owner differs']);
  });

  it('shows when it is gone', async () => {
    await tamper(
      database.adminUrl,
      (tx) => tx`delete from exception where workspace_id = ${workspace.workspaceId}`,
    );

    expect(said(await verify())).toEqual([
      'EX-1001: the trail speaks of it and its row is gone',
      expect.stringMatching(/^exception_member: of 1 rows the exception is not there, /),
      expect.stringMatching(/^promise: of 1 rows the exception is not there, /),
    ]);
  });
});

describe('rows that point to nothing', () => {
  it('are told of per table, with one of them', async () => {
    await tamper(
      database.adminUrl,
      (tx) =>
        tx`update record set delivery_id = gen_random_uuid() where workspace_id = ${workspace.workspaceId}`,
    );

    const [problem, ...others] = (await verify()).problems;

    expect(others).toEqual([]);
    expect(problem?.where).toBe('record');
    expect(problem?.what).toMatch(/^of 1 rows the delivery is not there, [0-9a-f-]{36} for one$/);
  });

  it.each([
    ['exception', 'run_id', 'run'],
    ['exception', 'reconciliation_id', 'reconciliation'],
    ['exception', 'team_id', 'team'],
    ['exception', 'owner_id', 'person'],
    ['exception_member', 'exception_id', 'exception'],
    ['exception_member', 'record_id', 'record'],
    ['promise', 'exception_id', 'exception'],
    ['record_version', 'record_id', 'record'],
  ])('are found where no foreign key keeps them: %s.%s', async (table, column, lacks) => {
    await deliver(sql, workspace, { rows: [order('1', 90_00n)] });
    await tamper(
      database.adminUrl,
      (tx) =>
        tx`update ${tx(table)} set ${tx(column)} = gen_random_uuid() where workspace_id = ${workspace.workspaceId}`,
    );

    const { problems } = await verify();

    expect(problems.map(({ where, what }) => `${where}: ${what}`)).toContainEqual(
      expect.stringMatching(new RegExp(`^${table}: of 1 rows the ${lacks} is not there, `)),
    );
  });
});

describe('who belongs to a match', () => {
  beforeEach(async () => {
    await putRecords(sql, workspace, [order('2', 50_00n), invoice('2', 50_00n)]);
    await runLedger(sql, workspace);
  });

  it('is said alike by the match and its members', async () => {
    expect((await verify()).problems).toEqual([]);
  });

  it('shows when a match no longer names a member', async () => {
    await tamper(
      database.adminUrl,
      (tx) => tx`update match set record_ids = record_ids[1:1] where workspace_id = ${workspace.workspaceId}`,
    );

    expect(said(await verify())).toContainEqual(
      expect.stringMatching(/^match_member: of 1 rows the match is not there, /),
    );
  });

  it('shows when a record that a match names has lost its row', async () => {
    await tamper(
      database.adminUrl,
      (tx) => tx`delete from match_member where workspace_id = ${workspace.workspaceId} and side = 'actual'`,
    );

    expect(said(await verify())).toContainEqual(
      expect.stringMatching(/^match: of 1 rows the match_member is not there, /),
    );
  });
});
