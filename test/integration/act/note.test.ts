import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { historyOf } from '../../../src/db/cards/history.sql.ts';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { keepNote, type NoteInput } from '../../../src/pipeline/act/note.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { testDatabase } from '../../support/database.ts';
import {
  type ExceptionOnRecord,
  onlyException,
  order,
  press,
  putRecords,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

let workspace: SeededWorkspace;
let exception: ExceptionOnRecord;

beforeEach(async () => {
  workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100_00n)]);
  await runLedger(sql, workspace);
  exception = await onlyException(sql, workspace);
});

const note = (changes: Partial<NoteInput> = {}): NoteInput => ({
  workspaceId: workspace.workspaceId,
  personId: workspace.people.ana ?? '',
  exceptionId: exception.exception_id,
  requestKey: 'message 1',
  text: 'The vendor promised a credit',
  isInThread: false,
  ...changes,
});

const history = async () => {
  const { workspaceId } = workspace;
  const { exception_id: exceptionId } = exception;
  const histories = await inWorkspace(sql, workspaceId, (tx) => historyOf(tx, workspaceId, [exceptionId]));
  return histories.get(exceptionId) ?? [];
};

const lines = () =>
  inWorkspace(
    sql,
    workspace.workspaceId,
    (tx) => tx`select payload from outbox where exception_id = ${exception.exception_id} and kind = 'reply'`,
  );

describe('a note', () => {
  it('stands in the history with who kept it, who wrote it and where', async () => {
    const link = 'https://agency.slack.com/archives/C1/p1';
    expect(await keepNote(sql, note({ author: 'Ben Okafor', link }))).toMatchObject({
      ok: true,
      value: { repeated: false },
    });

    expect((await history()).at(-1)).toMatchObject({
      action: 'exception.note',
      actor: { name: 'Ana Ruiz' },
      note: 'The vendor promised a credit',
      author: 'Ben Okafor',
      link,
    });
  });

  it('changes neither status nor version, so a card on the screen stays good', async () => {
    await keepNote(sql, note());

    expect(await onlyException(sql, workspace)).toEqual(exception);
    expect(await claim(sql, press(workspace, 'ben', exception))).toMatchObject({ ok: true });
  });

  it('leaves a trail that explains the record', async () => {
    await keepNote(sql, note());
    await claim(sql, press(workspace, 'ben', exception));
    await keepNote(sql, note({ requestKey: 'message 2' }));

    const { workspaceId } = workspace;
    expect((await verifyAudit(sql, { workspaceId, anchors: [] })).problems).toEqual([]);
  });

  it('is kept once, however often and by whomever the message is brought', async () => {
    const twice = await Promise.all([keepNote(sql, note()), keepNote(sql, note())]);
    const later = await keepNote(sql, note({ personId: workspace.people.ben ?? '' }));

    expect([...twice, later].map((kept) => kept.ok && kept.value.repeated).sort()).toEqual([
      false,
      true,
      true,
    ]);
    expect((await history()).filter(({ action }) => action === 'exception.note')).toHaveLength(1);
  });

  it('becomes a line of the thread, unless it was written there', async () => {
    await keepNote(sql, note({ isInThread: true }));
    expect(await lines()).toEqual([]);

    await keepNote(sql, note({ requestKey: 'message 2' }));
    const seq = (await history()).at(-1)?.seq.toString();
    expect(await lines()).toEqual([{ payload: { seq } }]);
  });

  it('may be kept by everybody who is known, of another team too', async () => {
    expect(await keepNote(sql, note({ personId: workspace.people.guest ?? '' }))).toMatchObject({ ok: true });
  });
});

describe('no note is kept', () => {
  it('for somebody who is switched off, until they are on again', async () => {
    const { workspaceId, people } = workspace;
    const setActive = (isActive: boolean) =>
      inWorkspace(
        sql,
        workspaceId,
        (tx) => tx`update person set is_active = ${isActive} where person_id = ${people.ana ?? ''}`,
      );
    await setActive(false);
    expect(await keepNote(sql, note())).toEqual({ ok: false, refusal: { code: 'inactive_person' } });
    await setActive(true);
    expect(await keepNote(sql, note())).toMatchObject({ ok: true, value: { repeated: false } });
  });

  it('that is longer than a note can be', async () => {
    expect(await keepNote(sql, note({ text: 'x'.repeat(3_001) }))).toEqual({
      ok: false,
      refusal: { code: 'note_too_long', limit: 3_000 },
    });
  });

  it('on an exception of another workspace', async () => {
    const other = await seedWorkspace(sql, ['orders-vs-invoices']);
    const elsewhere = { workspaceId: other.workspaceId, personId: other.people.ana ?? '' };
    expect(await keepNote(sql, note(elsewhere))).toEqual({ ok: false, refusal: { code: 'not_found' } });
  });
});

it('of one message that was refused once is kept once, however many keep it at the same moment', async () => {
  const { workspaceId } = workspace;
  const switchAna = (isActive: boolean) =>
    inWorkspace(
      sql,
      workspaceId,
      (tx) =>
        tx`update person set is_active = ${isActive} where workspace_id = ${workspaceId} and key = 'ana'`,
    );
  await switchAna(false);
  expect(await keepNote(sql, note())).toMatchObject({ ok: false });
  await switchAna(true);

  const answers = await Promise.all(Array.from({ length: 5 }, () => keepNote(sql, note())));

  expect(answers.filter((answer) => answer.ok && !answer.value.repeated)).toHaveLength(1);
  expect((await history()).filter(({ action }) => action === 'exception.note')).toHaveLength(1);
});
