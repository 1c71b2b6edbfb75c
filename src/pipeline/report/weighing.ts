import { z } from 'zod';
import type { Weighing } from '../../core/explanation.ts';

const outsideShape = z.discriminatedUnion('limit', [
  z.object({ limit: z.literal('amount'), allowed: z.number(), is: z.number() }),
  z.object({ limit: z.literal('currency'), expected: z.string(), actual: z.string() }),
  z.object({ limit: z.literal('days'), from: z.number(), to: z.number(), is: z.number() }),
  z.object({ limit: z.literal('within'), field: z.string(), expected: z.string(), actual: z.string() }),
]);

const weighingShape = z.object({
  prior: z.number(),
  weight: z.number(),
  probability: z.number(),
  margin: z.number(),
  needed: z.object({ probability: z.number(), margin: z.number() }),
  parts: z.array(z.object({ field: z.string(), label: z.string(), bits: z.number() })),
  blocked: z.object({ outside: z.array(outsideShape), would: z.enum(['auto', 'suggested']) }).optional(),
});

/** An explanation as it was kept; undefined where none was. */
export const weighingOf = (stored: unknown): Weighing | undefined =>
  stored === null || stored === undefined ? undefined : weighingShape.parse(stored);
