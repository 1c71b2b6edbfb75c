import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Organisation, OwnershipRow } from '../../../src/core/organisation.ts';
import { roleGiven } from '../../../src/core/role-lines.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { slackAccountChanged } from '../../../src/pipeline/act/give-back.ts';
import { handOver } from '../../../src/pipeline/act/hand-over.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { sweepLeavers } from '../../../src/pipeline/act/sweep.ts';
import { appendAudit } from '../../../src/pipeline/audit/append.sql.ts';
import { roleRows } from '../../../src/pipeline/audit/role-rows.sql.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { applyConfig } from '../../../src/pipeline/govern/apply-config.ts';
import { configFact } from '../../../src/pipeline/govern/config-fact.ts';
import { retryUndelivered, undelivered } from '../../../src/pipeline/report/undelivered.ts';
import { testDatabase } from '../../support/database.ts';
import {
  comesTo,
  directTo,
  inStory,
  liveCards,
  lookAfter,
  OVERFLOW,
  PATIENT,
  threadOf,
  withFallback,
} from '../../support/healing.ts';
import { RESOLVING, trailOf } from '../../support/ledger.ts';
import { CHANNEL, STORY_ORGANISATION, type Story, slackId, startStory } from '../../support/slack-story.ts';

const database = await testDatabase();
const NOW = new Date('2026-11-22T12:00:00Z');
let story: Story;

beforeEach(async () => {
  story = await startStory(database.url, { organisation: { delivery: PATIENT } });
  await tellRoles();
  await withFallback(story);
});

afterEach(async () => {
  await inStory(story, (tx) => tx`update workspace set slack_team_id = null`);
  await story?.stop();
});

/** Puts the roles that the story seeded on the trail, as the configuration that gave them would have. */
const tellRoles = () =>
  inStory(story, async (tx) => {
    const { workspaceId } = story.workspace;
    const changed = (await roleRows(tx, workspaceId)).map(({ key, role }) => roleGiven(key, role));
    await appendAudit(tx, { workspaceId, facts: [configFact(workspaceId, { changed })] });
  });

async function posted(order: string): Promise<string> {
  const [id = ''] = await story.open(order);
  await story.idle();
  return id;
}

const by = (who: string, exceptionId: string, version: number) => ({
  workspaceId: story.workspace.workspaceId,
  personId: story.workspace.people[who] ?? '',
  exceptionId,
  version,
  requestKey: `${who}-${exceptionId}-${version}`,
});

async function claimed(exceptionId: string, who = 'ana'): Promise<void> {
  expect((await claim(story.sql, by(who, exceptionId, 1))).ok).toBe(true);
  await story.idle();
}

const channelsOf = (exceptionId: string): string[] =>
  liveCards(story, exceptionId).map(({ channel }) => channel);

/** The configuration of the story with these changes, applied as a start of the service does. */
async function configured(changes: Partial<Organisation>): Promise<readonly string[]> {
  const { workspaceId } = story.workspace;
  const organisation = { ...STORY_ORGANISATION, name: `ws ${workspaceId}`, ...changes };
  const { changes: told } = await applyConfig(
    story.sql,
    { organisation, feeds: new Map(), reconciliations: new Map() },
    { now: NOW },
  );
  await story.idle();
  return told;
}

const MEDIA = { key: 'media_ops', name: 'Media Ops', members: ['ana'], lead: 'olga' } as const;
const FINANCE = { key: 'finance', name: 'Finance', channel: '#finance', members: ['olga'], lead: undefined };

describe('when tieout.yaml names another channel for a team', () => {
  test('its live cards go there, and a pointer without buttons stays where each was', async () => {
    const id = await posted('PO-MAPPED');
    const [before] = liveCards(story, id);
    const told = await configured({ teams: [{ ...MEDIA, channel: '#overflow' }, FINANCE] });
    expect(channelsOf(id)).toEqual([OVERFLOW]);
    const pointer = story.slack.messages(CHANNEL).find(({ ts }) => ts === before?.ts);
    expect(pointer?.text).toBe(`This card has moved to <#${OVERFLOW}>.`);
    expect(pointer?.blocks?.map(({ type }) => type)).toEqual(['context']);
    expect(told).toContain('team media_ops: posts in #overflow, no longer in #media-ops');
    const [card] = liveCards(story, id);
    expect(card && threadOf(story, card)).toEqual([`The card was in <#${CHANNEL}> before.`]);
  });

  test('a press on the card at its new place counts', async () => {
    const id = await posted('PO-PRESSED');
    await configured({ teams: [{ ...MEDIA, channel: '#overflow' }, FINANCE] });
    const [card] = liveCards(story, id);
    const press = { as: slackId('ana'), channel: OVERFLOW, ts: card?.ts ?? '', actionId: 'claim' };
    expect(await story.slack.press(press)).toMatchObject({ status: 200 });
    expect(await story.factsOf(id)).toMatchObject({ status: 'claimed' });
  });

  test('the same channel under its new name changes nothing', async () => {
    const id = await posted('PO-RENAMED');
    const [before] = liveCards(story, id);
    story.slack.admin.rename('media-ops', 'media');
    await configured({ teams: [{ ...MEDIA, channel: '#media' }, FINANCE] });
    expect(liveCards(story, id).map(({ ts }) => ts)).toEqual([before?.ts]);
  });

  test('what was parked for the old channel is posted in the new one', async () => {
    await inStory(story, (tx) => tx`update team set fallback = '{}', lead_id = null`);
    story.slack.admin.archive('media-ops');
    const id = await posted('PO-PARKED');
    expect(channelsOf(id)).toEqual([]);
    await configured({ teams: [{ ...MEDIA, channel: '#overflow' }, FINANCE] });
    expect(channelsOf(id)).toEqual([OVERFLOW]);
  });
});

