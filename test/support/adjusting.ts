import type { MoneySettings, ResolutionCode } from '../../src/core/organisation.ts';
import type { Sql } from '../../src/db/client.ts';
import { newId } from '../../src/db/new-id.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import { claim } from '../../src/pipeline/act/claim.ts';
import {
  aSpec,
  invoice,
  NOW,
  ORGANISATION,
  onlyException,
  order,
  press,
  putRecords,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from './ledger.ts';

export const AT = new Date('2026-11-22T09:30:00.000Z');

const code = (name: string, books: ResolutionCode['books']): ResolutionCode => ({
  code: name,
  label: name,
  types: [],
  note: 'optional',
  amount: 'optional',
  books,
});

/** Ana, an account manager, may book 50.00 dollars alone; finance 1,000.00. */
export const MONEY: MoneySettings = {
  reasonCodes: [
    { code: 'billing_error', label: 'Billing error', uses: [] },
    { code: 'uncollectible', label: 'Uncollectible', uses: ['write_off'] },
  ],
  limits: [
    {
      person: undefined,
      role: 'account_manager',
      upToMinor: 50_00n,
      currency: 'USD',
      books: ['adjustment', 'write_off'],
    },
    {
      person: undefined,
      role: 'finance',
      upToMinor: 1_000_00n,
      currency: 'USD',
      books: ['adjustment', 'write_off'],
    },
  ],
  approvals: { team: 'finance', expireAfterMs: 3_600_000 },
  closedThrough: undefined,
};

export const TERMS = {
  codes: [...ORGANISATION.resolutionCodes, code('adjusted', 'adjustment'), code('lost', 'write_off')],
  money: MONEY,
  zone: 'UTC',
};

/** Fay and Hugo of finance beside the seeded people. */
async function addFinance(sql: Sql, { workspaceId, people }: SeededWorkspace) {
  const added = { fay: newId(), hugo: newId() };
  await inWorkspace(sql, workspaceId, async (tx) => {
    for (const [key, id] of Object.entries(added)) {
      await tx`insert into person (workspace_id, person_id, key, name, email, slack_user_id)
               values (${workspaceId}, ${id}, ${key}, ${key === 'fay' ? 'Fay Lindqvist' : 'Hugo Marchand'},
                 ${`${key}@agency.example`}, ${`U_${key.toUpperCase()}`})`;
      await tx`insert into role_grant (workspace_id, person_id, role) values (${workspaceId}, ${id}, 'finance')`;
    }
  });
  return { ...people, ...added };
}

/** A workspace whose only exception, 180.00 dollars billed for 100.00 ordered in October, Ana has claimed. */
export async function overbilled(sql: Sql): Promise<SeededWorkspace> {
  const seeded = await seedWorkspace(sql, ['orders-vs-invoices']);
  const people = await addFinance(sql, seeded);
  const workspace = { ...seeded, people };
  await putRecords(sql, workspace, [order('1', 100_00n), invoice('1', 180_00n)]);
  await runLedger(sql, workspace, { now: NOW });
  await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
  return workspace;
}

export type EntryOnRecord = {
  readonly number: bigint;
  readonly kind: string;
  readonly code: string;
  readonly reason_code: string;
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly original_period: string;
  readonly booked_period: string;
  readonly client: string | null;
  readonly order_ref: string | null;
  readonly direction: string | null;
  readonly made_by: string;
  readonly approved_by: string | null;
  readonly limit_minor: bigint | null;
};

export const entriesOf = (sql: Sql, { workspaceId }: SeededWorkspace): Promise<EntryOnRecord[]> =>
  inWorkspace(sql, workspaceId, async (tx) => [
    ...(await tx<EntryOnRecord[]>`
      select a.number, a.kind, a.code, a.reason_code, a.amount_minor, a.currency, a.original_period, a.booked_period,
             a.client, a.order_ref, a.direction, m.key as made_by, p.key as approved_by, a.limit_minor
      from adjustment a
      join person m on m.workspace_id = a.workspace_id and m.person_id = a.made_by
      left join person p on p.workspace_id = a.workspace_id and p.person_id = a.approved_by
      order by a.number`),
  ]);

export type ProposalOnRecord = {
  readonly state: string;
  readonly proposed_by: string;
  readonly decided_by: string | null;
  readonly decision_note: string | null;
};

export const proposalsOf = (sql: Sql, { workspaceId }: SeededWorkspace): Promise<ProposalOnRecord[]> =>
  inWorkspace(sql, workspaceId, async (tx) => [
    ...(await tx<ProposalOnRecord[]>`
      select p.state, b.key as proposed_by, d.key as decided_by, p.decision_note
      from proposal p
      join person b on b.workspace_id = p.workspace_id and b.person_id = p.proposed_by
      left join person d on d.workspace_id = p.workspace_id and d.person_id = p.decided_by
      order by p.made_seq`),
  ]);

export const HOLDING_SPEC = aSpec({
  actual: { feed: 'invoices', amount: 'amount', date: 'on', payee: 'vendor' },
  missing: {
    actual: { afterDays: 10, raise: 'missing_invoice', severity: 'manual_review' },
    expected: { afterDays: 0, raise: 'unordered_charge', severity: 'block_payout' },
  },
});

export const CHARGE = invoice('1', 180_00n, { fields: { po: '1', client: 'Acme', vendor: 'Kestrel' } });

/** A workspace whose only exception, a charge nobody ordered, holds its payout. */
export async function onHold(sql: Sql): Promise<SeededWorkspace> {
  const seeded = await seedWorkspace(sql, ['orders-vs-invoices']);
  const people = await addFinance(sql, seeded);
  const workspace = { ...seeded, people };
  await putRecords(sql, workspace, [CHARGE]);
  await runLedger(sql, workspace, { spec: HOLDING_SPEC });
  return workspace;
}

export type HoldOnRecord = {
  readonly hold_id: string;
  readonly number: bigint;
  readonly kind: string;
  readonly state: string;
  readonly released_how: string | null;
  readonly released_by: string | null;
  readonly release_reason: string | null;
  readonly exception_id: string | null;
};

export const holdsOf = (sql: Sql, { workspaceId }: SeededWorkspace): Promise<HoldOnRecord[]> =>
  inWorkspace(sql, workspaceId, async (tx) => [
    ...(await tx<HoldOnRecord[]>`
      select h.hold_id, h.number, h.kind, h.state, h.released_how, r.key as released_by, h.release_reason, h.exception_id
      from hold h
      left join person r on r.workspace_id = h.workspace_id and r.person_id = h.released_by
      order by h.number`),
  ]);

/** The only proposal that stands. */
export async function openProposal(sql: Sql, { workspaceId }: SeededWorkspace): Promise<string> {
  const rows = await inWorkspace(
    sql,
    workspaceId,
    (tx) => tx<{ proposal_id: string }[]>`select proposal_id from proposal where state = 'open'`,
  );
  const [only, ...others] = rows;
  if (!only || others.length > 0) throw new Error(`${rows.length} proposals where one was expected`);
  return only.proposal_id;
}

/** A workspace with so many exceptions like the one of `overbilled`, that nobody has claimed. */
export async function overbilledTimes(sql: Sql, count: number): Promise<SeededWorkspace> {
  const seeded = await seedWorkspace(sql, ['orders-vs-invoices']);
  const workspace = { ...seeded, people: await addFinance(sql, seeded) };
  const orders = Array.from({ length: count }, (_, index) => String(index + 1));
  await putRecords(sql, workspace, [
    ...orders.map((ref) => order(ref, 100_00n)),
    ...orders.map((ref) => invoice(ref, 180_00n)),
  ]);
  await runLedger(sql, workspace, { now: NOW });
  return workspace;
}
