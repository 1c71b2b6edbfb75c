import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/pipeline/run/run.ts';
import { testDatabase } from '../support/database.ts';
import { invoice, type LedgerRow, order, putRecords, toMatchRecord } from '../support/ledger.ts';
import { exceptionAbout, livePairs, PAIRING_SPEC } from '../support/pairing.ts';
import {
  CHANNEL,
  STORY_ORGANISATION,
  type Story,
  slackId,
  startStory,
  TRANSPORTS,
} from '../support/slack-story.ts';

const databases = { http: await testDatabase(), socket: await testDatabase() };
let story: Story;

const of = (client: string, po: string) => ({ fields: { po, client }, on: '2026-11-02' });
const ordered = (name: string, minor: bigint): LedgerRow =>
  order(`PO-${name}`, minor, of(name, `PO-${name}`));
const billed = (ref: string, minor: bigint, client: string, po = ref): LedgerRow =>
  invoice(ref, minor, of(client, po));

/** Takes the records in and runs them; everything is posted then. */
async function arrive(...rows: LedgerRow[]): Promise<void> {
  const { sql, workspace } = story;
  await putRecords(sql, workspace, rows);
  const now = new Date('2026-11-22T06:00:00Z');
  await run(sql, {
    workspaceId: workspace.workspaceId,
    spec: PAIRING_SPEC,
    organisation: STORY_ORGANISATION,
    mode: 'active',
    cutoffAt: now,
    now,
  });
  await story.idle();
}

const exceptionOf = (row: LedgerRow) => exceptionAbout(story.sql, story.workspace, row);
const idOf = async (row: LedgerRow): Promise<string> => (await exceptionOf(row)).exception_id;
const recordId = (row: LedgerRow): string => toMatchRecord(row).recordId;

function cardOf(exceptionId: string) {
  const card = story.slack
    .messages(CHANNEL)
    .find((message) => message.metadata?.event_payload.exception_id === exceptionId);
  if (!card) throw new Error(`no card of ${exceptionId}`);
  return card;
}

async function press(who: string, actionId: string, exceptionId: string): Promise<void> {
  await story.slack.press({ as: slackId(who), channel: CHANNEL, ts: cardOf(exceptionId).ts, actionId });
  await story.idle();
}

const viewOf = (who: string) => story.slack.openViewOf(slackId(who));
const shown = (who: string): string => JSON.stringify(viewOf(who)?.blocks ?? []);

/** Opens Details and presses a button there; what opens stands over them. */
async function inDetails(who: string, actionId: string, exceptionId: string, opens = actionId) {
  await press(who, 'details', exceptionId);
  await story.slack.waitFor(() => viewOf(who)?.callbackId === 'details', { what: 'the details' });
  await story.slack.press({ as: slackId(who), actionId });
  await story.slack.waitFor(() => viewOf(who)?.callbackId === opens, { what: `the form ${opens}` });
}

const submit = async (who: string, values: Record<string, string | string[]>) => {
  const submitted = await story.slack.as(slackId(who)).submit({ values });
  await story.idle();
  return submitted;
};

const lastReply = (exceptionId: string): string | undefined =>
  story.slack.messages(CHANNEL).findLast((message) => message.threadTs === cardOf(exceptionId).ts)?.text;

