import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FeedContract } from '../../src/core/contract.ts';
import { DEFAULT_POLICY } from '../../src/core/intake/policy.ts';
import { PLAIN_AMOUNT } from '../../src/core/money.ts';
import type { Versioned } from '../../src/core/versioned.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import { takeReleased } from '../../src/pipeline/ingest/take-released.ts';
import { reconcile } from '../../src/pipeline/reconcile.ts';
import { testDatabase } from '../support/database.ts';
import { aSpec, contractSha256 } from '../support/ledger.ts';
import { scratchFolder } from '../support/scratch.ts';
import {
  CHANNEL,
  pointerTo,
  pressPayload,
  STORY_ORGANISATION,
  type Story,
  slackId,
  startStory,
  TRANSPORTS,
} from '../support/slack-story.ts';

const databases = { http: await testDatabase(), socket: await testDatabase() };
const column = (from: string) => ({ from, always: undefined, cutAt: [] });

const contractOf = (feed: string, files: string): FeedContract & Versioned => ({
  feed,
  source: 'test',
  format: 'csv',
  delimiter: ',',
  finalLineEnd: 'required',
  files: [files],
  zone: 'UTC',
  key: ['id'],
  revision: undefined,
  amount: 'amount',
  date: 'on',
  client: 'client',
  orderRef: 'po',
  where: [],
  fields: [
    { name: 'id', ...column('id'), required: true, type: { kind: 'reference' } },
    { name: 'po', ...column('po'), required: false, type: { kind: 'reference' } },
    { name: 'client', ...column('client'), required: false, type: { kind: 'text', maxLength: 200 } },
    { name: 'on', ...column('on'), required: true, type: { kind: 'date', format: 'YYYY-MM-DD' } },
    {
      name: 'amount',
      ...column('amount'),
      required: true,
      type: { kind: 'money', format: PLAIN_AMOUNT, currency: { from: undefined, always: 'USD', cutAt: [] } },
    },
  ],
  intake: { ...DEFAULT_POLICY, owner: { kind: 'team', key: 'media_ops' } },
  body: '{}',
  sha256: contractSha256(feed),
});

const SPEC = aSpec({
  missing: {
    expected: undefined,
    actual: { afterDays: 0, raise: 'missing_invoice', severity: 'manual_review' },
  },
});

let story: Story;
let folder: string;
let feeds: ReadonlyMap<string, FeedContract & Versioned>;

/** Twenty rows of a side, as its source writes them. */
const rows = (side: string, columns: readonly string[], amount = '100.00'): string => {
  const row = (at: number): Record<string, string> => ({
    id: `${side}-${at}`,
    po: `PO-${at}`,
    client: 'Acme',
    on: '2026-11-01',
    amount,
  });
  const lines = Array.from({ length: 20 }, (_, at) => columns.map((name) => row(at)[name]).join(','));
  return `${columns.join(',')}\n${lines.join('\n')}\n`;
};
const ALL = ['id', 'po', 'client', 'on', 'amount'];

const night = () =>
  reconcile(story.sql, {
    workspaceId: story.workspace.workspaceId,
    spec: SPEC,
    feeds,
    organisation: STORY_ORGANISATION,
    mode: 'active',
    cutoffAt: new Date('2026-11-22T06:00:00Z'),
    now: new Date('2026-11-22T06:00:00Z'),
  });

const query = <T extends object>(
  run: (tx: Parameters<Parameters<typeof inWorkspace>[2]>[0]) => Promise<T[]>,
): Promise<T[]> => inWorkspace(story.sql, story.workspace.workspaceId, async (tx) => [...(await run(tx))]);

const messageOf = (feed: string) => {
  const found = story.slack.messages(CHANNEL).filter(({ text }) => text.startsWith(`${feed}:`));
  const [message] = found.slice(-1);
  if (!message) throw new Error(`no message about ${feed}`);
  return message;
};
const buttonsOf = (feed: string): string[] => {
  const blocks = messageOf(feed).blocks as unknown as readonly {
    type: string;
    elements?: readonly { text: { text: string } }[];
  }[];
  return blocks
    .filter(({ type }) => type === 'actions')
    .flatMap(({ elements = [] }) => elements.map(({ text }) => text.text));
};
const press = (who: string, actionId: string) =>
  story.slack.press({ as: slackId(who), channel: CHANNEL, ts: messageOf('invoices').ts, actionId });

