import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../src/local-slack/types.ts';
import { sweep } from '../../src/pipeline/act/sweep.ts';
import { testDatabase } from '../support/database.ts';
import {
  CHANNEL,
  pointerTo,
  pressPayload,
  type Story,
  slackId,
  startStory,
  TRANSPORTS,
} from '../support/slack-story.ts';

const databases = { http: await testDatabase(), socket: await testDatabase() };
let story: Story;

function cardOf(exceptionId: string) {
  const card = story.slack
    .messages(CHANNEL)
    .find((message) => message.metadata?.event_payload.exception_id === exceptionId);
  if (!card) throw new Error(`no card of ${exceptionId}`);
  return card;
}

/** An exception whose card is posted. */
async function posted(order: string): Promise<string> {
  const [id] = await story.open(order);
  await story.idle();
  if (id === undefined) throw new Error(`no exception of ${order}`);
  return id;
}

async function press(who: string, actionId: string, exceptionId: string): Promise<void> {
  const { ts } = cardOf(exceptionId);
  await story.slack.press({ as: slackId(who), channel: CHANNEL, ts, actionId });
  await story.idle();
}

const submit = async (who: string, values: Record<string, string>) => {
  const submitted = await story.slack.as(slackId(who)).submit({ values });
  await story.idle();
  return submitted;
};

const lastReply = (exceptionId: string): string | undefined =>
  story.slack.messages(CHANNEL).findLast((message) => message.threadTs === cardOf(exceptionId).ts)?.text;

/** The direct message that somebody got last. */
const direct = (who: string) => {
  const message = story.slack.messages(`D_${who.toUpperCase()}`).at(-1);
  if (!message) throw new Error(`${who} got no message`);
  return message;
};

/** What can be pressed in a message. */
const actionsOf = ({ blocks }: Message): unknown[] =>
  (blocks ?? []).flatMap((block) =>
    ((block.elements ?? []) as { action_id?: string }[]).map(({ action_id }) => action_id),
  );

async function answerOffer(who: string, actionId: string): Promise<void> {
  const { ts } = direct(who);
  await story.slack.press({ as: slackId(who), channel: `D_${who.toUpperCase()}`, ts, actionId });
  await story.idle();
}

async function offeredToBen(order: string): Promise<string> {
  const id = await posted(order);
  await press('ana', 'claim', id);
  await press('ana', 'hand_over', id);
  expect(await submit('ana', { person: 'ben', note: 'I am on leave' })).toMatchObject({ body: '' });
  return id;
}

