import { z } from 'zod';
import { WEBHOOK_KINDS } from '../core/webhook-message.ts';
import { durationMs, key, network } from './words.ts';

const SECRET =
  'must name a variable of the environment, like ${PAYMENTS_WEBHOOK_SECRET}; a secret does not belong in a file';
const secret = z
  .string()
  .regex(/^\$\{[A-Za-z_]\w{0,100}\}$/, SECRET)
  .transform((given) => given.slice(2, -1));

const url = z
  .url({ protocol: /^https?$/, error: 'must be a web address like https://pay.agency.example/tieout' })
  .max(2_000);

/** The shape of `webhooks` in `tieout.yaml`. */
export const webhooksSchema = z.record(
  key,
  z.strictObject({
    url,
    events: z.array(z.enum(WEBHOOK_KINDS)).min(1, `must name at least one of ${WEBHOOK_KINDS.join(', ')}`),
    secret: z.union(
      [secret, z.array(secret).min(1).max(2, 'holds the new secret and the old one, no more')],
      {
        error: () => SECRET,
      },
    ),
    networks: z.array(network).min(1).max(50).optional(),
    timeout: durationMs.refine((ms) => ms <= 60_000, 'must be at most 60s').optional(),
  }),
);

export type WebhooksFile = z.output<typeof webhooksSchema>;
