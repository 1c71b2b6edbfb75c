import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { databaseError } from '../../../src/db/errors.ts';
import { inWorkspace, type Tx } from '../../../src/db/tx.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { reopen } from '../../../src/pipeline/act/reopen.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { testDatabase } from '../../support/database.ts';
import {
  aSpec,
  exceptionsOf,
  invoice,
  NOW,
  ORGANISATION,
  onlyException,
  order,
  press,
  putRecords,
  RESOLVING,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
  trailOf,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

type HoldOnRecord = {
  readonly kind: string;
  readonly client: string | null;
  readonly order_ref: string | null;
  readonly payee: string | null;
  readonly amount_minor: bigint | null;
  readonly currency: string | null;
  readonly reason: string;
  readonly state: string;
  readonly released_how: string | null;
  readonly released_by: string | null;
  readonly release_reason: string | null;
};

const holdsOf = (workspace: SeededWorkspace): Promise<HoldOnRecord[]> =>
  inWorkspace(sql, workspace.workspaceId, async (tx) => [
    ...(await tx<HoldOnRecord[]>`
      select kind, client, order_ref, payee, amount_minor, currency, reason, state, released_how, released_by,
             release_reason
      from hold order by number`),
  ]);

const SPEC = aSpec({
  actual: { feed: 'invoices', amount: 'amount', date: 'on', payee: 'vendor' },
  missing: {
    actual: { afterDays: 10, raise: 'missing_invoice', severity: 'manual_review' },
    expected: { afterDays: 0, raise: 'unordered_charge', severity: 'block_payout' },
  },
});

const CHARGE = invoice('1', 180_00n, { fields: { po: '1', client: 'Acme', vendor: 'Kestrel' } });

/** A charge that nobody ordered: it blocks the payout. */
async function charged(): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [CHARGE]);
  await runLedger(sql, workspace, { spec: SPEC });
  return workspace;
}

async function resolved(workspace: SeededWorkspace): Promise<void> {
  await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
  const request = press(workspace, 'ana', await onlyException(sql, workspace));
  await resolve(sql, { ...request, code: 'accepted', note: '', amount: undefined }, RESOLVING);
}