describe.each(TRANSPORTS)('over $transport', ({ transport }) => {
  beforeAll(async () => {
    story = await startStory(databases[transport].url, { transport });
  });

  afterAll(async () => {
    await story?.stop();
  });

  test('what was resolved is opened again for a reason, and is due anew', async () => {
    const id = await posted('PO-REOPEN');
    await press('ana', 'claim', id);
    await press('ana', 'resolve', id);
    await submit('ana', { code: 'accepted' });
    const before = await story.factsOf(id);

    await press('ben', 'reopen', id);
    expect(await submit('ben', { reason: ' \n' })).toMatchObject({
      end: 'errors',
      errors: { reason: expect.stringContaining('Say why') },
    });
    expect(await submit('ben', { reason: 'The vendor sent another invoice' })).toMatchObject({ body: '' });

    const after = await story.factsOf(id);
    expect(after).toMatchObject({ status: 'open', owner: undefined, version: before.version + 1 });
    expect(after.openedAt.getTime()).toBeGreaterThan(before.openedAt.getTime());
    expect(after.dueAt.getTime() - after.openedAt.getTime()).toBe(3_600_000);
    expect(cardOf(id).text).toContain('Open: nobody has claimed it yet');
    expect(lastReply(id)).toContain('Ben Okafor reopened it (“The vendor sent another invoice”)');
  });

  test('what is resolved keeps the address of its evidence, which must be one', async () => {
    const id = await posted('PO-EVIDENCE');
    await press('ana', 'claim', id);
    await press('ana', 'resolve', id);
    const typed = { code: 'accepted', note: 'Credited', evidence: 'http://vendor.example/credit' };
    expect(await submit('ana', typed)).toMatchObject({
      end: 'errors',
      errors: { evidence: expect.stringContaining('https://') },
    });
    const evidence = 'https://vendor.example/credits/7?a=1&b=2';
    expect(await submit('ana', { ...typed, evidence })).toMatchObject({ body: '' });

    const shown = '<https://vendor.example/credits/7?a=1&amp;b=2|vendor.example>';
    expect(lastReply(id)).toContain(`(“Credited”) ${shown}`);
    await press('ben', 'details', id);
    const details = story.slack.openViewOf(slackId('ben'));
    expect(details?.blocks.map((block) => JSON.stringify(block)).join('\n')).toContain(shown);
  });

  test('what waits says until when and why, and comes back by a press or when its day comes', async () => {
    const id = await posted('PO-WAIT');
    await press('ana', 'claim', id);
    await press('ana', 'wait', id);
    expect(await submit('ana', { until: '2020-01-01', note: 'Too late' })).toMatchObject({
      end: 'errors',
      errors: { until: expect.stringContaining('must lie ahead') },
    });
    const inAWeek = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
    expect(await submit('ana', { until: inAWeek, note: 'A corrected invoice' })).toMatchObject({ body: '' });
    expect(await story.factsOf(id)).toMatchObject({ status: 'waiting', wait: { untilOn: inAWeek } });
    expect(cardOf(id).text).toContain('Waits for: A corrected invoice');
    expect(lastReply(id)).toMatch(
      /^Ana Ruiz let it wait until \d{1,2} \w{3} \d{4} \(“A corrected invoice”\)/,
    );

    await press('ana', 'resume', id);
    expect(cardOf(id).text).toContain('Claimed by Ana Ruiz');

    await press('ana', 'wait', id);
    await submit('ana', { until: inAWeek, note: 'A credit note' });
    const { workspaceId } = story.workspace;
    await sweep(story.sql, { workspaceId, zone: 'UTC', now: new Date(`${inAWeek}T00:00:00Z`) });
    await story.idle();
    expect(cardOf(id).text).toContain('Claimed by Ana Ruiz');
    expect(lastReply(id)).toContain('Tieout resumed it');
    expect(story.slack.messages('D_ANA').at(-1)?.text).toContain('It waited for: A credit note');
  });

  test('what is handed over is offered, accepted in the message, and then somebody else’s', async () => {
    const id = await posted('PO-HAND');
    await press('ana', 'claim', id);
    const before = await story.factsOf(id);
    await press('ana', 'hand_over', id);
    expect(await submit('ana', { person: 'ben', note: ' ' })).toMatchObject({
      end: 'errors',
      errors: { note: expect.stringContaining('Say why') },
    });
    await submit('ana', { person: 'ben', note: 'I am on leave' });

    expect(cardOf(id).text).toContain('Claimed by Ana Ruiz');
    expect(cardOf(id).text).toContain('Offered to: Ben Okafor');
    expect(lastReply(id)).toContain('Ana Ruiz offered it to Ben Okafor (“I am on leave”)');
    const offered = direct('ben');
    expect(offered.text).toContain('is offered to you');
    expect(actionsOf(offered)).toEqual(['hand_over_accept', 'hand_over_decline', 'details']);
    await press('ana', 'hand_over', id);
    expect(JSON.stringify(story.slack.openViewOf(slackId('ana'))?.blocks)).toContain(
      'offered to Ben Okafor already',
    );
    await story.slack.as(slackId('ana')).close();

    await answerOffer('ben', 'hand_over_accept');
    await story.slack.waitFor(
      () => story.slack.ephemerals(slackId('ben')).at(-1)?.text?.includes('It is yours now') === true,
      { what: 'Ben being told that it is his' },
    );
    const after = await story.factsOf(id);
    expect(after).toMatchObject({ status: 'claimed', owner: { name: 'Ben Okafor' }, offer: undefined });
    expect(after.dueAt).toEqual(before.dueAt);
    expect(cardOf(id).text).toContain('Claimed by Ben Okafor');
    expect(lastReply(id)).toContain('Ben Okafor took it over');
    expect(direct('ana').text).toContain('was taken over by Ben Okafor');

    expect(direct('ben').ts).toBe(offered.ts);
    expect(direct('ben').text).toContain('was offered to you');
    expect(direct('ben').text).toMatch(/Accepted: \d/);
    expect(actionsOf(direct('ben'))).toEqual(['details']);
    const value = pointerTo(id, before.version + 1);
    await story.slack.forge(pressPayload({ action_id: 'hand_over_accept', value }, { user: 'ben' }));
    await story.slack.waitFor(
      () => story.slack.ephemerals(slackId('ben')).at(-1)?.text?.includes('accepted already') === true,
      { what: 'Ben being told that the offer is over' },
    );
  });

  test('what is declined stays with its owner, who reads why', async () => {
    const id = await offeredToBen('PO-DECLINE');
    await answerOffer('ben', 'hand_over_decline');
    expect(await submit('ben', { reason: 'Not my client' })).toMatchObject({ body: '' });

    expect(await story.factsOf(id)).toMatchObject({ owner: { name: 'Ana Ruiz' }, offer: undefined });
    expect(direct('ben').text).toMatch(/Declined: \d/);
    expect(actionsOf(direct('ben'))).toEqual(['details']);
    expect(direct('ana').text).toContain('was declined by Ben Okafor');
    expect(direct('ana').text).toContain('Not my client');
    expect(lastReply(id)).toContain('Ben Okafor declined to take it over (“Not my client”)');
  });

  test('an offer that nobody answers lapses, and both are told', async () => {
    const id = await offeredToBen('PO-LAPSE');
    const { workspaceId } = story.workspace;
    await sweep(story.sql, { workspaceId, zone: 'UTC', now: new Date(Date.now() + 5 * 3_600_000) });
    await story.idle();

    expect(await story.factsOf(id)).toMatchObject({ owner: { name: 'Ana Ruiz' }, offer: undefined });
    expect(direct('ana').text).toContain('was not taken over in time');
    expect(direct('ben').text).toContain('was not taken over in time');
  });
});
