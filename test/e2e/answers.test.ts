import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asAdmin } from '../../src/db/databases.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import { testDatabase } from '../support/database.ts';
import {
  CHANNEL,
  pressPayload,
  type Story,
  slackId,
  startStory,
  TRANSPORTS,
} from '../support/slack-story.ts';

const databases = { http: await testDatabase(), socket: await testDatabase() };
let story: Story;

const ana = slackId('ana');
const ben = slackId('ben');
const lastTold = (userId: string): string => story.slack.ephemerals(userId).at(-1)?.text ?? '';
const told = (userId: string, part: string) =>
  story.slack.waitFor(() => lastTold(userId).includes(part), { what: `${userId} being told "${part}"` });

/** Lines of the log that the reference in these words finds. */
function logged(words: string): string[] {
  const [, reference = 'none'] = /[Rr]eference ([0-9a-f]{8})/.exec(words) ?? [];
  return story.logLines.filter((line) => line.includes(`"reference":"${reference}"`));
}

async function posted(order: string): Promise<{ id: string; ts: string }> {
  const [id = ''] = await story.open(order);
  await story.idle();
  const card = story.slack
    .messages(CHANNEL)
    .find((message) => message.metadata?.event_payload.exception_id === id && !message.threadTs);
  return { id, ts: card?.ts ?? '' };
}

const press = (as: string, actionId: string, ts: string) =>
  story.slack.press({ as, channel: CHANNEL, ts, actionId });
const viewOf = (userId: string): string => JSON.stringify(story.slack.openViewOf(userId)?.blocks ?? '');

/** Claimed by Ana, who has the resolve form open. */
async function resolving(order: string): Promise<{ id: string; ts: string }> {
  const card = await posted(order);
  await press(ana, 'claim', card.ts);
  await story.idle();
  await press(ana, 'resolve', card.ts);
  return card;
}

const asPerson = (type: string, more: object) => ({
  ...pressPayload({ action_id: 'x' }, { user: 'ben' }),
  type,
  actions: undefined,
  ...more,
});