describe.each(TRANSPORTS)('over $transport', ({ transport }) => {
  beforeAll(async () => {
    story = await startStory(databases[transport].url, { transport });
  });
  afterAll(async () => {
    await story?.stop();
  });

  describe('a column that a source drops overnight', () => {
    beforeEach(() => {
      folder = scratchFolder();
      feeds = new Map(
        ['orders', 'invoices'].map((feed) => [feed, contractOf(feed, join(folder, `${feed}*.csv`))]),
      );
    });

    test('is told to its data owner in the same run, nothing wrong is matched, and accepting it is one press and a reason', async () => {
      writeFileSync(join(folder, 'orders-1.csv'), rows('order', ALL));
      writeFileSync(join(folder, 'invoices-1.csv'), rows('invoice', ALL));
      const first = await night();
      expect(first.run).toMatchObject({ made: { matches: 20 }, changes: { open: 0 } });
      const before = await query((tx) => tx`select match_id from match where is_live order by match_id`);

      writeFileSync(
        join(folder, 'orders-2.csv'),
        rows('order', ALL).replaceAll('-1', '-10').replaceAll('order-', 'order-x'),
      );
      writeFileSync(
        join(folder, 'invoices-2.csv'),
        rows('invoice', ['id', 'client', 'on', 'amount'], '900.00'),
      );
      const second = await night();
      await story.idle();
      expect(second.deliveries.map(({ name, status }) => [name, status])).toContainEqual([
        'invoices-2.csv',
        'held',
      ]);
      expect(second.run.changes).toEqual({ open: 0, update: 0, reopen: 0, clear: 0 });
      expect(await query((tx) => tx`select match_id from match where is_live order by match_id`)).toEqual(
        before,
      );
      const { text } = messageOf('invoices');
      expect(text).toContain('Column “po” is gone, and po needs it.');
      expect(text).toContain('invoices-2.csv');
      expect(buttonsOf('invoices')).toEqual(['Accept', 'Hold', 'Reject']);

      await press('guest', 'delivery_release');
      await story.slack.waitFor(
        () =>
          (story.slack.ephemerals(slackId('guest')).at(-1)?.text ?? '').includes(
            'Only the owner of this data',
          ),
        { what: 'the guest being told' },
      );

      await press('ben', 'delivery_hold');
      const ben = story.slack.as(slackId('ben'));
      expect(await ben.submit({ values: { code: 'other', note: '' } })).toMatchObject({
        end: 'errors',
        errors: { note: 'Say in the note why.' },
      });
      expect(
        await ben.submit({ values: { code: 'asking_source', note: 'Billing is looking' } }),
      ).toMatchObject({ status: 200 });
      await story.idle();
      expect(messageOf('invoices').text).toContain('Kept waiting by Ben Okafor');

      await press('ana', 'delivery_release');
      const ana = story.slack.as(slackId('ana'));
      expect(JSON.stringify(story.slack.openViewOf(slackId('ana'))?.blocks)).toContain('Column “po” is gone');
      await ana.submit({ values: { code: 'source_confirmed' } });
      await story.idle();
      expect(messageOf('invoices').text).toContain('is being taken in');
      expect(buttonsOf('invoices')).toEqual([]);
      await takeReleased(story.sql, { workspaceId: story.workspace.workspaceId, feeds });
      await story.idle();
      expect(messageOf('invoices').text).toContain('was taken in');
      expect(messageOf('invoices').text).toContain('Taken in by Ana Ruiz');
      expect(
        await query(
          (tx) =>
            tx`select action from audit_event where entity = 'delivery' and action ~ 'kept|released' order by seq`,
        ),
      ).toEqual([{ action: 'delivery.kept_waiting' }, { action: 'delivery.released' }]);

      const [held] = await query<{ id: string }>(
        (tx) => tx`select delivery_id as id from delivery where decided_at is not null`,
      );
      const stale = { action_id: 'delivery_reject', value: pointerTo(held?.id ?? '', 1) };
      expect((await story.slack.forge(pressPayload(stale, { user: 'ben' }))).status).toBe(200);
      await story.slack.waitFor(
        () =>
          (story.slack.ephemerals(slackId('ben')).at(-1)?.text ?? '').includes('It was taken in already.'),
        { what: 'ben being told' },
      );
    });
  });
});
