import { feedFrom } from '../test/support/feeds.ts';

/** Orders, pushed as Standard Webhooks and held to their contract at the door. */
export const BENCH_FEED = feedFrom(`
feed: orders
source: bench
format: jsonl
zone: UTC
key: [order_id]
amount: amount
date: day
fields:
  order_id: { type: reference, from: order_id }
  amount: { type: money, from: amount, currency: { from: currency } }
  day: { type: date, from: day, format: YYYY-MM-DD }
  client: { type: text, from: client }
webhook:
  signature: standard
  secret: "\${BENCH_SECRET}"
`);
