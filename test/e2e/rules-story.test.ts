import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/db/client.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import { testDatabase } from '../support/database.ts';
import { changeOf, proposedChange, type Ruled } from '../support/rule-changes.ts';
import {
  pointerTo,
  pressPayload,
  RULES_CHANNEL,
  type Story,
  slackId,
  startStory,
} from '../support/slack-story.ts';

const database = await testDatabase();
const admin = connect({ url: database.adminUrl, role: 'people', max: 1 });
let story: Story;
let workspace: Ruled;

beforeAll(async () => {
  story = await startStory(database.url, { withRules: true });
  workspace = story.workspace;
});
afterAll(async () => {
  await story?.stop();
  await admin.end();
});

const from = async (): Promise<number> => {
  const rows = await inWorkspace(
    story.sql,
    workspace.workspaceId,
    (tx) => tx<{ v: number }[]>`select active_version as v from reconciliation`,
  );
  return rows[0]?.v ?? 0;
};

let version = 1;
/** A change that the channel was asked about. */
async function proposed(): Promise<string> {
  version += 1;
  const changeId = await proposedChange(story.sql, workspace, {
    version,
    from: await from(),
    now: new Date(),
  });
  await story.idle();
  return changeId;
}

/** The message that asks for approvals, as it stands now. */
const asked = (changeId: string) => {
  const message = story.slack
    .messages(RULES_CHANNEL)
    .find(({ metadata }) => metadata?.event_payload.change_id === changeId);
  if (!message) throw new Error('the channel was not asked');
  return message;
};

async function press(who: string, actionId: string, changeId: string): Promise<void> {
  const { ts } = asked(changeId);
  await story.slack.press({ as: slackId(who), channel: RULES_CHANNEL, ts, actionId });
}

const viewOf = (who: string) => story.slack.openViewOf(slackId(who));

async function form(who: string, actionId: string, changeId: string) {
  await press(who, actionId, changeId);
  return await story.slack.waitFor(() => viewOf(who), { what: 'the form' });
}

async function submit(who: string, values: Record<string, string>) {
  const submitted = await story.slack.as(slackId(who)).submit({ values });
  await story.idle();
  return submitted;
}

const told = (who: string): string => story.slack.ephemerals(slackId(who)).at(-1)?.text ?? '';
const actionsIn = ({ blocks }: { blocks?: readonly unknown[] | undefined }): unknown[] =>
  ((blocks ?? []) as { elements?: { action_id?: string }[] }[]).flatMap(({ elements = [] }) =>
    elements.flatMap(({ action_id: id }) => (id === undefined ? [] : [id])),
  );

describe('a rule changes in Slack', () => {
  test('by three approvals: the message shows each, and the rule is active with the third', async () => {
    const changeId = await proposed();
    expect(asked(changeId).text).toContain('Change of a rule: orders-vs-invoices');
    expect(asked(changeId).text).toContain('Asked by: Adam Admin');
    expect(asked(changeId).text).toContain('Data owner: still open, asks Dana Data, Tess Allroles');
    expect(asked(changeId).text).toContain(
      'rounding: when abs(diff) <= 0.10, it is settled.'.replace('<', '&lt;'),
    );
    expect(actionsIn(asked(changeId))).toEqual(['rule_approve', 'rule_reject', 'rule_details']);

    const view = await form('dana', 'rule_approve', changeId);
    expect(view.callbackId).toBe('rule.approve');
    expect(JSON.stringify(view.blocks)).toContain('verify[rounding].expect');
    expect(await submit('dana', { note: 'Asked the vendor' })).toMatchObject({ body: '' });
    expect(asked(changeId).text).toMatch(/Data owner: Dana Data, .* · Asked the vendor/);

    await form('tess', 'rule_approve', changeId);
    await submit('tess', { seat: 'governance' });
    expect(await from()).toBe(version - 1);
    await form('olga', 'rule_approve', changeId);
    await submit('olga', {});

    expect(await from()).toBe(version);
    expect(asked(changeId).text).toContain('Rule changed: orders-vs-invoices');
    expect(actionsIn(asked(changeId))).toEqual(['rule_details']);
    const news = story.slack.messages(RULES_CHANNEL).at(-1);
    expect(news?.text).toContain('All three approved. The next run uses the changed rule.');
    const own = story.slack.messages(story.slack.admin.openIm(slackId('adam'))).at(-1);
    expect(own?.text).toContain('Rule changed: orders-vs-invoices');
  });

  test('not by its author, not twice by one person, and not by whoever may not: each is told why', async () => {
    const changeId = await proposed();
    await press('adam', 'rule_approve', changeId);
    await story.slack.waitFor(() => told('adam') !== '', { what: 'the words' });
    expect(told('adam')).toContain('You proposed this change yourself');
    expect(viewOf('adam')).toBeUndefined();

    await press('ana', 'rule_approve', changeId);
    await story.slack.waitFor(() => told('ana') !== '', { what: 'the words' });
    expect(told('ana')).toMatch(/You may not approve a rule change; a data owner or .* may\./);

    await form('tess', 'rule_approve', changeId);
    await submit('tess', { seat: 'ops_lead' });
    await press('tess', 'rule_approve', changeId);
    await story.slack.waitFor(() => told('tess') !== '', { what: 'the words' });
    expect(told('tess')).toContain(
      'You approved this already, as operations lead. Three different people are needed',
    );
    expect((await changeOf(story.sql, workspace, changeId)).approvals).toHaveLength(1);

    await form('gita', 'rule_reject', changeId);
    expect(await submit('gita', { reason: 'Not before the audit' })).toMatchObject({ body: '' });
    expect(asked(changeId).text).toContain('Change rejected: orders-vs-invoices');
    expect(asked(changeId).text).toContain('Not before the audit');
    // On a message that Slack has not updated yet.
    const value = pointerTo(changeId, 1);
    await story.slack.forge(pressPayload({ action_id: 'rule_approve', value }, { user: 'dana' }));
    await story.slack.waitFor(() => told('dana') !== '', { what: 'the words' });
    expect(told('dana')).toContain('This change was rejected already. (Gita Governs, ');
  });

  test('not with a role that was lost while the form was open', async () => {
    const changeId = await proposed();
    await form('dana', 'rule_approve', changeId);
    const { workspaceId, people } = workspace;
    await admin`delete from role_grant where person_id = ${people.dana ?? ''}`;
    try {
      const answer = await submit('dana', {});
      expect(answer.body).toContain('You may not approve a rule change');
    } finally {
      await admin`insert into role_grant (workspace_id, person_id, role)
                  values (${workspaceId}, ${people.dana ?? ''}, 'data_owner')`;
    }
    expect((await changeOf(story.sql, workspace, changeId)).approvals).toEqual([]);
  });

  test('and /recon rules tells what waits, and details show all of it', async () => {
    await story.slack.as(slackId('ana')).slash({ channel: 'C0MEDIAOPS', command: '/recon', text: 'rules' });
    await story.slack.waitFor(() => told('ana').includes('Rules'), { what: 'the answer' });
    expect(told('ana')).toMatch(
      /A change to version \d+ is proposed by Adam Admin\. Still to approve, until .*: data owner, operations lead, governance reviewer/,
    );
    expect(told('ana')).toContain('A rule changes by proposal');

    const rows = await inWorkspace(
      story.sql,
      workspace.workspaceId,
      (tx) => tx<{ id: string }[]>`select change_id as id from rule_change where state = 'pending'`,
    );
    const details = await form('ana', 'rule_details', rows[0]?.id ?? '');
    expect(JSON.stringify(details.blocks)).toContain('In the file');
  });
});
