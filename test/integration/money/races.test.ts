import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { newId } from '../../../src/db/new-id.ts';
import { approve } from '../../../src/pipeline/act/approve.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { approveProposal, rejectProposal } from '../../../src/pipeline/act/decide-four-eyes.ts';
import { proposeRelease } from '../../../src/pipeline/act/propose-release.ts';
import { reject } from '../../../src/pipeline/act/reject.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { reverse } from '../../../src/pipeline/act/reverse.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import {
  AT,
  entriesOf,
  holdsOf,
  MONEY,
  onHold,
  openProposal,
  overbilled,
  overbilledTimes,
  proposalsOf,
  TERMS,
} from '../../support/adjusting.ts';
import { testDatabase } from '../../support/database.ts';
import {
  type ExceptionOnRecord,
  exceptionsOf,
  onlyException,
  press,
  type SeededWorkspace,
} from '../../support/ledger.ts';

/** `npm run torture:races` asks for a thousand. */
const RACES = Number(process.env.TIEOUT_RACES ?? 12);

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

/** Eighty dollars, above the limit of Ana, who proposes it. */
async function propose(workspace: SeededWorkspace, exception: ExceptionOnRecord): Promise<ExceptionOnRecord> {
  await claim(sql, press(workspace, 'ana', exception));
  const claimed = { ...exception, version: exception.version + 1 };
  const said = { code: 'adjusted', note: '', amount: '80', reason: 'billing_error' };
  await resolve(sql, { ...press(workspace, 'ana', claimed), ...said }, { ...TERMS, now: AT });
  return { ...claimed, version: claimed.version + 1 };
}

/** Two approve and the proposer takes it back, at once. Which of them went through. */
async function race(workspace: SeededWorkspace, exception: ExceptionOnRecord) {
  const terms = { zone: 'UTC', now: AT };
  const answers = await Promise.all([
    approve(sql, press(workspace, 'fay', exception), terms),
    approve(sql, press(workspace, 'hugo', exception), terms),
    reject(sql, { ...press(workspace, 'ana', exception), reason: 'typed wrongly' }, AT),
  ]);
  const won = answers.flatMap(({ ok }, index) => (ok ? [['fay', 'hugo', 'ana'][index] ?? ''] : []));
  const told = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal.code]));
  return { number: exception.number, won, told };
}

describe('two approvers and a proposer at once', () => {
  it('come to exactly one outcome each time, and the others are told', async () => {
    const workspace = await overbilledTimes(sql, RACES);
    const raced: Awaited<ReturnType<typeof race>>[] = [];
    for (const exception of await exceptionsOf(sql, workspace)) {
      raced.push(await race(workspace, await propose(workspace, exception)));
    }

    expect(raced).toHaveLength(RACES);
    expect(raced.filter(({ won, told }) => won.length !== 1 || told.length !== 2)).toEqual([]);
    const withdrawn = raced.filter(({ won }) => won[0] === 'ana').length;
    const entries = await entriesOf(sql, workspace);
    const proposals = await proposalsOf(sql, workspace);
    const after = await exceptionsOf(sql, workspace);
    expect(entries).toHaveLength(RACES - withdrawn);
    expect(after.filter(({ status }) => status === 'resolved')).toHaveLength(RACES - withdrawn);
    expect(after.filter(({ status }) => status === 'claimed')).toHaveLength(withdrawn);
    expect(proposals.filter(({ state }) => state === 'withdrawn')).toHaveLength(withdrawn);
    expect(proposals.filter(({ state }) => state === 'approved')).toHaveLength(RACES - withdrawn);
    const { problems } = await verifyAudit(sql, { workspaceId: workspace.workspaceId, anchors: [] });
    expect(problems).toEqual([]);
  }, 900_000);

  it('release a payment at most once', async () => {
    const workspace = await onHold(sql);
    const asking = (who: string) => ({
      workspaceId: workspace.workspaceId,
      personId: workspace.people[who] ?? who,
      requestKey: newId(),
    });
    const [hold] = await holdsOf(sql, workspace);
    const about = { hold: hold?.hold_id ?? '', reason: 'other', note: 'agreed', evidence: undefined };
    const money = { ...MONEY, reasonCodes: [] };
    await proposeRelease(sql, { ...asking('fay'), ...about }, { money, now: AT });
    const proposalId = await openProposal(sql, workspace);

    const answers = await Promise.all([
      approveProposal(sql, { ...asking('hugo'), proposalId }, { zone: 'UTC', now: AT }),
      approveProposal(sql, { ...asking('olga'), proposalId }, { zone: 'UTC', now: AT }),
      rejectProposal(sql, { ...asking('fay'), proposalId, reason: 'mistaken' }, { now: AT }),
    ]);

    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const isReleased = !answers[2].ok;
    expect(await holdsOf(sql, workspace)).toMatchObject([{ state: isReleased ? 'released' : 'open' }]);
  });
});

describe('two people who ask for the same thing at once', () => {
  it('are told who was faster: of one hold', async () => {
    const workspace = await onHold(sql);
    const [hold] = await holdsOf(sql, workspace);
    const about = { hold: hold?.hold_id ?? '', reason: 'other', note: 'agreed', evidence: undefined };
    const asked = (who: string) =>
      proposeRelease(
        sql,
        {
          workspaceId: workspace.workspaceId,
          personId: workspace.people[who] ?? who,
          requestKey: newId(),
          ...about,
        },
        { money: { ...MONEY, reasonCodes: [] }, now: AT },
      );

    const answers = await Promise.all([asked('fay'), asked('hugo'), asked('fay'), asked('hugo')]);

    const told = answers.map((answer) => (answer.ok ? 'asked' : answer.refusal.code)).sort();
    expect(told).toEqual(['already_asked', 'already_asked', 'already_asked', 'asked']);
    expect(await proposalsOf(sql, workspace)).toHaveLength(1);
  });

  it('are told who was faster: of one entry', async () => {
    const workspace = await overbilled(sql);
    const said = { code: 'adjusted', note: '', amount: '40', reason: 'billing_error' };
    await resolve(
      sql,
      { ...press(workspace, 'ana', await onlyException(sql, workspace)), ...said },
      { ...TERMS, now: AT },
    );
    const [entry] = await entriesOf(sql, workspace);
    const reversed = (who: string) =>
      reverse(
        sql,
        {
          workspaceId: workspace.workspaceId,
          personId: workspace.people[who] ?? who,
          requestKey: newId(),
          entry: entry?.number ?? 0n,
          reason: 'billing_error',
          note: 'booked twice',
        },
        { money: MONEY, zone: 'UTC', now: AT },
      );

    const answers = await Promise.all([reversed('fay'), reversed('hugo'), reversed('fay'), reversed('hugo')]);

    const told = answers.map((answer) => (answer.ok ? 'reversed' : answer.refusal.code)).sort();
    expect(told).toEqual(['entry_reversed', 'entry_reversed', 'entry_reversed', 'reversed']);
    expect(await entriesOf(sql, workspace)).toHaveLength(2);
  });
});
