import { afterAll, describe, expect, it } from 'vitest';
import type { AuditFact } from '../../../src/core/audit.ts';
import { connect } from '../../../src/db/client.ts';
import { newId } from '../../../src/db/new-id.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { appendAudit } from '../../../src/pipeline/audit/append.sql.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { testDatabase } from '../../support/database.ts';
import { seedWorkspace, trailOf } from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people', max: 8 });
afterAll(() => sql.end());

const fact = (number: number): AuditFact => ({
  action: 'person.linked',
  entity: 'person',
  entityId: newId(),
  actor: { kind: 'program', name: 'test' },
  data: { number },
});
const facts = (count: number): AuditFact[] => Array.from({ length: count }, (_, index) => fact(index));

describe('appending', () => {
  it('numbers events from one, in the order given', async () => {
    const { workspaceId, ...rest } = await seedWorkspace(sql, []);

    const seqs = await inWorkspace(sql, workspaceId, (tx) =>
      appendAudit(tx, { workspaceId, facts: facts(3) }),
    );

    expect(seqs).toEqual([1n, 2n, 3n]);
    const trail = await trailOf(sql, { workspaceId, ...rest });
    expect(trail.map(({ seq, body }) => [seq, body.data])).toEqual([
      [1n, { number: 0 }],
      [2n, { number: 1 }],
      [3n, { number: 2 }],
    ]);
  });

  it('numbers more events than go to the database at once in the order given', async () => {
    const { workspaceId } = await seedWorkspace(sql, []);

    const seqs = await inWorkspace(sql, workspaceId, (tx) =>
      appendAudit(tx, { workspaceId, facts: facts(6_500) }),
    );

    expect(seqs).toEqual(Array.from({ length: 6_500 }, (_, index) => BigInt(index + 1)));
    expect(await verifyAudit(sql, { workspaceId, anchors: [] })).toMatchObject({
      events: 6_500,
      problems: [],
    });
  });

  it('that fails is thrown, and the connection takes the next transaction', async () => {
    const [{ workspaceId }, other] = [await seedWorkspace(sql, []), await seedWorkspace(sql, [])];
    const appending = inWorkspace(sql, other.workspaceId, (tx) =>
      appendAudit(tx, { workspaceId, facts: facts(6_500) }),
    );

    await expect(appending).rejects.toMatchObject({ code: 'TIE03' });
    const seqs = await inWorkspace(sql, workspaceId, (tx) =>
      appendAudit(tx, { workspaceId, facts: facts(1) }),
    );
    expect(seqs).toEqual([1n]);
  });

  it('keeps beside an event what its content says it is about, whatever else of that name is in it', async () => {
    const { workspaceId } = await seedWorkspace(sql, []);
    const about = { action: 'exception.claim', entity: 'exception', entity_id: newId() };

    await inWorkspace(sql, workspaceId, (tx) =>
      appendAudit(tx, { workspaceId, facts: [{ ...fact(1), data: { ...about, all: [about] } }] }),
    );

    const [event] = await inWorkspace(sql, workspaceId, (tx) => tx`select action, entity from audit_event`);
    expect(event).toEqual({ action: 'person.linked', entity: 'person' });
    expect(await verifyAudit(sql, { workspaceId, anchors: [] })).toMatchObject({ events: 1, problems: [] });
  });

  it('of nothing writes nothing', async () => {
    const { workspaceId } = await seedWorkspace(sql, []);

    const seqs = await inWorkspace(sql, workspaceId, (tx) => appendAudit(tx, { workspaceId, facts: [] }));

    expect(seqs).toEqual([]);
    expect(await verifyAudit(sql, { workspaceId, anchors: [] })).toMatchObject({ events: 0 });
  });

  it('by eight writers at once leaves one chain without gaps', async () => {
    const { workspaceId } = await seedWorkspace(sql, []);
    const write = async () => {
      for (const one of facts(50)) {
        await inWorkspace(sql, workspaceId, (tx) => appendAudit(tx, { workspaceId, facts: [one] }));
      }
    };

    await Promise.all(Array.from({ length: 8 }, write));

    expect(await verifyAudit(sql, { workspaceId, anchors: [] })).toMatchObject({
      events: 400,
      head: { seq: 400n },
      problems: [],
    });
  });

  it('leaves no gap where a writer gives up', async () => {
    const { workspaceId } = await seedWorkspace(sql, []);
    const givingUp = (one: AuditFact) =>
      inWorkspace(sql, workspaceId, async (tx) => {
        await appendAudit(tx, { workspaceId, facts: [one] });
        throw new Error('gave up');
      }).catch(() => undefined);
    const staying = (one: AuditFact) =>
      inWorkspace(sql, workspaceId, (tx) => appendAudit(tx, { workspaceId, facts: [one] }));

    await Promise.all(facts(20).flatMap((one) => [givingUp(one), staying(one)]));

    expect(await verifyAudit(sql, { workspaceId, anchors: [] })).toMatchObject({ events: 20, problems: [] });
  });

  it('keeps one chain per workspace', async () => {
    const [one, other] = [await seedWorkspace(sql, []), await seedWorkspace(sql, [])];
    const append = ({ workspaceId }: typeof one, count: number) =>
      inWorkspace(sql, workspaceId, (tx) => appendAudit(tx, { workspaceId, facts: facts(count) }));

    await Promise.all([append(one, 3), append(other, 5), append(one, 4)]);

    expect(await verifyAudit(sql, { workspaceId: one.workspaceId, anchors: [] })).toMatchObject({
      events: 7,
      problems: [],
    });
    expect(await verifyAudit(sql, { workspaceId: other.workspaceId, anchors: [] })).toMatchObject({
      events: 5,
      problems: [],
    });
  });

  it('hashes text of every alphabet as it is verified', async () => {
    const { workspaceId } = await seedWorkspace(sql, []);
    const note = 'Ünïcödé 请款 \u202e rtl 😀 "quoted" \\ back\nline\ttab \u001f';

    await inWorkspace(sql, workspaceId, (tx) =>
      appendAudit(tx, { workspaceId, facts: [{ ...fact(1), note }] }),
    );

    expect(await verifyAudit(sql, { workspaceId, anchors: [] })).toMatchObject({ events: 1, problems: [] });
  });
});
