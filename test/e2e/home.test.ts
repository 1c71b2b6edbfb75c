import { afterAll, beforeAll, expect, test } from 'vitest';
import { inWorkspace } from '../../src/db/tx.ts';
import { testDatabase } from '../support/database.ts';
import { type Story, slackId, startStory } from '../support/slack-story.ts';

const database = await testDatabase();
let story: Story;
let ids: string[];
const ORDERS = Array.from({ length: 12 }, (_, index) => `PO-H${String(index).padStart(2, '0')}`);

beforeAll(async () => {
  story = await startStory(database.url);
  ids = await story.open(...ORDERS);
  await story.idle();
});

afterAll(async () => {
  await story?.stop();
});

const at = (index: number): string => ids[index] ?? '';
const shownTo = (who: string): string => JSON.stringify(story.slack.homeOf(slackId(who))?.blocks ?? []);
const opened = (who: string) => story.slack.as(slackId(who)).openHome();
const shows = (who: string, part: string) =>
  story.slack.waitFor(() => shownTo(who).includes(part), {
    what: `the Home of ${who} showing "${part}"`,
    within: 5_000,
  });
const press = (who: string, actionId: string, exceptionId?: string) =>
  story.slack.press({
    as: slackId(who),
    home: true,
    actionId,
    ...(exceptionId === undefined ? {} : { blockId: exceptionId }),
  });

test('Home shows what nobody has claimed by due time, ten at a time, with numbers and money', async () => {
  await opened('ana');
  await shows('ana', '12 exceptions, $1,200.00 at stake');
  expect(shownTo('ana')).toContain('You own nothing');
  expect(shownTo('ana')).toContain('Teams: Media Ops');
  expect(shownTo('ana')).toContain('Updated at');
  expect(shownTo('ana')).toContain('page 1 of 2');
  expect(shownTo('ana')).not.toContain('PO-H11');

  await press('ana', 'home_unclaimed_1');
  await shows('ana', 'page 2 of 2');
  expect(shownTo('ana')).toContain('PO-H11');
  await press('ana', 'home_unclaimed_0');
  await shows('ana', 'page 1 of 2');
});

test('claiming in Home moves it to my work, and every open Home follows', async () => {
  await opened('ben');
  await shows('ben', '12 exceptions');
  expect(await press('ana', 'claim', at(0))).toMatchObject({ status: 200 });
  await shows('ana', '1 exception, $100.00 at stake');
  await shows('ben', '11 exceptions, $1,100.00 at stake');
  expect(await story.factsOf(at(0))).toMatchObject({ status: 'claimed', owner: { name: 'Ana Ruiz' } });

  await press('ana', 'resolve', at(0));
  const view = story.slack.openViewOf(slackId('ana'));
  expect(view?.callbackId).toBe('resolve');
  await story.slack.as(slackId('ana')).submit({ values: { code: 'accepted', note: '', amount: '' } });
  await shows('ana', 'You own nothing');
});

test('a press in Home that changes nothing is answered in a direct message', async () => {
  await story.slack.as(slackId('ben')).openHome();
  await shows('ben', '11 exceptions');
  const value = JSON.stringify({ v: 1, id: at(0), version: 1 });
  await story.slack.press({ as: slackId('ben'), home: true, actionId: 'claim', blockId: at(1), value });
  await story.slack.waitFor(
    () =>
      story.slack
        .calls()
        .some(
          ({ method, args }) =>
            method === 'chat.postMessage' &&
            args.channel === slackId('ben') &&
            String(args.text).includes('already'),
        ),
    { what: 'Ben being told' },
  );
});

test('details open from Home', async () => {
  await press('ben', 'details', at(2));
  expect(story.slack.openViewOf(slackId('ben'))?.callbackId).toBe('details');
  await story.slack.as(slackId('ben')).close();
});

test('somebody unknown finds in Home how to be added', async () => {
  await opened('zoe');
  await shows('zoe', 'I do not know you here');
});

test('a new exception appears in an open Home, and a switched-off account sees no more', async () => {
  await story.open('PO-H99');
  await shows('ana', '12 exceptions');
  await inWorkspace(
    story.sql,
    story.workspace.workspaceId,
    (tx) => tx`update person set is_active = false where key = 'ana'`,
  );
  await story.open('PO-H98');
  await shows('ana', 'switched off');
  expect(shownTo('ana')).not.toContain('PO-H');
});

test('an unchanged Home is not published again by a change that does not concern it', async () => {
  await opened('guest');
  await shows('guest', 'You are a member of no team here');
  const published = () =>
    story.slack
      .calls()
      .filter(({ method, args }) => method === 'views.publish' && args.user_id === slackId('guest')).length;
  const before = published();
  await story.open('PO-H97');
  await shows('ben', '14 exceptions');
  expect(published()).toBe(before);
});
