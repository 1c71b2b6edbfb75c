import { afterEach, describe, expect, test } from 'vitest';
import { inWorkspace } from '../../src/db/tx.ts';
import { healthRoutes } from '../../src/http/health.ts';
import type { FaultSpec } from '../../src/local-slack/faults.ts';
import { createLogger } from '../../src/observe/logger.ts';
import { testDatabase } from '../support/database.ts';
import { CHANNEL, type Story, slackId, startStory } from '../support/slack-story.ts';
import { type Case, casesOf, expanded, missingReason } from './hostile-slack-cases.ts';

const database = missingReason === undefined ? await testDatabase() : undefined;
const SHUT_OUT = ['invalid_auth', 'token_revoked', 'missing_scope'];
const PARKED_MS = 1_200;

const cases = casesOf('slack.api_response');
const where = (keep: (input: Case['input']) => boolean) => cases.filter(({ input }) => keep(input));
const errorOf = (input: Case['input']): string => input.json?.error ?? '';

/** What the local Slack answers in place of its own answer. */
const faultOf = (input: Case['input'], times?: number): FaultSpec => ({
  kind: input.then === 'reset connection' ? 'drop_after_store' : 'answer',
  method: input.method,
  ...(times === undefined ? {} : { times }),
  ...(input.then
    ? {}
    : {
        status: input.http,
        headers: input.headers ?? {},
        body: expanded(input.json ?? input.text ?? { ok: false, error: 'ratelimited' }),
        stored: input.accept === true,
      }),
});

const isShutOut = (input: Case['input']) =>
  input.method === 'chat.postMessage' && SHUT_OUT.includes(errorOf(input));
const isNowhere = (input: Case['input']) =>
  ['channel_not_found', 'is_archived', 'restricted_action'].includes(errorOf(input));
const isRefusal = (input: Case['input']) => isShutOut(input) || isNowhere(input);

describe.skipIf(missingReason)(`what Slack answers${missingReason ? ` (${missingReason})` : ''}`, () => {
  let story: Story;
  afterEach(async () => {
    // The next case has a workspace of its own, for the same Slack team.
    const { workspaceId } = story.workspace;
    await inWorkspace(
      story.sql,
      workspaceId,
      (tx) => tx`update workspace set slack_team_id = null where workspace_id = ${workspaceId}`,
    );
    await story.stop();
  });

  const begin = async (fault: FaultSpec): Promise<string> => {
    story = await startStory(database?.url ?? '');
    story.slack.faults.add(fault);
    const [id = ''] = await story.open('PO-ANSWER');
    return id;
  };
  const cardsOf = (id: string) =>
    ['C0MEDIAOPS', 'C0FINANCE']
      .flatMap((channel) => story.slack.messages(channel))
      .filter((message) => message.metadata?.event_payload.exception_id === id);
  const posts = () => story.slack.calls().filter(({ method }) => method === 'chat.postMessage').length;
  const settle = (deadlineMs: number) => story.app.sender.drainUntilIdle({ deadlineMs });
  const onTrail = async (action: string): Promise<number> => {
    const events = await inWorkspace(
      story.sql,
      story.workspace.workspaceId,
      (tx) => tx`select seq from audit_event where action = ${action}`,
    );
    return events.length;
  };
  const readiness = async () =>
    (
      await healthRoutes({
        sql: story.sql,
        sender: story.app.sender,
        logger: createLogger({ level: 'silent' }),
      }).request('/readyz')
    ).status;

  const isPause = (input: Case['input']) => input.http === 429 && input.headers['retry-after'] !== '0';
  test.each(where(isPause))('$id: a post told to wait rests: $expect.note', async ({ input }) => {
    const id = await begin(faultOf(input, 1));
    expect((await settle(PARKED_MS)).waiting).toBeGreaterThan(0);
    expect(posts()).toBe(1);
    expect(cardsOf(id)).toEqual([]);
  });

  const isOnce = (input: Case['input']) =>
    input.method === 'chat.postMessage' && !isPause(input) && !isRefusal(input);
  test.each(where(isOnce))('$id: the card stands once in the end: $expect.note', async ({ input }) => {
    const id = await begin(faultOf(input, 1));
    await story.idle();
    expect(cardsOf(id)).toHaveLength(1);
  });

  test.each(where(isShutOut))('$id: sending stops and readiness says so: $expect.note', async ({ input }) => {
    const id = await begin(faultOf(input));
    await expect.poll(() => story.app.sender.isShutOut(), { timeout: 20_000 }).toBe(true);
    expect((await settle(PARKED_MS)).waiting).toBeGreaterThan(0);
    expect(posts()).toBe(1);
    expect(await readiness()).toBe(503);
    await expect.poll(() => onTrail('integration.auth_failed'), { timeout: 20_000 }).toBe(1);
    story.slack.faults.clear();
    expect(cardsOf(id)).toEqual([]);
  });

  test.each(where(isNowhere))(
    '$id: it is shown elsewhere or listed as given up: $expect.note',
    async ({ input }) => {
      const id = await begin({ ...faultOf(input), channel: 'media-ops' });
      const left = await settle(20_000);
      expect(cardsOf(id).length + left.dead + left.parked).toBeGreaterThan(0);
      expect(posts()).toBeLessThan(10);
      expect(await onTrail('notification.rerouted')).toBeGreaterThan(0);
    },
  );

  test.each(where(({ method }) => method === 'chat.update'))('$id: $expect.note', async ({ input }) => {
    const id = await begin({ kind: 'latency', ms: 1, times: 1 });
    await story.idle();
    const [card] = cardsOf(id);
    story.slack.faults.add(faultOf(input, 1));
    story.slack.admin.deleteMessage(CHANNEL, card?.ts ?? '');
    await story.slack.forge(claimOf(id));
    await story.idle();
    expect(cardsOf(id).map(({ ts }) => ts)).not.toContain(card?.ts);
    expect(cardsOf(id)).toHaveLength(1);
    await expect.poll(() => onTrail('notification.reposted'), { timeout: 20_000 }).toBe(1);
  });

  test.each(where(({ method }) => method === 'conversations.history'))(
    '$id: what cannot be looked up is never posted twice: $expect.note',
    async ({ input }) => {
      const isPartial = input.json.ok === true;
      story = await startStory(database?.url ?? '');
      story.slack.faults.add({ kind: 'drop_after_store', method: 'chat.postMessage', times: 1 });
      story.slack.faults.add(faultOf(input, isPartial ? 1 : undefined));
      const [id = ''] = await story.open('PO-LOOK-UP');
      await settle(2_500);
      expect(cardsOf(id)).toHaveLength(1);
      expect(posts()).toBe(1);
    },
  );
});

const claimOf = (exceptionId: string) => ({
  type: 'block_actions',
  user: { id: slackId('ana'), team_id: 'T0AGENCY' },
  api_app_id: 'A0TIEOUT',
  team: { id: 'T0AGENCY' },
  channel: { id: CHANNEL },
  container: { type: 'message', message_ts: '1', channel_id: CHANNEL },
  trigger_id: '1.2.3',
  actions: [
    {
      type: 'button',
      block_id: 'b',
      action_id: 'claim',
      value: JSON.stringify({ v: 1, id: exceptionId, version: 1 }),
      action_ts: '1700000000.000100',
    },
  ],
});
