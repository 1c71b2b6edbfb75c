import { afterAll, beforeAll, expect, test } from 'vitest';
import { minutesOf } from '../../src/core/minutes.ts';
import type { TriageTerms } from '../../src/core/triage.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import { postDueAgenda } from '../../src/jobs/triage.ts';
import type { Message } from '../../src/local-slack/types.ts';
import { postAgenda } from '../../src/pipeline/triage/post-agenda.ts';
import { readMeeting } from '../../src/pipeline/triage/read-meeting.ts';
import { testDatabase } from '../support/database.ts';
import { exceptionsOf, trailOf } from '../support/ledger.ts';
import { CHANNEL, type Story, slackId, startStory } from '../support/slack-story.ts';

const TERMS: TriageTerms = {
  team: 'finance',
  days: [2],
  time: '10:00',
  beforeMs: 3_600_000,
  small: undefined,
};
const CALENDAR = { zone: 'UTC', workdays: [1, 2, 3, 4, 5], holidays: [] };
const DAY_MS = 86_400_000;

const database = await testDatabase();
let story: Story;

beforeAll(async () => {
  story = await startStory(database.url, { transport: 'http' });
});

afterAll(async () => {
  await story?.stop();
});

/** Their policies have no step left. */
const spent = () =>
  inWorkspace(
    story.sql,
    story.workspace.workspaceId,
    (tx) => tx`update promise set finished_at = now(), next_at = null where is_current`,
  );

const agendas = (): Message[] =>
  story.slack.messages('C0FINANCE').filter(({ text }) => text.startsWith('Triage agenda'));
const agenda = (): Message => agendas().at(-1) as Message;

/** What can be pressed about the exception of this order, with each button's value. */
function buttonsOf(message: Message, order: string): string[] {
  const blocks = message.blocks ?? [];
  const at = blocks.findIndex((block) => JSON.stringify(block).includes(order));
  const actions = blocks.slice(at + 1).find(({ type }) => type === 'actions');
  return ((actions?.elements ?? []) as { action_id: string }[]).map(({ action_id }) => action_id);
}

async function press(who: string, actionId: string, order: string): Promise<void> {
  const message = agenda();
  const blocks = message.blocks ?? [];
  const at = blocks.findIndex((block) => JSON.stringify(block).includes(order));
  const actions = blocks.slice(at + 1).find(({ type }) => type === 'actions');
  const element = ((actions?.elements ?? []) as { action_id: string; value: string }[]).find(
    ({ action_id }) => action_id === actionId,
  );
  if (!element) throw new Error(`no ${actionId} about ${order}`);
  const { ts } = message;
  await story.slack.press({ as: slackId(who), channel: 'C0FINANCE', ts, actionId, value: element.value });
  await story.idle();
}

const submit = async (who: string, values: Record<string, string>) => {
  const submitted = await story.slack.as(slackId(who)).submit({ values });
  await story.idle();
  return submitted;
};

const meeting = () => ({
  sql: story.sql,
  workspaceId: story.workspace.workspaceId,
  terms: TERMS,
  calendar: CALENDAR,
});

test('what no policy has a step left for comes before the triage meeting, once, and what is decided there is done', {
  timeout: 120_000,
}, async () => {
  await story.open('PO-A');
  await story.open('PO-B');
  await story.open('PO-C');
  await story.idle();
  await postDueAgenda(meeting(), new Date('2026-11-23T12:00:00Z'));
  expect(agendas()).toEqual([]);

  await spent();
  const due = new Date('2026-11-24T09:00:30Z');
  const looked = await Promise.all([postDueAgenda(meeting(), due), postDueAgenda(meeting(), due)]);
  expect(looked.filter((posted) => posted !== undefined)).toMatchObject([{ items: 3, leftOver: 0 }]);
  await story.idle();
  expect(agendas()).toHaveLength(1);
  expect(agenda().text).toMatch(/3 exceptions, \$300\.00.*3 of 3 still to decide/s);
  expect(agenda().text).toContain('Tried so far: nothing');
  expect(buttonsOf(agenda(), 'PO-A')).toEqual(['claim', 'assign', 'rule_change', 'details']);

  // An account manager may not; the meeting may.
  await press('ana', 'assign', 'PO-A');
  expect(story.slack.messages('C0FINANCE').at(-1)?.text).toBe(agenda().text);
  await press('olga', 'assign', 'PO-A');
  expect(await submit('olga', { person: 'ben', note: 'Ask the vendor for the order' })).toMatchObject({
    body: '',
  });
  expect(story.slack.messages('D_BEN').at(-1)?.text).toMatch(
    /was given to you by the triage meeting\nAsk the vendor/,
  );
  expect(agenda().text).toMatch(/Given to Ben Okafor by Olga Novak/);
  expect(buttonsOf(agenda(), 'PO-A')).toEqual(['details']);

  await press('olga', 'rule_change', 'PO-B');
  expect(await submit('olga', { note: ' ' })).toMatchObject({
    errors: { note: expect.stringContaining('Say why') },
  });
  expect(await submit('olga', { note: 'Agency fees belong to the order' })).toMatchObject({ body: '' });

  // Claimed and accepted, on the agenda as on its card.
  await press('olga', 'claim', 'PO-C');
  expect(agenda().text).toContain('Tried so far: with Olga Novak (has it still)');
  expect(buttonsOf(agenda(), 'PO-C')).toEqual([
    'assign',
    'triage_write_off',
    'triage_accept',
    'rule_change',
    'details',
  ]);
  await press('olga', 'triage_accept', 'PO-C');
  expect(await submit('olga', { code: 'accepted' })).toMatchObject({ body: '' });
  expect(agenda().text).toMatch(/Everything is decided/);
  expect(agenda().text).toMatch(/Resolved as accepted as is by Olga Novak/i);

  const events = (await trailOf(story.sql, story.workspace)).map(({ action }) => action);
  expect(events.filter((action) => action === 'triage.agenda')).toHaveLength(1);
  expect(events).toEqual(
    expect.arrayContaining(['exception.assign', 'exception.rule_change', 'exception.resolve']),
  );
  expect(await exceptionsOf(story.sql, story.workspace)).toMatchObject([
    { order_ref: 'PO-A', status: 'claimed', owner: 'ben' },
    { order_ref: 'PO-B', status: 'open', owner: null },
    { order_ref: 'PO-C', status: 'resolved', owner: 'olga' },
  ]);
});

