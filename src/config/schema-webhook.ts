import { z } from 'zod';
import { path, template } from './schema-pull.ts';
import { byteSize, durationMs, text } from './words.ts';

const headerName = z.string().regex(/^[A-Za-z][\w-]{0,80}$/, 'must be the name of a header');

const signature = z.union(
  [
    z.enum(['standard', 'stripe', 'hubspot', 'shopify']),
    z.strictObject({
      header: headerName,
      prefix: z.string().max(40).optional(),
      encoding: z.enum(['hex', 'base64']).optional(),
    }),
  ],
  { error: () => 'must be standard, stripe, hubspot, shopify, or { header: X-Signature, encoding: hex }' },
);

/** `webhook:` of a feed file: what may be pushed to the feed. */
export const webhookSchema = z.strictObject({
  signature,
  secret: z.union([template, z.array(template).min(1).max(5)]),
  window: durationMs.optional(),
  events: path.optional(),
  id: path.optional(),
  type: path.optional(),
  at: path.optional(),
  types: z.array(text).min(1).max(200).optional(),
  record: path.optional(),
  gives: z.enum(['records', 'news']).optional(),
  unknown: z.enum(['refuse', 'keep']).optional(),
  only: z.record(text, template).optional(),
  max_bytes: byteSize.optional(),
});

export type WebhookFile = z.output<typeof webhookSchema>;
