import { z } from 'zod';
import { keepable } from '../../core/act.ts';
import type { Money } from '../../core/money.ts';
import { toDecimal } from '../../core/money.ts';

const LONGEST = 300;

/** A name as the caller writes it. */
export const nameParameter = z
  .string({ error: 'is missing' })
  .trim()
  .min(1, 'is empty; leave it out, or say which')
  .max(LONGEST, `is longer than ${LONGEST} characters`)
  .refine((text) => keepable(text) === text, 'holds a character that cannot be compared');

export const moneySchema = z.object({
  decimal: z.string().describe('`1234.50`'),
  minor: z.string().describe('Whole minor units: `123450`'),
  currency: z.string().describe('ISO 4217'),
});

export const moneyOut = (money: Money): z.input<typeof moneySchema> => ({
  decimal: toDecimal(money),
  minor: money.minor.toString(),
  currency: money.currency,
});

export const instantSchema = z.iso.datetime({ precision: 3 });