describe.each(TRANSPORTS)('over $transport', ({ transport }) => {
  beforeAll(async () => {
    story = await startStory(databases[transport].url, { transport, spec: PAIRING_SPEC });
  });

  afterEach(async () => {
    for (const who of ['ana', 'ben'])
      if (viewOf(who)) await story.slack.as(slackId(who)).close({ all: true });
  });

  afterAll(async () => {
    await story?.stop();
  });

  test('what is near is picked, shown with what it comes to, and matched once that is confirmed', async () => {
    const [own, near, far] = [
      ordered('NEAR', 10_000n),
      billed('B-NEAR', 9_800n, 'NEAR'),
      billed('B-FAR', 5n, 'FAR'),
    ];
    await arrive(own, near, far);
    const id = await idOf(own);
    await press('ana', 'claim', id);
    await inDetails('ana', 'match', id);
    expect(shown('ana')).toContain('without a partner too, and near');
    expect(shown('ana')).not.toContain(recordId(far));

    await submit('ana', { with: [recordId(near)] });
    expect(viewOf('ana')?.callbackId).toBe('match_confirm');
    expect(shown('ana')).toContain('They differ by $2.00.');
    expect(shown('ana')).toContain('The rules raise: Amount differs (Needs review).');
    expect(await livePairs(story.sql, story.workspace)).not.toContain('by hand: O-PO-NEAR + B-NEAR');

    const other = await exceptionOf(near);
    await submit('ana', { code: 'accepted', residual: 'stays', note: 'agency fee missing' });
    expect(viewOf('ana')?.callbackId).toBe('tell');
    expect(shown('ana')).toContain('is claimed now.');
    expect(shown('ana')).toContain(`EX-${other.number} was cleared.`);
    expect(await livePairs(story.sql, story.workspace)).toContain('by hand: O-PO-NEAR + I-B-NEAR');
    expect(await story.factsOf(id)).toMatchObject({
      status: 'claimed',
      expected: { minor: 10_000n },
      actual: { minor: 9_800n },
    });
    expect(await story.factsOf(other.exception_id)).toMatchObject({ status: 'cleared' });
    expect(cardOf(id).text).toContain('Claimed by Ana Ruiz');
    expect(lastReply(id)).toContain('Ana Ruiz matched it by hand with');
    expect(await story.auditOf(id, 'exception.match')).toBe(1);

    // The details below were brought up to date meanwhile.
    await story.slack.as(slackId('ana')).close();
    await story.slack.waitFor(() => shown('ana').includes('matched them by hand'), { what: 'the details' });
  });

  test('what a form over the details did is shown by them when it closes', async () => {
    const own = ordered('BELOW', 7_000n);
    await arrive(own);
    const id = await idOf(own);
    await press('ana', 'claim', id);
    await inDetails('ana', 'resolve', id);
    await submit('ana', { code: 'accepted', note: 'agreed' });
    await story.slack.waitFor(() => shown('ana').includes('Resolved as'), { what: 'the details anew' });
    expect(viewOf('ana')?.callbackId).toBe('details');
  });

  test('a difference that the reason settles resolves it; nothing chosen, nobody’s reference and no reason are said at their field', async () => {
    const [own, other] = [ordered('GAP', 50_000n), billed('B-GAP', 40_000n, 'ELSE')];
    await arrive(own, other);
    const id = await idOf(own);
    await press('ana', 'claim', id);
    await inDetails('ana', 'match', id);
    // Nothing is near: the only way is to search.
    const menu = { actionId: 'value', blockId: 'search' };
    const { suggestions } = await story.slack.as(slackId('ana')).suggest({ ...menu, query: 'b-gap' });
    expect(suggestions.map(({ value }) => value)).toEqual([recordId(other)]);
    expect((await story.slack.as(slackId('ana')).suggest({ ...menu, query: 'zz-none' })).suggestions).toEqual(
      [],
    );
    expect(
      await story.slack.as(slackId('ana')).submit({ values: { search: [] }, unchecked: true }),
    ).toMatchObject({ end: 'errors', errors: { search: expect.stringContaining('at least one document') } });

    await submit('ana', { search: [recordId(other)] });
    expect(shown('ana')).toContain('They differ by $100.00.');
    expect(await submit('ana', { code: 'written_off', residual: 'explained' })).toMatchObject({
      end: 'errors',
      errors: { note: expect.any(String) },
    });
    await submit('ana', { code: 'written_off', residual: 'explained', note: 'goodwill' });
    expect(await story.factsOf(id)).toMatchObject({ status: 'resolved', resolutionCode: 'written_off' });
    expect(shown('ana')).toContain('is resolved now.');
  });

  test('what fits is resolved with the reason, and who else had it is told that it goes', async () => {
    const [own, taken, fits] = [
      ordered('FIT', 700n),
      ordered('HAD', 700n),
      billed('B-HAD', 700n, 'FIT', 'PO-HAD'),
    ];
    await arrive(own, taken, fits);
    expect(await livePairs(story.sql, story.workspace)).toContain('po: O-PO-HAD + I-B-HAD');
    const id = await idOf(own);
    await press('ana', 'claim', id);
    await inDetails('ana', 'match', id);
    await submit('ana', { search: [recordId(fits)] });
    expect(shown('ana')).toContain('The rules object to nothing');
    expect(shown('ana')).toContain('takes O-PO-HAD out of another match');
    await submit('ana', { code: 'accepted' });
    expect(await story.factsOf(id)).toMatchObject({ status: 'resolved' });
    expect(await exceptionOf(taken)).toMatchObject({ status: 'open', type: 'missing_invoice' });
    expect(shown('ana')).toContain('was opened.');
  });

  test('what keys paired is taken apart for a reason, and stays apart', async () => {
    const [own, wrong] = [ordered('SPLIT', 900n), billed('B-SPLIT', 800n, 'SPLIT', 'PO-SPLIT')];
    await arrive(own, wrong);
    const id = await idOf(own);
    await press('ana', 'claim', id);
    await inDetails('ana', 'unmatch', id);
    expect(shown('ana')).toContain('Matched with each other now');
    expect(await submit('ana', { reason: '  ' })).toMatchObject({
      end: 'errors',
      errors: { reason: expect.stringContaining('Say why') },
    });
    await submit('ana', { reason: 'another job' });
    expect(viewOf('ana')?.callbackId).toBe('tell');
    await arrive();
    expect((await livePairs(story.sql, story.workspace)).join()).not.toContain('SPLIT');
    expect(await story.auditOf(id, 'exception.unmatch')).toBe(1);
  });

  test('two that never belong together are refused by name afterwards, until they are allowed again', async () => {
    const [own, other] = [ordered('NEVER', 1_000n), billed('B-NEVER', 990n, 'NEVER')];
    await arrive(own, other);
    const id = await idOf(own);
    await press('ana', 'claim', id);
    await inDetails('ana', 'never', id);
    await submit('ana', { with: [recordId(other)], reason: 'their sister company' });
    expect(viewOf('ana')?.callbackId).toBe('tell');
    await story.slack.as(slackId('ana')).close({ all: true });
    expect(lastReply(id)).toContain('B-NEVER');

    await inDetails('ana', 'match', id);
    expect(shown('ana')).not.toContain(recordId(other));
    const refused = await submit('ana', { search: [recordId(other)] });
    expect(refused).toMatchObject({
      end: 'errors',
      errors: { search: expect.stringContaining('never belongs') },
    });
    // At a field Slack shows plain text.
    expect(refused).toMatchObject({ errors: { search: expect.not.stringContaining('<!date') } });
    await story.slack.as(slackId('ana')).close({ all: true });

    await inDetails('ana', 'lift', id);
    await submit('ana', { with: [recordId(other)], reason: 'it was them after all' });
    await story.slack.as(slackId('ana')).close({ all: true });
    await inDetails('ana', 'match', id);
    expect(shown('ana')).toContain(recordId(other));
  });

  test('nobody but its owner decides about it, and a card that is old changes nothing', async () => {
    const [own, other] = [ordered('OWNER', 1_000n), billed('B-OWNER', 1_000n, 'OWNER')];
    await arrive(own, other);
    const id = await idOf(own);
    await press('ana', 'claim', id);
    await press('ben', 'details', id);
    await story.slack.waitFor(() => viewOf('ben')?.callbackId === 'details', { what: 'the details' });
    await story.slack.press({ as: slackId('ben'), actionId: 'match' });
    await story.slack.waitFor(
      () => story.slack.messages('D_BEN').at(-1)?.text.includes('Ana Ruiz already claimed'),
      { what: 'who has it' },
    );

    await inDetails('ana', 'match', id);
    await submit('ana', { with: [recordId(other)] });
    // Meanwhile she gives it back in another window.
    await press('ana', 'unclaim', id);
    await submit('ana', { code: 'accepted' });
    expect(await story.factsOf(id)).toMatchObject({ status: 'open' });
    expect(await livePairs(story.sql, story.workspace)).not.toContain('by hand: O-PO-OWNER + I-B-OWNER');
  });
});
