import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { pointerTo, pressBody, type Story, sendPress, startStory } from '../support/slack-story.ts';

const database = await testDatabase();
let story: Story;

beforeAll(async () => {
  story = await startStory(database.url);
});

afterAll(async () => {
  await story?.stop();
});

test('a press signed for another time is refused, whether old or of the future', async () => {
  const [id = ''] = await story.open('PO-FUTURE');
  const body = pressBody({ action_id: 'claim', value: pointerTo(id, 1) });
  const now = Math.floor(Date.now() / 1000);
  expect((await sendPress(story.url, body, { timestamp: now + 3600 })).status).toBe(401);
  expect((await sendPress(story.url, body, { timestamp: now - 3600 })).status).toBe(401);
  expect(await story.factsOf(id)).toMatchObject({ status: 'open' });
});
