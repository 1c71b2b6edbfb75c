import { z } from 'zod';
import { holdLabel } from '../../core/hold.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { type CoveringHold, heldSums, PAY_REASONS, type PayReason } from '../../core/pay.ts';
import { askToPay } from '../../pipeline/pay/may-pay.ts';
import { route } from './route.ts';
import { instantSchema, moneyOut, moneySchema, nameParameter } from './schemas.ts';

const query = z
  .strictObject({
    client: nameParameter
      .optional()
      .describe('The client, as the records write it; case and spaces do not matter'),
    order: nameParameter.optional().describe('The reference of the order'),
    payee: nameParameter.optional().describe('Who would be paid'),
  })
  .refine(
    ({ client, order, payee }) => (client ?? order ?? payee) !== undefined,
    'say which payment: client, order, payee, or several of them',
  );

const holdSchema = z.object({
  id: z.uuid(),
  hold: z.string().describe('The number people say: `H-1042`'),
  kind: z.string().describe('Which payout: `vendor_payout`, `commission`, `payout`'),
  client: z.string().nullable(),
  order: z.string().nullable(),
  payee: z.string().nullable(),
  amount: moneySchema.nullable().describe('How much of it; null holds everything'),
  exception: z
    .string()
    .nullable()
    .describe('The exception that holds: `EX-1042`; null when a person placed it'),
  reason: z.string(),
  note: z.string().nullable(),
  placed_at: instantSchema,
  expires_at: instantSchema.nullable().describe('When it ends by policy; null when only people end it'),
});

const WORDS = {
  held: 'held: a hold is open on it',
  unknown_client: 'unknown_client: no run has compared a document of this client',
  unknown_order: 'unknown_order: no document carries this reference',
  unknown_payee: 'unknown_payee: no run has compared a document of this payee',
  another_client: 'another_client: the documents of the order name another client',
  another_payee: 'another_payee: the documents of the order name another payee',
  not_reconciled: 'not_reconciled: a document came that no run has compared yet',
  stale: 'stale: the last run is too long ago, or there was none',
} as const satisfies Record<PayReason, string>;

const response = z.object({
  pay: z.boolean().describe('Whether the payment may go. Anything but `true` means no'),
  because: z
    .array(z.enum(PAY_REASONS))
    .describe(`Why it may not; empty when it may. ${Object.values(WORDS).join('. ')}.`),
  says: z.string().describe('The same in words'),
  holds: z.array(holdSchema).describe('The open holds that cover it, the oldest first; at most 100'),
  held: z.array(moneySchema).describe('What the holds shown come to, per currency'),
  asked: z.object({
    client: z.string().nullable(),
    order: z.string().nullable(),
    payee: z.string().nullable(),
  }),
  as_of: instantSchema,
});

/** `GET /api/v1/holds`: whether a payment may go. */
export const holdsRoute = route({
  path: '/api/v1/holds',
  operation: 'askToPay',
  summary: 'May this payment go?',
  description:
    'Ask before every payment, and pay only on status 200 with `pay: true`. Name all you know of it: a hold covers every payment that it may be about. What cannot be known for certain is not let go, and says why.',
  scope: 'holds:read',
  query,
  response,
  refusedAs: { pay: false },
  answer: async ({ sql, secretHash, workspace, query: ask, now }) => {
    const { workspaceId, organisation, reconciliations } = workspace;
    const { freshWithinMs } = organisation.holds;
    const read = await askToPay(sql, { workspaceId, secretHash, ask, reconciliations, freshWithinMs, now });
    if (read.key === undefined) return undefined;
    const { pay, because, holds } = read.answer;
    const body = {
      pay,
      because: [...because],
      says: pay
        ? 'Nothing holds it: it may go.'
        : `Do not pay. ${because.map((why) => WORDS[why]).join('; ')}.`,
      holds: holds.map(holdOut),
      held: heldSums(holds).map(moneyOut),
      asked: { client: ask.client ?? null, order: ask.order ?? null, payee: ask.payee ?? null },
      as_of: now.toISOString(),
    };
    return { key: read.key, body };
  },
});

const holdOut = (hold: CoveringHold): z.input<typeof holdSchema> => ({
  id: hold.holdId,
  hold: holdLabel(hold.number),
  kind: hold.kind,
  client: hold.client ?? null,
  order: hold.orderRef ?? null,
  payee: hold.payee ?? null,
  amount: hold.amount === undefined ? null : moneyOut(hold.amount),
  exception: hold.exceptionNumber === undefined ? null : exceptionLabel(hold.exceptionNumber),
  reason: hold.reason,
  note: hold.note ?? null,
  placed_at: hold.placedAt.toISOString(),
  expires_at: hold.expiresAt?.toISOString() ?? null,
});