describe.each(TRANSPORTS)('over $transport', ({ transport }) => {
  beforeAll(async () => {
    story = await startStory(databases[transport].url, { transport });
  });

  afterAll(async () => {
    await story?.stop();
  });

  test('a button that nobody knows any more', async () => {
    await story.slack.forge(pressPayload({ action_id: 'archive_everything', value: 'x' }, { user: 'ben' }));
    await told(ben, 'Use the newest card');
    expect(logged(lastTold(ben))).toHaveLength(1);
  });

  test('a form that nobody knows any more', async () => {
    const view = {
      id: 'V1',
      callback_id: 'archive',
      private_metadata: '',
      blocks: [],
      state: { values: {} },
    };
    const before = story.logLines.length;
    expect(await story.slack.forge(asPerson('view_submission', { view }))).toMatchObject({ status: 200 });
    expect(story.logLines.slice(before).filter((line) => line.includes('"view":"archive"'))).toHaveLength(1);
  });

  test.each([
    ['message_action', { message: { ts: '1.1', text: 'x' }, message_ts: '1.1' }],
    ['shortcut', {}],
  ])('a %s that nobody knows any more', async (type, more) => {
    const before = story.slack.messages('D_BEN').length + story.slack.ephemerals(ben).length;
    await story.slack.forge(asPerson(type, { callback_id: 'gone', trigger_id: '1.2', ...more }));
    await story.slack.waitFor(
      () => story.slack.messages('D_BEN').length + story.slack.ephemerals(ben).length > before,
      { what: 'the words' },
    );
    const words = type === 'shortcut' ? (story.slack.messages('D_BEN').at(-1)?.text ?? '') : lastTold(ben);
    expect(words).toContain('Keep as note');
    expect(logged(words)).toHaveLength(1);
  });

  test('a command that nobody knows', async () => {
    await story.slack.as(ben).slash({ channel: CHANNEL, command: '/tieout', text: '' });
    expect(lastTold(ben)).toContain('There is no command /tieout');
    expect(logged(lastTold(ben))).toHaveLength(1);
  });

  test('a trigger that is too old', async () => {
    const { ts } = await posted('PO-EXPIRED');
    story.slack.faults.add({ kind: 'error', error: 'expired_trigger_id', method: 'views.open', times: 1 });
    await press(ben, 'details', ts);
    await told(ben, 'Press the button again');
    expect(logged(lastTold(ben))).toHaveLength(1);
  });

  test('a card that is out of date', async () => {
    const { id } = await posted('PO-STALE');
    const value = JSON.stringify({ v: 1, id, version: 7 });
    await story.slack.forge(pressPayload({ action_id: 'claim', value }, { user: 'ben' }));
    await told(ben, 'out of date');
    expect(logged(lastTold(ben))).toHaveLength(1);
  });

  test('somebody whom nobody knows, and no admin to ask', async () => {
    const { ts } = await posted('PO-UNKNOWN');
    await press(slackId('zoe'), 'claim', ts);
    await told(slackId('zoe'), 'Ask an admin to add you under people');
    expect(logged(lastTold(slackId('zoe')))).toHaveLength(1);
  });

  test('a right that was lost while the form was open', async () => {
    const { id } = await resolving('PO-LOST');
    const { workspaceId, people } = story.workspace;
    const give = (from: string | undefined, to: string | undefined) =>
      inWorkspace(
        story.sql,
        workspaceId,
        (tx) => tx`
          update team_member set person_id = ${to ?? ''}
          where workspace_id = ${workspaceId} and person_id = ${from ?? ''}`,
      );
    await press(slackId('olga'), 'unclaim', (await cardOf(id)).ts);
    await give(people.ana, people.guest);
    const { errors, ...rest } = await story.slack.as(ana).submit({ values: { code: 'accepted' } });
    await give(people.guest, people.ana);

    expect(rest).toMatchObject({ status: 200 });
    expect(errors).toBeUndefined();
    expect(viewOf(ana)).toContain('You may not resolve this');
    expect(logged(viewOf(ana))).toHaveLength(1);
    expect(await story.factsOf(id)).toMatchObject({ status: 'open' });
    await story.slack.as(ana).close();
  });

  test('details that are slow to read open at once, and fill in when they are there', async () => {
    const { ts } = await posted('PO-SLOW');
    await whileLocked(databases[transport].adminUrl, async () => {
      expect(await press(ben, 'details', ts)).toMatchObject({ status: 200 });
      expect(story.slack.openViewOf(ben)?.callbackId).toBe('loading');
    });
    await story.slack.waitFor(() => viewOf(ben).includes('PO-SLOW'), { what: 'the details' });
    await story.slack.as(ben).close();
  });

  test('details that were closed while they were read stay closed, and nobody is bothered', async () => {
    const { ts } = await posted('PO-CLOSED');
    const before = story.slack.ephemerals(ben).length;
    await whileLocked(databases[transport].adminUrl, async () => {
      await press(ben, 'details', ts);
      await story.slack.as(ben).close();
    });
    await story.slack.waitFor(
      () =>
        story.slack.calls().some(({ method, error }) => method === 'views.update' && error === 'not_found'),
      { what: 'the update that came too late' },
    );
    expect(story.slack.openViewOf(ben)).toBeUndefined();
    expect(story.slack.ephemerals(ben)).toHaveLength(before);
  });

  test('details that cannot be put in their place say so', async () => {
    const { ts } = await posted('PO-CONFLICT');
    story.slack.faults.add({ kind: 'error', error: 'hash_conflict', method: 'views.update', times: 1 });
    await whileLocked(databases[transport].adminUrl, () => press(ben, 'details', ts));
    await told(ben, 'Something went wrong here');
    expect(logged(lastTold(ben))).toHaveLength(1);
    await story.slack.as(ben).close();
  });
});

async function cardOf(id: string): Promise<{ ts: string }> {
  await story.idle();
  const card = story.slack
    .messages(CHANNEL)
    .find((message) => message.metadata?.event_payload.exception_id === id && !message.threadTs);
  return { ts: card?.ts ?? '' };
}

/** Does something while nobody can read the records. */
async function whileLocked(adminUrl: string, work: () => Promise<unknown>): Promise<void> {
  await asAdmin(adminUrl, (sql) =>
    sql.begin(async (tx) => {
      await tx`lock table tieout.record in access exclusive mode`;
      await work();
    }),
  );
}
