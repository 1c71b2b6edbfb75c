import { z } from 'zod';
import { SINCE_FORMS } from '../core/pull.ts';
import { byteSize, durationMs, text } from './words.ts';

export const template = z.string().min(1).max(4_000);
/** `data.items`, or a list of steps when a name holds a dot. */
export const path = z
  .union([z.string().max(300), z.array(text).max(20)], {
    error: () => 'must be a path such as data.items, or a list of names',
  })
  .transform((given) => (typeof given === 'string' ? given.split('.').filter((step) => step !== '') : given));

const name = z.string().regex(/^[\w-]{1,100}$/, 'must be a name of letters, digits, _ or -');
const templates = z.record(z.string().min(1).max(200), template);

const oauth = z.strictObject({
  grant: z.enum(['client_credentials', 'refresh_token']),
  url: template,
  client_id: template,
  client_secret: template,
  refresh_token: template.optional(),
  scope: text.optional(),
  rotates: z.boolean().optional(),
  client_in: z.enum(['header', 'body']).optional(),
});

const auth = z.strictObject({
  bearer: template.optional(),
  basic: z.strictObject({ user: template, password: z.string().max(4_000) }).optional(),
  header: z.strictObject({ name, value: template }).optional(),
  query: z.strictObject({ name: text, value: template }).optional(),
  oauth: oauth.optional(),
});

const place = z
  .string()
  .regex(/^(?:query|body)\.[^\s]{1,200}$/, 'must be query.<name> or body.<path>, such as query.after');

const pages = z.strictObject({
  cursor: z.strictObject({ from: path, to: place, more: path.optional() }).optional(),
  next: path.optional(),
  link: z.literal('next').optional(),
  page: z
    .strictObject({
      to: place.optional(),
      first: z.int().min(0).optional(),
      size: z.int().min(1).max(100_000),
    })
    .optional(),
  offset: z
    .strictObject({
      to: place.optional(),
      first: z.int().min(0).optional(),
      size: z.int().min(1).max(100_000),
    })
    .optional(),
});

const start = z
  .string()
  .regex(/^(?:\d{4}-\d{2}-\d{2}|\d{1,4}d)$/, 'must be a day such as 2026-01-01, or 90d for so many days ago');

const since = z.strictObject({
  field: path.optional(),
  start,
  look_back: durationMs.optional(),
  as: z.enum(SINCE_FORMS).optional(),
  begin_anew_after: z.int().min(1).max(1_000_000).optional(),
});

const rate = z
  .string()
  .regex(/^\d{1,4}\/(?:s|m)$/, 'must be requests per second or minute, such as 2/s or 100/m')
  .transform((given) => {
    const [count, unit] = given.split('/');
    return (unit === 's' ? 1_000 : 60_000) / Math.max(Number(count), 1);
  });

const limits = z.strictObject({
  answer_bytes: byteSize.optional(),
  answer_time: durationMs.optional(),
  pages: z.int().min(1).max(1_000_000).optional(),
  records: z.int().min(1).max(100_000_000).optional(),
  bytes: byteSize.optional(),
  time: durationMs.optional(),
});

const http = z.strictObject({
  url: template,
  method: z.enum(['GET', 'POST']).optional(),
  headers: templates.optional(),
  query: templates.optional(),
  body: z.json().optional(),
  auth: auth.optional(),
  records: path,
  may_lack: z.boolean().optional(),
  lines: z.strictObject({ path, more: path.optional(), url: template.optional() }).optional(),
  pages: pages.optional(),
  since: since.optional(),
  by_month: z.boolean().optional(),
  hosts: z.array(text).max(20).optional(),
  networks: z.array(text).max(50).optional(),
  redirects: z.int().min(0).max(5).optional(),
  rate: rate.optional(),
});

const postgres = z.strictObject({
  url: template,
  query: z.string().min(1).max(20_000),
  since: z
    .strictObject({
      column: text,
      holds: z.enum(['instant', 'number', 'text']).optional(),
      start: z.string().max(100),
      look_back: durationMs.optional(),
    })
    .optional(),
});

/** `pull:` of a feed file: how the feed asks its source by itself. */
export const pullSchema = z.strictObject({
  http: http.optional(),
  postgres: postgres.optional(),
  every: durationMs.optional(),
  expect: z.literal('records').optional(),
  limits: limits.optional(),
  deliver_every: z.int().min(100).max(1_000_000).optional(),
});

export type PullFile = z.output<typeof pullSchema>;
export type HttpFile = z.output<typeof http>;
