import fc from 'fast-check';
import { describe, it } from 'vitest';
import { DEFAULT_POLICY } from '../../../src/core/intake/policy.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { testDatabase } from '../../support/database.ts';
import { REVISED, type Workspace, workspace } from './setup.ts';

const database = await testDatabase();
let count = 0;
function place(): Promise<Workspace> {
  count += 1;
  return workspace(database, `replay ${count}`);
}

/** A source that restates, takes back, and sometimes writes what nobody can read; nothing of it waits for a person. */
const CONTRACT = {
  ...REVISED,
  removed: { column: 'memo', test: 'equals', text: 'gone' } as const,
  intake: { ...DEFAULT_POLICY, breaking: 'quarantine' as const },
};
const HEADER = 'order_id,amount,currency,order_date,memo,revision\n';

type Kind = 'kept' | 'gone' | 'unreadable';
type Row = { readonly key: string; readonly revision: number };
/** What a source says in a revision of a record is the same whenever it says so. */
type Source = {
  readonly kinds: readonly (readonly Kind[])[];
  readonly deliveries: readonly (readonly Row[])[];
};

const KEYS = ['A', 'B', 'C'];
const REVISIONS = 4;
const source: fc.Arbitrary<Source> = fc.record({
  kinds: fc.array(
    fc.array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constant<Kind>('kept') },
        { weight: 2, arbitrary: fc.constant<Kind>('gone') },
        { weight: 1, arbitrary: fc.constant<Kind>('unreadable') },
      ),
      { minLength: REVISIONS, maxLength: REVISIONS },
    ),
    { minLength: KEYS.length, maxLength: KEYS.length },
  ),
  deliveries: fc.array(
    fc.array(fc.record({ key: fc.constantFrom(...KEYS), revision: fc.nat(REVISIONS - 1) }), {
      minLength: 1,
      maxLength: 5,
    }),
    { minLength: 2, maxLength: 4 },
  ),
});

const kindOf = ({ kinds }: Source, { key, revision }: Row): Kind =>
  kinds[KEYS.indexOf(key)]?.[revision] ?? 'kept';

const fileOf = (given: Source, rows: readonly Row[]): string =>
  HEADER +
  rows
    .map((row) => {
      const kind = kindOf(given, row);
      const amount = kind === 'unreadable' ? 'x' : `${row.revision + 1}.00`;
      return `${row.key},${amount},USD,2026-01-05,${kind === 'gone' ? 'gone' : ''},${row.revision}\n`;
    })
    .join('');

/** What must stand: of each record the highest revision that can be read, unless that took it back. */
const standing = (given: Source): readonly string[] =>
  KEYS.flatMap((key) => {
    const readable = given.deliveries
      .flat()
      .filter((row) => row.key === key && kindOf(given, row) !== 'unreadable')
      .sort((one, other) => other.revision - one.revision);
    const [latest] = readable;
    return latest === undefined || kindOf(given, latest) === 'gone'
      ? []
      : [`${key}=${latest.revision + 1}00`];
  });

const query = <T extends object>({ sql, workspaceId }: Workspace, text: string): Promise<readonly T[]> =>
  inWorkspace(sql, workspaceId, async (tx) => [...(await tx.unsafe<T[]>(text))]);

const live = async (at: Workspace): Promise<readonly string[]> =>
  (
    await query<{ text: string }>(
      at,
      `select source_ref || '=' || amount_minor as text from record where not is_removed order by 1`,
    )
  ).map(({ text }) => text);

/** Everything that a delivery writes. */
const everything = (at: Workspace): Promise<readonly object[]> =>
  query(
    at,
    `select (select json_agg(r order by r.record_id) from record r)::text as records,
            (select json_agg(v order by v.record_id, v.version) from record_version v)::text as versions,
            (select json_agg(q order by q.delivery_id, q.line) from quarantined_row q)::text as quarantined,
            (select json_agg(t order by t.delivery_id, t.line) from settled_row t)::text as settled,
            (select json_agg(d order by d.delivery_id) from delivery d)::text as deliveries,
            (select count(*)::integer from audit_event) as events, (select count(*)::integer from outbox) as messages`,
  );

describe('deliveries', () => {
  it('in any order come to the same records', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(source, fc.infiniteStream(fc.nat(1_000)), async (given, chances) => {
        const shuffled = given.deliveries
          .map((rows) => ({ rows, at: chances.next().value as number }))
          .sort((one, other) => one.at - other.at);
        const at = await place();
        for (const { rows } of shuffled) await at.deliver(fileOf(given, rows), CONTRACT);
        const found = await live(at);
        const { problems } = await verifyAudit(at.sql, { workspaceId: at.workspaceId, anchors: [] });
        await at.sql.end();
        if (problems.length > 0) throw new Error(JSON.stringify(problems));
        if (JSON.stringify(found) !== JSON.stringify(standing(given)))
          throw new Error(`${found.join()} stands, and ${standing(given).join()} should`);
      }),
      { numRuns: 25 },
    );
  });

  it('delivered again, in any order and any number of times, change nothing at all', {
    timeout: 300_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(source, fc.array(fc.nat(3), { minLength: 1, maxLength: 8 }), async (given, again) => {
        const at = await place();
        const files = given.deliveries.map((rows) => fileOf(given, rows));
        for (const file of files) await at.deliver(file, CONTRACT);
        const before = await everything(at);
        for (const index of again) await at.deliver(files[index % files.length] ?? '', CONTRACT);
        if (JSON.stringify(await everything(at)) !== JSON.stringify(before))
          throw new Error('something changed');
      }),
      { numRuns: 15 },
    );
  });
});