test('when a team is gone its live exceptions are routed anew, with owner and promise, and the trail explains it', async () => {
  const id = await posted('PO-GONE');
  await claimed(id);
  const before = await story.factsOf(id);
  await configured({
    teams: [FINANCE],
    ownership: STORY_ORGANISATION.ownership.map((row) => ({ ...row, team: 'finance' })),
  });
  const after = await story.factsOf(id);
  expect(after).toMatchObject({
    status: 'claimed',
    version: 3,
    team: { key: 'finance' },
    dueAt: before.dueAt,
  });
  expect(after.owner).toEqual(before.owner);
  const shown = story.slack
    .messages('C0FINANCE')
    .filter((m) => m.metadata?.event_payload.exception_id === id);
  expect(shown).toHaveLength(1);
  expect(channelsOf(id)).toEqual([]);
  const trail = await trailOf(story.sql, story.workspace);
  expect(trail.filter(({ body }) => body.reason === 'TEAM_GONE').map(({ entity_id }) => entity_id)).toEqual([
    id,
  ]);
  const { workspaceId } = story.workspace;
  expect(await verifyAudit(story.sql, { workspaceId, anchors: [] })).toMatchObject({ problems: [] });
});

describe('when the ownership matrix has changed', () => {
  const TEAMS = [{ ...MEDIA, channel: '#media-ops' }, FINANCE];
  const CATCH_ALL = STORY_ORGANISATION.ownership.map((row) => ({ ...row, row: 2 }));
  const TO_FINANCE = {
    ...STORY_ORGANISATION.ownership[0],
    row: 1,
    source: 'tieout.yaml:9',
    type: 'amount_differs',
    team: 'finance',
  } as OwnershipRow;
  const inFinance = (exceptionId: string) =>
    story.slack.messages('C0FINANCE').filter((m) => m.metadata?.event_payload.exception_id === exceptionId);

  test('live exceptions go to whom it names now, with owner and promise; team, owner, thread and trail say so', async () => {
    const [claimedOne, openOne, closedOne] = [
      await posted('PO-MOVE'),
      await posted('PO-MOVE-2'),
      await posted('PO-SETTLED'),
    ];
    await claimed(claimedOne);
    await claimed(closedOne);
    const resolution = { code: 'accepted', note: '', amount: undefined };
    await resolve(story.sql, { ...by('ana', closedOne, 2), ...resolution }, RESOLVING);
    await configured({ teams: TEAMS, ownership: CATCH_ALL });
    const before = await story.factsOf(claimedOne);
    const told = await configured({ teams: TEAMS, ownership: [TO_FINANCE, ...CATCH_ALL] });

    expect(told).toContain('team finance: takes over live exceptions of other teams: 2');
    const after = await story.factsOf(claimedOne);
    expect(after).toMatchObject({
      status: 'claimed',
      team: { key: 'finance' },
      dueAt: before.dueAt,
      owner: before.owner,
    });
    expect(after.routedBy).toEqual({ source: 'tieout.yaml:9', when: 'type amount_differs' });
    expect(await story.factsOf(closedOne)).toMatchObject({ status: 'resolved', team: { key: 'media_ops' } });
    expect([claimedOne, openOne].map((id) => [channelsOf(id), inFinance(id).length])).toEqual([
      [[], 1],
      [[], 1],
    ]);
    expect(story.slack.messages('C0FINANCE').map(({ text }) => text)).toContain(
      '2 exceptions now belong to Finance\nThe ownership matrix has changed. Due times stay as they were, and so do owners.',
    );
    expect(directTo(story, 'ana').at(-1)?.text).toContain('1 exception now belongs to Finance');
    const [card] = inFinance(claimedOne);
    const thread = story.slack.messages('C0FINANCE').filter((m) => m.threadTs === card?.ts);
    expect(thread.map(({ text }) => text).join('\n')).toContain(
      'moved it to Finance, because the ownership matrix has changed',
    );
    const trail = await trailOf(story.sql, story.workspace);
    expect(trail.filter(({ body }) => body.reason === 'ROUTING_CHANGED')).toHaveLength(2);
    const { workspaceId } = story.workspace;
    expect(await verifyAudit(story.sql, { workspaceId, anchors: [] })).toMatchObject({ problems: [] });
  });

  test('the same matrix on other lines moves nothing, and neither does applying it again', async () => {
    const id = await posted('PO-SAME');
    await configured({ teams: TEAMS, ownership: CATCH_ALL });
    const moved = CATCH_ALL.map((row) => ({ ...row, row: 7, source: 'tieout.yaml:99' }));
    expect(await configured({ teams: TEAMS, ownership: moved })).toEqual([]);
    expect(await story.factsOf(id)).toMatchObject({ version: 1 });
  });
});

