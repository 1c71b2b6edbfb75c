import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doubtWaiting } from '../../src/db/outbox/doubt-waiting.sql.ts';
import { recheckWaiting } from '../../src/pipeline/report/undelivered.ts';
import { testDatabase } from '../support/database.ts';
import { inStory } from '../support/healing.ts';
import { CHANNEL, pointerTo, pressBody, type Story, sendPress, startStory } from '../support/slack-story.ts';

describe('a backup that was restored, made when messages waited that have been sent since', async () => {
  const database = await testDatabase();
  let story: Story;

  beforeAll(async () => {
    story = await startStory(database.url);
  });

  afterAll(async () => {
    await story?.stop();
  });

  const ours = (id: string) =>
    story.slack.messages(CHANNEL).filter((message) => message.metadata?.event_payload.exception_id === id);

  /** A card that is claimed, with the line in its thread. */
  async function posted(order: string): Promise<string> {
    const [id = ''] = await story.open(order);
    await story.idle();
    await sendPress(story.url, pressBody({ action_id: 'claim', value: pointerTo(id, 1) }));
    await story.idle();
    return id;
  }

  /** The outbox of the exception as it was before anything of it was sent; `then` before anybody sends. */
  const restored = (id: string, then: 'recheck' | 'nothing') =>
    inStory(story, async (tx) => {
      await tx`
        update outbox set status = 'pending', attempts = 0, first_attempt_at = null, last_attempt_at = null,
          sent_revision = 0, tried_place = null, tried_thread_ts = null, channel_id = null, ts = null
        where exception_id = ${id}`;
      if (then === 'recheck') await doubtWaiting(tx, story.workspace.workspaceId);
    });

  const rowsOf = (id: string) =>
    inStory(
      story,
      (tx) => tx`select kind, status, ts from outbox where exception_id = ${id} order by created_at`,
    );

  test('what stands in Slack is found, and nothing is posted twice', async () => {
    const id = await posted('PO-RESTORED');
    const before = ours(id);
    const sent = await rowsOf(id);

    await restored(id, 'recheck');
    await story.idle();

    expect(ours(id).map(({ ts }) => ts)).toEqual(before.map(({ ts }) => ts));
    expect(await rowsOf(id)).toEqual(sent);
  });

  test('what does not stand there is posted', async () => {
    const id = await posted('PO-LOST');
    for (const { ts } of ours(id)) story.slack.admin.deleteMessage('media-ops', ts);

    await restored(id, 'recheck');
    await story.idle();

    expect(ours(id).filter(({ threadTs: thread }) => thread === undefined)).toHaveLength(1);
  });

  test('without it a card comes twice', async () => {
    const id = await posted('PO-TWICE');

    await restored(id, 'nothing');
    await story.idle();

    expect(ours(id).filter(({ threadTs: thread }) => thread === undefined)).toHaveLength(2);
  });

  test('where nothing waits, nothing is looked for', async () => {
    await story.idle();

    expect(await recheckWaiting(story.sql, story.workspace.workspaceId)).toBe(0);
  });
});
