import { z } from 'zod';
import { ATTEMPT_ENDS, type Attempt } from '../../core/attempts.ts';
import {
  type ChecksNotice,
  type NoticePayload,
  type ReplyPayload,
  type SettledNotice,
  STEP_KINDS,
  type StepNotice,
  type StoredMoney,
  type ToldException,
  WITHDRAWN_BECAUSE,
} from '../../core/message.ts';
import { CHECK_NAMES } from '../../core/run-checks.ts';

const money = z.object({
  minor: z.string().regex(/^-?\d+$/),
  currency: z.string(),
}) satisfies z.ZodType<StoredMoney>;

const attempt = z.object({
  by: z.string(),
  from: z.string(),
  until: z.string().nullable(),
  said: z.string().nullable(),
  end: z
    .object({ how: z.enum(ATTEMPT_ENDS), to: z.string().nullable(), code: z.string().nullable() })
    .nullable(),
  cameBack: z.boolean(),
}) satisfies z.ZodType<Attempt>;

const exception = z.object({
  id: z.string(),
  version: z.number(),
  number: z.number(),
  type: z.string(),
  atStake: money,
  client: z.string().nullable(),
  orderRef: z.string().nullable(),
  owner: z.string().nullable(),
  team: z.string(),
  dueAt: z.string(),
  expected: money.nullish(),
  actual: money.nullish(),
  attempts: z.array(attempt).optional(),
}) satisfies z.ZodType<ToldException>;

const settled = z.object({
  notice: z.literal('settled'),
  reconciliation: z.string(),
  count: z.number(),
  total: money.nullable(),
  lines: z.array(
    z.object({
      orderRef: z.string().nullable(),
      difference: money,
      reason: z.string(),
      client: z.string().nullable(),
      periods: z.array(z.string()),
    }),
  ),
}) satisfies z.ZodType<SettledNotice>;

const step = z.object({
  notice: z.literal('step'),
  step: z.enum(STEP_KINDS),
  count: z.number(),
  total: money.nullable(),
  exceptions: z.array(exception),
}) satisfies z.ZodType<StepNotice>;

const checks = z.object({
  notice: z.literal('checks'),
  reconciliation: z.string(),
  failed: z.array(z.object({ name: z.enum(CHECK_NAMES), foundPpm: z.number(), leastPpm: z.number() })),
}) satisfies z.ZodType<ChecksNotice>;

const unworded = z.discriminatedUnion('notice', [
  z.object({
    notice: z.literal('escalated'),
    target: z.string(),
    standIn: z.string().nullish(),
    by: z.string().nullable(),
    note: z.string(),
    exception,
  }),
  z.object({
    notice: z.literal('offered'),
    note: z.string(),
    answerBy: z.string(),
    standsInFor: z.string().nullish(),
    exception,
  }),
  z.object({ notice: z.literal('taken_over'), by: z.string(), exception }),
  z.object({ notice: z.literal('assigned'), note: z.string(), exception }),
  z.object({ notice: z.literal('declined'), by: z.string(), note: z.string(), exception }),
  z.object({ notice: z.literal('offer_lapsed'), from: z.string(), to: z.string(), exception }),
  z.object({
    notice: z.literal('offer_withdrawn'),
    because: z.enum(WITHDRAWN_BECAUSE),
    exception,
  }),
  z.object({ notice: z.literal('wait_over'), note: z.string().nullable(), exception }),
  z.object({ notice: z.literal('approved'), by: z.string(), exception }),
  z.object({ notice: z.literal('rejected'), by: z.string(), note: z.string(), exception }),
  z.object({ notice: z.literal('proposal_lapsed'), exception }),
  z.object({
    notice: z.literal('hold_expired'),
    label: z.string(),
    kind: z.string(),
    client: z.string().nullable(),
    orderRef: z.string().nullable(),
    payee: z.string().nullable(),
    amount: money.nullable(),
  }),
  z.object({
    notice: z.literal('holds_expired'),
    count: z.number(),
    total: money.nullable(),
    lines: z.array(
      z.object({
        label: z.string(),
        kind: z.string(),
        client: z.string().nullable(),
        orderRef: z.string().nullable(),
        payee: z.string().nullable(),
        amount: money.nullable(),
      }),
    ),
  }),
  settled,
  step,
  checks,
]);

/** As earlier releases wrote them: in words. */
const wordedNotice = z.object({
  title: z.string(),
  body: z.string(),
  facts: z.array(
    z.object({ label: z.string(), value: z.union([z.string(), z.object({ instant: z.string() })]) }),
  ),
  exception: z.object({ id: z.string(), version: z.number(), isOffer: z.boolean().optional() }).optional(),
});

/** The notice in a row of the outbox. Throws when it is none. */
export function noticeIn(stored: unknown): NoticePayload {
  if (typeof stored === 'object' && stored !== null && 'notice' in stored) return unworded.parse(stored);
  const { exception: about, ...rest } = wordedNotice.parse(stored);
  return about === undefined ? rest : { ...rest, exception: about };
}

const actor = z.object({ personId: z.string(), name: z.string(), slackUserId: z.string().optional() });
const optionalText = z
  .string()
  .nullish()
  .transform((text) => text ?? undefined);

const replyShape = z.object({
  at: z.string(),
  action: z.string(),
  actor: actor.nullish(),
  from: optionalText,
  to: optionalText,
  reason: optionalText,
  note: optionalText,
  target: optionalText,
  amount: optionalText,
  until: optionalText,
  link: optionalText,
  author: optionalText,
});

/** The thread line that a row of an earlier release carries itself. Throws when it is none. */
export function lineIn(stored: unknown): ReplyPayload {
  const { actor: who, ...line } = replyShape.parse(stored);
  const person = who && { personId: who.personId, name: who.name, slackUserId: who.slackUserId };
  return { ...line, actor: person ?? undefined };
}
