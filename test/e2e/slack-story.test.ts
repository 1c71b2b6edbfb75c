import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { putRecords } from '../support/ledger.ts';
import {
  CHANNEL,
  pointerTo,
  pressPayload,
  SIGNING_SECRET,
  type Story,
  slackId,
  startStory,
  TRANSPORTS,
} from '../support/slack-story.ts';

const databases = { http: await testDatabase(), socket: await testDatabase() };
let story: Story;

/** The card of an exception as it stands in the channel now. */
function cardOf(exceptionId: string) {
  const cards = story.slack
    .messages(CHANNEL)
    .filter((message) => message.metadata?.event_payload.exception_id === exceptionId);
  expect(cards).toHaveLength(1);
  const [card] = cards;
  if (!card) throw new Error(`no card of ${exceptionId}`);
  return card;
}

async function posted(order: string): Promise<string> {
  const [id] = await story.open(order);
  await story.idle();
  if (id === undefined) throw new Error(`no exception of ${order}`);
  return id;
}

const press = (who: string, actionId: string, exceptionId: string, value?: string) =>
  story.slack.press({
    as: slackId(who),
    channel: CHANNEL,
    ts: cardOf(exceptionId).ts,
    actionId,
    ...(value === undefined ? {} : { value }),
  });

const lastTold = (who: string): string => story.slack.ephemerals(slackId(who)).at(-1)?.text ?? '';

/** The words come after the acknowledgement. */
const told = (who: string, part: string) =>
  story.slack.waitFor(() => lastTold(who).includes(part), { what: `${who} being told "${part}"` });

const repliesTo = (ts: string) => story.slack.messages(CHANNEL).filter((message) => message.threadTs === ts);
const textsOf = (exceptionId: string) => repliesTo(cardOf(exceptionId).ts).map((message) => message.text);

