import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Organisation } from '../../src/core/organisation.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import { digestPlans } from '../../src/jobs/digest-plans.ts';
import { sendDigest } from '../../src/jobs/send-digest.ts';
import { testDatabase } from '../support/database.ts';
import { aSpec } from '../support/ledger.ts';
import {
  CHANNEL,
  STORY_ORGANISATION,
  type Story,
  slackId,
  startStory,
  TRANSPORTS,
} from '../support/slack-story.ts';

const databases = { http: await testDatabase(), socket: await testDatabase() };
let story: Story;

const shownTo = (who: string) => story.slack.ephemerals(slackId(who));

/** Types the command, and returns the first answer only that person sees which says what is waited for. */
async function ask(who: string, text: string, words: string) {
  const before = shownTo(who).length;
  const result = await story.slack.as(slackId(who)).slash({ channel: CHANNEL, command: '/recon', text });
  expect(result).toMatchObject({ status: 200 });
  const found = () =>
    shownTo(who)
      .slice(before)
      .find((message) => message.text.includes(words));
  await story.slack.waitFor(found, { what: `"${words}" in answer to ${text}` });
  const answer = found();
  return { text: answer?.text ?? '', types: (answer?.blocks ?? []).map(({ type }) => type) };
}

const organisation: Organisation = {
  ...STORY_ORGANISATION,
  digest: { at: '08:00', accountManagersAt: undefined },
};

/** The digest of Media Ops, first looked at on one working day and due on the next. */
async function digestOn(day: string, before: string): Promise<void> {
  const { sql, workspace } = story;
  const terms = { sql, workspaceId: workspace.workspaceId, organisation, specs: [aSpec()] };
  const [plan] = digestPlans(organisation);
  if (!plan) throw new Error('no plan of a digest');
  await sendDigest(terms, plan, new Date(`${before}T12:00:00Z`));
  expect(await sendDigest(terms, plan, new Date(`${day}T08:00:00Z`))).toMatchObject({ outcome: 'sent' });
  await story.idle();
}

const digests = () =>
  story.slack.messages(CHANNEL).filter(({ metadata }) => metadata?.event_type === 'tieout_digest');

