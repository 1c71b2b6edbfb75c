import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/db/new-id.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import { testDatabase } from '../support/database.ts';
import { CHANNEL, type Story, slackId, startStory, TRANSPORTS } from '../support/slack-story.ts';

const databases = { http: await testDatabase(), socket: await testDatabase() };
let story: Story;

/** Zoe's e-mail address in Slack is nobody's; she is Zara of the configuration, and Uma is Uma. Olga is an admin. */
async function addZara(): Promise<void> {
  const { workspaceId, people } = story.workspace;
  await inWorkspace(story.sql, workspaceId, async (tx) => {
    await tx`insert into role_grant (workspace_id, person_id, role) values (${workspaceId}, ${people.olga ?? ''}, 'admin')`;
    await tx`
      insert into person (workspace_id, person_id, key, name, email)
      values (${workspaceId}, ${newId()}, 'uma', 'Uma Unproven', 'uma@agency.example')`;
    await tx`
      with zara as (
        insert into person (workspace_id, person_id, key, name, email)
        values (${workspaceId}, ${newId()}, 'zara', 'Zara Adams', 'zara@private.example')
        returning person_id
      )
      insert into team_member (workspace_id, team_id, person_id)
      select ${workspaceId}, t.team_id, zara.person_id
      from zara, team t where t.workspace_id = ${workspaceId} and t.key = 'media_ops'`;
  });
}

/** As if Zoe had never been linked, asked or declined. */
const forget = () =>
  inWorkspace(story.sql, story.workspace.workspaceId, async (tx) => {
    await tx`update person set slack_user_id = null where key = 'zara'`;
    await tx`
      update link_request
      set asked_at = asked_at - interval '2 days', expires_at = expires_at - interval '2 days',
          declined_at = declined_at - interval '2 days'`;
  });

async function posted(order: string): Promise<{ id: string; ts: string; label: string }> {
  const [id = ''] = await story.open(order);
  await story.idle();
  const card = story.slack
    .messages(CHANNEL)
    .find((message) => message.metadata?.event_payload.exception_id === id && !message.threadTs);
  return { id, ts: card?.ts ?? '', label: `EX-${(await story.factsOf(id)).number}` };
}

const zoe = slackId('zoe');
const olga = slackId('olga');
const wordsTo = (who: string) => story.slack.ephemerals(slackId(who)).at(-1)?.text ?? '';
const told = (who: string, part: string) =>
  story.slack.waitFor(() => wordsTo(who).includes(part), { what: `${who} being told "${part}"` });
/** The direct message that somebody got last. */
const direct = (who: string) => {
  const message = story.slack.messages(`D_${who.toUpperCase()}`).at(-1);
  if (!message) throw new Error(`${who} got no message`);
  return message;
};
const directTo = (who: string, part: string) =>
  story.slack.waitFor(() => story.slack.messages(`D_${who.toUpperCase()}`).at(-1)?.text.includes(part), {
    what: `${who} getting "${part}"`,
  });

const pressCard = (who: string, actionId: string, ts: string) =>
  story.slack.press({ as: slackId(who), channel: CHANNEL, ts, actionId });
const pressDirect = (who: string, actionId: string, ts = direct(who).ts) =>
  story.slack.press({ as: slackId(who), channel: `D_${who.toUpperCase()}`, ts, actionId });

/** Olga looks Zoe up and vouches that she is Zara. */
async function vouch(asks = 'Olga Novak says that you are Zara Adams'): Promise<void> {
  await story.idle();
  const { ts } = direct('olga');
  const menu = { channel: 'D_OLGA', ts, actionId: 'link_person', blockId: 'link' };
  const { suggestions } = await story.slack.as(olga).suggest({ ...menu, query: 'zar' });
  expect(suggestions).toEqual([{ value: 'zara', text: 'Zara Adams' }]);
  await story.slack.press({
    as: olga,
    channel: 'D_OLGA',
    ts,
    actionId: 'link_vouch',
    values: { link: 'zara' },
  });
  await directTo('zoe', asks);
  await directTo('olga', 'You vouched that Zoe Unknown is Zara Adams');
}

const tokenIn = (blocks: unknown): string =>
  /\\"token\\":\\"([^\\"]+)/.exec(JSON.stringify(blocks))?.[1] ?? '';

