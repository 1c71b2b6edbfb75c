import { beforeEach, expect, test } from 'vitest';
import { createLogger } from '../../../src/observe/logger.ts';
import { allowOnly } from '../../../src/slack/guard/allow-list.ts';
import { answerEnvelope, type Envelope } from '../../../src/slack/transport/envelope.ts';

const PRESS = {
  type: 'block_actions',
  team: { id: 'T1' },
  user: { id: 'U1', team_id: 'T1' },
  api_app_id: 'A1',
  actions: [{ action_id: 'something', value: 'x' }],
};

let acks: unknown[] = [];
let log: string[] = [];
let seen: unknown[] = [];

beforeEach(() => {
  acks = [];
  log = [];
  seen = [];
});

const envelope = (body: unknown, changes: Partial<Envelope> = {}): Envelope => ({
  envelope_id: 'E1',
  type: 'interactive',
  body,
  ack: async (response) => {
    acks.push(response);
  },
  ...changes,
});

type Next = Parameters<typeof answerEnvelope>[0]['next'];
const leftAlone: Next = async (event) => {
  seen.push(event.body);
};

const answer = (given: Envelope, next: Next = leftAlone) =>
  answerEnvelope(
    {
      allowed: allowOnly({ teamId: 'T1', enterpriseId: undefined, appId: 'A1' }),
      next,
      logger: createLogger({ level: 'debug', write: (line) => log.push(line) }),
    },
    given,
  );

test('what no listener takes is acknowledged all the same', async () => {
  await answer(envelope(PRESS));
  expect(seen).toEqual([PRESS]);
  expect(acks).toEqual([undefined]);
});

test('an acknowledgement comes after the work, once, with its answer', async () => {
  await answer(envelope(PRESS), async ({ ack }) => {
    expect(acks).toEqual([]);
    await ack({ response_action: 'clear' });
    await ack();
  });
  expect(acks).toEqual([{ response_action: 'clear' }]);
});

test('an event is acknowledged when it is done, not when Bolt says so, or a crash would lose it', async () => {
  const mention = { type: 'event_callback', team_id: 'T1', api_app_id: 'A1', event: { type: 'app_mention' } };
  await answer(envelope(mention, { type: 'events_api' }), async ({ ack }) => {
    await ack();
    expect(acks).toEqual([]);
  });
  expect(acks).toEqual([undefined]);
});

test('an answer of words is sent as text, and an empty one as nothing', async () => {
  await answer(envelope(PRESS), ({ ack }) => ack('Hello'));
  await answer(envelope(PRESS), ({ ack }) => ack(''));
  expect(acks).toEqual([{ text: 'Hello' }, undefined]);
});

test('a listener that fails is logged and acknowledged, so that its press does not come again', async () => {
  await answer(envelope(PRESS), async () => {
    throw new Error('the database is away');
  });
  expect(acks).toEqual([undefined]);
  expect(log.join('')).toContain('the database is away');
});

test('a connection that closed before the acknowledgement fails nothing', async () => {
  let isWorkDone = false;
  const gone = envelope(PRESS, {
    ack: async () => {
      throw new Error('no active connection');
    },
  });
  await answer(gone, async ({ ack }) => {
    await ack();
    isWorkDone = true;
  });
  expect(isWorkDone).toBe(true);
  expect(log.join('')).toContain('before the acknowledgement');
});

test.each([
  ['of another team', { ...PRESS, team: { id: 'T2' } }, 'foreign_team'],
  ['of a guest from another team', { ...PRESS, user: { id: 'U1', team_id: 'T2' } }, 'foreign_user'],
  ['for another app', { ...PRESS, api_app_id: 'A2' }, 'foreign_app'],
  ['with two actions at once', { ...PRESS, actions: [{}, {}] }, 'not_one_action'],
  ['with a channel that is none', { ...PRESS, channel: null }, 'payload_malformed'],
  [
    'with a forged value',
    { ...PRESS, actions: [{ action_id: 'claim', value: '1' }] },
    'button_value_malformed',
  ],
  ['that is no object', 'x', 'body_malformed'],
  ['without a body', undefined, 'body_malformed'],
])('an envelope %s reaches nobody and is acknowledged', async (_, body, problem) => {
  await answer(envelope(body));
  expect(seen).toEqual([]);
  expect(acks).toEqual([undefined]);
  expect(log.join('')).toContain(problem);
});

test.each(['message_action', 'shortcut'])(
  'a %s passes without an app id, for Slack sends none with it',
  async (type) => {
    const { api_app_id: _, actions: __, ...rest } = PRESS;
    const on = { channel: { id: 'C1' }, message: { ts: '1700000000.000100' } };
    const used = { ...rest, ...(type === 'message_action' && on), type, callback_id: 'keep_note' };
    await answer(envelope(used));
    expect(seen).toEqual([used]);
  },
);

test.each([
  ['a press without an app id', { ...PRESS, api_app_id: undefined }],
  ['a shortcut of another app', { ...PRESS, type: 'message_action', api_app_id: 'A2' }],
])('%s reaches nobody', async (_, body) => {
  await answer(envelope(body));
  expect(seen).toEqual([]);
  expect(log.join('')).toContain('foreign_app');
});