describe.each(TRANSPORTS)('over $transport', ({ transport }) => {
  beforeAll(async () => {
    story = await startStory(databases[transport].url, { transport });
    await story.open('PO-1', 'PO-2', 'PO-3');
    await story.idle();
  });

  afterAll(async () => {
    await story?.stop();
  });

  test('due times are told by team and owner, with the exceptions and their buttons', async () => {
    const { text, types } = await ask('ana', 'sla', 'Due times');
    expect(text).toContain('3 overdue, 0 due by');
    expect(text).toContain('Media Ops, nobody yet: 3 overdue, 0 due soon, $300.00; the oldest for');
    expect(text).toContain('PO-2');
    expect(types.filter((type) => type === 'section').length).toBeGreaterThan(3);
    expect((await ask('guest', 'sla', 'Due times')).text).toContain('Nothing is overdue');
  });

  test('a report is announced, then shown to the person alone with Slack’s own charts and table', async () => {
    const { text, types } = await ask('ana', 'report', 'Money at risk');
    expect(text).toContain('About Media Ops and what you own.');
    expect(text).toContain('Open now: 3 · $300.00');
    expect(types).toEqual(expect.arrayContaining(['data_visualization', 'data_table']));
    expect(shownTo('ana').map((message) => message.text)).toContain('Looking it up…');
    const open = story.slack.messages(CHANNEL).filter((message) => message.text.includes('Money at risk'));
    expect(open).toEqual([]);
  });

  test('a report of a team is for those who see it; others are told which there are', async () => {
    expect((await ask('olga', 'report Media Ops', 'Money at risk')).text).toContain('About Media Ops.');
    expect((await ask('olga', 'report financ', 'did you mean')).text).toContain('did you mean "finance"?');
    expect((await ask('ana', 'report finance', 'You see nothing')).text).toContain('known: media_ops');
  });

  test('rules are told in words, with their version and where each type goes', async () => {
    const { text } = await ask('guest', 'rules', 'orders-vs-invoices');
    expect(text).toContain('version 1 of');
    expect(text).toContain('Pass 1, po: po (one-to-one)');
    expect(text).toContain('Amount differs (needs review) goes to media_ops, within 1h (tieout.yaml:1)');
    expect((await ask('ana', 'rules order-vs-invoices', 'no reconciliation')).text).toContain(
      'did you mean "orders-vs-invoices"?',
    );
  });

  test('the doctor speaks to admins alone, and lists what was given up', async () => {
    expect((await ask('olga', 'doctor', 'Doctor')).text).toContain('Only admins may ask');
    const { sql, workspace } = story;
    const { workspaceId, people } = workspace;
    await inWorkspace(sql, workspaceId, async (tx) => {
      await tx`insert into role_grant (workspace_id, person_id, role) values (${workspaceId}, ${people.olga ?? ''}, 'admin')`;
      await tx`
      update outbox set status = 'dead', last_error = 'is_archived'
      where workspace_id = ${workspaceId} and outbox_id = (select outbox_id from outbox where kind = 'card' limit 1)`;
    });
    const { text } = await ask('olga', 'doctor', 'Things to mend');
    expect(text).toContain('dead letters, WRONG: messages given up: 1');
    expect(text).toMatch(/EX-\d+, card for media_ops: is_archived, after 1 attempts/);
    expect(text).toContain('channel of media_ops, fine');
  });

  test('admins have the whole trail proven; others are told who may', async () => {
    expect((await ask('ana', 'audit verify', 'Only admins')).text).toContain('look at /recon audit');
    const { text } = await ask('olga', 'audit verify --full', 'Intact');
    expect(text).toContain('every exception follows from them');
    expect(text).toContain('no anchor is kept outside the database');
    expect((await ask('olga', 'audit everything', '/recon audit verify')).text).toContain('for the end');
  });

  test('a read that takes its time is announced first, and what then goes wrong is told with a reference', async () => {
    const { sql, workspace } = story;
    const before = shownTo('ana').length;
    await inWorkspace(sql, workspace.workspaceId, async (tx) => {
      await tx`lock table exception in access exclusive mode`;
      await ask('ana', 'status', 'tell an operator the reference');
    });
    const said = shownTo('ana').slice(before);
    expect(said[0]?.text).toBe('Looking it up…');
    expect(story.logLines.join('')).toContain(/reference ([0-9a-f]{8})/.exec(said.at(-1)?.text ?? '')?.[1]);
  });

  test('the daily digest stands in the team’s channel with charts and a table', async () => {
    await digestOn('2026-11-24', '2026-11-23');
    const [digest, ...others] = digests();
    expect(others).toEqual([]);
    expect(digest?.blocks?.map(({ type }) => type)).toEqual([
      ...[
        'header',
        'section',
        'section',
        'data_visualization',
        'data_visualization',
        'data_table',
        'context',
      ],
    ]);
    expect(digest?.text).toContain('Digest of Media Ops');
    expect(digest?.text).toContain('Overdue: 3 · $300.00');
  });

  test('a digest whose charts Slack refuses is sent in the oldest blocks, with the same facts', async () => {
    story.slack.faults.add({ kind: 'error', error: 'invalid_blocks', method: 'chat.postMessage', times: 1 });
    await digestOn('2026-11-25', '2026-11-24');
    const [, classic] = digests();
    expect(new Set(classic?.blocks?.map(({ type }) => type))).toEqual(
      new Set(['header', 'section', 'context']),
    );
    expect(JSON.stringify(classic?.blocks)).toContain('nobody yet: 3, $300.00, 3 overdue');
    expect(classic?.text).toContain('Overdue: 3 · $300.00');
  });

  test('a digest of which Slack’s answer was lost stands there once', async () => {
    story.slack.faults.add({ kind: 'drop_after_store', method: 'chat.postMessage', times: 1 });
    await digestOn('2026-11-26', '2026-11-25');
    expect(digests()).toHaveLength(3);
  });
});
