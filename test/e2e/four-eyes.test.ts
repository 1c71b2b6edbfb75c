import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MONEY, TERMS } from '../support/adjusting.ts';
import { testDatabase } from '../support/database.ts';
import {
  openExceptions,
  STORY_ORGANISATION,
  type Story,
  slackId,
  startStory,
} from '../support/slack-story.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CHANNEL = 'C0MEDIAOPS';
const FINANCE = 'C0FINANCE';
const ORGANISATION = {
  ...STORY_ORGANISATION,
  resolutionCodes: TERMS.codes,
  money: { ...MONEY, reasonCodes: MONEY.reasonCodes },
  ownership: STORY_ORGANISATION.ownership.map((row) => ({ ...row, hold: 'vendor_payout' })),
};

const database = await testDatabase();
let story: Story;

beforeAll(async () => {
  story = await startStory(database.url, { organisation: ORGANISATION });
});
afterAll(() => story?.stop());

/** An exception that holds its payout, claimed by Ana; its card is posted. */
async function claimed(order: string): Promise<string> {
  const [id] = await openExceptions(story.sql, story.workspace, [order], { organisation: ORGANISATION });
  await story.idle();
  if (id === undefined) throw new Error(`no exception of ${order}`);
  await press('ana', 'claim', id);
  return id;
}

const cardOf = (id: string) => {
  const card = story.slack
    .messages(CHANNEL)
    .find(
      ({ metadata }) => metadata?.event_payload.exception_id === id && metadata.event_type === 'tieout_card',
    );
  if (!card) throw new Error(`no card of ${id}`);
  return card;
};

async function press(who: string, actionId: string, id: string): Promise<void> {
  await story.slack.press({ as: slackId(who), channel: CHANNEL, ts: cardOf(id).ts, actionId });
  await story.idle();
}

const submit = async (who: string, values: Record<string, string>) => {
  const submitted = await story.slack.as(slackId(who)).submit({ values });
  await story.idle();
  return submitted;
};

/** The message that asks finance, as it stands now. */
const asked = () => {
  const message = story.slack.messages(FINANCE).at(-1);
  if (!message) throw new Error('finance was not asked');
  return message;
};

async function decide(who: string, actionId: string): Promise<void> {
  await story.slack.press({ as: slackId(who), channel: FINANCE, ts: asked().ts, actionId });
  await story.idle();
}

const actionsOf = ({ blocks }: { blocks?: readonly unknown[] | undefined }): unknown[] =>
  ((blocks ?? []) as { elements?: { action_id?: string }[] }[]).flatMap(({ elements = [] }) =>
    elements.flatMap(({ action_id: id }) => (id === undefined ? [] : [id])),
  );

