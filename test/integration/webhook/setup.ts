import type { WebhookEndpoint } from '../../../src/core/webhook-endpoint.ts';
import type { Sql } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { deactivateEndpoints } from '../../../src/pipeline/govern/deactivate-endpoints.sql.ts';
import { upsertEndpoints } from '../../../src/pipeline/govern/upsert-endpoints.sql.ts';
import { type ListedMessage, listMessages } from '../../../src/pipeline/webhook/list-messages.sql.ts';
import { type SendOptions, type SentOnce, sendDue } from '../../../src/pipeline/webhook/send-due.ts';
import {
  aSpec,
  invoice,
  putRecords,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';
import type { Receiver } from '../../support/receiver.ts';

export const SPEC = aSpec({
  actual: { feed: 'invoices', amount: 'amount', date: 'on', payee: 'vendor' },
  missing: {
    actual: { afterDays: 10, raise: 'missing_invoice', severity: 'manual_review' },
    expected: { afterDays: 0, raise: 'unordered_charge', severity: 'block_payout' },
  },
});

export const CHARGE = invoice('1', 180_05n, { fields: { po: '1', client: 'Acme', vendor: 'Kestrel' } });

export const endpointAt = (
  { url }: Pick<Receiver, 'url'>,
  changes: Partial<WebhookEndpoint> = {},
): WebhookEndpoint => ({
  key: 'payments',
  url,
  kinds: ['hold.changed', 'hold.placed', 'hold.released'],
  secrets: ['PAYMENTS_SECRET'],
  networks: ['127.0.0.1'],
  timeoutMs: 2_000,
  ...changes,
});

/** Tells exactly these endpoints, as the configuration would. */
export const tellThese = (
  sql: Sql,
  { workspaceId }: SeededWorkspace,
  endpoints: readonly WebhookEndpoint[],
): Promise<void> =>
  inWorkspace(sql, workspaceId, async (tx) => {
    await deactivateEndpoints(tx, { workspaceId, keys: endpoints.map(({ key }) => key) });
    await upsertEndpoints(tx, { workspaceId, endpoints });
  });

/** A workspace with these endpoints, in which a charge that nobody ordered has blocked a payout. */
export async function charged(sql: Sql, endpoints: readonly WebhookEndpoint[]): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await tellThese(sql, workspace, endpoints);
  await putRecords(sql, workspace, [CHARGE]);
  await runLedger(sql, workspace, { spec: SPEC });
  return workspace;
}

export const messagesOf = (sql: Sql, { workspaceId }: SeededWorkspace): Promise<ListedMessage[]> =>
  inWorkspace(sql, workspaceId, (tx) =>
    listMessages(tx, workspaceId, { state: undefined, endpoint: undefined, limit: 1_000 }),
  );

/** A sender whose clock a test moves: what waits is due when the test says so. */
export function sender(
  sql: Sql,
  { workspaceId }: SeededWorkspace,
  { endpoint, secrets }: { endpoint: WebhookEndpoint; secrets: readonly string[] },
) {
  let ahead = 1_000;
  const options: SendOptions = {
    workspaceId,
    endpoint,
    keys: secrets.map((secret) => Buffer.from(secret.slice('whsec_'.length), 'base64')),
    clock: () => new Date(Date.now() + ahead),
    chance: () => 0.5,
  };
  return {
    options,
    now: options.clock,
    send: (): Promise<readonly SentOnce[]> => sendDue(sql, options),
    later: (ms: number): void => {
      ahead += ms;
    },
  };
}
