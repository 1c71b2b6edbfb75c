import type { Webhook } from '../core/webhook.ts';
import type { WebhookFile } from './schema-webhook.ts';
import type { YamlSource } from './yaml.ts';

const FIVE_MINUTES = 5 * 60_000;
const ONE_MB = 1_000_000;

/** What may be pushed to a feed, after noting on `source` whatever in it cannot hold. */
export function toWebhook(
  file: WebhookFile,
  source: YamlSource,
  { hasPull, hasRevision }: { readonly hasPull: boolean; readonly hasRevision: boolean },
): Webhook {
  const { signature } = file;
  const gives = file.gives ?? 'records';
  if (gives === 'news' && !hasPull) {
    source.problem(
      ['webhook', 'gives'],
      'news say only that something changed; the feed needs pull: to ask what',
    );
  }
  if (file.types !== undefined && file.type === undefined) {
    source.problem(['webhook', 'types'], 'needs type:, which says where an event has its type');
  }
  if (file.at !== undefined && (hasRevision || gives === 'news')) {
    const why = hasRevision
      ? 'revision: orders the versions of a record already; leave one of the two out'
      : 'news carry no record, so that nothing is to be ordered; leave it out';
    source.problem(['webhook', 'at'], why);
  }
  const secrets = typeof file.secret === 'string' ? [file.secret] : file.secret;
  for (const [index, secret] of secrets.entries()) {
    if (/\$\{[A-Za-z_]\w*\}/.test(secret)) continue;
    const at = typeof file.secret === 'string' ? ['webhook', 'secret'] : ['webhook', 'secret', index];
    source.problem(at, 'must name a variable of the environment in ${…}; a secret does not belong in a file');
  }
  return {
    signing:
      typeof signature === 'string'
        ? { kind: signature }
        : {
            kind: 'hmac',
            header: signature.header.toLowerCase(),
            prefix: signature.prefix ?? '',
            encoding: signature.encoding ?? 'hex',
          },
    secrets,
    windowMs: file.window ?? FIVE_MINUTES,
    events: file.events,
    id: file.id,
    type: file.type,
    at: hasRevision || gives === 'news' ? undefined : (file.at ?? usualTime(file)),
    types: file.types,
    record: file.record ?? [],
    gives,
    isStrict:
      (file.unknown ?? (signature === 'standard' ? 'refuse' : 'keep')) === 'refuse' && gives === 'records',
    only: Object.entries(file.only ?? {}).map(([path, value]) => ({ path: path.split('.'), value })),
    maxBytes: file.max_bytes ?? ONE_MB,
  };
}

/** Where providers say when an event happened, in what their own words make an event. */
function usualTime({ signature, record = [] }: WebhookFile): Webhook['at'] {
  const isWhole = record.length === 0;
  if (signature === 'stripe' && !isWhole) return ['created'];
  if (signature === 'standard' && !isWhole) return ['timestamp'];
  if (signature === 'hubspot') return ['occurredAt'];
  if (signature === 'shopify' && isWhole) return ['updated_at'];
  return undefined;
}
