import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { CHANNEL, type Story, slackId, startStory, TRANSPORTS } from '../support/slack-story.ts';

const databases = { http: await testDatabase(), socket: await testDatabase() };
let story: Story;
const ana = slackId('ana');

describe.each(TRANSPORTS)('over $transport, with 120 colleagues', ({ transport }) => {
  beforeAll(async () => {
    story = await startStory(databases[transport].url, { transport, crowd: 120 });
  });

  afterAll(async () => {
    await story?.stop();
  });

  test('whoever gets it is searched by name, the first hundred unless something is typed', async () => {
    const [id = ''] = await story.open('PO-CROWD');
    await story.idle();
    const ts = story.slack.messages(CHANNEL).at(-1)?.ts ?? '';
    await story.slack.press({ as: ana, channel: CHANNEL, ts, actionId: 'claim' });
    await story.idle();
    await story.slack.press({ as: ana, channel: CHANNEL, ts, actionId: 'hand_over' });
    const menu = { actionId: 'value', blockId: 'person' };
    const person = story.slack.as(ana);
    expect((await person.suggest({ ...menu, query: '' })).suggestions).toHaveLength(100);
    const { suggestions } = await person.suggest({ ...menu, query: 'CROWD 11' });
    expect(suggestions.map(({ text }) => text)).toEqual([
      'Crowd 11',
      ...Array.from({ length: 10 }, (_, index) => `Crowd 11${index}`),
    ]);
    expect(await person.submit({ values: { person: 'crowd117', note: 'I am on leave' } })).toMatchObject({
      body: '',
    });
    expect(await story.factsOf(id)).toMatchObject({ offer: { toName: 'Crowd 117' } });
  });
});
