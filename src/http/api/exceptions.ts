import { z } from 'zod';
import { exceptionLabel } from '../../core/ids.ts';
import { STATUSES } from '../../core/lifecycle.ts';
import { ASKED_STATUSES, workFilter } from '../../core/work.ts';
import {
  type ChangedException,
  type ChangesCursor,
  changedExceptions,
} from '../../pipeline/report/changed-exceptions.sql.ts';
import { KEY_HOLDER } from '../../pipeline/report/key-holder.ts';
import { inSnapshot, route } from './route.ts';
import { instantSchema, moneyOut, moneySchema, nameParameter } from './schemas.ts';

const MOST = 500;
const FIRST: ChangesCursor = { seq: 0n, number: 0 };
const CURSOR = /^(\d{1,18})-(\d{1,9})$/;

const query = z.strictObject({
  status: z
    .enum(ASKED_STATUSES, { error: `is none; choose live, all, ${STATUSES.join(', ')}` })
    .default('all')
    .describe('`live`: whatever somebody still has to settle'),
  team: nameParameter.optional().describe('The key or the name of a team'),
  type: nameParameter.optional().describe('As `missing_invoice`'),
  client: nameParameter.optional().describe('A part of the client’s name; case does not matter'),
  order: nameParameter.optional().describe('A part of the order’s reference; case does not matter'),
  after: z
    .string()
    .regex(CURSOR, 'is no cursor; send what `next` said, or leave it out')
    .optional()
    .describe('What `next` of the answer before said: only what changed since'),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, `is a number from 1 to ${MOST}`)
    .transform(Number)
    .refine((limit) => limit <= MOST, `is a number from 1 to ${MOST}`)
    .default(100)
    .describe(`How many at most, ${MOST} and no more`),
});

const exceptionSchema = z.object({
  exception: z.string().describe('The number people say: `EX-1042`'),
  id: z.uuid(),
  reconciliation: z.string(),
  type: z.string(),
  reason: z.string(),
  severity: z.string(),
  status: z.enum(STATUSES),
  level: z.int().describe('How often it was escalated'),
  team: z.object({ key: z.string(), name: z.string() }),
  owner: z
    .object({ key: z.string(), name: z.string() })
    .nullable()
    .describe('Who claimed it; null while nobody of the team has'),
  client: z.string().nullable(),
  order: z.string().nullable(),
  payee: z.string().nullable(),
  expected: moneySchema.nullable(),
  actual: moneySchema.nullable(),
  at_stake: moneySchema,
  opened_at: instantSchema,
  due_at: instantSchema,
  overdue: z.boolean(),
  closed_at: instantSchema.nullable(),
  resolution_code: z.string().nullable(),
});

/** `GET /api/v1/exceptions`: the exceptions as they are, and afterwards what changed. */
export const exceptionsRoute = route({
  path: '/api/v1/exceptions',
  operation: 'listExceptions',
  summary: 'Which exceptions are there, and which changed?',
  description:
    'The exceptions in the order of their last change. Ask without `after` for all of them, then with what `next` said until `more` is false; later, with the last `next`, for what changed since. None is missed. One that changed meanwhile comes again, as it is by then.',
  scope: 'exceptions:read',
  query,
  response: z.object({
    exceptions: z.array(exceptionSchema),
    next: z.string().nullable().describe('Send it as `after`; null while there is nothing at all'),
    more: z.boolean().describe('Whether there is more to ask for at once'),
    as_of: instantSchema,
  }),
  answer: (asked) =>
    inSnapshot(asked, async (tx) => {
      const { workspace, now } = asked;
      const { status, team, type, client, order, after, limit } = asked.query;
      const filter = workFilter(status, { team, type, client, order });
      const work = { workspaceId: workspace.workspaceId, viewer: KEY_HOLDER, scope: 'visible', now } as const;
      const from = cursorOf(after);
      // One more than is shown tells whether there is more.
      const found = await changedExceptions(tx, { ...work, filter }, { after: from, limit: limit + 1 });
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        exceptions: shown.map(exceptionOut),
        next: last === undefined ? (after ?? null) : `${last.seq}-${last.number}`,
        more: found.length > limit,
        as_of: now.toISOString(),
      };
    }),
});

function cursorOf(after: string | undefined): ChangesCursor {
  const [, seq, number] = CURSOR.exec(after ?? '') ?? [];
  return seq === undefined || number === undefined ? FIRST : { seq: BigInt(seq), number: Number(number) };
}

function exceptionOut(one: ChangedException): z.input<typeof exceptionSchema> {
  const money = (minor: bigint | null) =>
    minor === null ? null : moneyOut({ minor, currency: one.currency });
  return {
    exception: exceptionLabel(one.number),
    id: one.exceptionId,
    reconciliation: one.reconciliation,
    type: one.type,
    reason: one.reason,
    severity: one.severity,
    status: one.status,
    level: one.level,
    team: { key: one.teamKey, name: one.teamName },
    owner:
      one.ownerKey === null || one.ownerName === null ? null : { key: one.ownerKey, name: one.ownerName },
    client: one.client,
    order: one.orderRef,
    payee: one.payee,
    expected: money(one.expectedMinor),
    actual: money(one.actualMinor),
    at_stake: moneyOut({ minor: one.atStakeMinor, currency: one.currency }),
    opened_at: one.openedAt.toISOString(),
    due_at: one.dueAt.toISOString(),
    overdue: one.isOverdue,
    closed_at: one.closedAt?.toISOString() ?? null,
    resolution_code: one.resolutionCode,
  };
}
