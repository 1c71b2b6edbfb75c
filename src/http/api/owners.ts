import { z } from 'zod';
import { type OwnerNow, readOwners } from '../../pipeline/report/who-owns.ts';
import { inSnapshot, route } from './route.ts';
import { instantSchema, nameParameter } from './schemas.ts';

const ownerSchema = z.object({
  exception: z.string().describe('The number people say: `EX-1042`'),
  id: z.uuid(),
  type: z.string(),
  status: z.string(),
  team: z.object({ key: z.string(), name: z.string() }),
  owner: z
    .object({ name: z.string(), since: instantSchema })
    .nullable()
    .describe('Who claimed it; null while nobody of the team has'),
  lead: z
    .object({ name: z.string(), stands_in: z.string().nullable() })
    .nullable()
    .describe('Who leads the team, and who is there for them while they are away'),
  offered_to: z.string().nullable(),
  due_at: instantSchema,
  because_of: z
    .object({ source: z.string(), when: z.string().nullable() })
    .nullable()
    .describe('The row of the ownership matrix that decided; `when` null takes everything'),
});

/** `GET /api/v1/owners`: whose an order is now, and why. */
export const ownersRoute = route({
  path: '/api/v1/owners',
  operation: 'whoOwns',
  summary: 'Who owns this order now?',
  description:
    'Who has each open exception of an order. An empty list: nobody needs to do anything about it.',
  scope: 'owners:read',
  query: z.strictObject({ order: nameParameter.describe('The reference of the order') }),
  response: z.object({
    order: z.string(),
    known: z.boolean().describe('Whether any document or exception carries the reference'),
    owners: z.array(ownerSchema),
    settled: z.int().describe('How many exceptions of it are resolved or cleared'),
    did_you_mean: z.array(z.string()),
    as_of: instantSchema,
  }),
  answer: (asked) =>
    inSnapshot(asked, async (tx) => {
      const { workspace, query, now } = asked;
      const found = await readOwners(tx, { workspaceId: workspace.workspaceId, orderRef: query.order });
      return {
        order: found.orderRef,
        known: found.isKnown,
        owners: found.owners.map(ownerOut),
        settled: found.settled,
        did_you_mean: [...found.didYouMean],
        as_of: now.toISOString(),
      };
    }),
});

const ownerOut = (one: OwnerNow): z.input<typeof ownerSchema> => ({
  exception: one.exception,
  id: one.id,
  type: one.type,
  status: one.status,
  team: one.team,
  owner: one.owner && { name: one.owner.name, since: one.owner.since.toISOString() },
  lead: one.lead && { name: one.lead.name, stands_in: one.lead.standIn },
  offered_to: one.offeredTo,
  due_at: one.dueAt.toISOString(),
  because_of: one.routedBy,
});
