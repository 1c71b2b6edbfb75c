import { validate as isCron } from 'node-cron';
import { z } from 'zod';
import { LOCALES, type Locale } from '../core/locale.ts';
import { BOOKINGS, REASON_USES, ROLES } from '../core/organisation.ts';
import { SEVERITIES } from '../core/severity.ts';
import { slaPoliciesSchema } from './schema-sla.ts';
import { webhooksSchema } from './schema-webhooks.ts';
import { amountRange, currencyCode, durationMs, key, slaTermOrPolicy, text, zone } from './words.ts';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const day = z.iso.date('must be a day like 2026-12-25');
const channel = z
  .string()
  .regex(
    /^(?:#[^\s#]{1,80}|[CG][A-Z0-9]{4,})$/,
    'must be a channel like "#media-ops" (in quotes) or an id like C0123ABCD',
  );

const locale = z.enum(LOCALES);
const tag = z.string().refine(isTag, 'must be a language tag like "en-GB" or "de-DE"');
const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day like "08:30"');

function isTag(text: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(text).length > 0;
  } catch {
    return false;
  }
}

const person = z.strictObject({
  name: text,
  email: z.email('must be an e-mail address').max(254),
  slack: z
    .string()
    .regex(/^[UW][A-Z0-9]{2,}$/, 'must be a Slack user id like U0123ABCD')
    .optional(),
  locale: locale.optional(),
  roles: z.array(z.enum(ROLES)),
  deputy: text.optional(),
  away: z
    .array(
      z
        .strictObject({ from: day, until: day })
        .refine(({ from, until }) => from <= until, 'ends before it begins; swap from and until'),
    )
    .optional(),
});

const ownershipRow = z.strictObject({
  domain: text.optional(),
  type: text.optional(),
  severity: z.enum(SEVERITIES).optional(),
  client: z
    .union([text, z.array(text).min(1)], { error: 'must be the name of a client, or a list of names' })
    .optional(),
  amount: amountRange.optional(),
  default: z.literal(true).optional(),
  team: text,
  sla: slaTermOrPolicy,
  hold: key.optional(),
});

const resolutionCode = z.strictObject({
  code: key,
  label: text,
  note: z.enum(['required', 'optional']).default('optional'),
  amount: z.enum(['required', 'optional']).default('optional'),
  evidence: z.enum(['required', 'optional']).default('optional'),
  types: z.array(text).default([]),
  books: z.enum([...BOOKINGS, 'nothing']).optional(),
});

const PLAYBOOK =
  'must be a web address like https://…, a Markdown file like playbooks/missing-invoice.md, or one file per language';
const markdownFile = z.string().regex(/^(?![a-z]+:).*\.md$/i);
const ownFile = markdownFile.optional();
const filePerLocale = { en: ownFile, de: ownFile, fr: ownFile, es: ownFile } satisfies Record<
  Locale,
  unknown
>;
/** A page, a file, or a file per language. */
const playbook = z.union([z.url({ protocol: /^https?$/ }), markdownFile, z.strictObject(filePerLocale)], {
  error: PLAYBOOK,
});

const period = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, 'must be a month like 2026-10');

const reasonCode = z.strictObject({ code: key, label: text, for: z.array(z.enum(REASON_USES)).default([]) });

const limit = z
  .strictObject({
    person: text.optional(),
    role: z.enum(ROLES).optional(),
    up_to: z.union([z.number().nonnegative(), z.string()]).transform(String),
    currency: currencyCode,
    for: z.array(z.enum(BOOKINGS)).min(1).optional(),
  })
  .refine(
    ({ person, role }) => (person === undefined) !== (role === undefined),
    'a limit is of a person or of a role: name one of them',
  );

/** Five fields: of a sixth, seconds, most have none that a minute begins with. */
const isMinutely = (cron: string): boolean => isCron(cron) && cron.trim().split(/\s+/).length === 5;

const schedule = z.strictObject({
  name: key,
  cron: z.string().refine(isMinutely, {
    error: (issue) => `"${String(issue.input)}" is not a cron time; write it like "0 6 * * *" (UTC)`,
  }),
  reconciliation: text,
});

