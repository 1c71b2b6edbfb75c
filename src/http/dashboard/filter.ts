import { z } from 'zod';
import { keepable } from '../../core/act.ts';
import { STATUSES } from '../../core/lifecycle.ts';
import { ASKED_STATUSES, type WorkFilter, workFilter } from '../../core/work.ts';

/** `live`, or one status, or `all`. */
const statusWord = z.enum(ASKED_STATUSES, {
  error: `is none; choose live, all, ${STATUSES.join(', ')}`,
});

const LONGEST = 200;
/** A form sends every field, empty ones too. */
const words = z
  .string()
  .trim()
  .max(LONGEST, `is longer than ${LONGEST} characters`)
  .refine((text) => keepable(text) === text, 'holds a character that cannot be compared')
  .transform((text) => (text === '' ? undefined : text))
  .optional();

/** The parameters of the overview: which exceptions are listed. */
export const listQuery = z.strictObject({
  status: statusWord.default('live'),
  team: words,
  type: words,
  owner: words,
  client: words,
  order: words,
  overdue: z.literal('yes', { error: 'is yes or left out' }).optional(),
  page: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'is a number from 1')
    .transform(Number)
    .default(1),
});

export type ListQuery = z.output<typeof listQuery>;

export const filterOf = ({ status, overdue, page: _, ...parts }: ListQuery): WorkFilter =>
  workFilter(status, { ...parts, isOverdue: overdue === 'yes' });

/** The address of the list at a page; what says nothing is left out. */
export function listAddress(query: ListQuery, page: number): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, page })) {
    const isSilent =
      value === undefined || (name === 'status' && value === 'live') || (name === 'page' && value === 1);
    if (!isSilent) parameters.set(name, String(value));
  }
  return parameters.size === 0 ? '/#exceptions' : `/?${parameters}#exceptions`;
}
