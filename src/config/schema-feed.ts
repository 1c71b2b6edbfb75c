import { z } from 'zod';
import { currencyCode, key, text, zone } from './words.ts';

const from = {
  from: text.optional(),
  always: text.optional(),
  cut_at: z.array(z.string().min(1).max(8)).optional(),
  required: z.boolean().optional(),
};

const currencySource = z.union([currencyCode, z.strictObject({ from: text })], {
  error: (issue) =>
    typeof issue.input === 'string'
      ? `"${issue.input}" is not an ISO 4217 currency code; write it like USD, or { from: column }`
      : 'must be a currency code like USD, or { from: column }',
});

const field = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), ...from, max_length: z.int().min(1).max(20_000).optional() }),
  z.strictObject({ type: z.literal('reference'), ...from }),
  z.strictObject({ type: z.literal('choice'), ...from, of: z.array(text).min(1) }),
  z.strictObject({ type: z.literal('integer'), ...from }),
  z.strictObject({ type: z.literal('date'), ...from, format: text }),
  z.strictObject({ type: z.literal('instant'), ...from, format: text }),
  z.strictObject({
    type: z.literal('money'),
    ...from,
    currency: currencySource,
    decimal: z.enum(['.', ',']).optional(),
    group: z.enum([',', '.', ' ', "'"]).optional(),
    symbols: z.array(z.string().min(1).max(5)).optional(),
    parentheses: z.boolean().optional(),
    unit: z.enum(['major', 'minor', 'micros']).optional(),
  }),
]);

const condition = z.strictObject({
  column: text,
  contains: text.optional(),
  lacks: text.optional(),
  equals: z.string().optional(),
  differs: z.string().optional(),
});

/** The shape of `feeds/*.yaml`; what its names refer to is checked afterwards. */
export const feedSchema = z.strictObject({
  feed: key,
  source: text,
  format: z.enum(['csv', 'jsonl']),
  delimiter: z
    .string()
    .regex(/^[^"\r\n]$/, 'must be one character, such as "," or ";" or a tab ("\\t")')
    .optional(),
  final_line_end: z.enum(['required', 'optional']).optional(),
  files: z.array(text).optional(),
  zone: zone.optional(),
  key: z.array(text).min(1),
  amount: text.optional(),
  date: text,
  client: text.optional(),
  order_ref: text.optional(),
  revision: text.optional(),
  where: z.array(condition).optional(),
  fields: z.record(
    z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be lower-case letters, digits or _, starting with a letter'),
    field,
  ),
});

export type FeedFile = z.output<typeof feedSchema>;
export type FieldFile = z.output<typeof field>;
