import type { Side } from '../core/spec.ts';
import type { Tx } from './tx.ts';

/** The columns of record `r` of feed `f` as one JSON object (see MemberJson); its side is that of its feed. */
export const recordJson = (tx: Tx, feeds: Readonly<Record<Side, string>>) => tx`
  json_build_object('record_id', r.record_id,
    'side', case f.key when ${feeds.expected} then 'expected' else 'actual' end, 'feed', f.key,
    'source_ref', r.source_ref, 'version', r.version, 'content_hash', encode(r.content_hash, 'hex'),
    'amount_minor', r.amount_minor::text, 'currency', r.currency,
    'occurred_on', to_char(r.occurred_on, 'YYYY-MM-DD'), 'client', r.client, 'order_ref', r.order_ref,
    'fields', r.fields::json)`;
