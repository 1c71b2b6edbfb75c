import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repeatableRandom } from '../../../src/core/score/random.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { testDatabase } from '../../support/database.ts';
import { REVISED, type Workspace, workspace } from './setup.ts';

const database = await testDatabase();
const HEADER = 'order_id,amount,currency,order_date,memo,revision\n';

type Kind = 'plain' | 'refused' | 'repeated' | 'corrected';

/** A file of these kinds of row in some order, one in `every` rows; wide enough that many of one kind do not wait in memory. */
function fileOf(
  kinds: readonly Kind[],
  { seed, rows, every = 50 }: { seed: number; rows: number; every?: number },
): string {
  const random = repeatableRandom(seed);
  const filler = 'm'.repeat(4_000);
  const line = (key: number, amount: string, revision: number): string =>
    `A-${key},${amount},USD,2026-01-05,${filler},${revision}\n`;
  let text = HEADER;
  for (let key = 0; key < rows; key += 1) {
    const kind = key % every === 0 ? (kinds[Math.floor(random() * kinds.length)] ?? 'plain') : 'plain';
    const bad = kind === 'refused' || kind === 'corrected';
    text += line(key, bad ? 'ten' : `${key}.00`, 1);
    if (kind === 'repeated') text += line(key, '7.00', Math.floor(random() * 3));
    if (kind === 'corrected') text += line(key, '8.00', 2);
  }
  return text;
}

/** What a delivery left: everything but the ids. */
async function left({ sql, workspaceId }: Workspace): Promise<unknown> {
  return inWorkspace(sql, workspaceId, async (tx) => ({
    records: [
      ...(await tx`
        select r.source_ref, r.version, r.revision, encode(r.content_hash, 'hex') as hash, r.amount_minor::text as amount, r.line
        from record r order by r.source_ref collate "C"`),
    ],
    quarantined: [
      ...(await tx`
        select q.line, q.reason, q.field, q.source_ref, s.how
        from quarantined_row q
        left join settled_row s using (workspace_id, delivery_id, line)
        order by q.line`),
    ],
  }));
}

describe('the first delivery of a feed', () => {
  const opened: Workspace[] = [];
  let count = 0;
  const place = async (): Promise<Workspace> => {
    count += 1;
    const made = await workspace(database, `first ${count}`);
    opened.push(made);
    return made;
  };
  let compared: Workspace;
  beforeAll(async () => {
    compared = await place();
    // A delivery before it, though an empty one: the next is compared with what is on record.
    await compared.deliver(HEADER, REVISED);
  });
  afterAll(async () => {
    await Promise.all(opened.map(({ sql }) => sql.end()));
  });

  it('keeps every refused row, and every record between them, however many there are', async () => {
    const made = await place();
    const text = fileOf(['refused'], { seed: 1, rows: 4_000, every: 2 });
    const report = await made.deliver(text, REVISED);
    const [kept] = await inWorkspace(
      made.sql,
      made.workspaceId,
      (tx) => tx`
        select (select count(*)::integer from quarantined_row where line % 2 = 0) as refused,
               (select count(*)::integer from record where line % 2 = 1) as records`,
    );
    expect(report).toMatchObject({ rowsNew: 2_000, rowsQuarantined: 2_000 });
    expect(kept).toEqual({ refused: 2_000, records: 2_000 });
  });

  it.each<{ kinds: readonly Kind[] }>([
    { kinds: ['plain'] },
    { kinds: ['refused', 'plain'] },
    { kinds: ['corrected', 'refused', 'plain'] },
    { kinds: ['repeated', 'corrected', 'refused', 'plain'] },
  ])('leaves what comparing all its rows first would leave: $kinds', async ({ kinds }) => {
    const text = fileOf(kinds, { seed: kinds.length, rows: 4_000 });
    const [first, later] = [await place(), await place()];
    await later.deliver(HEADER, REVISED);
    const asFirst = await first.deliver(text, REVISED);
    const asLater = await later.deliver(text, REVISED);
    const counts = ({ deliveryId: _, warnings: __, ...report }: typeof asFirst) => report;
    expect(counts(asFirst)).toEqual(counts(asLater));
    expect(await left(first)).toEqual(await left(later));
    expect(asFirst.rowsNew).toBeGreaterThan(3_900);
  });

  it('of which nearly every row is refused leaves to be done what no row below it corrects', async () => {
    const made = await place();
    const text = fileOf(['refused', 'corrected'], { seed: 3, rows: 1_000, every: 1 });
    const report = await made.deliver(text, REVISED);
    const [settled] = await inWorkspace(
      made.sql,
      made.workspaceId,
      (tx) => tx`select count(*)::integer as count, min(how) as how, max(how) as "also" from settled_row`,
    );
    expect(report).toMatchObject({ status: 'accepted', rowsQuarantined: 1_000 });
    expect(report.rowsNew).toBeGreaterThan(400);
    expect(settled).toEqual({ count: report.rowsNew, how: 'superseded', also: 'superseded' });
  });

  it('of which every row is refused leaves no record', async () => {
    const first = await place();
    const report = await first.deliver(
      `${HEADER}A-1,x,USD,2026-01-05,,1\nA-2,y,USD,2026-01-05,,1\n`,
      REVISED,
    );
    expect(report).toMatchObject({ status: 'quarantined', rowsNew: 0, rowsQuarantined: 2 });
    expect(await first.records(REVISED)).toEqual([]);
  });

  it('whose last row is cut off leaves no record, though the rows before it were read', async () => {
    const first = await place();
    const text = fileOf(['plain'], { seed: 1, rows: 4_000 });
    const report = await first.deliver(text.slice(0, -3), REVISED);
    expect(report).toMatchObject({ status: 'quarantined', rowsNew: 0 });
    expect(await first.records(REVISED)).toEqual([]);
  });

  it('that breaks off near its end leaves no record, though most of it was read', async () => {
    const first = await place();
    const packed = gzipSync(fileOf(['plain'], { seed: 1, rows: 6_000 }), { level: 1 });
    const report = await first.deliver(packed.subarray(0, -20), REVISED);
    expect(report).toMatchObject({ status: 'quarantined', rowsNew: 0 });
    expect(await first.records(REVISED)).toEqual([]);
  });
});
