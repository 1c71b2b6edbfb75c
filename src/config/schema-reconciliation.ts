import { z } from 'zod';
import { SEVERITIES } from '../core/severity.ts';
import { CARDINALITIES, COMPARISON_KINDS, SIDES } from '../core/spec.ts';
import { currencyCode, days, has, key, percent, points, slaTerm, text, zone } from './words.ts';

const side = z.strictObject({
  feed: text,
  when: text.optional(),
  amount: text.optional(),
  date: text,
  payee: text.optional(),
});

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

const share = z.number().gt(0).lt(1);

const exact = z.strictObject({
  name: key.optional(),
  on: z.array(text).min(1),
  cardinality: z.enum(CARDINALITIES).optional(),
  window: text.optional(),
  tolerance: text.optional(),
});

const similar = z.strictObject({
  name: key.optional(),
  within: z.array(text).optional(),
  block: z.array(text).min(1),
  compare: z.record(z.string(), z.enum(COMPARISON_KINDS)),
});

const combine = z.strictObject({
  name: key.optional(),
  within: z.array(text).min(1),
  cardinality: z.enum(['one-to-many', 'many-to-one']).optional(),
  max_items: z.int().min(2).max(6).optional(),
  pool: z.int().min(2).max(24).optional(),
  window: text.optional(),
  require: z.literal('unique').optional(),
  // Refused afterwards, with the reason; an unknown key would only say that it is unknown.
  tolerance: z.unknown().optional(),
});

const pass = z
  .strictObject({ exact: exact.optional(), similar: similar.optional(), combine: combine.optional() })
  .refine(
    (stated) => Object.values(stated).filter((one) => one !== undefined).length === 1,
    'a pass is either exact, similar or combine: one dash, one of the three',
  )
  .meta({ minProperties: 1, maxProperties: 1 });

const routeRow = z
  .strictObject({
    when: text.optional(),
    to: text.optional(),
    default: text.optional(),
    sla: slaTerm,
    hold: key.optional(),
  })
  .refine(
    ({ when, to, default: other }) =>
      other === undefined ? when !== undefined && to !== undefined : when === undefined && to === undefined,
    'write { when: <type or severity>, to: <team>, sla: 2bd }, or { default: <team>, sla: 3bd }',
  )
  .meta({ oneOf: [has('when', 'to'), has('default')] });

/** The shape of `reconciliations/*.yaml`; what its names refer to is checked afterwards. */
export const reconciliationSchema = z.strictObject({
  reconciliation: key,
  describes: text,
  domain: key,
  zone,
  currency: z.strictObject({
    compare_in: currencyCode,
    rates: z.strictObject({ feed: text, from: text, into: text, rate: text, max_age: days }).optional(),
  }),
  expected: side,
  actual: side,
  identity: z
    .strictObject({
      side: z.enum(SIDES).optional(),
      feed: text,
      from: text,
      into: text,
      id: text,
      aliases: z.array(text).optional(),
    })
    .optional(),
  reversals: z
    .array(z.strictObject({ side: z.enum(SIDES), when: text, of: z.array(text).min(1) }))
    .min(1)
    .optional(),
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
  // Not a union: its problems would only say that no alternative fits, and name no key.
  find: z.array(pass).min(1),
  decide: z
    .strictObject({
      auto: z
        .strictObject({
          min_probability: share.optional(),
          min_margin_bits: z.int().min(1).max(60).optional(),
          need_reference: z.boolean().optional(),
        })
        .optional(),
      suggest: z.strictObject({ min_probability: share.optional() }).optional(),
    })
    .optional(),
  credits: z
    .strictObject({
      where: z.record(z.string(), z.string()),
      period: text.optional(),
    })
    .optional(),
  verify: z
    .array(
      z
        .strictObject({
          id: key,
          expect: text,
          // biome-ignore lint/suspicious/noThenProperty: the spec's own word; nothing awaits a rule
          then: z.literal('auto_resolve').optional(),
          else: z.enum(SEVERITIES).optional(),
          reason: z
            .string()
            .regex(/^[A-Z][A-Z0-9_]{0,62}$/, 'must be capital letters, digits and _')
            .optional(),
          raise: type.optional(),
          notify: text.optional(),
        })
        .meta({ anyOf: [has('then'), has('else')] }),
    )
    .optional(),
  missing: z.strictObject({ expected: missing.optional(), actual: missing.optional() }).optional(),
  timing: z.strictObject({ due_within: days.optional(), late_until: days.optional() }).optional(),
  route: z.array(routeRow).min(1).optional(),
  checks: z.strictObject({ match_rate: percent.optional(), match_rate_drop: points.optional() }).optional(),
});

export type ReconciliationFile = z.output<typeof reconciliationSchema>;