test('what was not decided is on the next agenda, the old one says so, and the minutes tell both', async () => {
  const { workspaceId } = story.workspace;
  const now = new Date(Date.now() + DAY_MS);
  await inWorkspace(story.sql, workspaceId, (tx) =>
    postAgenda(tx, { workspaceId, terms: TERMS, meetsAt: now, now }),
  );
  await story.idle();
  const later = new Date(now.getTime() + DAY_MS);
  const again = await inWorkspace(story.sql, workspaceId, (tx) =>
    postAgenda(tx, { workspaceId, terms: TERMS, meetsAt: later, now: later }),
  );
  expect(again).toMatchObject({ items: 2 });
  await story.idle();
  expect(agendas()).toHaveLength(3);
  expect(agendas()[1]?.text).toMatch(/Not decided; on the next agenda/);

  // Whom the meeting gave it to had it, and who was given it after them has it now.
  expect(agenda().text).toContain('Tried so far: with Ben Okafor (has it still)');
  await press('olga', 'assign', 'PO-A');
  await submit('olga', { person: 'ana', note: '' });
  const muchLater = new Date(later.getTime() + DAY_MS);
  await inWorkspace(story.sql, workspaceId, (tx) =>
    postAgenda(tx, { workspaceId, terms: TERMS, meetsAt: muchLater, now: muchLater }),
  );
  await story.idle();
  expect(agendas().at(-1)?.text).toContain(
    'Tried so far: 2 times with somebody, last with Ana Ruiz (has it still)',
  );

  const read = await inWorkspace(story.sql, workspaceId, (tx) =>
    readMeeting(tx, { workspaceId, day: '2026-11-24', zone: 'UTC' }),
  );
  if (!read) throw new Error('no meeting on that day');
  const minutes = minutesOf(read.agenda, read.items, 'UTC');
  expect(minutes).toMatch(/^# Triage 2026-11-24 10:00\n\n3 exceptions, .*Decided: 3\. Not decided: 0\./);
  expect(minutes).toMatch(
    /\| PO-A \|.*\| given to Ben Okafor \| Olga Novak \|.*\| Ask the vendor for the order \|/,
  );
  expect(minutes).toMatch(/\| PO-B \|.*\| rule change \| Olga Novak \|/);
  expect(minutes).toMatch(/\| PO-C \|.*\| resolved as accepted \| Olga Novak \|/);
  // What a source wrote cannot become markup or a mention.
  expect(minutes).toContain('Acme \\& Söhne \\<\\!channel\\>');
});

test('a decision about what is on no agenda any more changes nothing and says so', async () => {
  const [id = ''] = await story.open('PO-D');
  await story.idle();
  const card = story.slack
    .messages(CHANNEL)
    .find((message) => message.metadata?.event_payload.exception_id === id) as Message;
  const before = (await trailOf(story.sql, story.workspace)).length;
  const value = JSON.stringify({ v: 1, id, version: 1 });
  await story.slack.press({ as: slackId('olga'), channel: CHANNEL, ts: card.ts, actionId: 'claim', value });
  await story.idle();
  const { assign } = await import('../../src/pipeline/act/assign.ts');
  const { workspaceId, people } = story.workspace;
  const answer = await assign(story.sql, {
    workspaceId,
    personId: people.olga ?? '',
    exceptionId: id,
    version: 2,
    requestKey: 'forged',
    person: 'ben',
    note: '',
  });
  expect(answer).toEqual({ ok: false, refusal: { code: 'not_on_agenda' } });
  expect((await trailOf(story.sql, story.workspace)).length).toBe(before + 1);
});
