import { z } from 'zod';
import type { DigestFacts } from '../../core/digest.ts';
import type { Leased } from '../../db/outbox/take-message.sql.ts';
import { renderClassicDigest, renderDigest } from '../views/digest.ts';
import type { Composed } from './compose.ts';
import type { SenderContext } from './context.ts';

const instant = z.iso.datetime().transform((text) => new Date(text));
const optionalText = z
  .string()
  .nullish()
  .transform((text) => text ?? undefined);
const money = z.object({
  minor: z
    .string()
    .regex(/^-?\d+$/)
    .transform(BigInt),
  currency: z.string(),
});
const tally = z.object({ count: z.number(), money: z.array(money) });
const row = tally.extend({ name: optionalText, others: z.number().optional(), overdue: z.number() });

const about = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('team'), name: z.string() }),
  z.object({ kind: z.literal('clients'), clients: z.array(z.string()) }),
  z.object({
    kind: z.literal('visible'),
    team: optionalText,
    seesAll: z.boolean(),
    teams: z.array(z.string()),
  }),
]);

const factsShape = z.object({
  about,
  from: instant,
  until: instant,
  agedDays: z.number(),
  by: z.enum(['owner', 'client']),
  opened: tally,
  resolved: tally,
  cleared: tally,
  autoResolved: tally,
  live: tally,
  aged: tally,
  breached: tally,
  dueSoon: tally,
  rows: z.array(row),
  types: z.array(row),
  items: z.array(
    z.object({
      number: z.number(),
      type: z.string(),
      client: optionalText,
      orderRef: optionalText,
      atStake: money,
      amountTag: optionalText,
      team: z.string(),
      owner: optionalText,
      dueAt: instant,
      isOverdue: z.boolean(),
    }),
  ),
});

/** The facts as they were put into the outbox: what was true at the digest's time, whenever it is sent. */
export function digestIn(payload: unknown): DigestFacts {
  const facts = factsShape.parse(payload);
  const named = ({ others, ...rest }: z.output<typeof row>) =>
    others === undefined ? rest : { ...rest, others };
  return { ...facts, rows: facts.rows.map(named), types: facts.types.map(named) };
}

/** A digest with Slack's charts, and with none for when Slack refuses them. */
export async function composeDigest(context: SenderContext, leased: Leased): Promise<Composed> {
  const facts = digestIn(leased.payload);
  const reader = await context.reader(leased.address);
  return {
    full: renderDigest(facts, reader),
    minimal: renderClassicDigest(facts, reader),
    metadata: { event_type: 'tieout_digest', event_payload: { outbox_id: leased.outboxId } },
    revision: 1,
  };
}