/** The shape of `tieout.yaml`; what its names refer to is checked afterwards. */
export const organisationSchema = z.strictObject({
  workspace: z.strictObject({
    name: text,
    zone,
    locale: locale.optional(),
    slack_team: z
      .string()
      .regex(/^[TE][A-Z0-9]{2,}$/, 'must be a Slack team id like T0123ABCD')
      .optional(),
    slack_app: z
      .string()
      .regex(/^A[A-Z0-9]{2,}$/, 'must be a Slack app id like A0123ABCD')
      .optional(),
  }),
  people: z.record(key, person),
  teams: z.record(
    key,
    z.strictObject({
      name: text,
      channel,
      members: z.array(text),
      lead: text.optional(),
      deputy: text.optional(),
      usergroup: z
        .string()
        .regex(/^S[A-Z0-9]{2,}$/, 'must be the id of a Slack user group like S0123ABCD')
        .optional(),
      locale: locale.optional(),
      zone: zone.optional(),
      fallback: z.array(channel).optional(),
    }),
  ),
  clients: z
    .array(z.strictObject({ name: text, account_manager: text.optional(), locale: tag.optional() }))
    .optional(),
  ownership: z.array(ownershipRow).min(1),
  sla_policies: slaPoliciesSchema.optional(),
  calendar: z
    .strictObject({
      zone: zone.optional(),
      workdays: z.array(z.enum(WEEKDAYS)).min(1).optional(),
      holidays: z.array(day).optional(),
      hours: z
        .strictObject({ from: timeOfDay, until: timeOfDay.or(z.literal('24:00')) })
        .refine(({ from, until }) => from < until, 'must end after they begin, or nobody ever works')
        .optional(),
      half_days: z.record(day, timeOfDay).optional(),
    })
    .optional(),
  resolution_codes: z.array(resolutionCode).min(1).optional(),
  playbooks: z.record(z.string(), playbook).optional(),
  reason_codes: z.array(reasonCode).min(1).optional(),
  limits: z.array(limit).optional(),
  approvals: z
    .strictObject({
      team: text.optional(),
      expire_after: durationMs
        .refine((ms) => ms >= 60_000, 'must be at least 1m, or nobody can decide in time')
        .optional(),
    })
    .optional(),
  governance: z
    .strictObject({
      channel,
      expire_after: durationMs
        .refine((ms) => ms >= 60_000, 'must be at least 1m, or nobody can decide in time')
        .optional(),
    })
    .optional(),
  periods: z.strictObject({ closed_through: period.optional() }).optional(),
  schedules: z.array(schedule).optional(),
  acting: z
    .strictObject({
      hand_over_timeout: durationMs
        .refine((ms) => ms >= 60_000, 'must be at least 1m, or nobody can answer in time')
        .optional(),
      wait_pauses_sla: z.boolean().optional(),
    })
    .optional(),
  flood: z
    .strictObject({
      threshold: z.number().int().min(1).max(1_000).optional(),
      window: durationMs.optional(),
    })
    .optional(),
  digest: z
    .strictObject({
      at: timeOfDay.or(z.literal('off')).optional(),
      account_managers_at: timeOfDay.or(z.literal('off')).optional(),
    })
    .optional(),
  triage: z
    .strictObject({
      team: key,
      days: z.array(z.enum(WEEKDAYS)).min(1),
      at: timeOfDay,
      agenda: durationMs.optional(),
      small: amountRange.optional(),
    })
    .optional(),
  holds: z
    .strictObject({
      expire_after: z.record(key, durationMs).optional(),
      fresh_within: durationMs.optional(),
    })
    .optional(),
  webhooks: webhooksSchema.optional(),
  api: z.strictObject({ requests_per_second: z.int().min(1).max(100_000).optional() }).optional(),
  delivery: z
    .strictObject({
      timeout: durationMs.optional(),
      settle: durationMs.optional(),
      pace: durationMs.optional(),
    })
    .optional(),
});

export type OrganisationFile = z.output<typeof organisationSchema>;
