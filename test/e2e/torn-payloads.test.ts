import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { type Recorded, type RecordingProxy, startRecordingProxy } from '../support/recording-proxy.ts';
import {
  CHANNEL,
  pointerTo,
  pressBody,
  SIGNING_SECRET,
  type Story,
  sendPress,
  slackId,
  startStory,
} from '../support/slack-story.ts';
import { type Json, placesOf, takeApart, torn } from '../support/torn.ts';

const database = await testDatabase();
let story: Story;
let proxy: RecordingProxy;
beforeAll(async () => {
  story = await startStory(database.url);
  proxy = await startRecordingProxy(story.url);
  story.slack.setRequestUrl(proxy.url);
});
afterAll(async () => {
  proxy?.close();
  await story?.stop();
});

async function posted(order: string): Promise<string> {
  const [id] = await story.open(order);
  await story.idle();
  if (id === undefined) throw new Error(`no exception of ${order}`);
  return id;
}

const ana = () => story.slack.as(slackId('ana'));

async function press(actionId: string, exceptionId: string): Promise<void> {
  const card = story.slack
    .messages(CHANNEL)
    .find(({ metadata }) => metadata?.event_payload.exception_id === exceptionId);
  await ana().press({ channel: CHANNEL, ts: card?.ts ?? '', actionId });
  await story.idle();
}

/** What a day of work sends: presses, forms, searches, commands, Homes, mentions, shortcuts, changes of the channel. */
async function work(): Promise<void> {
  const inAWeek = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  const forms = {
    resolve: { code: 'accepted', note: 'Agreed' },
    escalate: { target: 'team:finance', reason: 'The vendor is silent' },
    hand_over: { person: 'ben', note: 'I am on leave' },
    wait: { until: inAWeek, note: 'A corrected invoice' },
  };
  for (const [actionId, values] of Object.entries(forms)) {
    const id = await posted(`PO-${actionId}`);
    await press('claim', id);
    await press(actionId, id);
    await ana().submit({ values });
    await press('details', id);
    await ana().close({ all: true });
  }
  for (const text of ['', 'mine', 'show EX-1001', 'order PO-wait']) {
    await ana().slash({ channel: CHANNEL, command: '/recon', text });
  }
  await ana().openHome();
  ana().say({ channel: CHANNEL, text: '<@U0TIEOUT> note this' });
  const { ts } = ana().say({ channel: CHANNEL, text: 'A promise' });
  await ana().shortcut({ callbackId: 'keep_note', channel: CHANNEL, ts });
  await ana().suggest({ actionId: 'value', blockId: 'exception', query: 'PO' });
  story.slack.admin.rename(CHANNEL, 'media-ops-2');
  await story.slack.waitFor(() => proxy.recorded.some(({ body }) => body.includes('channel_rename')));
}

async function send({ type, body }: Recorded): Promise<number> {
  const timestamp = Math.floor(Date.now() / 1000);
  const mac = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  const headers = {
    'content-type': type,
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': `v0=${mac}`,
  };
  const answer = await fetch(story.url, {
    method: 'POST',
    headers,
    body,
    signal: AbortSignal.timeout(10_000),
  });
  await answer.text();
  return answer.status;
}

const OTHERS: readonly Json[] = [null, 0, '', [], {}, [null], true, '\u0000', 'x'.repeat(5_000)];
/** Without one no form can be opened, which the person is told. */
const OPENS_FORMS = 'trigger_id';

test('what Slack sends, torn in any one place, is served or refused and never a fault', {
  timeout: 180_000,
}, async () => {
  await work();
  const kinds = new Map(
    proxy.recorded.map((recorded) => takeApart(recorded)).map((taken) => [taken.name, taken]),
  );
  expect(kinds.size).toBeGreaterThanOrEqual(19);

  const faults: string[] = [];
  let turn = 0;
  for (const { name, payload, again } of kinds.values()) {
    for (const place of placesOf(payload)) {
      if (place.includes(OPENS_FORMS)) continue;
      turn += 1;
      for (const given of [undefined, OTHERS[turn % OTHERS.length]]) {
        const status = await send(again(torn(payload, place, given)));
        if (![200, 400, 403].includes(status))
          faults.push(`${status}: ${name}, ${place.join('.')} = ${JSON.stringify(given)?.slice(0, 20)}`);
      }
    }
  }
  expect(faults).toEqual([]);
  expect(story.logLines.filter((line) => line.includes('a press failed'))).toEqual([]);

  const id = await posted('PO-AFTER');
  const claim = pressBody({ action_id: 'claim', value: pointerTo(id, 1) }, { actionTs: '1700000000.999' });
  expect((await sendPress(story.url, claim)).status).toBe(200);
  expect(await story.factsOf(id)).toMatchObject({ status: 'claimed', owner: { name: 'Ana Ruiz' } });
});
