import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PrivatePostgres, startPrivatePostgres } from '../support/private-postgres.ts';
import {
  BOT_USER,
  CHANNEL,
  pointerTo,
  pressPayload,
  type Story,
  slackId,
  startStory,
  TEAM,
  TRANSPORTS,
} from '../support/slack-story.ts';

let postgres: PrivatePostgres;
let story: Story;
let exceptionId: string;
let cardTs: string;

const ana = slackId('ana');

/** Everything that Ana was told in words: in channels, directly, and in her Home. */
const wordsToAna = (): string[] => [
  ...story.slack.ephemerals(ana).map(({ text }) => text),
  ...story.slack.messages('D_ANA').map(({ text }) => text),
];

/** The newest words once there are more than before; they must say what happened and carry a logged reference. */
async function told(before: number): Promise<string> {
  await story.slack.waitFor(() => wordsToAna().length > before, { what: 'the words', within: 8_000 });
  return story.slack.ephemerals(ana).at(-1)?.text ?? '';
}

function expectFault(words: string): void {
  expect(words).toContain('Something went wrong here, not with you');
  const [, reference = 'none'] = /reference ([0-9a-f]{8})/.exec(words) ?? [];
  expect(story.logLines.filter((line) => line.includes(`"reference":"${reference}"`))).toHaveLength(1);
}

const page = (more: object) => JSON.stringify({ v: 1, ...more });
const BUTTONS = [
  'claim',
  'unclaim',
  'resolve',
  'escalate',
  'hand_over',
  'hand_over_accept',
  'hand_over_decline',
  'wait',
  'resume',
  'reopen',
  'details',
];

describe.each(TRANSPORTS)('over $transport, with the database stopped', ({ transport, failed }) => {
  beforeAll(async () => {
    postgres = await startPrivatePostgres();
    story = await startStory(postgres.url, { transport });
    [exceptionId = ''] = await story.open('PO-STOPPED');
    await story.idle();
    cardTs = story.slack.messages(CHANNEL).at(-1)?.ts ?? '';
    await story.slack.press({ as: ana, channel: CHANNEL, ts: cardTs, actionId: 'claim' });
    await story.idle();
    await story.slack.press({ as: ana, channel: CHANNEL, ts: cardTs, actionId: 'resolve' });
    await postgres.stop();
  });

  afterAll(async () => {
    await story?.stop();
  });

  test.each(BUTTONS)('%s fails aloud', async (actionId) => {
    const before = wordsToAna().length;
    const payload = pressPayload({ action_id: actionId, value: pointerTo(exceptionId, 2) });
    expect((await story.slack.forge(payload)).status).toBe(failed.status);
    expectFault(await told(before));
  });

  test.each([
    ['details_page_1', pointerTo('', 2).replace('}', ',"page":1}'), 'the details’ pages'],
    ['recon_page_1', page({ command: 'list', page: 1 }), 'a list’s pages'],
    ['home_mine_1', page({ mine: 1, unclaimed: 0 }), 'the Home’s pages'],
    ['link_confirm', page({ request: '018f0000-0000-7000-8000-000000000000', token: 'x' }), 'a confirmation'],
    ['link_decline', page({ request: '018f0000-0000-7000-8000-000000000000' }), 'an admin’s answer'],
  ])('%s is told', async (actionId, value) => {
    const before = wordsToAna().length;
    const filled = value.replace('"id":""', `"id":"${exceptionId}"`);
    await story.slack.forge(pressPayload({ action_id: actionId, value: filled }));
    expectFault(await told(before));
  });

  test('a form stays open with what was typed', async () => {
    const submitted = await story.slack.as(ana).submit({ values: { code: 'accepted', note: 'Agreed' } });
    expect(submitted).toMatchObject({ status: 200, end: 'errors' });
    expectFault(submitted.errors?.code ?? '');
  });

  test('a command', async () => {
    const before = wordsToAna().length;
    await story.slack.as(ana).slash({ channel: CHANNEL, command: '/recon', text: 'mine' });
    const words = await told(before);
    expectFault(words);
    expect(words).toContain('Ask again in a moment.');
    expect(words).not.toContain('card');
  });

  test('a mention', async () => {
    const before = wordsToAna().length;
    story.slack.as(ana).say({ channel: CHANNEL, threadTs: cardTs, text: `<@${BOT_USER}> note this` });
    expectFault(await told(before));
  });

  test('a shortcut', async () => {
    const before = wordsToAna().length;
    const message = story.slack.as(ana).say({ channel: CHANNEL, text: 'A promise' });
    await story.slack.as(ana).shortcut({ callbackId: 'keep_note', channel: CHANNEL, ts: message.ts });
    expectFault(await told(before));
  });

  test('the Home', async () => {
    await story.slack.as(ana).openHome();
    const home = () => JSON.stringify(story.slack.homeOf(ana)?.blocks ?? '');
    await story.slack.waitFor(() => home().includes('reference'), { what: 'the Home', within: 8_000 });
    expectFault(home());
  });

  test('a menu that searches', async () => {
    const before = story.logLines.length;
    const { status } = await story.slack.forge({
      type: 'block_suggestion',
      team: { id: TEAM },
      user: { id: ana, team_id: TEAM },
      api_app_id: 'A0TIEOUT',
      action_id: 'link_person',
      block_id: 'link',
      value: 'z',
      container: { type: 'message', channel_id: CHANNEL, message_ts: cardTs },
    });
    expect(status).toBe(200);
    expect(story.logLines.slice(before).filter((line) => line.includes('"menu":"link_person"'))).toHaveLength(
      1,
    );
  });
});
