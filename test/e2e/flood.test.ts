import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inWorkspace } from '../../src/db/tx.ts';
import type { Message } from '../../src/local-slack/types.ts';
import { run } from '../../src/pipeline/run/run.ts';
import { testDatabase } from '../support/database.ts';
import { FLOOD, ordersWithoutInvoice } from '../support/flood.ts';
import { aSpec, putRecords } from '../support/ledger.ts';
import {
  CHANNEL,
  pressPayload,
  STORY_ORGANISATION,
  type Story,
  slackId,
  startStory,
  TRANSPORTS,
} from '../support/slack-story.ts';

const databases = { http: await testDatabase(), socket: await testDatabase() };
let story: Story;
const COUNT = 500;

const groupCard = () => {
  const cards = story.slack.messages(CHANNEL);
  const [card] = cards;
  if (!card || cards.length !== 1) throw new Error(`${cards.length} messages where one was expected`);
  return card;
};
const pressGroup = (who: string, actionId: string) =>
  story.slack.press({ as: slackId(who), channel: CHANNEL, ts: groupCard().ts, actionId });
const viewOf = (who: string) => story.slack.openViewOf(slackId(who));
const shownTo = (who: string): string => JSON.stringify(viewOf(who)?.blocks ?? []);
const shows = (who: string, callbackId: string) =>
  story.slack.waitFor(() => viewOf(who)?.callbackId === callbackId, {
    what: `${callbackId} being shown to ${who}`,
    within: 10_000,
  });
const sees = (who: string, part: string) =>
  story.slack.waitFor(() => shownTo(who).includes(part), { what: `${who} seeing "${part}"`, within: 5_000 });
const submit = (who: string, values: Record<string, string | string[]>) =>
  story.slack.as(slackId(who)).submit({ values });
const result = async (who: string): Promise<string> => {
  await story.slack.waitFor(() => /You (claimed|resolved|offered|took over)/.test(shownTo(who)), {
    what: `a result shown to ${who}`,
    within: 15_000,
  });
  return shownTo(who);
};
const closeAll = (who: string) => story.slack.as(slackId(who)).close();
const owners = () =>
  inWorkspace(
    story.sql,
    story.workspace.workspaceId,
    (tx) => tx<{ key: string | null; status: string; count: number }[]>`
      select p.key, e.status, count(*)::integer as count
      from exception e left join person p on p.workspace_id = e.workspace_id and p.person_id = e.owner_id
      group by p.key, e.status order by p.key nulls first, e.status`,
  );
const events = async (action: string): Promise<number> => {
  const rows = await inWorkspace(
    story.sql,
    story.workspace.workspaceId,
    (tx) => tx`select seq from audit_event where action = ${action}`,
  );
  return rows.length;
};

const direct = (who: string) => {
  const message = story.slack.messages(`D_${who.toUpperCase()}`).at(-1);
  if (!message) throw new Error(`${who} got no direct message`);
  return message;
};
const buttonsOf = ({ blocks }: Pick<Message, 'blocks'>) =>
  (blocks ?? []).flatMap((block) => (block.elements ?? []) as { action_id?: string; value?: string }[]);
const answer = (who: string, actionId: string) => {
  const { ts } = direct(who);
  return story.slack.press({ as: slackId(who), channel: `D_${who.toUpperCase()}`, ts, actionId });
};
const told = (who: string, part: string) =>
  story.slack.waitFor(() => story.slack.ephemerals(slackId(who)).at(-1)?.text?.includes(part) === true, {
    what: `${who} being told "${part}"`,
    within: 5_000,
  });