describe('a blocking exception', () => {
  it('places a hold in the transaction that opens it, with what it names and what is at stake', async () => {
    const workspace = await charged();

    expect(await holdsOf(workspace)).toEqual([
      {
        kind: 'payout',
        client: 'Acme',
        order_ref: '1',
        payee: 'Kestrel',
        amount_minor: 180_00n,
        currency: 'USD',
        reason: 'NOTHING_ON_EXPECTED_SIDE',
        state: 'open',
        released_how: null,
        released_by: null,
        release_reason: null,
      },
    ]);
    const placed = (await trailOf(sql, workspace)).filter(({ action }) => action === 'hold.placed');
    expect(placed.map(({ body }) => body)).toMatchObject([
      {
        v: 1,
        actor: { kind: 'program', name: 'run' },
        reason: 'NOTHING_ON_EXPECTED_SIDE',
        data: { state: 'open', order_ref: '1', payee: 'Kestrel', amount_minor: '18000', currency: 'USD' },
      },
    ]);
  });

  it('places nothing in a sandbox or shadow run', async () => {
    const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    await putRecords(sql, workspace, [CHARGE]);

    await runLedger(sql, workspace, { spec: SPEC, mode: 'sandbox' });
    await runLedger(sql, workspace, { spec: SPEC, mode: 'shadow' });

    expect(await holdsOf(workspace)).toEqual([]);
  });

  it('keeps its one hold while people hand it around and runs find it again', async () => {
    const workspace = await charged();
    await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
    await runLedger(sql, workspace, { spec: SPEC });

    expect(await holdsOf(workspace)).toMatchObject([{ state: 'open' }]);
  });

  it('releases it when it is resolved, by whom and as what', async () => {
    const workspace = await charged();
    await resolved(workspace);

    expect(await holdsOf(workspace)).toMatchObject([
      {
        state: 'released',
        released_how: 'resolved',
        released_by: workspace.people.ana,
        release_reason: 'accepted',
      },
    ]);
    expect((await trailOf(sql, workspace)).at(-1)).toMatchObject({
      action: 'hold.released',
      body: {
        actor: { kind: 'person', id: workspace.people.ana },
        reason: 'accepted',
        data: { state: 'released', version: 2, released_how: 'resolved' },
      },
    });
  });

  it('releases it when a later run finds the difference gone', async () => {
    const workspace = await charged();
    await putRecords(sql, workspace, [order('1', 180_00n)]);
    await runLedger(sql, workspace, { spec: SPEC });

    expect(await holdsOf(workspace)).toMatchObject([
      {
        state: 'released',
        released_how: 'cleared',
        released_by: null,
        release_reason: 'DIFFERENCE_VANISHED',
      },
    ]);
  });

  it('holds again when it is reopened, by a hold of its own', async () => {
    const workspace = await charged();
    await resolved(workspace);
    const request = press(workspace, 'ana', await onlyException(sql, workspace));
    await reopen(sql, { ...request, reason: 'wrong' }, { calendar: ORGANISATION.calendar });

    expect(await holdsOf(workspace)).toMatchObject([{ state: 'released' }, { state: 'open' }]);
  });

  it('changes the amount of its hold with its records, and holds on when the records grow mild', async () => {
    const workspace = await charged();
    await putRecords(sql, workspace, [{ ...CHARGE, amountMinor: 150_00n }]);
    await runLedger(sql, workspace, { spec: SPEC });

    expect(await holdsOf(workspace)).toMatchObject([{ state: 'open', amount_minor: 150_00n }]);
    expect((await trailOf(sql, workspace)).map(({ action }) => action)).toContain('hold.changed');

    await putRecords(sql, workspace, [{ ...CHARGE, amountMinor: 140_00n }]);
    const mild = { afterDays: 0, raise: 'unordered_charge', severity: 'manual_review' } as const;
    await runLedger(sql, workspace, { spec: { ...SPEC, missing: { actual: undefined, expected: mild } } });

    expect(await onlyException(sql, workspace)).toMatchObject({ severity: 'manual_review' });
    expect(await holdsOf(workspace)).toMatchObject([{ state: 'open', amount_minor: 140_00n }]);
  });
});

describe('an ownership row that names a hold', () => {
  it('holds that payout whatever the severity', async () => {
    const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    await putRecords(sql, workspace, [order('7', 100_00n)]);
    const [row] = ORGANISATION.ownership;
    if (!row) throw new Error('the organisation has no ownership row');
    const organisation = { ...ORGANISATION, ownership: [{ ...row, hold: 'vendor_payout' }] };

    await runLedger(sql, workspace, { spec: SPEC, organisation });

    expect(await onlyException(sql, workspace)).toMatchObject({ severity: 'manual_review' });
    expect(await holdsOf(workspace)).toMatchObject([
      { kind: 'vendor_payout', order_ref: '7', state: 'open' },
    ]);
  });
});

describe('many blocking exceptions', () => {
  it('hold in one go, one event each', async () => {
    const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    await putRecords(
      sql,
      workspace,
      Array.from({ length: 60 }, (_, index) => invoice(`X${index}`, BigInt(100 + index))),
    );
    await runLedger(sql, workspace, { spec: SPEC });

    const holds = await holdsOf(workspace);
    expect(holds).toHaveLength(60);
    const seen = await exceptionsOf(sql, workspace);
    expect(holds.map(({ order_ref }) => order_ref)).toEqual(seen.map(({ order_ref }) => order_ref));
  });
});

