import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { readGroupFacts } from '../../../src/db/flood/group-facts.sql.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { cardCounts } from '../../../src/pipeline/report/cards-posted.sql.ts';
import { testDatabase } from '../../support/database.ts';
import {
  attemptCards,
  groupSizes,
  messagesOf,
  openFlood,
  ordersWithoutInvoice,
  runFlood,
} from '../../support/flood.ts';
import { invoice, putRecords, rowCounts, type SeededWorkspace, seedWorkspace } from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

const seed = () => seedWorkspace(sql, ['orders-vs-invoices']);
const factsOf = (workspace: SeededWorkspace, groupId: string) =>
  inWorkspace(sql, workspace.workspaceId, (tx) => readGroupFacts(tx, workspace.workspaceId, groupId), {
    snapshot: true,
  });
const onlyGroup = async (workspace: SeededWorkspace): Promise<string> => {
  const [group, ...others] = await groupSizes(sql, workspace);
  if (!group || others.length > 0) throw new Error(`${others.length + 1} groups where one was expected`);
  return group.group_id;
};

describe('2,000 exceptions of one type in one run', () => {
  let workspace: SeededWorkspace;
  beforeAll(async () => {
    workspace = await seed();
    await openFlood(sql, workspace, 2_000);
  });

  it('are shown by one message', async () => {
    const messages = await messagesOf(sql, workspace);

    expect(messages).toMatchObject([{ kind: 'group', address: 'team:media_ops', status: 'pending' }]);
    expect(await groupSizes(sql, workspace)).toMatchObject([{ members: 2_000 }]);
  });

  it('are counted and summed up by their group', async () => {
    expect(await factsOf(workspace, await onlyGroup(workspace))).toMatchObject({
      type: 'missing_invoice',
      team: { key: 'media_ops' },
      revision: 1,
      tally: [{ status: 'open', count: 2_000, money: [{ currency: 'USD', minor: 21_999_000n }] }],
      top: [{ orderRef: 'PO-1999' }, { orderRef: 'PO-1998' }, {}, {}, {}],
      owners: [],
      ownerCount: 0,
    });
  });

  it('are each on the trail, which explains all of them', async () => {
    const report = await verifyAudit(sql, { workspaceId: workspace.workspaceId, anchors: [] });

    expect(report.problems).toEqual([]);
  });

  it('are not shown again by a run that finds the same', async () => {
    const before = await rowCounts(sql, workspace);
    await runFlood(sql, workspace, { later: 5_000 });

    expect(await messagesOf(sql, workspace)).toMatchObject([{ kind: 'group', wanted_revision: 1 }]);
    expect(await rowCounts(sql, workspace)).toMatchObject({
      exception: before.exception,
      outbox: before.outbox,
    });
  });

  it('change the tally of their group when a later run clears some', async () => {
    await putRecords(sql, workspace, [invoice('PO-0000', 100_00n), invoice('PO-0001', 100_01n)]);
    await runFlood(sql, workspace, { later: 10_000 });

    expect(await messagesOf(sql, workspace)).toMatchObject([{ kind: 'group', wanted_revision: 2 }]);
    expect(await factsOf(workspace, await onlyGroup(workspace))).toMatchObject({
      revision: 2,
      tally: [
        { status: 'open', count: 1_998 },
        { status: 'cleared', count: 2 },
      ],
    });
  });

  it('count as waiting to be posted, each of them', async () => {
    const counts = await inWorkspace(sql, workspace.workspaceId, (tx) =>
      cardCounts(tx, workspace.workspaceId),
    );

    expect(counts.get('orders-vs-invoices')).toEqual({ posted: 0, waiting: 2_000, dead: 0 });
  });
});

describe('a flood that comes in several runs', () => {
  let workspace: SeededWorkspace;
  beforeEach(async () => {
    workspace = await seed();
  });

  const open = async (lead: string, count: number, later: number) => {
    await putRecords(sql, workspace, ordersWithoutInvoice(count, lead));
    await runFlood(sql, workspace, { later });
  };
  const kinds = async () => (await messagesOf(sql, workspace)).map(({ kind }) => kind).sort();

  it('leaves up to the threshold on cards of their own', async () => {
    await open('A', 20, 0);

    expect(await kinds()).toEqual(Array.from({ length: 20 }, () => 'card'));
  });

  it('takes the cards in that nobody has tried to post yet', async () => {
    await open('A', 15, 0);
    await open('B', 15, 20_000);

    expect(await kinds()).toEqual(['group']);
    expect(await groupSizes(sql, workspace)).toMatchObject([{ members: 30 }]);
  });

  it('leaves cards that were posted where they are', async () => {
    await open('A', 15, 0);
    await attemptCards(sql, workspace);
    await open('B', 15, 20_000);

    expect(await kinds()).toEqual([...Array.from({ length: 15 }, () => 'card'), 'group']);
    expect(await groupSizes(sql, workspace)).toMatchObject([{ members: 15 }]);
  });

  it('goes on in the same group within the window, however few come', async () => {
    await open('A', 30, 0);
    await open('B', 1, 59_000);

    expect(await messagesOf(sql, workspace)).toMatchObject([{ kind: 'group', wanted_revision: 2 }]);
    expect(await groupSizes(sql, workspace)).toMatchObject([{ members: 31 }]);
  });

  it('is over when the window is: what comes then is counted anew', async () => {
    await open('A', 30, 0);
    await open('B', 1, 61_000);

    expect(await kinds()).toEqual(['card', 'group']);
  });

  it('forgets the thread line of a card that it took in', async () => {
    await open('A', 15, 0);
    await inWorkspace(sql, workspace.workspaceId, async (tx) => {
      await tx`
        insert into outbox (workspace_id, outbox_id, kind, dedupe_key, address, exception_id, payload)
        select workspace_id, gen_random_uuid(), 'reply', 'reply:x', 'team:media_ops', exception_id, '{"seq":"1"}'
        from exception order by number limit 1`;
    });
    await open('B', 15, 20_000);

    expect(await kinds()).toEqual(['group']);
  });

  it('gives one that comes back later, alone, a card of its own', async () => {
    await open('A', 30, 0);
    await putRecords(sql, workspace, [invoice('A-0000', 100_00n)]);
    await runFlood(sql, workspace, { later: 10_000 });
    await inWorkspace(sql, workspace.workspaceId, async (tx) => {
      await tx`update record set occurred_on = '2027-10-01', version = version + 1 where source_ref = 'I-A-0000'`;
    });
    await runFlood(sql, workspace, { later: 120_000 });

    expect(await kinds()).toEqual(['card', 'group']);
    expect(await groupSizes(sql, workspace)).toMatchObject([{ members: 29 }]);
    expect(await messagesOf(sql, workspace)).toContainEqual(
      expect.objectContaining({ kind: 'group', wanted_revision: 3 }),
    );
  });
});