describe.each(TRANSPORTS)('over $transport', ({ transport }) => {
  beforeAll(async () => {
    story = await startStory(databases[transport].url, { transport });
    await addZara();
  });

  afterAll(async () => {
    await story?.stop();
  });

  beforeEach(forget);

  test('a stranger’s claim is kept, an admin vouches, the stranger confirms, and the claim is done', async () => {
    const { id, ts, label } = await posted('PO-LINK');
    expect(await pressCard('zoe', 'claim', ts)).toMatchObject({ status: 200 });
    await told('zoe', 'The admins are asked who you are');
    expect(await story.factsOf(id)).toMatchObject({ status: 'open' });

    await story.idle();
    expect(direct('olga').text).toContain(`Zoe Unknown pressed Claim at ${label}`);
    await vouch();
    expect(direct('olga').blocks?.map(({ type }) => type)).toEqual(['section']);
    expect(await story.factsOf(id)).toMatchObject({ status: 'open' });

    await pressDirect('zoe', 'link_confirm');
    await told('zoe', 'It is now: Claimed by Zara Adams');
    expect(await story.factsOf(id)).toMatchObject({ status: 'claimed', owner: { name: 'Zara Adams' } });
    expect(direct('zoe').text).toBe('You are Zara Adams here from now on.');
  });

  test('the admins are asked once, and the last press counts', async () => {
    const first = await posted('PO-FIRST');
    const second = await posted('PO-SECOND');
    const before = story.slack.messages('D_OLGA').length;
    await pressCard('zoe', 'claim', first.ts);
    await pressCard('zoe', 'claim', second.ts);
    await told('zoe', 'The admins are asked already');
    await story.idle();
    expect(story.slack.messages('D_OLGA')).toHaveLength(before + 1);
    await vouch();
    await pressDirect('zoe', 'link_confirm');
    await told('zoe', `Claim at ${second.label}`);
    expect(await story.factsOf(first.id)).toMatchObject({ status: 'open' });
    expect(await story.factsOf(second.id)).toMatchObject({ status: 'claimed' });
  });

  test('a form that was asked for opens at the confirmation', async () => {
    const { id, ts } = await posted('PO-FORM');
    await pressCard('zoe', 'escalate', ts);
    await vouch();
    await pressDirect('zoe', 'link_confirm');
    await story.slack.waitFor(() => story.slack.openViewOf(zoe), { what: 'the form' });
    await story.slack.as(zoe).submit({ values: { target: 'team:finance', reason: 'The vendor is silent' } });
    expect(await story.factsOf(id)).toMatchObject({ level: 1 });
  });

  test('the token stands in the direct message and nowhere else, and only the newest one works', async () => {
    const { ts } = await posted('PO-TOKEN');
    await pressCard('zoe', 'claim', ts);
    await vouch();
    const old = direct('zoe');
    const token = tokenIn(old.blocks);
    expect(token).toHaveLength(43);
    const rows = await inWorkspace(
      story.sql,
      story.workspace.workspaceId,
      (tx) => tx<{ kept: string }[]>`
        select to_jsonb(r)::text as kept from link_request r
        union all select to_jsonb(o)::text from outbox o
        union all select body from audit_event`,
    );
    expect(rows.filter(({ kept }) => kept.includes(token))).toEqual([]);
    expect(story.logLines.filter((line) => line.includes(token))).toEqual([]);
    expect(story.slack.messages(CHANNEL).filter((m) => JSON.stringify(m).includes(token))).toEqual([]);

    await pressCard('zoe', 'claim', ts);
    await told('zoe', 'An admin has vouched for you');
    expect(tokenIn(direct('zoe').blocks)).not.toBe(token);
    await pressDirect('zoe', 'link_confirm', old.ts);
    await told('zoe', 'works only once');
    await pressDirect('zoe', 'link_confirm');
    await told('zoe', 'It is now: Claimed by Zara Adams');
  });

  test('a declined stranger is told, and does not make the admins be asked again', async () => {
    const { id, ts } = await posted('PO-DECLINED');
    await pressCard('zoe', 'claim', ts);
    await story.idle();
    await pressDirect('olga', 'link_decline');
    await directTo('zoe', 'An admin declined to vouch for you');
    const asked = story.slack.messages('D_OLGA').length;
    await pressCard('zoe', 'claim', ts);
    await told('zoe', 'declined to vouch for you');
    await story.idle();
    expect(story.slack.messages('D_OLGA')).toHaveLength(asked);
    expect(await story.factsOf(id)).toMatchObject({ status: 'open' });
  });

  test('a stranger is spoken to in the language of their Slack', async () => {
    const { ts } = await posted('PO-DEUTSCH');
    story.slack.admin.changeUser(zoe, { locale: 'de-DE' });
    await pressCard('zoe', 'claim', ts);
    await told('zoe', 'Die Admins werden gefragt, wer Sie sind');
    await vouch('Olga Novak sagt, dass Sie hier Zara Adams sind');
    story.slack.admin.changeUser(zoe, { locale: 'en-US' });
  });

  test('vouching without a choice says so, and the question stays', async () => {
    const { ts } = await posted('PO-CHOICE');
    await pressCard('zoe', 'claim', ts);
    await story.idle();
    await pressDirect('olga', 'link_vouch');
    await told('olga', 'Choose the person first');
    expect(direct('olga').blocks?.map(({ type }) => type)).toContain('actions');
  });

  test('an address that Slack has not confirmed makes nobody known', async () => {
    const { id, ts } = await posted('PO-UNCONFIRMED');
    await pressCard('uma', 'claim', ts);
    await told('uma', 'The admins are asked who you are');
    expect(await story.factsOf(id)).toMatchObject({ status: 'open' });
  });
});