describe('the database', () => {
  const refusalOf = async (workspace: SeededWorkspace, work: (tx: Tx) => Promise<unknown>): Promise<string> =>
    await inWorkspace(sql, workspace.workspaceId, work).then(
      () => 'accepted',
      (error: unknown) => databaseError(error)?.code ?? String(error),
    );

  it.each([
    [
      'without its event',
      (tx: Tx) => tx`update hold set state = 'released', released_how = 'resolved', released_at = now(),
                     release_reason = 'x'`,
      'TIE01',
    ],
    [
      'while its exception is live',
      (tx: Tx) => tx`update hold set state = 'released', released_how = 'resolved', released_at = now(),
                     release_reason = 'x', version = version + 1, last_seq = last_seq + 1`,
      'TIE04',
    ],
    [
      'as expired without a policy',
      (tx: Tx) => tx`update hold set state = 'released', released_how = 'expired', released_at = now(),
                     release_reason = 'x', version = version + 1, last_seq = last_seq + 1`,
      'TIE04',
    ],
    [
      'by making it expire',
      (tx: Tx) => tx`update hold set expires_at = now(), version = 2, last_seq = last_seq + 1`,
      'TIE04',
    ],
    [
      'by naming another payment',
      (tx: Tx) => tx`update hold set order_ref = '2', version = 2, last_seq = last_seq + 1`,
      'TIE04',
    ],
    [
      'by taking the amount away',
      (tx: Tx) => tx`update hold set amount_minor = 0, version = 2, last_seq = last_seq + 1`,
      'TIE04',
    ],
    ['by deleting it', (tx: Tx) => tx`delete from hold`, '42501'],
  ])('lets nobody release a hold %s', async (_how, work, code) => {
    const workspace = await charged();

    expect(await refusalOf(workspace, work)).toBe(code);
    expect(await holdsOf(workspace)).toMatchObject([{ state: 'open' }]);
  });

  it.each([
    ['an exception that is not there', { exception_id: crypto.randomUUID() }],
    ['a currency that is not there', { currency: 'XXQ', amount_minor: 1 }],
    ['an event that is not there', { number: 1_000_000, last_seq: 1_000_000 }],
    ['an event before the first', { number: 0, last_seq: 0 }],
  ])('places no hold with %s', async (_what, wrong) => {
    const workspace = await charged();
    const placed = (given: object) =>
      refusalOf(workspace, async (tx) => {
        const said = { action: 'hold.placed', entity: 'hold', entity_id: crypto.randomUUID() };
        const [row] = await tx<{ seq: bigint }[]>`
          select (tieout.audit_append(${workspace.workspaceId}::uuid, array[${JSON.stringify(said)}]))[1] as seq`;
        const seq = Number(row?.seq);
        const fresh = { hold_id: said.entity_id, exception_id: null, number: seq, last_seq: seq, ...given };
        await tx`
          insert into hold (workspace_id, hold_id, number, kind, exception_id, client, amount_minor, currency, reason, placed_at, last_seq)
          select h.workspace_id, n.hold_id, n.number, h.kind, n.exception_id, h.client, n.amount_minor, n.currency, h.reason, now(), n.last_seq
          from hold h
          cross join lateral jsonb_populate_record(h, ${JSON.stringify(fresh)}::text::jsonb) as n`;
        throw new Error('would be placed');
      });

    expect(await placed({})).toContain('would be placed');
    expect(await placed(wrong)).toBe('23503');
  });

  it('shows no hold to another workspace', async () => {
    await charged();
    const other = await seedWorkspace(sql, ['orders-vs-invoices']);

    expect(await holdsOf(other)).toEqual([]);
  });
});

describe('the canonical text of a trigger’s events', () => {
  it('is the one that the code writes', async () => {
    const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    const odd = 'tab\t "quoted" \\ back\u0001 \u007f é 😀 line\n\u2028';
    await putRecords(sql, workspace, [invoice('9', 5n, { fields: { po: odd, client: odd, vendor: odd } })]);
    await runLedger(sql, workspace, { spec: SPEC, cutoffAt: NOW });

    const bodies = await inWorkspace(sql, workspace.workspaceId, async (tx) => [
      ...(await tx<{ body: string }[]>`select body from audit_event where entity = 'hold'`),
    ]);
    const { canonical } = await import('../../../src/core/canonical.ts');
    expect(bodies.length).toBe(1);
    expect(bodies.map(({ body }) => canonical(JSON.parse(body)))).toEqual(bodies.map(({ body }) => body));
  });
});
