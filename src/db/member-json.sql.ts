import type { Tx } from './tx.ts';

/** The columns of pool row `p` as one JSON object (see MemberJson). */
export const memberJson = (tx: Tx) => tx`
  json_build_object('record_id', p.record_id, 'side', p.side, 'feed', p.feed, 'source_ref', p.source_ref,
    'version', p.version, 'content_hash', encode(p.content_hash, 'hex'), 'amount_minor', p.amount_minor::text,
    'currency', p.currency, 'occurred_on', to_char(p.occurred_on, 'YYYY-MM-DD'), 'client', p.client,
    'order_ref', p.order_ref, 'fields', p.fields::json)`;
