import { z } from 'zod';
import { CHOSEN_ACTIONS, unpackNumbers } from '../../core/bulk.ts';
import { isUuid } from '../../core/ids.ts';
import type { ListState } from '../views/bulk-pointer.ts';

const uuid = z.string().refine(isUuid);
const groupShape = z.strictObject({ v: z.literal(1), group: uuid });
const bulkShape = z.strictObject({ v: z.literal(1), bulk: uuid });
const listShape = z.strictObject({
  v: z.literal(1),
  group: uuid,
  action: z.enum(['list', ...CHOSEN_ACTIONS]),
  page: z.int().min(0).max(9_999),
  text: z.string().max(100),
  min: z.string().max(20),
  ticked: z.string().max(2_000),
});

/** What a group's button points at; undefined for anything but exactly our shape. */
export const readGroupPointer = (text: unknown): string | undefined => read(groupShape, text)?.group;

/** What a bulk action's button or form points at; undefined for anything but exactly our shape. */
export const readBulkPointer = (text: unknown): string | undefined => read(bulkShape, text)?.bulk;

/** What the list's form remembers; undefined for anything but exactly our shape. */
export function readListState(text: unknown): ListState | undefined {
  const state = read(listShape, text);
  const ticked = state && unpackNumbers(state.ticked);
  if (!state || !ticked) return undefined;
  const { group: groupId, action, page, text: part, min } = state;
  return { groupId, action, page, text: part, min, ticked };
}

function read<T>(shape: z.ZodType<T>, text: unknown): T | undefined {
  if (typeof text !== 'string' || text.length > 3_000) return undefined;
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