describe.each(TRANSPORTS)('over $transport', ({ transport, foreign, impossible }) => {
  beforeAll(async () => {
    story = await startStory(databases[transport].url, { transport });
  });

  afterAll(async () => {
    await story?.stop();
  });

  test('an exception is posted, claimed, refused to others, resolved with an inline error first, and keeps its history', async () => {
    const id = await posted('PO-STORY');
    const card = cardOf(id);
    expect(card.text).toContain('PO-STORY');
    expect(card.text).toContain('$1,000.00');
    expect(card.text).toContain('$1,100.00');
    expect(card.text).toContain('$100.00 more than expected');
    expect(JSON.stringify(card.blocks)).not.toContain('<!channel>');

    expect(await press('ana', 'claim', id)).toMatchObject({ status: 200 });
    await story.idle();
    expect(cardOf(id).text).toContain('Claimed by Ana Ruiz');
    expect(
      (
        await story.slack.forge(
          pressPayload({ action_id: 'claim', value: pointerTo(id, 1) }, { user: 'ben' }),
        )
      ).status,
    ).toBe(200);
    await told('ben', 'Ana Ruiz already claimed this, <!date^');

    await press('ben', 'resolve', id);
    expect(story.slack.openViewOf(slackId('ben'))).toBeUndefined();
    await told('ben', 'Ana Ruiz already claimed this');

    await press('ana', 'resolve', id);
    const view = story.slack.openViewOf(slackId('ana'));
    expect(view?.blocks.map((block) => block.block_id)).toEqual(
      expect.arrayContaining(['code', 'note', 'amount']),
    );
    const ana = story.slack.as(slackId('ana'));
    expect(await ana.submit({ values: { code: 'written_off', note: ' ', amount: '100.00' } })).toMatchObject({
      end: 'errors',
      errors: { note: expect.stringContaining('needs a note') },
    });
    expect(
      await ana.submit({ values: { code: 'written_off', note: 'Agreed with Acme', amount: '1e3' } }),
    ).toMatchObject({
      errors: { amount: expect.stringContaining('cannot be read') },
    });
    const done = await ana.submit({
      values: { code: 'written_off', note: 'Agreed with Acme', amount: '100.00' },
    });
    expect(done).toMatchObject({ status: 200, body: '' });
    await story.idle();

    expect(await story.factsOf(id)).toMatchObject({ status: 'resolved', resolutionCode: 'written_off' });
    expect(cardOf(id).text).toContain('Resolved as Written off by Ana Ruiz');
    expect(textsOf(id)).toEqual([
      expect.stringContaining('Ana Ruiz claimed it'),
      expect.stringContaining('Ana Ruiz resolved it as Written off, $100.00 (“Agreed with Acme”)'),
    ]);

    await press('ben', 'details', id);
    expect(JSON.stringify(story.slack.openViewOf(slackId('ben'))?.blocks)).toContain('Agreed with Acme');
  });

  test('the details of many documents are read page by page', async () => {
    const lines = Array.from({ length: 60 }, (_, index) => ({
      ref: `actual-MANY-${String(index).padStart(2, '0')}`,
      side: 'actual' as const,
      amountMinor: 100n,
      currency: 'USD',
      on: '2026-11-01',
      fields: { po: 'PO-MANY', line: String(index) },
    }));
    await putRecords(story.sql, story.workspace, lines);
    const id = await posted('PO-MANY');
    await press('ben', 'details', id);
    const shown = () => JSON.stringify(story.slack.openViewOf(slackId('ben'))?.blocks);
    expect(shown()).toContain('Page 1 of 2');
    expect(shown()).toContain('actual-MANY-00');
    expect(shown()).not.toContain('actual-MANY-59');
    await story.slack.press({ as: slackId('ben'), actionId: 'details_page_1' });
    expect(shown()).toContain('Page 2 of 2');
    expect(shown()).toContain('actual-MANY-59');
    await story.slack.as(slackId('ben')).close();
  });

  test('the amount of the resolve form is prefilled with the difference', async () => {
    const id = await posted('PO-PREFILL');
    await press('ana', 'claim', id);
    await story.idle();
    await press('ana', 'resolve', id);
    const amount = story.slack
      .openViewOf(slackId('ana'))
      ?.blocks.find((block) => block.block_id === 'amount');
    expect(amount).toMatchObject({ element: { initial_value: '100.00' } });
    await story.slack.as(slackId('ana')).close();
  });

  test('an escalation raises the level, keeps the owner, and tells its target', async () => {
    const id = await posted('PO-ESCALATE');
    await press('ana', 'claim', id);
    await story.idle();
    await press('ana', 'escalate', id);
    const ana = story.slack.as(slackId('ana'));
    await ana.submit({ values: { reason: 'The vendor is silent', target: 'person:olga' } });
    await story.idle();
    expect(await story.factsOf(id)).toMatchObject({
      status: 'claimed',
      level: 1,
      owner: { name: 'Ana Ruiz' },
    });
    const direct = story.slack.messages(`D_OLGA`);
    expect(direct.at(-1)?.text).toContain('The vendor is silent');
    expect(direct.at(-1)?.text).toContain('Escalated by: Ana Ruiz');

    await press('ana', 'escalate', id);
    await ana.submit({ values: { reason: 'Needs money', target: 'team:finance' } });
    await story.idle();
    expect(story.slack.messages('C0FINANCE').at(-1)?.text).toContain('Needs money');
  });

  test('a press on a card that is out of date changes nothing and says so', async () => {
    const id = await posted('PO-STALE');
    await press('ana', 'claim', id);
    await story.idle();
    await press('ana', 'unclaim', id);
    await story.idle();
    await press('ben', 'claim', id, pointerTo(id, 1));
    await told('ben', 'out of date');
    expect(await story.factsOf(id)).toMatchObject({ status: 'open' });
  });

  test('a form under which the exception moved on stays open, with what was typed', async () => {
    const id = await posted('PO-MOVED');
    await press('ana', 'claim', id);
    await story.idle();
    await press('ana', 'resolve', id);
    await press('ben', 'escalate', id);
    await story.slack.as(slackId('ben')).submit({
      values: { reason: 'Client is waiting', target: 'team:finance' },
    });

    const late = await story.slack.as(slackId('ana')).submit({
      values: { code: 'written_off', note: 'Agreed with Acme', amount: '100.00' },
    });

    expect(late).toMatchObject({
      end: 'errors',
      errors: { note: expect.stringContaining('out of date') },
    });
    expect(await story.factsOf(id)).toMatchObject({ status: 'claimed', level: 1 });
  });

  test('somebody without a place in the organisation is told what to do, and nothing changes', async () => {
    const id = await posted('PO-UNKNOWN');
    expect(await press('zoe', 'claim', id)).toMatchObject({ status: 200 });
    await told('zoe', 'zoe@agency.example');
    expect(await press('guest', 'claim', id)).toMatchObject({ status: 200 });
    await told('guest', 'You may not claim this');
    expect(await story.factsOf(id)).toMatchObject({ status: 'open' });
  });

  test('a person who was never seen is linked by their e-mail address at the first press', async () => {
    const id = await posted('PO-LINK');
    await press('lena', 'claim', id);
    expect(await story.factsOf(id)).toMatchObject({
      status: 'claimed',
      owner: { name: 'Lena Late', slackUserId: 'U_LENA' },
    });
    const links = await story.sql.begin(async (tx) => {
      await tx`select set_config('tieout.workspace_id', ${story.workspace.workspaceId}, true)`;
      return await tx`select seq from audit_event where action = 'person.linked'`;
    });
    expect(links).toHaveLength(1);
  });

  test('a button nobody knows is acknowledged, and the person is told', async () => {
    const ts = story.slack.messages(CHANNEL)[0]?.ts ?? '';
    const body = pressPayload({ action_id: 'release_everything', value: 'x' }, { ts });
    expect((await story.slack.forge(body)).status).toBe(200);
    await told('ana', 'does nothing');
  });

  test('the same signed press delivered twice claims once', async () => {
    const id = await posted('PO-REPLAY');
    const body = pressPayload({ action_id: 'claim', value: pointerTo(id, 1) });
    const before = story.slack.ephemerals(slackId('ana')).length;
    expect((await story.slack.forge(body)).status).toBe(200);
    expect((await story.slack.forge(body)).status).toBe(200);
    expect(await story.auditOf(id, 'exception.claim')).toBe(1);
    expect(story.slack.ephemerals(slackId('ana'))).toHaveLength(before);
  });

  test('presses of another team, of a guest from one, and for another app are refused unread', async () => {
    const id = await posted('PO-FOREIGN');
    const action = { action_id: 'claim', value: pointerTo(id, 1) };
    expect((await story.slack.forge(pressPayload(action, { team: 'T0EVIL' }))).status).toBe(foreign);
    expect((await story.slack.forge(pressPayload(action, { userTeam: 'T0EVIL' }))).status).toBe(foreign);
    expect((await story.slack.forge(pressPayload(action, { app: 'A0OTHER' }))).status).toBe(foreign);
    expect(await story.factsOf(id)).toMatchObject({ status: 'open', version: 1 });
  });

  test('a forged button value is refused before anything reads it', async () => {
    const id = await posted('PO-FORGED');
    const values = [
      '',
      '-1',
      '42 OR 1=1',
      id,
      JSON.stringify({ v: 1, id, version: 1, role: 'admin' }),
      '{"v":1}',
    ];
    const answers = await Promise.all(
      values.map((value) => story.slack.forge(pressPayload({ action_id: 'claim', value }))),
    );
    expect(answers.map((answer) => answer.status)).toEqual(values.map(() => impossible));
    expect(await story.factsOf(id)).toMatchObject({ status: 'open' });
  });

  test('no secret reaches the log', () => {
    const log = story.logLines.join('');
    expect(log).not.toMatch(/xoxb-|xapp-/);
    expect(log).not.toContain(SIGNING_SECRET);
  });
});
