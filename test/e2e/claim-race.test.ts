import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { CHANNEL, type Story, startStory, TRANSPORTS } from '../support/slack-story.ts';

const databases = { http: await testDatabase(), socket: await testDatabase() };
const CROWD = 50;
let story: Story;

describe.each(TRANSPORTS)('over $transport', ({ transport }) => {
  beforeAll(async () => {
    story = await startStory(databases[transport].url, { crowd: CROWD, transport });
  });

  afterAll(async () => {
    await story?.stop();
  });

  test('fifty people press Claim at once: one owns it, one event says so, the others are told who, all in time', async () => {
    const [id = ''] = await story.open('PO-RACE');
    await story.idle();
    const ts = story.slack.messages(CHANNEL)[0]?.ts ?? '';
    const crowd = Array.from({ length: CROWD }, (_, index) => `U_CROWD${index}`);

    const answers = await Promise.all(
      crowd.map((as) => story.slack.press({ as, channel: CHANNEL, ts, actionId: 'claim' })),
    );

    // The local Slack enforces its own three seconds: a late answer is a status 0 with a notice.
    expect(answers.map(({ status, notice }) => ({ status, notice }))).toEqual(
      crowd.map(() => ({ status: 200, notice: undefined })),
    );
    const { owner } = await story.factsOf(id);
    expect(owner?.name).toMatch(/^Crowd \d+$/);
    expect(await story.auditOf(id, 'exception.claim')).toBe(1);
    const wordsOf = (user: string) => story.slack.ephemerals(user).map((message) => message.text);
    const losers = crowd.filter((user) => user !== owner?.slackUserId);
    await story.slack.waitFor(() => losers.every((user) => wordsOf(user).length > 0), {
      what: '49 people being told',
    });
    const expected = losers.map(() => [
      expect.stringContaining(`${owner?.name} already claimed this, <!date^`),
    ]);
    expect(losers.map(wordsOf)).toEqual(expected);
    expect(wordsOf(owner?.slackUserId ?? '')).toEqual([]);
    await story.idle();
    expect(story.slack.messages(CHANNEL).find((message) => message.ts === ts)?.text).toContain(
      `Claimed by ${owner?.name}`,
    );
  });
});
