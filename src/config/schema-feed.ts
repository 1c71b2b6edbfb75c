import { z } from 'zod';
import { LONGEST_TEXT } from '../core/reference.ts';
import { PLAIN_STEPS } from '../core/steps.ts';
import { pullSchema } from './schema-pull.ts';
import { webhookSchema } from './schema-webhook.ts';
import { byteSize, currencyCode, decimal, durationMs, has, key, percent, text, zone } from './words.ts';

const mark = z.string().min(1).max(40);
const marks = z.array(mark).min(1);

/** A step by its name, or with what it takes: `upper`, `{ drop_prefix: ["PO-", "PO"] }`, `{ pad: 8 }`. */
const stepSchema = z.union(
  [
    z.enum(PLAIN_STEPS),
    z.strictObject({ drop_prefix: marks }),
    z.strictObject({ drop_suffix: marks }),
    z.strictObject({ before: mark }),
    z.strictObject({ after: mark }),
    z.strictObject({ prefix: mark }),
    z.strictObject({ pad: z.int().min(2).max(64) }),
  ],
  {
    error: (issue) =>
      `${JSON.stringify(issue.input)?.slice(0, 60)} is no step; write one of ${PLAIN_STEPS.join(', ')}, or ` +
      '{ drop_prefix: […] }, { drop_suffix: […] }, { before: … }, { after: … }, { prefix: … }, { pad: 8 }',
  },
);

const steps = z.array(stepSchema).min(1).max(20);

const from = {
  from: text.optional(),
  always: text.optional(),
  cut_at: z.array(z.string().min(1).max(8)).optional(),
  steps: steps.optional(),
  required: z.boolean().optional(),
  personal: z.enum(['hash', 'drop']).optional(),
};

/** One form, or several that a source uses side by side. */
const format = z
  .union([text, z.array(text).min(1).max(6)])
  .transform((given) => (typeof given === 'string' ? given : given.join(' | ')));

const negate = z.union(
  [
    z.literal('always'),
    z.strictObject({ column: text, equals: z.array(text).min(1), keep: z.array(text).optional() }),
  ],
  { error: () => 'must be always, or { column: kind, equals: [credit] }' },
);

const currencySource = z.union([currencyCode, z.strictObject({ from: text, steps: steps.optional() })], {
  error: (issue) =>
    typeof issue.input === 'string'
      ? `"${issue.input}" is not an ISO 4217 currency code; write it like USD, or { from: column }`
      : 'must be a currency code like USD, or { from: column }',
});

const maxLength = z
  .int()
  .min(1)
  .max(LONGEST_TEXT, `must be at most ${LONGEST_TEXT}; a longer text is cut with steps, or left out`);

/** Of each field; said again where it is read, with where it stands. */
const EITHER = { oneOf: [has('from'), has('always')] };

const field = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), ...from, max_length: maxLength.optional() }).meta(EITHER),
  z.strictObject({ type: z.literal('reference'), ...from }).meta(EITHER),
  z
    .strictObject({
      type: z.literal('choice'),
      ...from,
      of: z.array(text).min(1),
      map: z.record(z.string(), text).optional(),
      otherwise: text.optional(),
    })
    .meta(EITHER),
  z.strictObject({ type: z.literal('integer'), ...from }).meta(EITHER),
  z
    .strictObject({ type: z.literal('decimal'), ...from, decimal: z.enum(['.', ',']).optional() })
    .meta(EITHER),
  z.strictObject({ type: z.literal('date'), ...from, format }).meta(EITHER),
  z.strictObject({ type: z.literal('instant'), ...from, format, zone: zone.optional() }).meta(EITHER),
  z
    .strictObject({
      type: z.literal('money'),
      ...from,
      currency: currencySource,
      decimal: z.enum(['.', ',']).optional(),
      group: z.enum([',', '.', ' ', "'"]).optional(),
      symbols: z.array(z.string().min(1).max(5)).optional(),
      parentheses: z.boolean().optional(),
      unit: z.enum(['major', 'minor', 'micros']).optional(),
      negate: negate.optional(),
    })
    .meta(EITHER),
]);

const condition = z.strictObject({
  column: text,
  contains: text.optional(),
  lacks: text.optional(),
  equals: z.string().optional(),
  differs: z.string().optional(),
});

const spike = {
  zscore: z.number().min(2).max(20).optional(),
  min_history: z.int().min(8).max(60).optional(),
  direction: z.enum(['both', 'drop', 'rise']).optional(),
  relative: percent.optional(),
};

const checks = z.strictObject({
  spike: z.enum(['hold', 'tell']).optional(),
  volume: z
    .union([z.literal('off'), z.strictObject({ ...spike, floor: z.int().min(0).optional() })])
    .optional(),
  value: z.union([z.literal('off'), z.strictObject({ ...spike, floor: decimal.optional() })]).optional(),
});

const CHECKS_WORDS = 'must be off, or { spike: hold, volume: { zscore: 3.5 }, value: { floor: "100.00" } }';

/** `tsv` is CSV with tabs. */
export const FEED_FORMATS = ['csv', 'tsv', 'jsonl', 'json', 'airbyte', 'singer'] as const;

/** The shape of `feeds/*.yaml`; what its names refer to is checked afterwards. */
export const feedSchema = z.strictObject({
  feed: key,
  source: text,
  format: z.enum(FEED_FORMATS),
  delimiter: z
    .string()
    .regex(
      /^(?:[^"\r\n]{1,4}|detect)$/u,
      'must be up to four characters, such as "," or ";" or a tab ("\\t"), or detect',
    )
    .optional(),
  encoding: text.optional(),
  header: z.array(text).min(1).max(5_000).optional(),
  rows: text.optional(),
  stream: text.optional(),
  limits: z
    .strictObject({ bytes: byteSize.optional(), ratio: z.int().min(2).max(2_000).optional() })
    .optional(),
  final_line_end: z.enum(['required', 'optional']).optional(),
  files: z.array(text).optional(),
  together: z.boolean().optional(),
  complete: z
    .union([z.strictObject({ quiet: durationMs }), z.strictObject({ marker: text })], {
      error: () => 'must be { quiet: 30s }, or { marker: "{file}.done" }',
    })
    .optional(),
  pull: pullSchema.optional(),
  webhook: webhookSchema.optional(),
  zone: zone.optional(),
  key: z.array(text).min(1),
  amount: text.optional(),
  date: text,
  client: text.optional(),
  order_ref: text.optional(),
  revision: text.optional(),
  where: z.array(condition).optional(),
  removed: condition.optional(),
  owner: key.optional(),
  drift: z.enum(['hold', 'quarantine']).optional(),
  checks: z.union([z.literal('off'), checks], { error: () => CHECKS_WORDS }).optional(),
  fields: z.record(
    z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be lower-case letters, digits or _, starting with a letter'),
    field,
  ),
});

export type FeedFile = z.output<typeof feedSchema>;
export type FieldFile = z.output<typeof field>;
export type StepFile = z.output<typeof stepSchema>;
