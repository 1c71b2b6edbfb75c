import { expect } from 'vitest';
import type { Sql } from '../../src/db/client.ts';
import { inWorkspace, type Tx } from '../../src/db/tx.ts';
import type { Message } from '../../src/local-slack/types.ts';
import { createLogger } from '../../src/observe/logger.ts';
import type { SenderContext } from '../../src/slack/sender/context.ts';
import { patrolLanes } from '../../src/slack/sender/patrol.ts';
import { probeLanes } from '../../src/slack/sender/probe.ts';
import { webApiCaller } from '../../src/slack/sender/web-api.ts';
import { readerOf } from '../../src/slack/views/reader.ts';
import { BOT_TOKEN, BOT_USER, CHANNEL, type Story, slackId } from './slack-story.ts';

export const OVERFLOW = 'C0OVERFLOW';
export const LANE = 'team:media_ops';

/** Time enough for Slack's answers on a busy machine: here a call that is slow must not count as one that failed. */
export const PATIENT = { timeoutMs: 8_000, settleMs: 400, paceMs: 0 } as const;

/** A sender's context of our own, so that a test says when channels are looked after. */
export const keeping = (story: Story): SenderContext => ({
  sql: story.sql,
  workspaceId: story.workspace.workspaceId,
  call: webApiCaller({ token: BOT_TOKEN, apiUrl: story.slack.apiUrl, timeoutMs: PATIENT.timeoutMs }),
  reader: async () => readerOf('en'),
  readFacts: async () => undefined,
  readGroup: async () => undefined,
  readAgenda: async () => undefined,
  botUserId: BOT_USER,
  timing: PATIENT,
  logger: createLogger({ level: 'silent' }),
});

export const inStory = <T>(story: Story, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inWorkspace(story.sql as Sql, story.workspace.workspaceId, work);

/** The minute is over: channels in trouble are tried, the others looked through, and what follows is sent. */
export async function lookAfter(story: Story): Promise<void> {
  await inStory(
    story,
    (tx) =>
      tx`update lane set patrol_at = now(), probe_at = case when reason is null then null else now() end`,
  );
  await probeLanes(keeping(story));
  await patrolLanes(keeping(story));
  await story.idle();
}

/**
 * Looks after the channels until what is read is what is expected. Once is not always enough to see it: the app of the story
 * looks after them too, and may be at it.
 */
export async function comesTo<T>(story: Story, read: () => T | Promise<T>, expected: T): Promise<void> {
  const looked = async (): Promise<T> => {
    await lookAfter(story);
    return await read();
  };
  await expect.poll(looked, { timeout: 30_000, interval: 200 }).toEqual(expected);
}

/** A second channel, the team's fallback, and Olga as its lead. */
export async function withFallback(story: Story): Promise<void> {
  story.slack.admin.addChannel({
    id: OVERFLOW,
    name: 'overflow',
    members: [BOT_USER, slackId('ana'), slackId('olga')],
  });
  const lead = story.workspace.people.olga ?? '';
  await inStory(
    story,
    (tx) => tx`update team set fallback = '{#overflow}', lead_id = ${lead} where key = 'media_ops'`,
  );
}

const isOf = (exceptionId: string) => (message: Message) =>
  message.metadata?.event_payload.exception_id === exceptionId;

/** The exception's cards that can be pressed, in channels that are not archived: one, at any time. */
export const liveCards = (story: Story, exceptionId: string): Message[] =>
  [CHANNEL, OVERFLOW, `D${slackId('olga').slice(1)}`]
    .flatMap((channel) => story.slack.messages(channel))
    .filter(isOf(exceptionId));

export const directTo = (story: Story, who: string): Message[] =>
  story.slack.messages(`D${slackId(who).slice(1)}`);

/** Lines of the thread under a message. */
export const threadOf = (story: Story, { channel, ts }: Message): string[] =>
  story.slack
    .messages(channel)
    .filter(({ threadTs }) => threadTs === ts)
    .map(({ text }) => text);