describe.each(TRANSPORTS)('over $transport', ({ transport }) => {
  beforeAll(async () => {
    story = await startStory(databases[transport].url, { transport });
    const { sql, workspace } = story;
    await putRecords(sql, workspace, ordersWithoutInvoice(COUNT));
    await run(sql, {
      workspaceId: workspace.workspaceId,
      spec: aSpec({
        missing: {
          actual: { afterDays: 10, raise: 'missing_invoice', severity: 'manual_review' },
          expected: undefined,
        },
      }),
      organisation: { ...STORY_ORGANISATION, flood: FLOOD },
      mode: 'active',
      cutoffAt: new Date(),
      now: new Date(),
    });
    await story.idle();
  });

  afterAll(async () => {
    await story?.stop();
  });

  test('500 exceptions of one type are one message that says how many, how much, and which are the largest', () => {
    const { text, metadata } = groupCard();
    expect(text).toContain('500 × Missing invoice');
    expect(text).toContain('500 exceptions to settle, $51,247.50 at stake');
    expect(text).toContain('PO-0499');
    expect(metadata).toMatchObject({ event_type: 'tieout_group', event_payload: { revision: 1 } });
  });

  test('the list shows all of them, page by page, and each can be claimed by itself', async () => {
    await pressGroup('ana', 'bulk_list');
    await shows('ana', 'bulk_list');
    await sees('ana', 'Page 1 of 17');
    await story.slack.press({ as: slackId('ana'), actionId: 'bulk_page_1' });
    await sees('ana', 'Page 2 of 17');

    const blockId = (viewOf('ana')?.blocks ?? []).find(({ accessory }) => accessory)?.block_id;
    await story.slack.press({ as: slackId('ana'), actionId: 'details', blockId: String(blockId) });
    await shows('ana', 'details');
    await story.slack.press({ as: slackId('ana'), actionId: 'claim' });
    await sees('ana', 'Claimed by Ana Ruiz');
    await closeAll('ana');
    await closeAll('ana');
    await story.idle();
    expect(groupCard().text).toContain('Claimed: 1');
    expect(groupCard().metadata).toMatchObject({ event_payload: { revision: 2 } });
  });

  test('a filter narrows the list, and a wrong amount is said at its field', async () => {
    await pressGroup('ana', 'bulk_claim');
    await shows('ana', 'bulk_choose');
    await story.slack.press({ as: slackId('ana'), actionId: 'bulk_filter', values: { text: 'acme' } });
    await sees('ana', 'All 249');
    expect(shownTo('ana').includes('Bolt')).toBe(false);
    expect(await submit('ana', { which: 'all', text: 'acme', min: 'much' })).toMatchObject({
      end: 'errors',
      errors: { min: expect.stringContaining('Enter an amount') },
    });
    expect(await submit('ana', { which: 'ticked', text: '', min: '' })).toMatchObject({
      end: 'errors',
      errors: { which: expect.stringContaining('Tick at least one') },
    });
    await closeAll('ana');
  });

  test('what is ticked on one page stays ticked on the next, and only that is claimed', async () => {
    await pressGroup('ben', 'bulk_claim');
    await shows('ben', 'bulk_choose');
    const values = { tick_0_0: ['1001', '1002', '1003'] };
    await story.slack.press({ as: slackId('ben'), actionId: 'bulk_page_1', values });
    await sees('ben', '3 ticked on other pages stay ticked');
    expect(await submit('ben', { which: 'ticked' })).toMatchObject({ end: 'pushed' });
    await sees('ben', 'You become the owner of 3 exceptions');
    await submit('ben', {});
    expect(await result('ben')).toContain('You claimed 3 exceptions, $300.03 at stake.');
    await closeAll('ben');
    expect(viewOf('ben')).toBeUndefined();
  });

  test('two people who claim all of them at once share them; each loser is listed with who has it', async () => {
    for (const who of ['ana', 'ben']) {
      await pressGroup(who, 'bulk_claim');
      await shows(who, 'bulk_choose');
      expect(await submit(who, { which: 'all' })).toMatchObject({ end: 'pushed' });
      await sees(who, 'You become the owner of 496 exceptions');
    }
    await Promise.all([submit('ana', {}), submit('ben', {})]);
    const [ana, ben] = await Promise.all([result('ana'), result('ben')]);

    const rows = await owners();
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(COUNT);
    expect(rows.map(({ status }) => status)).not.toContain('open');
    expect(await events('exception.claim')).toBe(COUNT);
    expect(ana + ben).toContain('already claimed this');
  });

  test('the one message follows', async () => {
    await story.idle();
    expect(groupCard().text).toContain('Claimed: 500');
    expect(groupCard().text).not.toContain('Open:');
  });

  test('a bulk resolution wants what its code needs, at the field, and closes each by itself', async () => {
    const [mine] = (await owners()).filter(({ key }) => key === 'ana');
    await pressGroup('ana', 'bulk_resolve');
    await shows('ana', 'bulk_choose');
    await submit('ana', { which: 'all' });
    await sees('ana', 'will be closed');
    expect(await submit('ana', { code: 'written_off', note: '', evidence: '' })).toMatchObject({
      end: 'errors',
      errors: { note: expect.stringContaining('needs a note') },
    });
    const form = viewOf('ana');
    await submit('ana', { code: 'accepted', note: 'late invoices', evidence: '' });
    expect(await result('ana')).toContain(`You resolved ${mine?.count} exception`);
    expect(await events('exception.resolve')).toBe(mine?.count);
    expect(form?.callbackId).toBe('bulk_confirm');
    await closeAll('ana');
  });

  test('the same form sent again changes nothing and shows the same result', async () => {
    await pressGroup('ben', 'bulk_hand_over');
    await shows('ben', 'bulk_choose');
    await submit('ben', { which: 'all' });
    const values = { person: 'ana', note: 'I am away' };
    const view = viewOf('ben');
    const twin = { viewId: view?.id ?? '', values };
    await Promise.all([submit('ben', values), story.slack.as(slackId('ben')).submit(twin)]);
    await result('ben');
    const [his] = (await owners()).filter(({ key }) => key === 'ben');
    expect(await events('exception.hand_over_offer')).toBe(his?.count);
    await story.idle();
    const offers = story.slack
      .calls()
      .filter(
        ({ method, args }) => method === 'chat.postMessage' && String(args.text).includes('offers you'),
      );
    expect(offers).toHaveLength(1);
    await closeAll('ben');
  });

  test('whoever is offered many accepts them at once, and is told what they are', async () => {
    const [his] = (await owners()).filter(({ key }) => key === 'ben');
    expect(direct('ana').text).toContain(`Ben Okafor offers you ${his?.count} exception`);
    expect(direct('ana').text).toContain('I am away');
    const offer = buttonsOf(direct('ana')).find(({ action_id }) => action_id === 'bulk_accept')?.value ?? '';
    await answer('ana', 'bulk_accept');
    await shows('ana', 'bulk_confirm');
    await sees('ana', `You become the owner of ${his?.count} exception`);
    await submit('ana', {});
    expect(await result('ana')).toContain(`You took over ${his?.count} exception`);
    await closeAll('ana');
    expect((await owners()).map(({ key }) => key)).not.toContain('ben');
    await story.idle();
    expect(direct('ben').text).toContain('Ana Ruiz took over');

    expect(direct('ana').text).toContain(`Ben Okafor offered you ${his?.count} exception`);
    expect(direct('ana').text).toContain(`Accepted: ${his?.count}`);
    expect(buttonsOf(direct('ana'))).toEqual([]);
    await story.slack.forge(pressPayload({ action_id: 'bulk_accept', value: offer }));
    await told('ana', 'This offer stands no longer');
  });

  test('a button of a group that is none, and of somebody who may not, are answered in words', async () => {
    const value = JSON.stringify({ v: 1, group: '01993b1e-0000-7000-8000-000000000000' });
    const { ts } = groupCard();
    await story.slack.press({ as: slackId('ben'), channel: CHANNEL, ts, actionId: 'bulk_list', value });
    await told('ben', 'This group does not exist here any more');
    await story.slack.press({ as: slackId('zoe'), channel: CHANNEL, ts, actionId: 'bulk_list' });
    await told('zoe', 'I do not know you here');
    await pressGroup('guest', 'bulk_resolve');
    await shows('guest', 'bulk_choose');
    await sees('guest', 'Nothing here is yours to resolve');
  });
});
