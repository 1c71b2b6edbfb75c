import { z } from 'zod';
import { SEVERITIES } from '../core/severity.ts';
import { CARDINALITIES, SIDES } from '../core/spec.ts';
import { currencyCode, days, key, text, zone } from './words.ts';

const side = z.strictObject({ feed: text, amount: text, date: text });

const type = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{0,62}$/,
    'must be an exception type like missing_invoice (lower case, _ between words)',
  );

const missing = z.strictObject({
  after: days.optional(),
  raise: type,
  severity: z.enum(SEVERITIES).optional(),
});

/** The shape of `reconciliations/*.yaml`; what its names refer to is checked afterwards. */
export const reconciliationSchema = z.strictObject({
  reconciliation: key,
  describes: text,
  domain: key,
  zone,
  currency: z.strictObject({ compare_in: currencyCode }),
  expected: side,
  actual: side,
  duplicates: z
    .array(
      z.strictObject({
        side: z.enum(SIDES),
        same: z.array(text).min(1),
        raise: type,
        severity: z.enum(SEVERITIES).optional(),
      }),
    )
    .optional(),
  find: z
    .array(
      z.strictObject({
        exact: z.strictObject({
          name: key.optional(),
          on: z.array(text).min(1),
          cardinality: z.enum(CARDINALITIES).optional(),
        }),
      }),
    )
    .min(1),
  credits: z
    .strictObject({
      where: z.record(z.string(), z.string()),
      period: text.optional(),
    })
    .optional(),
  verify: z
    .array(
      z.strictObject({
        id: key,
        expect: text,
        // biome-ignore lint/suspicious/noThenProperty: the spec's own word; nothing awaits a rule
        then: z.literal('auto_resolve').optional(),
        else: z.enum(SEVERITIES).optional(),
        reason: z
          .string()
          .regex(/^[A-Z][A-Z0-9_]{0,62}$/, 'must be capital letters, digits and _')
          .optional(),
        notify: text.optional(),
      }),
    )
    .optional(),
  missing: z.strictObject({ expected: missing.optional(), actual: missing.optional() }).optional(),
});

export type ReconciliationFile = z.output<typeof reconciliationSchema>;