describe('when somebody left', () => {
  const slackSays = (isGone: boolean) =>
    slackAccountChanged(story.sql, {
      workspaceId: story.workspace.workspaceId,
      slackUserId: slackId('ben'),
      isGone,
      now: NOW,
    });
  const sweptNow = () => sweepLeavers(story.sql, { workspaceId: story.workspace.workspaceId, now: NOW });

  test('what they claimed goes back to the team; thread and lead are told, the lead once', async () => {
    const ids = [await posted('PO-LEFT-1'), await posted('PO-LEFT-2')];
    for (const id of ids) await claimed(id, 'ben');
    expect(await slackSays(true)).toBe(true);
    expect(await sweptNow()).toEqual({ lapsed: 0, givenBack: 2 });
    expect(await sweptNow()).toEqual({ lapsed: 0, givenBack: 0 });
    await story.idle();
    const facts = await Promise.all(ids.map(story.factsOf));
    expect(facts.map(({ status, owner }) => [status, owner])).toEqual([
      ['open', undefined],
      ['open', undefined],
    ]);
    expect(directTo(story, 'olga').map(({ text }) => text)).toEqual([
      'Ben Okafor has left\n2 exceptions were given back to their teams. Claim what cannot wait.',
    ]);
    const [card] = liveCards(story, ids[0] ?? '');
    expect(card && threadOf(story, card).at(-1)).toContain('gave it back, because Ben Okafor has left');
  });

  test('an offer to them lapses, and its owner keeps it', async () => {
    const id = await posted('PO-OFFERED');
    await claimed(id);
    const offer = { ...by('ana', id, 2), person: 'ben', note: 'please' };
    expect((await handOver(story.sql, offer, { acting: STORY_ORGANISATION.acting, now: NOW })).ok).toBe(true);
    await slackSays(true);
    expect(await sweptNow()).toEqual({ lapsed: 1, givenBack: 0 });
    expect(await story.factsOf(id)).toMatchObject({ status: 'claimed', owner: { name: 'Ana Ruiz' } });
  });

  test('a person who is out of tieout.yaml has left too', async () => {
    const id = await posted('PO-OUT');
    await claimed(id, 'ben');
    await configured({ teams: [{ ...MEDIA, channel: '#media-ops' }, FINANCE] });
    expect(await sweptNow()).toEqual({ lapsed: 0, givenBack: 1 });
  });

  test('one who is back keeps what they claim', async () => {
    const id = await posted('PO-RETURNED');
    await slackSays(true);
    expect(await slackSays(false)).toBe(true);
    await claimed(id, 'ben');
    expect(await sweptNow()).toEqual({ lapsed: 0, givenBack: 0 });
  });
});

test('a channel in which the app may not post is tried by the next message, and by no more than one', async () => {
  const restricted = {
    kind: 'error',
    error: 'restricted_action',
    method: 'chat.postMessage',
    channel: 'media-ops',
  } as const;
  story.slack.faults.add(restricted);
  const first = await posted('PO-RESTRICTED');
  expect(channelsOf(first)).toEqual([OVERFLOW]);
  await lookAfter(story);
  const second = await posted('PO-STILL');
  expect(channelsOf(second)).toEqual([OVERFLOW]);
  story.slack.faults.clear();
  await lookAfter(story);
  const third = await posted('PO-ALLOWED');
  await comesTo(story, () => [first, second, third].map(channelsOf), [[CHANNEL], [CHANNEL], [CHANNEL]]);
  expect(directTo(story, 'olga')).toHaveLength(2);
});

test('what was given up is listed with the way out, and tried again on demand', async () => {
  story.slack.faults.add({
    kind: 'error',
    error: 'cant_update_message',
    method: 'chat.postMessage',
    times: 1,
  });
  const id = await posted('PO-DEAD');
  const { workspaceId } = story.workspace;
  const listed = await undelivered(story.sql, { workspaceId, limit: 10 });
  expect(listed).toMatchObject({
    lost: [],
    dead: [
      {
        kind: 'card',
        name: 'media_ops',
        reason: 'cant_update_message',
        wayOut: expect.stringContaining('retry'),
      },
    ],
  });
  expect(await retryUndelivered(story.sql, { workspaceId, team: 'finance' })).toBe(0);
  expect(await retryUndelivered(story.sql, { workspaceId, team: 'media_ops' })).toBe(1);
  await story.idle();
  expect(channelsOf(id)).toEqual([CHANNEL]);
});

test('a lost channel is listed with where its messages go', async () => {
  story.slack.admin.archive('media-ops');
  await posted('PO-LISTED');
  const { workspaceId } = story.workspace;
  expect((await undelivered(story.sql, { workspaceId, limit: 10 })).lost).toMatchObject([
    { team: 'media_ops', channel: '#media-ops', reason: 'archived', standIn: '#overflow', waiting: 0 },
  ]);
});