describe('four eyes in Slack', () => {
  test('an adjustment above the limit is asked about, approved on the message, and resolved', async () => {
    const id = await claimed('PO-ABOVE');
    await press('ana', 'resolve', id);
    const entered = { code: 'adjusted', note: 'agreed', amount: '80', reason: 'billing_error' };
    expect(await submit('ana', { ...entered, amount: '80 EUR' })).toMatchObject({
      errors: { amount: expect.stringContaining('never converted') },
    });
    expect(await submit('ana', entered)).toMatchObject({ body: '' });

    expect(await story.factsOf(id)).toMatchObject({ status: 'awaiting_approval' });
    expect(asked().text).toMatch(/^Approval needed: EX-\d+ adjustment, \$80\.00/);
    expect(asked().text).toContain('Proposed by: Ana Ruiz');
    expect(actionsOf(asked())).toEqual(['approve', 'reject', 'details']);
    // The card moved on meanwhile, and the message with it.
    await press('ana', 'escalate', id);
    await submit('ana', { target: 'person:olga', reason: 'please decide' });
    await decide('olga', 'approve');

    expect(await story.factsOf(id)).toMatchObject({ status: 'resolved', resolutionCode: 'adjusted' });
    expect(asked().text).toMatch(/^Approved: EX-\d+ adjustment, \$80\.00/);
    expect(actionsOf(asked())).toEqual(['details']);
  });

  test('what waits and what is booked is listed to finance, with count and sum', async () => {
    const ask = async (who: string, text: string) => {
      await story.slack.as(slackId(who)).slash({ channel: CHANNEL, command: '/recon', text });
      return story.slack.ephemerals(slackId(who)).at(-1)?.text ?? '';
    };
    const id = await claimed('PO-WAITS');
    await press('ana', 'resolve', id);
    await submit('ana', { code: 'adjusted', note: 'agreed', amount: '60', reason: 'billing_error' });

    const all = await ask('olga', 'adjustments');
    expect(all).toContain('1 waiting for a second person, $60.00 · 1 booked, $80.00');
    expect(all).toMatch(
      /Waiting for a second person\nEX-\d+ · adjustment · \$60\.00 · .* · order PO-WAITS\nproposed by Ana Ruiz, .* · billing error · belongs to 2026-11 · decide until .* · \(?“agreed”/,
    );
    expect(all).toMatch(
      /A-\d+ · adjustment · \$80\.00.*\nEX-\d+ · billing error · by Ana Ruiz, .*approved by Olga Novak/,
    );
    expect(await ask('ben', 'adjustments waiting')).toContain('1 waiting for a second person, $60.00');
    expect(await ask('guest', 'adjustments')).toContain('Nothing that you can see waits');
    expect(await ask('olga', 'adjustments client:amce')).toMatch(
      /Nothing that you can see fits "client:.?amce"\. \/recon adjustments alone/,
    );
    expect(await ask('olga', 'adjustments by:anna')).toContain('did you mean "ana"?');
    expect(await ask('olga', 'adjustments waitng')).toContain('did you mean "waiting"?');
    expect(await ask('olga', 'adjustments kind:writeof')).toContain('did you mean "write_off"?');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'src/main.ts', 'adjustments', '--waiting', '--json'],
      { cwd: ROOT, env: { PATH: process.env.PATH, DATABASE_URL: database.url } },
    );
    expect(JSON.parse(stdout)).toMatchObject([
      {
        kind: 'adjustment',
        order: 'PO-WAITS',
        amount: { minor: '6000' },
        made_by: 'Ana Ruiz',
        note: 'agreed',
      },
    ]);
    await press('ana', 'reject', id);
    await submit('ana', { reason: 'changed my mind' });
    expect(await ask('olga', 'adjustments waiting')).toContain('Nothing that you can see fits "waiting"');
  });

  test('a payment is asked to be let go in Details, refused to its asker, and let go by another', async () => {
    const id = await claimed('PO-HELD');
    expect(cardOf(id).text).toContain('Payment hold: vendor payout');
    await press('ana', 'details', id);
    await story.slack.press({ as: slackId('ana'), actionId: 'hold_release' });
    const sent = await submit('ana', { reason: 'billing_error', note: 'a credit is promised' });
    expect(sent.body).toMatch(/You asked for H-\d+ to be released/);

    expect(asked().text).toMatch(/^Approval needed: H-\d+ release of a payment/);
    expect(actionsOf(asked())).toEqual(['proposal_approve', 'proposal_reject', 'details']);
    await decide('ana', 'proposal_approve');
    expect(await story.factsOf(id)).toMatchObject({ hold: { kind: 'vendor_payout' } });
    await decide('olga', 'proposal_approve');

    expect(await story.factsOf(id)).toMatchObject({ status: 'claimed', hold: undefined });
    expect(cardOf(id).text).not.toContain('Payment hold');
    expect(asked().text).toMatch(/^Approved: H-\d+ release of a payment/);
    expect(story.slack.messages('D_ANA').at(-1)?.text).toMatch(/^Approved: H-\d+/);
  });
});
